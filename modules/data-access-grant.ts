import {
  checkCollectionPattern,
  checkDataAccessParts,
  checkDataPermission,
  checkIndexPattern,
  checkPrincipal,
  type DataAccessWish,
  dataPermissions,
  longestCollectionName,
  type Problem,
} from "../service";
import { longestIndexPattern } from "./index-pattern";
import { checkListIsKnown, isKnown } from "./known";
import type { StandIns } from "./stand-ins";

/** Who may do what to which collections and indexes. Permissions go with what they are on. */
export interface DataAccessGrant {
  /**
   * ARNs of IAM roles and users of the same account, or SAML users and groups (`saml/ACCOUNT/CONFIG/group/NAME`).
   * They need not exist yet. The session ARN of an assumed role is refused, and told which role it should be.
   */
  readonly principals: readonly string[];
  /**
   * Collection names, prefixes of 3 or more characters (`logs-*`), or `*`.
   * @default - no permission on collections themselves
   */
  readonly collections?: readonly string[];
  /**
   * What the principals may do to the collections: `aoss:DescribeCollectionItems` and the like, or `aoss:*`.
   * @default - no permission on collections themselves
   */
  readonly collectionPermissions?: readonly string[];
  /**
   * Indexes as `COLLECTION/INDEX`; each may be a name, a prefix (`orders/2024-*`), or `*`.
   * @default - no permission on indexes
   */
  readonly indexes?: readonly string[];
  /**
   * What the principals may do to the indexes and the documents in them: `aoss:ReadDocument` and the like, or `aoss:*`.
   * @default - no permission on indexes
   */
  readonly indexPermissions?: readonly string[];
  /**
   * Stands in the policy beside what it grants.
   * @default - no description
   */
  readonly description?: string;
}

const lists = [
  "principals",
  "collections",
  "collectionPermissions",
  "indexes",
  "indexPermissions",
] as const satisfies (keyof DataAccessGrant)[];

const keys = { collection: "collectionPermissions", index: "indexPermissions" };

/** What is wrong with a grant, as far as its values and the policy's account are known. */
export function checkDataAccessGrant(grant: DataAccessGrant, account?: string): Problem[] {
  const unknown = lists.flatMap((list) => checkListIsKnown(list, grant[list] ?? []) ?? []);
  if (unknown.length > 0) return unknown;
  const count = (list: (typeof lists)[number]) => grant[list]?.length ?? 0;
  const parts = checkDataAccessParts({
    principals: count("principals"),
    collections: count("collections"),
    collectionPermissions: count("collectionPermissions"),
    indexes: count("indexes"),
    indexPermissions: count("indexPermissions"),
  });
  const each = (list: (typeof lists)[number], check: (text: string) => Problem | undefined) =>
    (grant[list] ?? []).flatMap((text) => (isKnown(text) ? (check(text) ?? []) : []));
  return [
    ...parts,
    ...each("principals", (principal) => checkPrincipal(principal, account)),
    ...each("collections", checkCollectionPattern),
    ...each("collectionPermissions", (permission) => checkDataPermission("collection", permission, keys)),
    ...each("indexes", (pattern) => checkIndexPattern(pattern)),
    ...each("indexPermissions", (permission) => checkDataPermission("index", permission, keys)),
  ];
}

/**
 * A grant as the builder of policies takes it, with what stands for the values that only Terraform knows.
 * @param longestPrincipal what a principal not known yet is counted as, by its expression
 */
export function dataAccessWish(
  grant: DataAccessGrant,
  standIns: StandIns,
  longestPrincipal: (expression: string) => string,
): DataAccessWish {
  const { collections = [], collectionPermissions = [], indexes = [], indexPermissions = [] } = grant;
  const standFor = (list: readonly string[], longest: (text: string) => string) =>
    list.map((text) => standIns.standIn(text, { longest: longest(text) }));
  return {
    principals: grant.principals.map((principal) =>
      standIns.standIn(principal, { longest: longestPrincipal }),
    ),
    ...(collections.length > 0
      ? {
          collections: [
            {
              collections: standFor(collections, () => longestCollectionName),
              permissions: standFor(collectionPermissions, () => longestPermission("collection")),
            },
          ],
        }
      : {}),
    ...(indexes.length > 0
      ? {
          indexes: [
            {
              indexes: standFor(indexes, longestIndexPattern),
              permissions: standFor(indexPermissions, () => longestPermission("index")),
            },
          ],
        }
      : {}),
    ...(grant.description === undefined ? {} : { description: standIns.describe(grant.description) }),
  };
}

const longestPermission = (type: "collection" | "index"): string =>
  dataPermissions[type].reduce((longest, one) => (one.length > longest.length ? one : longest), "");
