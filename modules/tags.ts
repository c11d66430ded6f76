import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { checkTagCount, checkTagKey, type OtherTags, refuse, tagLimits } from "../service";
import { isKnown } from "./known";
import { literal } from "./literal";

/** Refuses tags that AWS would refuse: keys, lengths of values, more than 50 with those it carries besides. */
export function refuseTags(
  construct: IConstruct,
  tags: Readonly<Record<string, string>>,
  others?: OtherTags,
): void {
  const { path } = construct.node;
  if (Token.isUnresolved(tags) || Object.keys(tags).some((key) => Token.isUnresolved(key))) {
    const problem = "tags: keys that only Terraform knows cannot be checked, nor stand in an address";
    refuse({ problem, remedy: "write the keys out; a value may be a token" }, path);
  }
  for (const [key, value] of Object.entries(tags)) {
    refuse(checkTagKey(key), path);
    if (isKnown(value)) refuse(checkTagValue(key, value), path);
  }
  refuse(checkTagCount(Object.keys(tags).length, others), path);
}

function checkTagValue(key: string, value: string) {
  const { valueCharacters } = tagLimits;
  if (value.length <= valueCharacters) return undefined;
  return {
    problem: `tag "${key}": a value of ${value.length} characters, ${valueCharacters} are allowed`,
    remedy: "shorten it",
  };
}

/** Tags as Terraform takes them: what a person wrote is no template. */
export const literalTags = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [literal(key), literal(value)]));
