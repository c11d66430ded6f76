import type { Call } from "../call";
import { aossRole, servicePath } from "../iam/service-linked-role";
import type { RequestInput } from "../protocol/service";
import { partitionOf, text } from "./arns";
import type { ArnsOf } from "./ec2-resource-arns";

// ARN forms and which action needs which resources: service authorization reference of IAM.

const iamArn = ({ region, account }: Call, name: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:${name}`;

const serviceRole = (principal: string): string =>
  `role${servicePath(principal)}${principal === aossRole.serviceName ? aossRole.name : "*"}`;

/** The role, with the path that it has; one that is being made has that of the request. */
const role: ArnsOf = (input, call) => {
  const name = text(input["RoleName"]) ?? "*";
  if (name === aossRole.name) return [iamArn(call, serviceRole(aossRole.serviceName))];
  const path = call.accountState.iam?.roles.get(name)?.path ?? pathIn(input);
  return [iamArn(call, `role${path}${name}`)];
};

/** A policy is named by its ARN; one that is being made, by name and path. */
const policy: ArnsOf = (input, call) => [
  text(input["PolicyArn"]) ?? iamArn(call, `policy${pathIn(input)}${text(input["PolicyName"]) ?? "*"}`),
];

const provider: ArnsOf = (input, call) => {
  const url = text(input["Url"])
    ?.replace(/^https:\/\//, "")
    .replace(/\/$/, "");
  return [text(input["OpenIDConnectProviderArn"]) ?? iamArn(call, `oidc-provider/${url ?? "*"}`)];
};

const pathIn = (input: RequestInput): string => text(input["Path"]) ?? "/";

const each = (arnsOf: ArnsOf, ...actions: readonly string[]): readonly (readonly [string, ArnsOf])[] =>
  actions.map((action) => [action, arnsOf]);

/** The actions that have resources, by name. */
export const iamTable: ReadonlyMap<string, ArnsOf> = new Map<string, ArnsOf>([
  ...each(
    role,
    "AttachRolePolicy",
    "CreateRole",
    "DeleteRole",
    "DeleteServiceLinkedRole",
    "DetachRolePolicy",
    "GetRole",
    "ListAttachedRolePolicies",
    "ListInstanceProfilesForRole",
    "ListRolePolicies",
    "ListRoleTags",
    "TagRole",
    "UntagRole",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
    "UpdateRoleDescription",
  ),
  ...each(
    policy,
    "CreatePolicy",
    "CreatePolicyVersion",
    "DeletePolicy",
    "DeletePolicyVersion",
    "GetPolicy",
    "GetPolicyVersion",
    "ListPolicyTags",
    "ListPolicyVersions",
    "SetDefaultPolicyVersion",
    "TagPolicy",
    "UntagPolicy",
  ),
  ...each(
    provider,
    "AddClientIDToOpenIDConnectProvider",
    "CreateOpenIDConnectProvider",
    "DeleteOpenIDConnectProvider",
    "GetOpenIDConnectProvider",
    "ListOpenIDConnectProviderTags",
    "RemoveClientIDFromOpenIDConnectProvider",
    "TagOpenIDConnectProvider",
    "UntagOpenIDConnectProvider",
    "UpdateOpenIDConnectProviderThumbprint",
  ),
  [
    "CreateServiceLinkedRole",
    (input, call) => [iamArn(call, serviceRole(text(input["AWSServiceName"]) ?? "*"))],
  ],
  [
    "GetServiceLinkedRoleDeletionStatus",
    // The task is named after the role: `task/aws-service-role/SERVICE/ROLE/UUID`.
    (input, call) => {
      const [, path = "/*"] = /^task(\/.+)\/[^/]+$/.exec(text(input["DeletionTaskId"]) ?? "") ?? [];
      return [iamArn(call, `role${path}`)];
    },
  ],
  ["GetUser", (input, call) => [iamArn(call, `user/${text(input["UserName"]) ?? "sandbox"}`)]],
]);

/**
 * ARNs of what an action acts upon that is asked for together with another one: tagging what is being made, or the
 * role of OpenSearch Serverless that a collection brings.
 */
export const forwardedIamResources = (
  action: string,
  input: RequestInput,
  call: Call,
): readonly string[] | undefined =>
  iamTable.get(action)?.(
    action === "CreateServiceLinkedRole" ? { AWSServiceName: aossRole.serviceName } : input,
    call,
  );
