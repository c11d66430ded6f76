import { shown } from "./policy-document";
import type { Problem } from "./problem";

/** The partition of a Region: `aws`, `aws-us-gov` or `aws-cn`. */
export const partitionOf = (region: string): string =>
  region.startsWith("us-gov-") ? "aws-us-gov" : region.startsWith("cn-") ? "aws-cn" : "aws";

/** Checks that a principal is of the partition that a Region is of: an account, and all in it, is of one alone. */
export function checkPartition(principal: string, region: string): Problem | undefined {
  const [, partition, rest] = /^arn:(aws|aws-us-gov|aws-cn)(:.*)$/s.exec(principal) ?? [];
  const own = partitionOf(region);
  if (partition === undefined || partition === own) return undefined;
  return {
    problem: `principal ${shown(principal)} is of partition ${partition}, Region ${region} of ${own}: no account is in both`,
    remedy: `write ${shown(`arn:${own}${rest}`)} if that is meant`,
  };
}
