import type { Call } from "../call";
import { queryAction } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import { iamOf, requireRole } from "./existing";
import { optionalText, pageOf, readPage, requiredText, rules } from "./inputs";
import { noSuchEntity, quotaExceeded } from "./refusals";

/** Managed policies of a role, by default (IAM user guide, quotas). */
const maxPoliciesPerRole = 10;

const readAttachment = (parameters: QueryParameters) => ({
  name: requiredText(parameters, "RoleName", rules.roleName),
  arn: requiredText(parameters, "PolicyArn", rules.arn),
});

/** What is attached already stays so, without an error. */
export const attachRolePolicy = queryAction(readAttachment, (call, { name, arn }) => {
  const { attachedPolicies } = requireRole(call, name);
  if (!iamOf(call).policies.has(arn)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (!attachedPolicies.has(arn) && attachedPolicies.size >= maxPoliciesPerRole) {
    throw quotaExceeded("PoliciesPerRole", maxPoliciesPerRole);
  }
  attachedPolicies.add(arn);
  return {};
});

export const detachRolePolicy = queryAction(readAttachment, (call, { name, arn }) => {
  if (!requireRole(call, name).attachedPolicies.delete(arn)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return {};
});

export const listAttachedRolePolicies = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    prefix: optionalText(parameters, "PathPrefix", rules.policyPath) ?? "/",
    page: readPage(parameters),
  }),
  (call, { name, prefix, page }) => {
    const { policies } = iamOf(call);
    const attached = [...attachedTo(call, name)].flatMap((PolicyArn) => {
      const policy = policies.get(PolicyArn);
      return policy?.path.startsWith(prefix) ? [{ PolicyName: policy.name, PolicyArn }] : [];
    });
    const { items, rest } = pageOf(attached, page);
    return { AttachedPolicies: { member: items }, ...rest };
  },
);

/** There are no inline policies in the sandbox. */
export const listRolePolicies = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    page: readPage(parameters),
  }),
  (call, { name }) => {
    attachedTo(call, name);
    return { PolicyNames: {}, IsTruncated: false };
  },
);

/** There are no instance profiles in the sandbox. */
export const listInstanceProfilesForRole = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    page: readPage(parameters),
  }),
  (call, { name }) => {
    attachedTo(call, name);
    return { InstanceProfiles: {}, IsTruncated: false };
  },
);

/** Service-linked roles can be asked too; that AWS's own policy of theirs is missing is the sandbox's. */
const attachedTo = (call: Call, name: string): ReadonlySet<string> =>
  call.accountState.serviceLinkedRoles.has(name) ? new Set() : requireRole(call, name).attachedPolicies;
