import type { Call } from "../call";
import { queryAction } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import { atLeast, atMost } from "../protocol/violations";
import type { Role } from "../state/state";
import { iamOf, requireRole } from "./existing";
import { optionalText, readTags, requiredText, rules, validationError } from "./inputs";
import { alreadyExists, deleteConflict, quotaExceeded } from "./refusals";
import { describeRole } from "./roles";
import { checkTrustPolicy } from "./trust-grammar";
import { newUniqueId } from "./unique-id";

/** Roles of an account (IAM user guide, quotas). */
const maxRoles = 1000;

/** One hour and twelve (API reference, CreateRole). */
const sessionSeconds = { shortest: 3600, longest: 43_200 };

export const createRole = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    path: optionalText(parameters, "Path", rules.rolePath) ?? "/",
    trustPolicy: requiredText(parameters, "AssumeRolePolicyDocument", rules.policyDocument),
    description: optionalText(parameters, "Description", rules.roleDescription),
    maxSessionSeconds: readSessionSeconds(parameters) ?? sessionSeconds.shortest,
    tags: readTags(parameters),
  }),
  (call, { name, path, trustPolicy, description, maxSessionSeconds, tags }) => {
    checkTrustPolicy(call, trustPolicy);
    const { roles } = iamOf(call);
    if (roles.size >= maxRoles) throw quotaExceeded("RolesPerAccount", maxRoles);
    if (isTaken(call, name)) throw alreadyExists(`Role with name ${name} already exists.`);
    if (tags.size > 0) call.forward("iam:TagRole");
    const role: Role = {
      id: newUniqueId("AROA"),
      name,
      path,
      // An empty one is none.
      ...(description ? { description } : {}),
      maxSessionSeconds,
      trustPolicy,
      attachedPolicies: new Set(),
      createdDate: call.now,
      tags: new Map(tags),
    };
    roles.set(name, role);
    return { Role: describeRole(call, role) };
  },
);

/** Names are one for all paths, and not told apart by case. */
const isTaken = (call: Call, name: string): boolean =>
  [...iamOf(call).roles.keys(), ...call.accountState.serviceLinkedRoles.keys()].some(
    (each) => each.toLowerCase() === name.toLowerCase(),
  );

function readSessionSeconds(parameters: QueryParameters): number | undefined {
  const seconds = parameters.integer("MaxSessionDuration");
  if (seconds === undefined) return undefined;
  const { shortest, longest } = sessionSeconds;
  if (seconds < shortest) throw validationError(seconds, "maxSessionDuration", atLeast("value", shortest));
  if (seconds > longest) throw validationError(seconds, "maxSessionDuration", atMost("value", longest));
  return seconds;
}

export const updateRole = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    description: optionalText(parameters, "Description", rules.roleDescription),
    maxSessionSeconds: readSessionSeconds(parameters),
  }),
  (call, { name, description, maxSessionSeconds }) => {
    const role = requireRole(call, name);
    if (description !== undefined) describeAs(role, description);
    if (maxSessionSeconds !== undefined) role.maxSessionSeconds = maxSessionSeconds;
    return {};
  },
);

export const updateRoleDescription = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    description: requiredText(parameters, "Description", rules.roleDescription),
  }),
  (call, { name, description }) => {
    const role = requireRole(call, name);
    describeAs(role, description);
    return { Role: describeRole(call, role) };
  },
);

function describeAs(role: Role, description: string): void {
  if (description === "") delete role.description;
  else role.description = description;
}

export const updateAssumeRolePolicy = queryAction(
  (parameters) => ({
    name: requiredText(parameters, "RoleName", rules.roleName),
    trustPolicy: requiredText(parameters, "PolicyDocument", rules.policyDocument),
  }),
  (call, { name, trustPolicy }) => {
    const role = requireRole(call, name);
    checkTrustPolicy(call, trustPolicy);
    role.trustPolicy = trustPolicy;
    return {};
  },
);

export const deleteRole = queryAction(
  (parameters) => ({ name: requiredText(parameters, "RoleName", rules.roleName) }),
  (call, { name }) => {
    const role = requireRole(call, name);
    if (role.attachedPolicies.size > 0) {
      throw deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    iamOf(call).roles.delete(name);
    return {};
  },
);
