import { randomBytes } from "node:crypto";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { KmsKey } from "../state/state";
import { keyArn, kmsNotFound, pageOf, requireEnabledKey, requireKey, rootArn } from "./existing";
import type { KmsInput } from "./inputs";

/** What a key keeps of a grant. */
interface Grant {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly retiringPrincipal?: string;
  readonly name?: string;
  /** milliseconds since 1970 */
  readonly createdDate?: number;
}

/**
 * A grant of the same name with the same parameters is the one that is there; without a name, each request makes
 * another. The token is new every time (API reference, CreateGrant).
 */
export function createGrant(call: Call, input: KmsInput<"CreateGrant">): object {
  const key = requireEnabledKey(call, input.KeyId);
  for (const principal of [input.GranteePrincipal, input.RetiringPrincipal ?? input.GranteePrincipal]) {
    if (isPrincipal(principal)) continue;
    throw new AwsError("InvalidArnException", `ARN: ${principal} is not valid`);
  }
  const grants = grantsOf(key);
  const grant: Grant = {
    granteePrincipal: input.GranteePrincipal,
    operations: input.Operations,
    ...(input.RetiringPrincipal === undefined ? {} : { retiringPrincipal: input.RetiringPrincipal }),
    ...(input.Name === undefined ? {} : { name: input.Name }),
    createdDate: call.now,
  };
  const same = [...grants].find(([, other]) => input.Name !== undefined && isSame(grant, other));
  const id = same?.[0] ?? randomBytes(32).toString("hex");
  if (!same) grants.set(id, grant);
  return { GrantId: id, GrantToken: randomBytes(48).toString("base64url") };
}

export function listGrants(call: Call, input: KmsInput<"ListGrants">): object {
  const key = requireKey(call, input.KeyId);
  const { items, more } = pageOf([...grantsOf(key)], input);
  return {
    Grants: items.map(([GrantId, grant]) => ({
      GrantId,
      KeyId: keyArn(call, key.id),
      GranteePrincipal: grant.granteePrincipal,
      RetiringPrincipal: grant.retiringPrincipal,
      Name: grant.name,
      Operations: grant.operations,
      IssuingAccount: rootArn(call),
      CreationDate: grant.createdDate === undefined ? undefined : grant.createdDate / 1000,
    })),
    ...more,
  };
}

/** Revoking and retiring end a grant alike; who may do it differs. */
export function endGrant(call: Call, input: KmsInput<"RevokeGrant">): object {
  const key = requireKey(call, input.KeyId);
  if (key.grants.delete(input.GrantId)) return {};
  throw kmsNotFound(`Grant ID ${input.GrantId} not found`);
}

const grantsOf = ({ grants }: KmsKey): Map<string, Grant> => grants;

const isPrincipal = (principal: string): boolean =>
  /^arn:aws(?:-cn|-us-gov)?:(?:iam|sts)::\d{12}:.+$/.test(principal) ||
  /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal);

const isSame = (one: Grant, other: Grant): boolean =>
  one.name === other.name &&
  one.granteePrincipal === other.granteePrincipal &&
  one.retiringPrincipal === other.retiringPrincipal &&
  one.operations.length === other.operations.length &&
  one.operations.every((operation) => other.operations.includes(operation));
