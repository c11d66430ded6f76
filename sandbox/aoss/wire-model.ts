import {
  atLeast,
  atMost,
  enumText,
  notNull,
  patternText,
  unexpectedType,
  violation,
  violationsError,
} from "../protocol/violations";
import model from "./opensearchserverless-2021-11-01.model.json";
import { matcherOf } from "./wire-pattern";

interface Shape {
  readonly type: string;
  /** any JSON value */
  readonly document?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** Adds what the value at the path breaks; throws SerializationException for another type. */
type Check = (value: unknown, path: string, violations: string[]) => void;
/** The constraints that a value without members breaks; throws SerializationException for another type. */
type ScalarCheck = (value: unknown) => readonly string[];

const operations: Readonly<Record<string, { readonly input: string }>> = model.operations;
const shapes = model.shapes as unknown as Readonly<Record<string, Shape>>;

/** Whether the API model gives the operation a client token. */
export function takesClientToken(operation: string): boolean {
  const input = operations[operation]?.input;
  return input !== undefined && shapeNamed(input).members?.["clientToken"] !== undefined;
}

/** Prefix of X-Amz-Target, from the wire model. */
export const targetPrefix: string = model.protocol.targetPrefix;

/**
 * Checks a request against the API model 2021-11-01: types (SerializationException), then everything that the
 * model constrains (one ValidationException for all of it). Members that the model does not know are let go, at any
 * depth, as AWS's JSON protocol does; a null member counts as absent. Client tokens are never missed: callers' SDKs
 * fill them.
 */
export function readInput(operation: string, input: unknown): Readonly<Record<string, unknown>> {
  const inputShape = operations[operation]?.input;
  if (inputShape === undefined) throw new Error(`the wire model has no operation ${operation}`);
  const violations: string[] = [];
  checkOf(inputShape)(input, "", violations);
  if (violations.length > 0) throw violationsError(violations);
  return known(inputShape, input) as Readonly<Record<string, unknown>>;
}

/** The value without the members that its shape does not know. */
function known(name: string, value: unknown): unknown {
  const { type, document, members = {}, member } = shapeNamed(name);
  if (type === "list" && member)
    return (value as readonly unknown[]).map((item) => known(member.shape, item));
  if (type !== "structure" || document) return value;
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, inner]) => {
      const of = Object.hasOwn(members, key) ? members[key] : undefined;
      return of === undefined || inner === undefined ? [] : [[key, known(of.shape, inner)]];
    }),
  );
}

const compiled = new Map<string, Check>();

function checkOf(name: string): Check {
  const known = compiled.get(name);
  if (known) return known;
  const check = compile(shapeNamed(name));
  compiled.set(name, check);
  return check;
}

function shapeNamed(name: string | undefined): Shape {
  const shape = name === undefined ? undefined : shapes[name];
  if (!shape) throw new Error(`the wire model has no shape ${name}`);
  return shape;
}

function compile(shape: Shape): Check {
  if (shape.document) return () => {};
  if (shape.type === "structure") return structureCheck(shape);
  if (shape.type === "list") return listCheck(shape);
  const check = scalarCheck(shape);
  return (value, path, violations) => {
    for (const constraint of check(value)) violations.push(violation(value, path, constraint));
  };
}

function structureCheck(shape: Shape): Check {
  const members = Object.entries(shape.members ?? {}).map(([name, member]) => ({
    name,
    check: checkOf(member.shape),
    isRequired: shape.required?.includes(name) ?? false,
  }));
  return (value, path, violations) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw unexpectedType(value, "a structure");
    }
    const given = value as Readonly<Record<string, unknown>>;
    for (const { name, check, isRequired } of members) {
      const memberValue = given[name] ?? undefined;
      if (memberValue === undefined && !isRequired) continue;
      const memberPath = path === "" ? name : `${path}.${name}`;
      if (memberValue !== undefined) check(memberValue, memberPath, violations);
      else violations.push(violation(null, memberPath, notNull));
    }
  };
}

function listCheck(shape: Shape): Check {
  const memberShape = shapeNamed(shape.member?.shape);
  const checkMembers =
    memberShape.type === "structure" || memberShape.type === "list"
      ? nestedMembersCheck(checkOf(shape.member?.shape ?? ""))
      : scalarMembersCheck(memberShape);
  return (value, path, violations) => {
    if (!Array.isArray(value)) throw unexpectedType(value, "a list");
    for (const text of boundConstraints(shape, "length", value.length)) {
      violations.push(violation(value, path, text));
    }
    // A list that is too long would be answered with a message many times as long.
    if (value.length > (shape.max ?? value.length)) return;
    checkMembers(value, path, violations);
  };
}

/** AWS names the member by its position, from 1: `tags.1.member.key`. */
function nestedMembersCheck(check: Check) {
  return (list: readonly unknown[], path: string, violations: string[]): void => {
    for (const [index, member] of list.entries()) check(member, `${path}.${index + 1}.member`, violations);
  };
}

/** AWS names the list, not the member, and everything that the members have to satisfy. */
function scalarMembersCheck(memberShape: Shape) {
  const check = scalarCheck(memberShape);
  const constraint = `Member must satisfy constraint: [${everyConstraint(memberShape).join(", ")}]`;
  return (list: readonly unknown[], path: string, violations: string[]): void => {
    let isBroken = false;
    for (const member of list) isBroken = check(member).length > 0 || isBroken;
    if (isBroken) violations.push(violation(list, path, constraint));
  };
}

function scalarCheck(shape: Shape): ScalarCheck {
  switch (shape.type) {
    case "string":
      return stringCheck(shape);
    case "integer":
      return numberCheck(shape, "an integer", isInt32);
    case "long":
      return numberCheck(shape, "a long", Number.isSafeInteger);
    case "float":
      return numberCheck(shape, "a float", (value) => typeof value === "number");
    case "boolean":
      return (value) => {
        if (typeof value !== "boolean") throw unexpectedType(value, "a boolean");
        return [];
      };
    default:
      throw new Error(`the sandbox cannot check a member of type ${shape.type}`);
  }
}

const isInt32 = (value: unknown): boolean => Number.isInteger(value) && Number(value) === (Number(value) | 0);

function stringCheck(shape: Shape): ScalarCheck {
  const { pattern, enum: values } = shape;
  const matches = pattern === undefined ? undefined : matcherOf(pattern);
  return (value) => {
    if (typeof value !== "string") throw unexpectedType(value, "a string");
    const broken = boundConstraints(shape, "length", value.length);
    if (pattern !== undefined && !matches?.(value)) broken.push(patternText(pattern));
    if (values && !values.includes(value)) broken.push(enumText(values));
    return broken;
  };
}

function numberCheck(shape: Shape, expected: string, isOfType: (value: unknown) => boolean): ScalarCheck {
  return (value) => {
    if (!isOfType(value)) throw unexpectedType(value, expected);
    return boundConstraints(shape, "value", Number(value));
  };
}

function boundConstraints({ min, max }: Shape, what: "length" | "value", size: number): string[] {
  const broken: string[] = [];
  if (max !== undefined && size > max) broken.push(atMost(what, max));
  if (min !== undefined && size < min) broken.push(atLeast(what, min));
  return broken;
}

function everyConstraint(shape: Shape): string[] {
  return [
    ...(shape.max === undefined ? [] : [atMost("length", shape.max)]),
    ...(shape.min === undefined ? [] : [atLeast("length", shape.min)]),
    ...(shape.pattern === undefined ? [] : [patternText(shape.pattern)]),
    ...(shape.enum === undefined ? [] : [enumText(shape.enum)]),
  ];
}
