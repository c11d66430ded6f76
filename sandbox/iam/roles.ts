import type { Call } from "../call";
import { queryAction, type XmlElement } from "../protocol/query-action";
import type { Role, ServiceLinkedRole } from "../state/state";
import { dateText, iamOf, requireRole, roleArn, tagList } from "./existing";
import { optionalText, pageOf, readPage, rules } from "./inputs";
import { invalidInput, noSuchEntity } from "./refusals";
import { aossRole, hasAossRole, makeAossRole, servicePath } from "./service-linked-role";

/** The user whose credentials the sandbox hands out; there is no other. */
export const getUser = queryAction(
  (parameters) => ({ name: parameters.string("UserName") ?? "sandbox" }),
  ({ account }, { name }) => {
    if (name !== "sandbox") throw noSuchEntity(`The user with name ${name} cannot be found.`);
    return {
      User: {
        Path: "/",
        UserName: name,
        UserId: "AIDASANDBOXLOOPBACK00",
        Arn: `arn:aws:iam::${account}:user/${name}`,
        CreateDate: "2026-01-01T00:00:00Z",
      },
    };
  },
);

export const createServiceLinkedRole = queryAction(
  (parameters) => ({
    serviceName: parameters.required("AWSServiceName"),
    description: parameters.string("Description"),
    suffix: parameters.string("CustomSuffix"),
  }),
  (call, { serviceName, description, suffix }) => {
    if (serviceName !== aossRole.serviceName) {
      throw invalidInput(`Invalid AWSServiceName: ${serviceName}. The sandbox knows of no role for it.`);
    }
    if (suffix !== undefined) throw invalidInput(`Custom suffix is not allowed for ${serviceName}`);
    if (hasAossRole(call)) {
      throw invalidInput(
        `Service role name ${aossRole.name} has been taken in this account, please try a different suffix.`,
      );
    }
    const role = makeAossRole(call, {
      ...(description === undefined ? {} : { description }),
      isByCaller: true,
    });
    return { Role: describe(call, role) };
  },
);

export const getRole = queryAction(
  (parameters) => ({ name: parameters.required("RoleName") }),
  (call, { name }) => {
    const linked = call.accountState.serviceLinkedRoles.get(name);
    if (linked) return { Role: describe(call, linked) };
    const role = requireRole(call, name);
    return { Role: { ...describeRole(call, role), Tags: tagList(role.tags) } };
  },
);

/** All roles under a path. */
export const listRoles = queryAction(
  (parameters) => ({
    page: readPage(parameters),
    prefix:
      optionalText(parameters, "PathPrefix", { ...rules.rolePath, pattern: "\\u002F[\\u0021-\\u007F]*" }) ??
      "/",
  }),
  (call, { prefix, page }) => {
    const linked = [...call.accountState.serviceLinkedRoles.values()].map((role) => describe(call, role));
    const made = [...iamOf(call).roles.values()].map((role) => describeRole(call, role));
    const found = [...linked, ...made].filter((role) => String(role["Path"]).startsWith(prefix));
    const { items, rest } = pageOf(found, page);
    return { Roles: { member: items }, ...rest };
  },
);

/** A role as answers have it, but for its tags, which only GetRole gives. */
export const describeRole = (call: Call, role: Role): XmlElement => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: roleArn(call, role),
  CreateDate: dateText(role.createdDate),
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
});

function describe(call: Call, role: ServiceLinkedRole): XmlElement {
  const path = servicePath(role.serviceName);
  return {
    Path: path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(call, { path, name: role.name }),
    CreateDate: new Date(role.createdDate).toISOString(),
    AssumeRolePolicyDocument: encodeURIComponent(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: role.serviceName }, Action: "sts:AssumeRole" }],
      }),
    ),
    Description: role.description,
    MaxSessionDuration: 3600,
  };
}
