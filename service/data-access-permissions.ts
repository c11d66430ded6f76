import { shown } from "./policy-document";
import type { Problem } from "./problem";
import { didYouMean } from "./text";

/** What a rule of a data access policy is about. */
export type DataResourceType = "collection" | "index" | "model" | "agent";

const named = (...names: string[]): readonly string[] => [...names.map((name) => `aoss:${name}`), "aoss:*"];

/**
 * The permissions of a data access policy by resource type, as the service lists them when it refuses one; the
 * developer guide names fewer. Collection permissions are about aliases, templates and snapshots, index permissions
 * about documents and indexes.
 */
export const dataPermissions: Readonly<Record<DataResourceType, readonly string[]>> = {
  collection: named(
    "CreateCollectionItems",
    "DeleteCollectionItems",
    "UpdateCollectionItems",
    "DescribeCollectionItems",
    "RestoreSnapshot",
    "DescribeSnapshot",
  ),
  index: named(
    "ReadDocument",
    "WriteDocument",
    "CreateIndex",
    "DeleteIndex",
    "UpdateIndex",
    "DescribeIndex",
    "DelegateAccess",
    "RestoreSnapshot",
    "DescribeSnapshot",
  ),
  model: named(
    "DescribeMLResource",
    "CreateMLResource",
    "UpdateMLResource",
    "DeleteMLResource",
    "ExecuteMLResource",
  ),
  agent: named("DescribeAgent", "SearchAgents", "CreateAgent", "UpdateAgent", "DeleteAgent", "InvokeAgent"),
};

export const dataResourceTypes = Object.keys(dataPermissions) as DataResourceType[];

/** Checks a permission such as `aoss:ReadDocument` against those of a resource type. */
export function checkDataPermission(type: DataResourceType, permission: string): Problem | undefined {
  const known = dataPermissions[type];
  if (known.includes(permission)) return undefined;
  const elsewhere = dataResourceTypes.filter((other) => dataPermissions[other].includes(permission));
  if (elsewhere.length > 0) {
    return {
      problem: `permission ${shown(permission)} is for ${elsewhere.join(" and ")}, not for ${type}`,
      remedy: `put it into a rule for ${elsewhere.join(" or ")}; for ${type}: ${known.join(", ")}`,
    };
  }
  const meant = didYouMean(permission, known) ?? known.find((one) => one === `aoss:${permission}`);
  return {
    problem: `${shown(permission)} is not a permission for ${type}`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}allowed: ${known.join(", ")}`,
  };
}
