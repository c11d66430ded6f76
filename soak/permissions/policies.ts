import { parseAccessFile, permissionScopeOf } from "../../config";
import { type IamPolicyDocument, type PermissionVariant, permissionPolicies } from "../../service";
import { proofAccessFile, type Version } from "./access-file";

/**
 * The policies that `aoss-privatelink permissions` gives for an access file.
 * @param before what was applied last, as `--before` names it
 */
export function policiesOf(
  accessFile: string,
  variant: PermissionVariant,
  before?: string,
): readonly IamPolicyDocument[] {
  const stacksOf = (text: string) => parseAccessFile(text, "access.yaml").access.stacks;
  const scope = permissionScopeOf(stacksOf(accessFile), before === undefined ? {} : stacksOf(before));
  return permissionPolicies(variant, scope).map(({ document }) => document);
}

/** Those for a version of the proof's own access file. */
export const policiesFor = (
  version: Version,
  variant: PermissionVariant,
  before?: Version,
): readonly IamPolicyDocument[] =>
  policiesOf(proofAccessFile(version), variant, before && proofAccessFile(before));

/** The same policies with one action taken out wherever it stands. */
export function withoutAction(
  policies: readonly IamPolicyDocument[],
  action: string,
): readonly IamPolicyDocument[] {
  return policies
    .map((policy) => ({
      ...policy,
      Statement: policy.Statement.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((each) => each.toLowerCase() !== action.toLowerCase()),
      })).filter(({ Action }) => Action.length > 0),
    }))
    .filter(({ Statement }) => Statement.length > 0);
}
