import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { compileNetworkPolicies, type PrivateAccessWish } from "../service";
import { noteExistingEndpoint } from "./existing";
import { checkedGrant, type Grant, textsOf, wishOf } from "./grant";
import type { NetworkPolicyProps } from "./network-policy";
import type { Granted, SetPolicy } from "./policy-places";
import { PolicySet } from "./policy-set";

/**
 * As many network policies as the grants take, each within 10,240 bytes, and all of them within the 500 that an
 * account and Region have (quota table). They grant private access, never public. Grants are added until synthesis
 * starts; what they grant, and not their order, decides which policies there are, and one more changes at most two
 * of those that are there. The first has the set's name and address, each other one a few letters more in both.
 * Throws a `RuleError` for a grant that AWS would refuse; what does not fit is refused at the end of synthesis.
 */
export class NetworkPolicies extends PolicySet<Grant> {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps = {}) {
    super(scope, id, "network", props);
    for (const grant of props.grants ?? []) this.addGrant(grant);
  }

  /** Adds access. Throws a `RuleError` when the grant is not one that AWS takes. */
  addGrant(grant: Grant): this {
    this.add(checkedGrant(this, grant));
    for (const endpoint of grant.from ?? []) noteExistingEndpoint(this, endpoint);
    return this;
  }

  /** What grants access to a collection, for `dependsOn`; with a grant, all that holds any of what it grants. */
  policyOf(collection: string, grant?: Grant): ITerraformDependable {
    return this.policiesFor(collection, () => (grant ? [granted(wishOf(grant, this.standIns))] : []));
  }

  protected override textsOf(grant: Grant): string[] {
    return textsOf(grant);
  }

  protected compile(grants: readonly Grant[]): readonly SetPolicy[] {
    const wishes = grants.map((grant) => wishOf(grant, this.standIns));
    return compileNetworkPolicies(wishes, { bytesOf: (text) => this.bytesOf(text) });
  }
}

const granted = ({ collections, endpoints, services }: PrivateAccessWish): Granted => ({
  resources: collections.map((pattern) => `collection/${pattern}`),
  who: [...endpoints, ...services],
});
