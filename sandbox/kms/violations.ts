import type { z } from "zod";
import { atLeast, atMost, enumText, notNull, unexpectedType, violation } from "../protocol/violations";

/**
 * What zod found, in AWS's words. KMS names its members from a lower case letter on, and those of lists by their
 * positions from 1: `tags.1.member.tagKey`. Throws SerializationException for a value of another type.
 */
export function violationsOf(issue: z.core.$ZodIssue): readonly string[] {
  const steps = issue.path.map((step) =>
    typeof step === "number" ? `${step + 1}.member` : lowerFirst(String(step)),
  );
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) => `The sandbox does not act upon '${[...steps, lowerFirst(key)].join(".")}', and refuses it`,
    );
  }
  if (issue.code === "invalid_type" && issue.input !== undefined) {
    throw unexpectedType(issue.input, typeNames[issue.expected] ?? issue.expected);
  }
  return [violation(issue.input ?? null, steps.join("."), constraintOf(issue))];
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "a boolean",
  int: "an integer",
  number: "an integer",
  object: "a structure",
  string: "a string",
};

function constraintOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return notNull;
  if (issue.code === "invalid_value") return enumText(issue.values);
  if (issue.code !== "too_big" && issue.code !== "too_small") return issue.message;
  const what = ["int", "number"].includes(issue.origin) ? "value" : "length";
  return issue.code === "too_big"
    ? atMost(what, Number(issue.maximum))
    : atLeast(what, Number(issue.minimum));
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
