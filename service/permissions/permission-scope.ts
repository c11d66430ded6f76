import type { Feature } from "./feature";

/**
 * Who may do what with the policies: `deploy` applies, repairs and destroys, `plan` only reads, `client` uses
 * collections, `adopt` finds and reads what exists already.
 */
export const permissionVariants = ["deploy", "plan", "client", "adopt"] as const;

export type PermissionVariant = (typeof permissionVariants)[number];

/**
 * What permissions are for. Regions and features say what there is to do; everything else narrows resources and
 * conditions: what is left out may be anything, an empty list is nothing.
 */
export interface PermissionScope {
  /**
   * 12 digits.
   * @default - any account: `*` in ARNs
   */
  readonly account?: string;
  /** One or more, of one partition. */
  readonly regions: readonly string[];
  /** One or more. */
  readonly features: readonly Feature[];
  /**
   * VPCs of the endpoints (`vpc-…`).
   * @default - any
   */
  readonly vpcs?: readonly string[];
  /**
   * VPCs that zones are shared with (`vpc-…`).
   * @default - any
   */
  readonly sharedVpcs?: readonly string[];
  /**
   * Subnets of the endpoints (`subnet-…`).
   * @default - any
   */
  readonly subnets?: readonly string[];
  /**
   * Security groups kept elsewhere that endpoints carry (`sg-…`).
   * @default - any
   */
  readonly securityGroups?: readonly string[];
  /**
   * Prefix lists that rules name as sources (`pl-…`).
   * @default - any
   */
  readonly prefixLists?: readonly string[];
  /**
   * Endpoints that are there already (`vpce-…`), in place of any: leave it out as long as one is yet to be made.
   * @default - any
   */
  readonly endpoints?: readonly string[];
  /**
   * Names and prefixes of collections, as grants and policies write them: `orders`, `logs-*`.
   * @default - any
   */
  readonly collections?: readonly string[];
  /**
   * The same of collections whose dashboards are used; it limits clients.
   * @default - all that `collections` names
   */
  readonly dashboards?: readonly string[];
  /**
   * Ids of collections, known once they are made.
   * @default - any
   */
  readonly collectionIds?: readonly string[];
  /**
   * ARNs of the customer's KMS keys.
   * @default - any key of the account and Regions
   */
  readonly kmsKeys?: readonly string[];
  /**
   * Tags that everything made by the deployment carries (`default_tags`).
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}
