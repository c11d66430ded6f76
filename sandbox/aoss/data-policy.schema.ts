import type { SchemaObject } from "ajv";
import { collectionPattern, listOf, objectOf, when } from "./policy-rules.schema";

const collection = "(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)";

/**
 * What a data access policy may name and grant by ResourceType. The patterns of collections and indexes and all
 * permissions are those that the service lists when it refuses one; the patterns of models and agents are made after
 * the documented `model/NAME/*`.
 */
const resourceTypes: Readonly<
  Record<string, { readonly resource: string; readonly permissions: readonly string[] }>
> = {
  collection: {
    resource: collectionPattern,
    permissions: [
      "CreateCollectionItems",
      "DeleteCollectionItems",
      "UpdateCollectionItems",
      "DescribeCollectionItems",
      "RestoreSnapshot",
      "DescribeSnapshot",
    ],
  },
  index: {
    resource: `^index/${collection}/([a-z;0-9&$%][+.\\-_a-z;0-9&$%]*\\*?|\\*)$`,
    permissions: [
      "ReadDocument",
      "WriteDocument",
      "CreateIndex",
      "DeleteIndex",
      "UpdateIndex",
      "DescribeIndex",
      "DelegateAccess",
      "RestoreSnapshot",
      "DescribeSnapshot",
    ],
  },
  model: {
    resource: `^model/${collection}/.+$`,
    permissions: [
      "DescribeMLResource",
      "CreateMLResource",
      "UpdateMLResource",
      "DeleteMLResource",
      "ExecuteMLResource",
    ],
  },
  agent: {
    resource: `^agent/${collection}/.+$`,
    permissions: [
      "DescribeAgent",
      "SearchAgents",
      "CreateAgent",
      "UpdateAgent",
      "DeleteAgent",
      "InvokeAgent",
    ],
  },
};

/** IAM and STS ARNs, and users and groups of a security configuration (AWS documentation of data access). */
const principal =
  "^(?:arn:aws[a-z-]*:(?:iam|sts)::[0-9]{12}:.+|saml/[0-9]{12}/[a-z][a-z0-9-]{2,31}/(?:user|group)/.+|(?:iamidentitycenter|iamfederation)/[^/]+/(?:[^/]+/)?(?:user|group)/.+)$";

const allowedIn = ([type, { resource, permissions }]: [string, (typeof resourceTypes)[string]]) =>
  when(
    { properties: { ResourceType: { const: type } }, required: ["ResourceType"] },
    {
      properties: {
        Resource: { items: { type: "string", pattern: resource } },
        Permission: {
          items: { type: "string", enum: [...permissions.map((name) => `aoss:${name}`), "aoss:*"] },
        },
      },
    },
  );

/** A data access policy: an array of blocks, each with what its Principal may do to the resources of its Rules. */
export const dataPolicySchema: SchemaObject = listOf(
  objectOf(
    {
      Description: { type: "string" },
      Rules: listOf({
        ...objectOf(
          {
            ResourceType: { type: "string", enum: Object.keys(resourceTypes) },
            Resource: listOf({ type: "string" }),
            Permission: listOf({ type: "string" }),
          },
          ["ResourceType", "Resource", "Permission"],
        ),
        allOf: Object.entries(resourceTypes).map(allowedIn),
      }),
      Principal: listOf({ type: "string", pattern: principal }),
    },
    ["Rules", "Principal"],
  ),
);
