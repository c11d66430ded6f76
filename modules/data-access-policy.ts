import type { Construct } from "constructs";
import { dataAccessBlock, longRoleArn, type Problem, serialiseDataAccessPolicy } from "../service";
import { checkDataAccessGrant, type DataAccessGrant, dataAccessWish } from "./data-access-grant";
import { knownAccount } from "./place";
import { Policy } from "./policy";
import type { PolicyProps } from "./policy-props";

/** Properties of a `DataAccessPolicy`. */
export interface DataAccessPolicyProps extends PolicyProps {
  /**
   * What is granted.
   * @default - nothing until `addGrant` is called; a policy without grants is refused at the end of synthesis
   */
  readonly grants?: readonly DataAccessGrant[];
}

/**
 * A data access policy (`aws_opensearchserverless_access_policy`): who may do what to which collections and indexes.
 * Principals need `aoss:APIAccessAll` in IAM besides. Throws a `RuleError` for what AWS would refuse, a principal of
 * another account than the one the stack's provider allows included.
 */
export class DataAccessPolicy extends Policy<DataAccessGrant> {
  constructor(scope: Construct, id: string, props: DataAccessPolicyProps = {}) {
    super(scope, id, "data", props);
    for (const grant of props.grants ?? []) this.addGrant(grant);
  }

  /** Adds access. Throws a `RuleError` when the grant is not one that AWS takes. */
  addGrant(grant: DataAccessGrant): this {
    for (const problem of checkDataAccessGrant(grant, knownAccount(this))) this.refuse(problem);
    this.add(grant);
    return this;
  }

  protected write(grants: readonly DataAccessGrant[]): string {
    // One document cannot be dealt out: it would be refused for paths that hardly any role has.
    const longest = longRoleArn("/");
    return serialiseDataAccessPolicy(
      grants.map((grant) => dataAccessBlock(dataAccessWish(grant, this.standIns, () => longest))),
    );
  }

  /** The provider, and with it the account, may have come after the policy. */
  protected override atTheEnd(): Problem[] {
    const account = knownAccount(this);
    return [...super.atTheEnd(), ...this.entries.flatMap((grant) => checkDataAccessGrant(grant, account))];
  }
}
