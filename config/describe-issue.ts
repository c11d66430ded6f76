import type { z } from "zod";
import { didYouMean, type Problem } from "../service";

type Issue = z.core.$ZodIssue;

/** A problem and where it stands below the value that was judged. */
export interface LocatedProblem extends Problem {
  readonly path: readonly (string | number)[];
  /** Whether the key itself is meant and not its value. */
  readonly atKey?: boolean;
}

const words: Record<string, string> = {
  string: "a text",
  array: "a list",
  object: "a map",
  record: "a map",
  boolean: "true or false",
  number: "a number",
};

/** Puts what zod found into our words: one problem for each mistake. */
export function describeIssue(
  issue: Issue,
  value: unknown,
  knownKeys: readonly string[],
  outer: LocatedProblem["path"] = [],
): LocatedProblem[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  const name = lastName([...outer, ...path]);
  switch (issue.code) {
    case "custom": {
      const params = issue.params as Problem | undefined;
      return [{ path, problem: issue.message, remedy: params?.remedy ?? "correct it" }];
    }
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const meant = didYouMean(key, knownKeys);
        return {
          path: [...path, key],
          atKey: true,
          problem: `unknown key "${key}"`,
          remedy: `${meant ? `did you mean "${meant}"? ` : ""}allowed: ${knownKeys.join(", ")}`,
        };
      });
    case "invalid_key":
      return issue.issues.flatMap((inner) =>
        describeIssue(inner, name, [], path).map((one) => ({ ...one, path, atKey: true })),
      );
    case "invalid_type":
      if (issue.expected === "never") {
        const [problem = "", ...remedy] = issue.message.split("; ");
        return [{ path, atKey: true, problem: `${name}: ${problem}`, remedy: remedy.join("; ") }];
      }
      return [invalidType(path, name, words[issue.expected] ?? issue.expected, value)];
    case "invalid_value":
      return [unknownWord(path, name, issue.values.map(String), value)];
    case "invalid_union":
      return [unknownKind(issue, path, value)];
    case "too_big":
      if (isNumber(issue.origin))
        return [
          { path, problem: `${name}: ${shown(value)} is more than ${issue.maximum}`, remedy: "lower it" },
        ];
      return [{ path, problem: `${name}: longer than ${issue.maximum}`, remedy: "shorten it" }];
    case "too_small":
      if (isNumber(issue.origin))
        return [
          { path, problem: `${name}: ${shown(value)} is less than ${issue.minimum}`, remedy: "raise it" },
        ];
      return [{ path, problem: `${name}: shorter than ${issue.minimum}`, remedy: "fill it in" }];
    default:
      return [{ path, problem: `${name}: ${issue.message}`, remedy: "correct it" }];
  }
}

function unknownWord(
  path: LocatedProblem["path"],
  name: string,
  known: readonly string[],
  value: unknown,
): LocatedProblem {
  if (value === undefined) {
    return { path, problem: `${name} is missing`, remedy: `add ${name}: ${known.join(" or ")}` };
  }
  const meant = typeof value === "string" ? didYouMean(value.toLowerCase(), known) : undefined;
  return {
    path,
    problem: `${name}: ${shown(value)} is not known`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}allowed: ${known.join(", ")}`,
  };
}

const isNumber = (origin: string): boolean => ["number", "int", "bigint"].includes(origin);

/** A map whose kind is told by one of its keys. */
function unknownKind(
  issue: z.core.$ZodIssueInvalidUnion,
  path: LocatedProblem["path"],
  value: unknown,
): LocatedProblem {
  const { discriminator, options } = issue as {
    readonly discriminator?: string;
    readonly options?: readonly unknown[];
  };
  const key = discriminator ?? "the value";
  const given = (value as Record<string, unknown> | undefined)?.[key];
  const problem = given === undefined ? `${key} is missing` : `${key}: ${shown(given)} is not known`;
  return { path, problem, remedy: options ? `allowed: ${options.join(", ")}` : "correct it" };
}

function invalidType(
  path: LocatedProblem["path"],
  name: string,
  wanted: string,
  value: unknown,
): LocatedProblem {
  if (value === undefined) return { path, problem: `${name} is missing`, remedy: `add ${name}, ${wanted}` };
  if (value === null)
    return { path, problem: `${name} is empty`, remedy: `fill it in, ${wanted}, or drop it` };
  return { path, problem: `${name}: ${shown(value)} is not ${wanted}`, remedy: madeInto(wanted, value) };
}

function madeInto(wanted: string, value: unknown): string {
  const isPlain = ["number", "bigint", "boolean"].includes(typeof value);
  if (wanted === "a text" && isPlain) return "put it into quotes";
  // Other places of AWS want days as 30d.
  const [, days] = (typeof value === "string" && /^(\d{1,9}) ?d?$/.exec(value)) || [];
  return wanted === "a number" && days !== undefined ? `write ${Number(days)}` : `make it ${wanted}`;
}

function lastName(path: LocatedProblem["path"]): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number" ? `${String(path.at(-2) ?? "entry")}[${last}]` : String(last);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a map";
  return typeof value === "string" ? `"${value}"` : String(value);
}
