import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { compileDataAccessPolicies, type DataAccessWish, longRoleArn, type Problem } from "../service";
import { checkDataAccessGrant, type DataAccessGrant, dataAccessWish } from "./data-access-grant";
import type { DataAccessPolicyProps } from "./data-access-policy";
import { longestArns } from "./made-roles";
import { knownAccount } from "./place";
import type { Granted, SetPolicy } from "./policy-places";
import { PolicySet } from "./policy-set";

/**
 * As many data access policies as the grants take, each within 10,240 bytes, and all of them within the 500 that an
 * account and Region have (quota table). Throws a `RuleError` for a grant that AWS would refuse; what does not fit is
 * refused at the end of synthesis.
 */
export class DataAccessPolicies extends PolicySet<DataAccessGrant> {
  private longestArn = (_expression: string): string => longRoleArn();

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

  /** What lets principals into a collection, for `dependsOn`; with a grant, all that holds any of what it gives. */
  policyOf(collection: string, grant?: DataAccessGrant): ITerraformDependable {
    return this.policiesFor(collection, () =>
      grant ? granted(dataAccessWish(grant, this.standIns, this.longestArn)) : [],
    );
  }

  protected compile(grants: readonly DataAccessGrant[]): readonly SetPolicy[] {
    this.longestArn = longestArns(this);
    const wishes = grants.map((grant) => dataAccessWish(grant, this.standIns, this.longestArn));
    return compileDataAccessPolicies(wishes, { bytesOf: (text) => this.bytesOf(text) });
  }

  /** The provider, and with it the account, may have come after the set. */
  protected override problems(): Problem[] {
    const account = knownAccount(this);
    return [...super.problems(), ...this.entries.flatMap((grant) => checkDataAccessGrant(grant, account))];
  }
}

const granted = ({ principals, collections = [], indexes = [] }: DataAccessWish): Granted[] => [
  ...collections.map((one) => ({
    resources: one.collections.map((pattern) => `collection/${pattern}`),
    who: principals,
    may: one.permissions,
  })),
  ...indexes.map((one) => ({
    resources: one.indexes.map((pattern) => `index/${pattern}`),
    who: principals,
    may: one.permissions,
  })),
];
