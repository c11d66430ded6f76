import { refuse } from "../problem";
import { checkPermissionScope } from "./check-scope";
import type { IamStatement, NamedIamPolicy } from "./iam-policy";
import type { PermissionScope, PermissionVariant } from "./permission-scope";
import { policyText, splitPolicies } from "./split";
import { statementsOf } from "./statements";

/**
 * The policies of a variant, each of at most 6,144 characters, that together allow what it takes and no more; none
 * where it takes nothing, as to plan what only ever asks for a KMS key. The order of what the scope lists makes no
 * difference. Throws a `RuleError` for what is no scope.
 */
export function permissionPolicies(
  variant: PermissionVariant,
  scope: PermissionScope,
): readonly NamedIamPolicy[] {
  refuse(checkPermissionScope(scope, variant)[0]);
  return splitPolicies(statementsOf(variant, scope)).map((document, index) => {
    const text = policyText(document);
    return {
      name: `aoss-privatelink-${variant}${index === 0 ? "" : `-${index + 1}`}`,
      document,
      text,
      characters: text.replaceAll(/\s/g, "").length,
    };
  });
}

/**
 * The statements of the deploy policies that allow an action, for somebody whose apply was denied; none if nothing
 * in the scope takes it.
 * @param action as in IAM, in any case: `ec2:CreateVpcEndpoint`
 */
export function statementsFor(action: string, scope: PermissionScope): readonly IamStatement[] {
  const wanted = action.toLowerCase();
  return permissionPolicies("deploy", scope)
    .flatMap(({ document }) => document.Statement)
    .filter(({ Action }) => Action.some((one) => one.toLowerCase() === wanted));
}
