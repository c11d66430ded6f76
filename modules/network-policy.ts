import type { Construct } from "constructs";
import { privateBlock, serialiseNetworkPolicy } from "../service";
import { checkedGrant, type Grant, wishOf } from "./grant";
import { Policy } from "./policy";
import type { PolicyProps } from "./policy-props";

/** Properties of a `NetworkPolicy`. */
export interface NetworkPolicyProps extends PolicyProps {
  /**
   * What is granted.
   * @default - nothing until `addGrant` is called; a policy without grants is refused at the end of synthesis
   */
  readonly grants?: readonly Grant[];
}

/**
 * One network policy (`aws_opensearchserverless_security_policy` of type network) that grants private access,
 * never public. Its text depends only on what is granted, not on the order. Throws a `RuleError` for what AWS would
 * refuse; a document over 10,240 bytes (quota table) is refused at the end of synthesis. `NetworkPolicies` makes as
 * many policies as the grants take.
 */
export class NetworkPolicy extends Policy<Grant> {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps = {}) {
    super(scope, id, "network", props);
    for (const grant of props.grants ?? []) this.addGrant(grant);
  }

  /** Adds access. Throws a `RuleError` when the grant is not one that AWS takes. */
  addGrant(grant: Grant): this {
    this.add(checkedGrant(this, grant));
    return this;
  }

  protected write(grants: readonly Grant[]): string {
    return serialiseNetworkPolicy(grants.map((grant) => privateBlock(wishOf(grant, this.standIns))));
  }
}
