import { AwsError } from "../protocol/aws-error";
import type { QueryParameters } from "../protocol/query-parameters";
import { atLeast, atMost, notNull, patternText, violation } from "../protocol/violations";
import { invalidInput } from "./refusals";

// Lengths and patterns: API reference of IAM (version 2010-05-08).

interface TextRule {
  /** @default 1 */
  readonly min?: number;
  readonly max: number;
  /** what the whole text has to fit, as the reference writes it */
  readonly pattern?: string;
}

const nameText = "[\\w+=,.@-]+";

export const rules = {
  arn: { min: 20, max: 2048 },
  clientId: { max: 255 },
  policyDescription: { min: 0, max: 1000 },
  policyDocument: { max: 131_072, pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+" },
  policyName: { max: 128, pattern: nameText },
  policyPath: { max: 512, pattern: "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/" },
  roleDescription: {
    min: 0,
    max: 1000,
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
  },
  roleName: { max: 64, pattern: nameText },
  rolePath: { max: 512, pattern: "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)" },
  tagKey: { max: 128, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+" },
  tagValue: { min: 0, max: 256, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*" },
  thumbprint: { min: 40, max: 40 },
  versionId: { max: 32, pattern: "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?" },
} as const satisfies Readonly<Record<string, TextRule>>;

/** @param path of the member as IAM writes it: `roleName`, `tags.1.member.key` */
export const validationError = (value: unknown, path: string, constraint: string): AwsError =>
  new AwsError(
    "ValidationError",
    `1 validation error detected: ${violation(value, lowerFirst(path), constraint)}`,
  );

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A text that meets its rule, or nothing. Throws ValidationError. */
export function optionalText(
  parameters: QueryParameters,
  name: string,
  rule: TextRule,
  path = name,
): string | undefined {
  const text = parameters.string(name);
  return text === undefined ? undefined : checkedText(text, rule, path);
}

/** A text that meets its rule. Throws ValidationError. */
export function requiredText(parameters: QueryParameters, name: string, rule: TextRule, path = name): string {
  const text = optionalText(parameters, name, rule, path);
  if (text === undefined) throw validationError(null, path, notNull);
  return text;
}

function checkedText(text: string, { min = 1, max, pattern }: TextRule, path: string): string {
  if (text.length < min) throw validationError(text, path, atLeast("length", min));
  if (text.length > max) throw validationError(text, path, atMost("length", max));
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(text)) {
    throw validationError(text, path, patternText(pattern));
  }
  return text;
}

/** A list of texts; an empty one is sent as a name without any member. */
export function textList(
  parameters: QueryParameters,
  name: string,
  rule: TextRule,
  most: number,
): readonly string[] | undefined {
  const isEmpty = parameters.string(name) === "";
  const texts = parameters.child(name).strings("member");
  if (texts.length === 0) return isEmpty ? [] : undefined;
  if (texts.length > most) throw validationError(texts, name, atMost("length", most));
  return texts.map((text, index) => checkedText(text, rule, `${name}.${index + 1}.member`));
}

/** How many tags an entity takes (IAM user guide, quotas). */
const maxTags = 50;

/** Tags of a request. Keys are compared without regard to case (IAM user guide, tagging). */
export function readTags(parameters: QueryParameters): ReadonlyMap<string, string> {
  parameters.string("Tags");
  let position = 0;
  const pairs = parameters.child("Tags").list("member", (tag) => {
    position += 1;
    const key = requiredText(tag, "Key", rules.tagKey, `tags.${position}.member.key`);
    return [key, requiredText(tag, "Value", rules.tagValue, `tags.${position}.member.value`)] as const;
  });
  if (pairs.length > maxTags) throw validationError("", "tags", atMost("length", maxTags));
  if (new Set(pairs.map(([key]) => key.toLowerCase())).size < pairs.length) {
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (pairs.some(([key]) => key.toLowerCase().startsWith("aws:"))) {
    throw invalidInput("Tag keys starting with 'aws:' are reserved for system use.");
  }
  return new Map(pairs);
}

/** The tags after a change, a key of other case replaced. Throws LimitExceeded. */
export function mergedTags(
  present: ReadonlyMap<string, string>,
  more: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const replaced = new Set([...more.keys()].map((key) => key.toLowerCase()));
  const kept = [...present].filter(([key]) => !replaced.has(key.toLowerCase()));
  const all = new Map([...kept, ...more]);
  if (all.size <= maxTags) return all;
  throw new AwsError("LimitExceeded", "The number of tags has reached the maximum limit.", 409);
}

interface PageRequest {
  readonly maxItems: number;
  readonly start: number;
}

/** `MaxItems` and `Marker`, of which the latter says how many were given already. */
export function readPage(parameters: QueryParameters): PageRequest {
  const maxItems = parameters.integer("MaxItems") ?? 100;
  if (maxItems < 1) throw validationError(maxItems, "maxItems", atLeast("value", 1));
  if (maxItems > 1000) throw validationError(maxItems, "maxItems", atMost("value", 1000));
  const marker = parameters.string("Marker");
  if (marker !== undefined && !/^[1-9]\d{0,8}$/.test(marker)) throw invalidInput("Invalid Marker.");
  return { maxItems, start: Number(marker ?? 0) };
}

/** A page of a list, with what the answer says of the rest. */
export function pageOf<Item>(
  items: readonly Item[],
  { maxItems, start }: PageRequest,
): {
  readonly items: readonly Item[];
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
} {
  const end = start + maxItems;
  const IsTruncated = end < items.length;
  return {
    items: items.slice(start, end),
    rest: { IsTruncated, ...(IsTruncated ? { Marker: String(end) } : {}) },
  };
}
