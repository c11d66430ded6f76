/** What stands for everything, and for an action that has no resources. */
export const everything = ["*"];

export const orEverything = (arns: readonly string[] | undefined): readonly string[] =>
  arns === undefined || arns.length === 0 ? everything : arns;

/** `aws`, `aws-us-gov` or `aws-cn` */
export const partitionOf = (region: string): string =>
  region.startsWith("us-gov-") ? "aws-us-gov" : region.startsWith("cn-") ? "aws-cn" : "aws";

/** A text that says something. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The texts of a JSON list. */
export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
