import { z } from "zod";
import { collectionEntry } from "./schema/collections";
import { endpointEntry } from "./schema/endpoints";
import { accessFileSchema } from "./schema/file";
import { isListed } from "./schema/not-here";

/** The JSON Schema of the access file for editors, as it is committed in `access.schema.json`. */
export function accessFileJsonSchema(): string {
  const schema = z.toJSONSchema(accessFileSchema, {
    target: "draft-7",
    io: "input",
    override: (one) => {
      withoutUnlisted(one);
      formsByTheirKey(one);
    },
  });
  return `${JSON.stringify({ title: "aoss-privatelink access file", ...schema }, null, 2)}\n`;
}

/** The key that tells which of two forms is meant, as the loader goes by it. */
const tellingKeys = new Map<z.core.$ZodType, JsonSchema>([
  [collectionEntry, { properties: { exists: { const: true } }, required: ["exists"] }],
  [endpointEntry, { required: ["id"] }],
]);

type JsonSchema = z.core.JSONSchema.BaseSchema;

interface Translated {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: JsonSchema;
}

/** Keys that are known only to be refused would be offered by editors. */
function withoutUnlisted({ zodSchema, jsonSchema }: Translated): void {
  if (!(zodSchema instanceof z.ZodObject)) return;
  for (const [key, value] of Object.entries(zodSchema.shape)) {
    if (!isListed(value as object)) delete jsonSchema.properties?.[key];
  }
}

/**
 * An editor judges an entry by the form that is meant: of a mere choice of two it would tell what is wrong with it by
 * either.
 */
function formsByTheirKey({ zodSchema, jsonSchema }: Translated): void {
  const isFirst = tellingKeys.get(zodSchema);
  const [first, other] = jsonSchema.anyOf ?? [];
  if (!isFirst || !first || !other) return;
  delete jsonSchema.anyOf;
  jsonSchema.if = isFirst;
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  jsonSchema.then = first;
  jsonSchema.else = other;
}
