import type { Problem } from "./problem";
import { didYouMean } from "./text";

/**
 * Regions known to offer OpenSearch Serverless (botocore 1.43.107 endpoints). AWS adds Regions, so one that is
 * not here earns a warning, never an error.
 */
export const knownRegions: readonly string[] = [
  ...["ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-central-2", "eu-north-1"],
  ...["eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1"],
  ...["us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"],
];

/** Form of a Region's name. */
export const regionPattern = /^[a-z]{2,4}(?:-[a-z]+){1,3}-[0-9]{1,2}$/;

/** What is wrong with the form of a Region's name; a Region that is not known is allowed, since AWS adds some. */
export function checkRegion(region: string): Problem | undefined {
  if (regionPattern.test(region)) return undefined;
  const meant = didYouMean(region, knownRegions);
  return {
    problem: `"${region}" is not a Region`,
    remedy: meant ? `did you mean "${meant}"?` : 'give one such as "eu-central-1"',
  };
}

/** What to tell about a Region that is well formed but not known to offer OpenSearch Serverless. */
export function unknownRegionHint(region: string): string | undefined {
  if (knownRegions.includes(region)) return undefined;
  const meant = didYouMean(region, knownRegions);
  return `not known to offer OpenSearch Serverless${meant ? `; did you mean ${meant}?` : ""}`;
}
