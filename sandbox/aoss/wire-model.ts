import { createContext, Script } from "node:vm";
import { AwsError, validationError } from "../protocol/aws-error";
import model from "./opensearchserverless-2021-11-01.model.json";

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

const operations: Readonly<Record<string, { readonly input: string }>> = model.operations;
const shapes = model.shapes as unknown as Readonly<Record<string, Shape>>;

/** Prefix of X-Amz-Target, from the wire model. */
export const targetPrefix: string = model.protocol.targetPrefix;

function shapeNamed(name: string): Shape {
  const shape = shapes[name];
  if (!shape) throw new Error(`the wire model has no shape ${name}`);
  return shape;
}

/**
 * Checks a request against the API model 2021-11-01: types (SerializationException), then everything that the
 * model constrains (one ValidationException for all of it). Members that the model does not know are ignored, as
 * AWS's JSON protocol does; a null member counts as absent.
 */
export function checkInput(operation: string, input: unknown): asserts input is Record<string, unknown> {
  const inputShape = operations[operation]?.input;
  if (inputShape === undefined) throw new Error(`the wire model has no operation ${operation}`);
  const violations = check(shapeNamed(inputShape), input, "");
  if (violations.length === 0) return;
  const heading = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  throw validationError(heading + violations.join("; "));
}

function check(shape: Shape, value: unknown, path: string): string[] {
  switch (shape.type) {
    case "structure":
      return checkStructure(shape, value, path);
    case "list":
      return checkList(shape, value, path);
    default:
      return scalarConstraints(shape, value).map((constraint) => violation(value, path, constraint));
  }
}

function checkStructure(shape: Shape, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw unexpectedType(value, "a structure");
  const given = new Map(Object.entries(value));
  return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const memberPath = path === "" ? name : `${path}.${name}`;
    const memberValue = given.get(name) ?? undefined;
    if (memberValue !== undefined) return check(shapeNamed(member.shape), memberValue, memberPath);
    return shape.required?.includes(name) ? [violation(null, memberPath, "Member must not be null")] : [];
  });
}

function checkList(shape: Shape, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) throw unexpectedType(value, "a list");
  const memberShape = shapeNamed(shape.member?.shape ?? "");
  const violations = lengthConstraints(shape, value.length).map((text) => violation(value, path, text));
  // AWS names the list, not the member, and everything that the members have to satisfy.
  if (value.map((member) => scalarConstraints(memberShape, member)).some((broken) => broken.length > 0)) {
    const all = everyConstraint(memberShape).join(", ");
    violations.push(violation(value, path, `Member must satisfy constraint: [${all}]`));
  }
  return violations;
}

/** The constraints that the value breaks. */
function scalarConstraints(shape: Shape, value: unknown): string[] {
  if (shape.type === "string") {
    if (typeof value !== "string") throw unexpectedType(value, "a string");
    const broken = lengthConstraints(shape, value.length);
    if (shape.pattern !== undefined && !matchesFully(shape.pattern, value))
      broken.push(patternText(shape.pattern));
    if (shape.enum && !shape.enum.includes(value)) broken.push(enumText(shape.enum));
    return broken;
  }
  if (shape.type === "integer" || shape.type === "long") {
    if (!Number.isSafeInteger(value)) throw unexpectedType(value, "an integer");
    return rangeConstraints(shape, Number(value));
  }
  throw new Error(`the sandbox cannot check a member of type ${shape.type}`);
}

const atLeast = (what: string, min: number): string =>
  `Member must have ${what} greater than or equal to ${min}`;
const atMost = (what: string, max: number): string => `Member must have ${what} less than or equal to ${max}`;
const patternText = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;
const enumText = (values: readonly string[]): string =>
  `Member must satisfy enum value set: [${values.join(", ")}]`;

function boundConstraints({ min, max }: Shape, what: string, size: number): string[] {
  return [
    ...(max !== undefined && size > max ? [atMost(what, max)] : []),
    ...(min !== undefined && size < min ? [atLeast(what, min)] : []),
  ];
}

const lengthConstraints = (shape: Shape, length: number): string[] =>
  boundConstraints(shape, "length", length);
const rangeConstraints = (shape: Shape, value: number): string[] => boundConstraints(shape, "value", value);

function everyConstraint(shape: Shape): string[] {
  return [
    ...(shape.max === undefined ? [] : [atMost("length", shape.max)]),
    ...(shape.min === undefined ? [] : [atLeast("length", shape.min)]),
    ...(shape.pattern === undefined ? [] : [patternText(shape.pattern)]),
    ...(shape.enum === undefined ? [] : [enumText(shape.enum)]),
  ];
}

function violation(value: unknown, path: string, constraint: string): string {
  const shown =
    value === null ? "null" : `'${Array.isArray(value) ? `[${value.join(", ")}]` : String(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function unexpectedType(value: unknown, expected: string): AwsError {
  const given = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  return new AwsError("SerializationException", `${given} can not be converted to ${expected}`);
}

const patternScript = new Script("pattern.test(value)");

/**
 * The whole value has to match. The pattern of a policy document backtracks in cubic time on some input, which
 * must not hang the sandbox: long values get a second, and what takes longer is refused.
 */
function matchesFully(pattern: string, value: string): boolean {
  const anchored = new RegExp(`^(?:${pattern})$`, "u");
  if (value.length <= 256) return anchored.test(value);
  try {
    const matched: unknown = patternScript.runInContext(createContext({ pattern: anchored, value }), {
      timeout: 1000,
    });
    return matched === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  }
}
