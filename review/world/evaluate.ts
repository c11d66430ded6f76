import { type Expression, parseTemplate, type Step } from "./expression";
import { hasUnknown, isUnknown } from "./unknowns";

/** A value as it stands in JSON; what is not known is a mark (`Unknowns`). */
export type Value = unknown;

/** Where references lead. */
export interface Surroundings {
  /** The value of a reference; undefined where it is not followed. */
  reference(steps: readonly Step[], text: string, resolve: (index: Expression) => Value): Value | undefined;
  /** The mark of an expression that is not followed. */
  notFollowed(text: string): string;
  /** How the id that a mark stands for surely starts; undefined for what is no id. */
  startOfId(mark: string): string | undefined;
}

/** The value of an argument as written in Terraform's JSON syntax: texts are templates, at any depth. */
export function evaluate(written: unknown, surroundings: Surroundings): Value {
  if (typeof written === "string") return resultOf(parseTemplate(written), surroundings);
  if (Array.isArray(written)) return written.map((item) => evaluate(item, surroundings));
  if (typeof written !== "object" || written === null) return written;
  return Object.fromEntries(Object.entries(written).map(([key, one]) => [key, evaluate(one, surroundings)]));
}

function resultOf(expression: Expression, surroundings: Surroundings): Value {
  const resolve = (one: Expression) => resultOf(one, surroundings);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return expression.parts.map((part) => textOf(resolve(part), surroundings)).join("");
    case "list":
      return expression.items.map(resolve);
    case "object": {
      const entries = expression.entries.map(([key, one]) => [
        textOf(resolve(key), surroundings),
        resolve(one),
      ]);
      return Object.fromEntries(entries);
    }
    case "reference": {
      const { steps, text } = expression;
      const found = surroundings.reference(steps, text, resolve);
      return found === undefined ? surroundings.notFollowed(text) : found;
    }
    case "call": {
      const { name, args, steps, text } = expression;
      const given = args.map(resolve);
      const result = name === "startswith" ? startsWith(given, surroundings) : functions[name]?.(given);
      const value = result === undefined ? undefined : into(result, steps, resolve);
      return value === undefined ? surroundings.notFollowed(text) : value;
    }
    case "comparison": {
      const [left, right] = expression.sides.map(resolve);
      const equal = areEqual(left, right, surroundings);
      return equal === undefined ? surroundings.notFollowed(expression.text) : equal === expression.equal;
    }
    case "conditional": {
      const { condition, then, otherwise, text } = expression;
      const decided = resolve(condition);
      if (typeof decided === "boolean") return resolve(decided ? then : otherwise);
      const [yes, no] = [resolve(then), resolve(otherwise)];
      return JSON.stringify(yes) === JSON.stringify(no) ? yes : surroundings.notFollowed(text);
    }
    case "other":
      return surroundings.notFollowed(expression.text);
  }
}

/** Undefined where it is not known. */
function areEqual(left: Value, right: Value, { startOfId }: Surroundings): boolean | undefined {
  const [a, b] = [left, right].map((side) => JSON.stringify(side));
  if (a === b) return true;
  if (left === "" && isUnknown(right) && startOfId(right)) return false;
  if (right === "" && isUnknown(left) && startOfId(left)) return false;
  return hasUnknown(a) || hasUnknown(b) ? undefined : false;
}

function startsWith([text, start]: readonly Value[], { startOfId }: Surroundings): boolean | undefined {
  if (typeof text !== "string" || typeof start !== "string" || hasUnknown(start)) return undefined;
  const known = isUnknown(text) ? startOfId(text) : hasUnknown(text) ? undefined : text;
  return known?.startsWith(start);
}

/** Follows steps into a value; undefined where they lead nowhere that is known. */
export function into(
  value: Value,
  steps: readonly Step[],
  resolve: (index: Expression) => Value,
): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === "*") {
    if (!Array.isArray(value)) return undefined;
    const each = value.map((item) => into(item, rest, resolve));
    return each.includes(undefined) ? undefined : each;
  }
  const key = typeof step === "string" ? step : resolve(step.index);
  if (isUnknown(value) || hasUnknown(key)) return undefined;
  if (Array.isArray(value)) return typeof key === "number" ? into(value[key], rest, resolve) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const own = Object.hasOwn(value, String(key)) ? (value as Record<string, Value>)[String(key)] : undefined;
  return own === undefined ? undefined : into(own, rest, resolve);
}

function textOf(value: Value, surroundings: Surroundings): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return surroundings.notFollowed(JSON.stringify(value) ?? "");
}

/** Functions that only arrange values; a result of undefined stands for one that is not known. */
const functions: Readonly<Record<string, (args: readonly Value[]) => Value | undefined>> = {
  jsonencode: ([value]) => JSON.stringify(value),
  jsondecode: ([text]) => (typeof text === "string" && !isUnknown(text) ? parsed(text) : undefined),
  tostring: ([value]) => (Array.isArray(value) ? undefined : String(value)),
  tolist: ([value]) => asList(value),
  toset: ([value]) => asSet(value),
  tomap: ([value]) => value,
  distinct: ([value]) => asSet(value),
  compact: ([value]) => asList(value)?.filter((item) => item !== "" && item !== null),
  // a list that is not known stands for one item, whose number is not known
  concat: (lists) => lists.flatMap((list) => (Array.isArray(list) ? (list as Value[]) : [list])),
  flatten: ([list]) => asList(list)?.flat(Number.POSITIVE_INFINITY),
  keys: ([map]) => (isMap(map) ? Object.keys(map).sort() : undefined),
  values: ([map]) =>
    isMap(map)
      ? Object.keys(map)
          .sort()
          .map((key) => map[key])
      : undefined,
  merge: (maps) => (maps.every(isMap) ? Object.assign({}, ...maps) : undefined),
  join: ([separator, list]) =>
    typeof separator === "string" && Array.isArray(list) && list.every((item) => typeof item === "string")
      ? list.join(separator)
      : undefined,
  format: ([form, ...rest]) => formatted(form, rest),
  lower: ([text]) => ofKnown(text, (known) => known.toLowerCase()),
  upper: ([text]) => ofKnown(text, (known) => known.toUpperCase()),
  trimspace: ([text]) => ofKnown(text, (known) => known.trim()),
  sensitive: ([value]) => value,
  nonsensitive: ([value]) => value,
};

const asList = (value: Value): Value[] | undefined => (Array.isArray(value) ? value : undefined);

const isMap = (value: Value): value is Record<string, Value> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function asSet(value: Value): Value[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return [...new Map(value.map((item) => [JSON.stringify(item), item])).values()];
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ofKnown(text: Value, change: (text: string) => string): Value | undefined {
  return typeof text === "string" && !hasUnknown(text) ? change(text) : undefined;
}

function formatted(form: Value, args: readonly Value[]): Value | undefined {
  if (typeof form !== "string" || hasUnknown(form)) return undefined;
  const verbs = form.match(/%[^%]/g) ?? [];
  const plain = args.every((one) => typeof one === "string" || typeof one === "number");
  if (!plain || verbs.length !== args.length || verbs.some((verb) => verb !== "%s" && verb !== "%d")) {
    return undefined;
  }
  let next = 0;
  return form.replace(/%[sd%]/g, (verb) => (verb === "%%" ? "%" : String(args[next++])));
}
