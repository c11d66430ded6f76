import { AwsError, validationError } from "./aws-error";

// How AWS's JSON services say that a value breaks a constraint of their model.

export const atLeast = (what: "length" | "value", min: number): string =>
  `Member must have ${what} greater than or equal to ${min}`;
export const atMost = (what: "length" | "value", max: number): string =>
  `Member must have ${what} less than or equal to ${max}`;
export const patternText = (pattern: string): string =>
  `Member must satisfy regular expression pattern: ${pattern}`;
export const enumText = (values: readonly unknown[]): string =>
  `Member must satisfy enum value set: [${values.join(", ")}]`;
export const notNull = "Member must not be null";

/** One broken constraint. @param value null for a member that is missing */
export function violation(value: unknown, path: string, constraint: string): string {
  const shown = value === null ? "null" : `'${shownValue(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

/** One ValidationException for all that is broken. */
export function violationsError(violations: readonly string[]): AwsError {
  const count = violations.length;
  return validationError(
    `${count} validation error${count === 1 ? "" : "s"} detected: ${violations.join("; ")}`,
  );
}

/** A value of another type. @param expected with the article: `a structure` */
export function unexpectedType(value: unknown, expected: string): AwsError {
  const given = Array.isArray(value) ? "a list" : typeof value;
  // Of a body that is null, nothing is left.
  const isNull = value === null || value === undefined;
  return new AwsError(
    "SerializationException",
    `${isNull ? "null" : given} can not be converted to ${expected}`,
  );
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shownValue).join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
