import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { compileLifecyclePolicies } from "../service";
import type { LifecyclePolicyProps } from "./lifecycle-policy";
import { checkLifecycleRule, type LifecycleRule, retentionWish } from "./lifecycle-rule";
import type { SetPolicy } from "./policy-places";
import { PolicySet } from "./policy-set";

/**
 * As many lifecycle policies as the rules take, each within 10,240 bytes. Throws a `RuleError` for a rule that AWS
 * would refuse.
 */
export class LifecyclePolicies extends PolicySet<LifecycleRule> {
  constructor(scope: Construct, id: string, props: LifecyclePolicyProps = {}) {
    super(scope, id, "retention", props);
    for (const rule of props.rules ?? []) this.addRule(rule);
  }

  /** Adds a rule. Throws a `RuleError` when it is not one that AWS takes. */
  addRule(rule: LifecycleRule): this {
    for (const problem of checkLifecycleRule(rule)) this.refuse(problem);
    this.add(rule);
    return this;
  }

  /** What says how long a collection's data is kept, for `dependsOn`. */
  policyOf(collection: string): ITerraformDependable {
    return this.policiesFor(collection);
  }

  protected compile(rules: readonly LifecycleRule[]): readonly SetPolicy[] {
    const wishes = rules.map((rule) => retentionWish(rule, this.standIns));
    return compileLifecyclePolicies(wishes, { bytesOf: (text) => this.bytesOf(text) });
  }
}
