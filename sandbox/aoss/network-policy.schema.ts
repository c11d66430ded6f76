import type { SchemaObject } from "ajv";
import { collectionRules, listOf, objectOf, when } from "./policy-rules.schema";

const hasSourceMember = { anyOf: [{ required: ["SourceVPCEs"] }, { required: ["SourceServices"] }] };

/** An empty list names nobody: AWS shows it beside SourceServices in answers, never alone. */
const namesSource = {
  anyOf: ["SourceVPCEs", "SourceServices"].map((member) => ({
    required: [member],
    properties: { [member]: { minItems: 1 } },
  })),
};

const isPublic = { properties: { AllowFromPublic: { const: true } }, required: ["AllowFromPublic"] };

/**
 * A network policy: an array of blocks, each with Rules and either AllowFromPublic true and no source, or false and at
 * least one source (AWS documentation of network access, and answers seen from the service).
 */
export const networkPolicySchema: SchemaObject = listOf({
  ...objectOf(
    {
      Description: { type: "string" },
      Rules: collectionRules(["collection", "dashboard"]),
      AllowFromPublic: { type: "boolean" },
      SourceVPCEs: { type: "array", items: { type: "string", pattern: "^vpce-[a-zA-Z0-9]{8,20}$" } },
      SourceServices: { type: "array", items: { type: "string" } },
    },
    ["Rules", "AllowFromPublic"],
  ),
  allOf: [
    when(hasSourceMember, { properties: { AllowFromPublic: { const: false } } }),
    when(namesSource, {}, { properties: { AllowFromPublic: { const: true } } }),
    when(isPublic, { not: hasSourceMember }),
  ],
});
