import type { SchemaObject } from "ajv";
import { collectionRules, objectOf, when } from "./policy-rules.schema";

/**
 * A key by its id, a multi-Region key's (`mrk-…`) included: the API model holds the key in CreateCollection to UUIDs,
 * and no source says so of policies.
 */
const keyArn =
  "^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$";

/**
 * An encryption policy: one object with Rules on collections and either AWSOwnedKey true or the ARN of a KMS key (AWS
 * documentation of encryption policies, and answers seen from the service).
 */
export const encryptionPolicySchema: SchemaObject = {
  ...objectOf(
    {
      Rules: collectionRules(["collection"]),
      AWSOwnedKey: { type: "boolean" },
      KmsARN: { type: "string", pattern: keyArn },
    },
    ["Rules"],
  ),
  ...when(
    { required: ["KmsARN"] },
    { properties: { AWSOwnedKey: { const: false } } },
    { properties: { AWSOwnedKey: { const: true } }, required: ["AWSOwnedKey"] },
  ),
};
