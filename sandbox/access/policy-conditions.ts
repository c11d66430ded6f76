import ipaddr from "ipaddr.js";
import type { KeyValues } from "./policy-pattern";
import { ArnPattern, Pattern } from "./policy-pattern";

/** Whether the values of a request's keys meet a condition. */
export type Condition = (values: KeyValues) => boolean;

/** Whether one value of a request fits one value of the policy. */
type Comparison = (actual: string, values: KeyValues) => boolean;

interface Operator {
  /** Reads a value of the policy; undefined if it is none for this operator. */
  readonly read: (value: string, variables: boolean) => Comparison | undefined;
  /** Whether values that fit make the condition fail. */
  readonly negated?: boolean;
  /** What a value has to be, for people. */
  readonly wanted: string;
}

const text = (options: { readonly wildcards: boolean; readonly ignoreCase?: boolean }): Operator => ({
  read: (value, variables) => {
    const pattern = Pattern.of(value, { ...options, variables });
    return (actual, values) => pattern.matches(actual, values);
  },
  wanted: "a text",
});

const arn: Operator = {
  read: (value, variables) => {
    const pattern = ArnPattern.of(value, variables);
    return pattern && ((actual, values) => pattern.matches(actual, values));
  },
  wanted: "an ARN of six parts, or *",
};

const ordered = (
  parse: (value: string) => number,
  compare: (actual: number, wanted: number) => boolean,
  wanted: string,
): Operator => ({
  read: (value) => {
    const bound = parse(value);
    return Number.isNaN(bound) ? undefined : (actual) => compare(parse(actual), bound);
  },
  wanted,
});

const numberOf = (value: string): number => (/^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN);

/** ISO 8601, or seconds since 1970. */
const dateOf = (value: string): number => {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
};

const comparisons = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
};

const family = (
  prefix: string,
  parse: (value: string) => number,
  wanted: string,
): readonly (readonly [string, Operator])[] => [
  ...Object.entries(comparisons).map(
    ([name, compare]) => [`${prefix}${name}`, ordered(parse, compare, wanted)] as const,
  ),
  [`${prefix}NotEquals`, not(ordered(parse, comparisons.Equals, wanted))],
];

const address: Operator = {
  read: (value) => {
    const range = rangeOf(value);
    if (!range) return undefined;
    return (actual) => {
      const parsed = ipaddr.process(actual);
      return parsed.kind() === range[0].kind() && parsed.match(range as never);
    };
  },
  wanted: "an address or a CIDR block",
};

function rangeOf(value: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  try {
    if (value.includes("/")) return ipaddr.parseCIDR(value);
    const parsed = ipaddr.parse(value);
    return [parsed, parsed.kind() === "ipv4" ? 32 : 128];
  } catch {
    return undefined;
  }
}

const bool: Operator = {
  read: (value) => (isTrueOrFalse(value) ? (actual) => actual === value.toLowerCase() : undefined),
  wanted: "true or false",
};

const isTrueOrFalse = (value: string): boolean => /^(?:true|false)$/i.test(value);

function not(operator: Operator): Operator {
  return { ...operator, negated: true };
}

const exact = text({ wildcards: false });
const exactInAnyCase = text({ wildcards: false, ignoreCase: true });
const like = text({ wildcards: true });

/** Condition operators (IAM user guide) but for BinaryEquals, for which no key of these services has values. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["StringEquals", exact],
  ["StringNotEquals", not(exact)],
  ["StringEqualsIgnoreCase", exactInAnyCase],
  ["StringNotEqualsIgnoreCase", not(exactInAnyCase)],
  ["StringLike", like],
  ["StringNotLike", not(like)],
  ["ArnEquals", arn],
  ["ArnNotEquals", not(arn)],
  ["ArnLike", arn],
  ["ArnNotLike", not(arn)],
  ["Bool", bool],
  ["IpAddress", address],
  ["NotIpAddress", not(address)],
  ...family("Numeric", numberOf, "a number"),
  ...family("Date", dateOf, "a date in ISO 8601, or seconds since 1970"),
]);

/** The names without `IfExists` and without what says how to compare several values. */
export const operatorNames: readonly string[] = [...operators.keys(), "Null"];

/** An operator as a condition names it. */
export interface NamedOperator {
  /** Reads the values that a key is compared with; the wanted form if one of them does not have it. */
  read(key: string, wanted: readonly string[], variables: boolean): Condition | { readonly wanted: string };
  /** Whether it says how to compare several values. */
  readonly isForLists: boolean;
}

/** The operator of this name, such as `StringLikeIfExists` or `ForAnyValue:StringEquals`; undefined if there is none. */
export function operatorNamed(name: string): NamedOperator | undefined {
  if (name === "Null") return { read: readNull, isForLists: true };
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name);
  const operator = operators.get(parts?.[2] ?? "");
  if (!parts || !operator) return undefined;
  const [, set, , ifExists] = parts;
  return {
    isForLists: set !== undefined,
    read: (key, wanted, variables) => {
      const compared: Comparison[] = [];
      for (const value of wanted) {
        const comparison = operator.read(value, variables);
        if (!comparison) return { wanted: operator.wanted };
        compared.push(comparison);
      }
      return (values) => {
        const actual = values(key);
        const isAbsent = actual === undefined || actual.length === 0;
        if (isAbsent && ifExists) return true;
        const fits = (value: string): boolean =>
          compared.some((comparison) => comparison(value, values)) !== (operator.negated ?? false);
        if (set === "ForAnyValue") return actual?.some(fits) ?? false;
        // Of no value at all, anything is true; but a single-valued key that is not there equals nothing.
        if (set === undefined && isAbsent) return operator.negated ?? false;
        return actual?.every(fits) ?? true;
      };
    },
  };
}

function readNull(key: string, wanted: readonly string[]): Condition | { readonly wanted: string } {
  if (!wanted.every(isTrueOrFalse)) return { wanted: "true or false" };
  return (values) => {
    const isAbsent = (values(key)?.length ?? 0) === 0;
    return wanted.some((value) => (value.toLowerCase() === "true") === isAbsent);
  };
}
