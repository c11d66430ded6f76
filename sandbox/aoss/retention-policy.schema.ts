import type { SchemaObject } from "ajv";
import { listOf, objectOf } from "./policy-rules.schema";

/** Quoted by the service when it refuses one; unlike in data access policies, `~` and `=` may stand in it. */
const indexPattern = "^index/(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)/([a-z;0-9&$%][+.~=\\-_a-z;0-9&$%]*\\*?|\\*)$";

/** 1 to 3650 days, as the service quotes it. */
const days = "^(?:[1-9]|[1-9][0-9]|[1-9][0-9]{2}|[1-2][0-9]{3}|[3][0-5][0-9]{2}|[3][6][0-4][0-9]|3650)d$";

/** 24 to 87600 hours, as documented. What the service says to 8000 to 79999 hours is not known for sure. */
const hours = "^(?:2[4-9]|[3-9][0-9]|[1-9][0-9]{2,3}|[1-7][0-9]{4}|8[0-6][0-9]{3}|87[0-5][0-9]{2}|87600)h$";

/**
 * A lifecycle policy: one object with Rules that keep the data of indexes for MinIndexRetention or, with
 * NoMinIndexRetention, for ever (AWS documentation of lifecycle policies, and answers seen from the service).
 */
export const retentionPolicySchema: SchemaObject = objectOf(
  {
    Rules: listOf({
      ...objectOf(
        {
          ResourceType: { type: "string", const: "index" },
          Resource: listOf({ type: "string", pattern: indexPattern }),
          MinIndexRetention: { type: "string", anyOf: [{ pattern: days }, { pattern: hours }] },
          NoMinIndexRetention: { type: "boolean", const: true },
        },
        ["ResourceType", "Resource"],
      ),
      oneOf: [{ required: ["MinIndexRetention"] }, { required: ["NoMinIndexRetention"] }],
    }),
  },
  ["Rules"],
);
