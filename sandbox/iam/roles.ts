import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement } from "../protocol/query-action";
import type { ServiceLinkedRole } from "../state/state";
import { aossRole, hasAossRole, makeAossRole, servicePath } from "./service-linked-role";

const noSuchEntity = (message: string): AwsError => new AwsError("NoSuchEntity", message, 404);
const invalidInput = (message: string): AwsError => new AwsError("InvalidInput", message);

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
    const role = call.accountState.serviceLinkedRoles.get(name);
    if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return { Role: describe(call, role) };
  },
);

/** All roles under a path; with one role at most, no page is too small, and there is never a second one. */
export const listRoles = queryAction(
  (parameters) => {
    const maxItems = parameters.integer("MaxItems");
    if (maxItems !== undefined && (maxItems < 1 || maxItems > 1000)) {
      const constraint = maxItems < 1 ? "greater than or equal to 1" : "less than or equal to 1000";
      throw new AwsError(
        "ValidationError",
        `1 validation error detected: Value '${maxItems}' at 'maxItems' failed to satisfy constraint: ` +
          `Member must have value ${constraint}`,
      );
    }
    if (parameters.string("Marker") !== undefined) throw invalidInput("Invalid Marker.");
    return { prefix: parameters.string("PathPrefix") ?? "/" };
  },
  (call, { prefix }) => {
    const roles = [...call.accountState.serviceLinkedRoles.values()].filter((role) =>
      pathOf(role).startsWith(prefix),
    );
    return { Roles: { member: roles.map((role) => describe(call, role)) }, IsTruncated: false };
  },
);

const pathOf = ({ serviceName }: ServiceLinkedRole): string => servicePath(serviceName);

function describe({ account }: Call, role: ServiceLinkedRole): XmlElement {
  return {
    Path: pathOf(role),
    RoleName: role.name,
    RoleId: role.id,
    Arn: `arn:aws:iam::${account}:role${pathOf(role)}${role.name}`,
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
