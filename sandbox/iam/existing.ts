import { partitionOf } from "../access/arns";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";
import type { IamState, ManagedPolicy, OpenIdConnectProvider, Role } from "../state/state";
import { noSuchEntity } from "./refusals";

/** What was made in the account, and may be changed. */
export function iamOf({ accountState }: Call): IamState {
  accountState.iam ??= { policies: new Map(), roles: new Map(), openIdConnectProviders: new Map() };
  return accountState.iam;
}

/** @param name such as `role/teams/deploy` */
const iamArn = ({ region, account }: Call, name: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:${name}`;

type Named = Pick<Role, "name" | "path">;

export const policyArn = (call: Call, { path, name }: Named): string => iamArn(call, `policy${path}${name}`);

export const roleArn = (call: Call, { path, name }: Named): string => iamArn(call, `role${path}${name}`);

/** @param url without `https://` */
export const providerArn = (call: Call, url: string): string => iamArn(call, `oidc-provider/${url}`);

/** A policy of the account; none of AWS's own is in the sandbox. */
export function requirePolicy(call: Call, arn: string): ManagedPolicy {
  const policy = iamOf(call).policies.get(arn);
  if (policy) return policy;
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** A role that IAM may change. Throws UnmodifiableEntity for a service-linked one. */
export function requireRole(call: Call, name: string): Role {
  const role = iamOf(call).roles.get(name);
  if (role) return role;
  if (!call.accountState.serviceLinkedRoles.has(name)) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  throw new AwsError(
    "UnmodifiableEntity",
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
}

export function requireProvider(call: Call, arn: string): OpenIdConnectProvider {
  const provider = iamOf(call).openIdConnectProviders.get(arn);
  if (provider) return provider;
  throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
}

/** Dates as IAM writes them, without parts of a second. */
export const dateText = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");

export const tagList = (tags: ReadonlyMap<string, string>): XmlElement => ({
  member: [...tags].map(([Key, Value]) => ({ Key, Value })),
});
