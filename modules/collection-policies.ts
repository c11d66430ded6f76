import type { ITerraformDependable } from "cdktf";
import type { DataAccessGrant } from "./data-access-grant";
import type { Encryption } from "./encryption-policy";
import type { Grant } from "./grant";
import type { LifecycleRule } from "./lifecycle-rule";

/**
 * Where a `PrivateCollection` writes its access: into policies of its own, or into those that several collections
 * share. Each call adds to what was said before, throws a `RuleError` for what AWS would refuse, and returns what has
 * to be there before it holds.
 */
export interface CollectionPolicies {
  /** A key for collections; they can be made once what is returned is there. */
  encrypt(encryption: Encryption): ITerraformDependable;
  /** Private network access. */
  grant(grant: Grant): ITerraformDependable;
  /** Permissions of principals. */
  addDataAccess(grant: DataAccessGrant): ITerraformDependable;
  /** For how long data is kept. */
  retain(rule: LifecycleRule): ITerraformDependable;
}
