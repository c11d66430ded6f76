import type { Feature } from "./feature";
import type { StatementName } from "./statement-names";

/**
 * What an operation is called for: the four steps of a resource's life, `find` what exists already so that it can be
 * imported, and `use` of a collection by an application.
 */
export type PermissionPhase = "create" | "read" | "update" | "delete" | "find" | "use";

/** One row of the permission table: an API operation that a feature calls, and the IAM action that it takes. */
export interface PermissionRow {
  /** `account`: Terraform's provider asks it whatever is deployed; `client`: an application that uses collections. */
  readonly feature: Feature | "account" | "client";
  readonly phases: readonly PermissionPhase[];
  /** The call that takes the permission, with its service: `aoss CreateVpcEndpoint`. */
  readonly operation: string;
  /** As in IAM: `ec2:CreateVpcEndpoint`. */
  readonly action: string;
  /** Names of the service authorization reference; none where IAM takes only `*`. */
  readonly resourceTypes: readonly string[];
  /** Condition keys that statements use with the action, as the reference writes them: `aws:RequestTag/${TagKey}`. */
  readonly conditionKeys: readonly string[];
  /** Whether AWS makes the call on the caller's behalf, with the caller's own permissions. */
  readonly forwarded: boolean;
  /** The statements that hold the action; none if AWS answers whatever policies say. */
  readonly statements: readonly StatementName[];
  /** One sentence for whoever reviews the policy. */
  readonly purpose: string;
  readonly source: string;
  /** Documented by AWS as needed, but not called by Terraform's provider: why it is in all the same, or why not. */
  readonly neverCalled?: string;
}
