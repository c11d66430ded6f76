import type { SchemaObject } from "ajv";

/** A collection name, a prefix of 3 characters and `*`, or `*`; quoted by the service when it refuses one. */
export const collectionPattern = "^collection/(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)$";

/** An array that holds something. */
export const listOf = (items: SchemaObject): SchemaObject => ({ type: "array", minItems: 1, items });

/** An object that has these members, all of the required ones, and nothing else. */
export const objectOf = (properties: SchemaObject, required: readonly string[]): SchemaObject => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** What holds if a condition does, and otherwise. */
export const when = (condition: SchemaObject, consequence: SchemaObject, otherwise: SchemaObject = {}) => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: consequence,
  else: otherwise,
});

/** `Rules` of network and encryption policies: the collections that a policy, or a block of one, is about. */
export const collectionRules = (resourceTypes: readonly string[]): SchemaObject =>
  listOf(
    objectOf(
      {
        ResourceType: { type: "string", enum: resourceTypes },
        Resource: listOf({ type: "string", pattern: collectionPattern }),
      },
      ["ResourceType", "Resource"],
    ),
  );
