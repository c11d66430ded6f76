import { parseAccessFile, permissionScopeOf } from "../../config";
import { type IamPolicyDocument, type PermissionVariant, permissionPolicies } from "../../service";
import { proofAccessFile, type Version } from "./access-file";

/** The policies that `aoss-privatelink permissions` gives for an access file. */
export function policiesOf(accessFile: string, variant: PermissionVariant): readonly IamPolicyDocument[] {
  const { access } = parseAccessFile(accessFile, "access.yaml");
  return permissionPolicies(variant, permissionScopeOf(access.stacks)).map(({ document }) => document);
}

/** Those for a version of the proof's own access file. */
export const policiesFor = (version: Version, variant: PermissionVariant): readonly IamPolicyDocument[] =>
  policiesOf(proofAccessFile(version), variant);

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
