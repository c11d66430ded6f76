import { shown } from "./policy-document";
import type { Problem } from "./problem";
import { didYouMean } from "./text";

/** What a rule of a data access policy is about. */
export type DataResourceType = "collection" | "index" | "model" | "agent";

/**
 * The permissions of a data access policy by resource type, as the service lists them when it refuses one; the
 * developer guide names fewer. Collection permissions are about aliases, templates and snapshots, index permissions
 * about documents and indexes.
 */
export const dataPermissions: Readonly<Record<DataResourceType, readonly string[]>> = {
  collection: [
    "aoss:CreateCollectionItems",
    "aoss:DeleteCollectionItems",
    "aoss:UpdateCollectionItems",
    "aoss:DescribeCollectionItems",
    "aoss:RestoreSnapshot",
    "aoss:DescribeSnapshot",
    "aoss:*",
  ],
  index: [
    "aoss:ReadDocument",
    "aoss:WriteDocument",
    "aoss:CreateIndex",
    "aoss:DeleteIndex",
    "aoss:UpdateIndex",
    "aoss:DescribeIndex",
    "aoss:DelegateAccess",
    "aoss:RestoreSnapshot",
    "aoss:DescribeSnapshot",
    "aoss:*",
  ],
  model: [
    "aoss:DescribeMLResource",
    "aoss:CreateMLResource",
    "aoss:UpdateMLResource",
    "aoss:DeleteMLResource",
    "aoss:ExecuteMLResource",
    "aoss:*",
  ],
  agent: [
    "aoss:DescribeAgent",
    "aoss:SearchAgents",
    "aoss:CreateAgent",
    "aoss:UpdateAgent",
    "aoss:DeleteAgent",
    "aoss:InvokeAgent",
    "aoss:*",
  ],
};

export const dataResourceTypes: readonly DataResourceType[] = ["collection", "index", "model", "agent"];

/** By resource type, the key that lists permissions. */
export type PermissionKeys = Readonly<Partial<Record<DataResourceType, string>>>;

/** What a principal needs in IAM besides (developer guide, data access); often written into the wrong policy. */
const iamActions: readonly string[] = ["aoss:APIAccessAll", "aoss:DashboardsAccessAll"];

/**
 * Checks a permission such as `aoss:ReadDocument` against those of a resource type.
 * @param keys where permissions of each type are written, if not into a rule of a policy; those of a type without a
 *   key can be written nowhere.
 */
export function checkDataPermission(
  type: DataResourceType,
  permission: string,
  keys?: PermissionKeys,
): Problem | undefined {
  const known = dataPermissions[type];
  if (known.includes(permission)) return undefined;
  const elsewhere = dataResourceTypes.filter((other) => dataPermissions[other].includes(permission));
  if (elsewhere.length > 0) {
    return {
      problem: `permission ${shown(permission)} is for ${elsewhere.join(" and ")}, not for ${type}`,
      remedy: `${putInto(elsewhere, keys)}; for ${type}: ${known.join(", ")}`,
    };
  }
  if (iamActions.includes(permission)) {
    return {
      problem: `"${permission}" is an IAM action, not a permission of a data access policy`,
      remedy: `allow it in the principals' IAM policies; here: ${known.join(", ")}`,
    };
  }
  const meant = didYouMean(permission.replace(/^(?:aoss:)?/, "aoss:"), known);
  return {
    problem: `${shown(permission)} is not a permission for ${type}`,
    remedy: `${meant ? `did you mean "${meant}"? ` : ""}allowed: ${known.join(", ")}`,
  };
}

function putInto(types: readonly DataResourceType[], keys: PermissionKeys | undefined): string {
  if (!keys) return `put it into a rule for ${types.join(" or ")}`;
  const named = types.flatMap((type) => keys[type] ?? []);
  return named.length > 0 ? `put it into ${named.join(" or ")}` : "leave it out, it has no key here";
}
