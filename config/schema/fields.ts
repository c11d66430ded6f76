import { z } from "zod";
import {
  checkCollectionPattern,
  checkId,
  checkSourceService,
  checkTagCount,
  checkTagKey,
  collectionPattern,
  didYouMean,
  type IdKind,
  idForms,
  type OtherTags,
  type Problem,
  type Rule,
  servicePattern,
  tagLimits,
} from "../../service";

/** Adds what a rule finds to zod's issues, the remedy beside the problem. */
export function report(
  context: z.RefinementCtx,
  problem: Problem | undefined,
  path: (string | number)[] = [],
): void {
  if (problem) context.addIssue({ code: "custom", message: problem.problem, path, params: problem });
}

/** Runs a rule about several fields also where one of them is wrong by itself, so that no mistake hides another. */
export const always = {
  when: ({ value }: z.core.ParsePayload) => typeof value === "object" && value !== null,
};

/** What is no list is told by itself; it is not told again as if nothing had been given. */
export const wishedLength = (value: unknown) =>
  Array.isArray(value) ? value.length : value === undefined ? 0 : 1;

/**
 * The value of a key, also where it stands under a misspelt one. That is told by itself, and what it holds is not told
 * as missing besides.
 */
export function meant(entry: object, key: string, context: z.RefinementCtx): unknown {
  for (const issue of context.issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const misspelt = issue.keys.find((one) => didYouMean(one, Object.keys(entry)) === key);
    if (misspelt !== undefined) return (issue.input as Record<string, unknown>)[misspelt];
  }
  return (entry as Record<string, unknown>)[key];
}

/** A text that keeps a rule; the pattern is for editors, which know no rules. */
export function text(rule: Rule<string>, describe: { description: string; pattern?: string }) {
  return z
    .string()
    .superRefine((value, context) => report(context, rule(value)))
    .meta(describe);
}

export function id(kind: IdKind, description: string) {
  return text((value) => checkId(kind, value), { description, pattern: idForms[kind].pattern.source });
}

const keyPattern = /^[a-z][a-z0-9-]{0,39}$/;

/** The key of a map of which Terraform addresses are made. */
export function key(what: string) {
  return text(
    (value) =>
      keyPattern.test(value)
        ? undefined
        : {
            problem: `${what} "${value}": up to 40 of a-z, 0-9 and "-" are allowed, a letter first`,
            remedy: "rename it; Terraform addresses are made of it",
          },
    { description: `${what}; Terraform addresses are made of it`, pattern: keyPattern.source },
  );
}

/** Collections by name, prefix, or all. */
export const collections = (description: string) =>
  z
    .array(
      text(checkCollectionPattern, {
        description: "A collection's name, a prefix (logs-*), or *",
        pattern: collectionPattern.source,
      }),
    )
    .meta({ description, minItems: 1 });

export const from = z
  .array(z.string())
  .default([])
  .meta({ description: "Endpoints: their keys in this stack, STACK.KEY for another stack, or vpce- ids" });

export const services = z
  .array(text(checkSourceService, { description: "bedrock.amazonaws.com", pattern: servicePattern.source }))
  .default([])
  .meta({ description: "AWS services that reach the collections without an endpoint" });

/** A text that stands in a policy and counts towards its bytes. */
export const policyDescription = (policy: string) =>
  z
    .string()
    .max(1000)
    .meta({ description: `Stands in the ${policy}` })
    .optional();

/** Tags of what may carry others too. */
export const tags = (description: string, others?: OtherTags) =>
  z
    .record(text(checkTagKey, { description: "Key of the tag" }), z.string().max(tagLimits.valueCharacters))
    .superRefine((value, context) => {
      report(context, checkTagCount(Object.keys(value).length, others));
    }, always)
    .meta({ description });
