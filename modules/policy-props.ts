import { TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  checkPolicyDescription,
  checkResourceName,
  deriveName,
  type PolicyKind,
  type Problem,
  RuleError,
} from "../service";
import { pathOf } from "./address";
import { isKnown } from "./known";
import { policyWords } from "./policy-resource";

/** What every policy can be told. */
export interface PolicyProps {
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`; another one replaces the policy.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * Description of the policy, 1 to 1,000 characters.
   * @default - says what the policy is for and that Terraform keeps it
   */
  readonly description?: string;
}

/** Name and description of a policy, checked as far as they are known. Throws a `RuleError` at the construct's path. */
export function nameAndDescription(
  construct: Construct,
  kind: PolicyKind,
  props: PolicyProps,
): Required<PolicyProps> {
  const name = props.name ?? deriveName(TerraformStack.of(construct).node.id, construct.node.id);
  if (isKnown(name)) refuse(construct, checkResourceName(name));
  const description = props.description ?? policyWords[kind].description;
  if (!Token.isUnresolved(description)) refuse(construct, checkPolicyDescription(description));
  return { name, description };
}

/** Throws a `RuleError` at the construct's path if there is a problem. */
export function refuse(construct: Construct, problem: Problem | undefined): void {
  if (problem) throw new RuleError(problem, pathOf(construct));
}
