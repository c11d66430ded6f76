import type { Construct } from "constructs";
import { retentionRule, serialiseLifecyclePolicy } from "../service";
import { checkLifecycleRule, type LifecycleRule, retentionWish } from "./lifecycle-rule";
import { Policy } from "./policy";
import type { PolicyProps } from "./policy-props";

/** Properties of a `LifecyclePolicy`. */
export interface LifecyclePolicyProps extends PolicyProps {
  /**
   * What is kept for how long.
   * @default - nothing until `addRule` is called; a policy without rules is refused at the end of synthesis
   */
  readonly rules?: readonly LifecycleRule[];
}

/**
 * A lifecycle policy (`aws_opensearchserverless_lifecycle_policy`): for how long the data of indexes is kept. It acts
 * on collections of type timeseries only (developer guide, data lifecycle policies). Throws a `RuleError` for what AWS
 * would refuse.
 */
export class LifecyclePolicy extends Policy<LifecycleRule> {
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

  protected write(rules: readonly LifecycleRule[]): string {
    return serialiseLifecyclePolicy({
      Rules: rules.map((rule) => retentionRule(retentionWish(rule, this.standIns))),
    });
  }
}
