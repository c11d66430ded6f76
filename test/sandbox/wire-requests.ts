import model from "../../sandbox/aoss/opensearchserverless-2021-11-01.model.json";
import type { Json } from "./raw-aws";
import { brokenWithPattern, minimumOfNothing, samples } from "./wire-samples";

export interface Shape {
  readonly type: string;
  readonly document?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export const shapes = model.shapes as unknown as Readonly<Record<string, Shape>>;
export const operations: Readonly<Record<string, { readonly input: string; readonly output: string }>> =
  model.operations;

export const kinds = ["required", "min", "max", "pattern", "enum"] as const;
export type Kind = (typeof kinds)[number];

/** A request that breaks one constraint of the model. */
export interface Broken {
  readonly kind: Kind;
  /** how AWS names the member: `tags.1.member.key` */
  readonly field: string;
  /** how AWS words the constraint */
  readonly constraint: string;
  readonly request: Json;
  /** false if the pattern of the same member is broken with it */
  readonly isAlone: boolean;
}

/** A place in a request: the value there, and the request with another value there. */
interface Place {
  readonly shape: string;
  readonly field: string;
  with(value: unknown): Json;
}

/** A request with every member at every depth, each within its constraints. */
export const validRequest = (operation: string): Json => validValue(inputOf(operation)) as Json;

const inputOf = (operation: string): string => operations[operation]?.input ?? "";
const shapeOf = (name: string): Shape => {
  const shape = shapes[name];
  if (!shape) throw new Error(`no shape ${name}`);
  return shape;
};

function validValue(name: string): unknown {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([member, { shape: of }]) => [member, validValue(of)]),
      );
    case "list":
      return [validValue(shape.member?.shape ?? "")];
    case "string":
      return shape.enum?.[0] ?? (shape.pattern ? samples[name]?.valid : "x".repeat(shape.min || 1));
    case "boolean":
      return true;
    default:
      return shape.min ?? 1;
  }
}

/** One request for each constraint that the model has for the operation. */
export function brokenRequests(operation: string): readonly Broken[] {
  const valid = validRequest(operation);
  return brokenAt({ shape: inputOf(operation), field: "", with: (value) => value as Json }, valid);
}

function brokenAt(place: Place, valid: unknown): readonly Broken[] {
  const shape = shapeOf(place.shape);
  if (shape.type === "structure") return brokenMembers(place, shape, valid as Json);
  if (shape.type === "list") return brokenList(place, shape, valid as readonly unknown[]);
  return brokenScalar(place, shape);
}

function brokenMembers(place: Place, shape: Shape, valid: Json): readonly Broken[] {
  return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const field = place.field === "" ? name : `${place.field}.${name}`;
    const { [name]: value, ...others } = valid;
    const missing: Broken = {
      kind: "required",
      field,
      constraint: "Member must not be null",
      request: place.with(others),
      isAlone: true,
    };
    return [
      ...(shape.required?.includes(name) ? [missing] : []),
      ...brokenAt(
        { shape: member.shape, field, with: (other) => place.with({ ...valid, [name]: other }) },
        value,
      ),
    ];
  });
}

function brokenList(place: Place, shape: Shape, valid: readonly unknown[]): readonly Broken[] {
  const of = shape.member?.shape ?? "";
  const memberShape = shapeOf(of);
  const bound = (kind: "min" | "max", limit: number, value: readonly unknown[]): Broken => ({
    kind,
    field: place.field,
    constraint: boundText(kind, "length", limit),
    request: place.with(value),
    isAlone: true,
  });
  const bounds = [
    ...(shape.min ? [bound("min", shape.min, [])] : []),
    ...(shape.max === undefined ? [] : [bound("max", shape.max, Array(shape.max + 1).fill(valid[0]))]),
  ];
  const inner: Place = { shape: of, field: `${place.field}.1.member`, with: (other) => place.with([other]) };
  if (memberShape.type === "structure") return [...bounds, ...brokenAt(inner, valid[0])];
  // AWS names the list, and all that its members have to satisfy.
  const constraint = `Member must satisfy constraint: [${everyText(memberShape).join(", ")}]`;
  const members = brokenScalar(inner, memberShape);
  return [
    ...bounds,
    ...members.map((broken) => ({ ...broken, field: place.field, constraint, isAlone: true })),
  ];
}

function brokenScalar(place: Place, shape: Shape): readonly Broken[] {
  const broken = (kind: Kind, constraint: string, value: unknown): Broken => {
    if (value === undefined) throw new Error(`no sample breaks ${kind} of ${place.shape}`);
    const isAlone =
      (brokenWithPattern[place.shape] as Record<string, string> | undefined)?.[kind] === undefined;
    return { kind, field: place.field, constraint, request: place.with(value), isAlone };
  };
  const sample = samples[place.shape];
  const isText = shape.type === "string";
  const what = isText ? "length" : "value";
  const { min, max, pattern, enum: values } = shape;
  return [
    ...(min === undefined || minimumOfNothing.includes(place.shape)
      ? []
      : [broken("min", boundText("min", what, min), below(isText, min, sample?.short))]),
    ...(max === undefined
      ? []
      : [broken("max", boundText("max", what, max), above(isText, max, sample?.long))]),
    ...(pattern === undefined ? [] : [broken("pattern", patternText(pattern), sample?.wrong)]),
    ...(values ? [broken("enum", enumText(values), "none-of-these")] : []),
  ];
}

const below = (isText: boolean, min: number, sample: string | undefined): unknown =>
  isText ? (sample ?? "x".repeat(min - 1)) : min - 1;
const above = (isText: boolean, max: number, sample: string | undefined): unknown =>
  isText ? (sample ?? "x".repeat(max + 1)) : max + 1;

const boundText = (kind: "min" | "max", what: string, limit: number): string =>
  `Member must have ${what} ${kind === "min" ? "greater" : "less"} than or equal to ${limit}`;
const patternText = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;
const enumText = (values: readonly string[]): string =>
  `Member must satisfy enum value set: [${values.join(", ")}]`;

const everyText = ({ min, max, pattern, enum: values }: Shape): readonly string[] => [
  ...(max === undefined ? [] : [boundText("max", "length", max)]),
  ...(min === undefined ? [] : [boundText("min", "length", min)]),
  ...(pattern === undefined ? [] : [patternText(pattern)]),
  ...(values ? [enumText(values)] : []),
];

/** How many constraints of each kind the model has for a shape and all below it; no request is made for it. */
export function constraintsIn(name: string): Readonly<Record<Kind, number>> {
  const shape = shapeOf(name);
  const below = [
    ...Object.values(shape.members ?? {}).map((member) => member.shape),
    ...(shape.member ? [shape.member.shape] : []),
  ].map(constraintsIn);
  const own = { ...zero };
  own.required = shape.required?.length ?? 0;
  for (const kind of kinds.slice(1)) own[kind] = kind in shape ? 1 : 0;
  return sum([own, ...below]);
}

/** How many minimums of 0 there are in a shape and all below it. */
export function minimumsOfNothingIn(name: string): number {
  const shape = shapeOf(name);
  const below = [
    ...Object.values(shape.members ?? {}).map((member) => member.shape),
    ...(shape.member ? [shape.member.shape] : []),
  ];
  const own = shape.min === 0 && shape.type !== "float" ? 1 : 0;
  return below.reduce((count, of) => count + minimumsOfNothingIn(of), own);
}

const zero: Record<Kind, number> = { required: 0, min: 0, max: 0, pattern: 0, enum: 0 };

export const sum = (counts: readonly Readonly<Record<Kind, number>>[]): Record<Kind, number> =>
  counts.reduce<Record<Kind, number>>(
    (total, count) =>
      Object.fromEntries(kinds.map((kind) => [kind, total[kind] + count[kind]])) as Record<Kind, number>,
    zero,
  );
