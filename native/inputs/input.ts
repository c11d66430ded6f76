import type { Rule } from "../message";

/** A type as Terraform writes it, or one of ours that has fields. */
export type InputType = string | { readonly list: Fields } | { readonly map: Fields };

/** A value that an object may hold. */
export interface Field {
  readonly type: InputType;
  readonly description: string;
  /** Left out: the field has to be given. `null` is told as nothing given. */
  readonly default?: unknown;
}

export type Fields = Readonly<Record<string, Field>>;

/** An input of the module: a `variable`. */
export interface Input extends Field {
  /** What is refused, told with the input itself. */
  readonly rules?: readonly Rule[];
}

export type Inputs = Readonly<Record<string, Input>>;

/** A type as a `variable` has it, on several lines where it is an object. */
export function typeText(type: InputType, indent = ""): string {
  if (typeof type === "string") return type;
  const [word, fields] = "list" in type ? (["list", type.list] as const) : (["map", type.map] as const);
  const inner = Object.entries(fields).map(
    ([name, field]) => `${indent}  ${name} = ${fieldType(field, `${indent}  `)}\n`,
  );
  return `${word}(object({\n${inner.join("")}${indent}}))`;
}

function fieldType(field: Field, indent: string): string {
  const type = typeText(field.type, indent);
  if (!("default" in field)) return type;
  return field.default === null ? `optional(${type})` : `optional(${type}, ${JSON.stringify(field.default)})`;
}
