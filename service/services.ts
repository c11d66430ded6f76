import type { Problem } from "./problem";

/**
 * Services that AWS documents as SourceServices of a network policy. The set is open: another one earns a
 * warning, since AWS alone knows which it takes.
 */
export const documentedServices: readonly string[] = [
  "application.opensearchservice.amazonaws.com",
  "aoss.amazonaws.com",
  "bedrock.amazonaws.com",
];

/** What a service not known yet is counted as. */
export const longestDocumentedService = "application.opensearchservice.amazonaws.com";

/** Services that AWS was seen to refuse as SourceServices, with `Invalid SourceServices`. */
export const refusedServices: readonly string[] = ["lambda.amazonaws.com"];

/** Form of an AWS service principal. */
export const servicePattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;

/**
 * Checks a service that is to be a source in a network policy: its form, and that AWS is not known to refuse it, which
 * it does when the policy is created.
 */
export function checkSourceService(service: string): Problem | undefined {
  if (!refusedServices.includes(service)) return checkService(service);
  return {
    problem: `AWS refuses "${service}" as a source in network policies`,
    remedy: `it documents ${documentedServices.join(", ")}`,
  };
}

/** Checks the form of an AWS service principal such as `bedrock.amazonaws.com`. */
export function checkService(service: string): Problem | undefined {
  if (servicePattern.test(service)) return undefined;
  return {
    problem: `"${service}" is not an AWS service principal`,
    remedy: 'give one such as "bedrock.amazonaws.com"',
  };
}
