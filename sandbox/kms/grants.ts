import { randomBytes } from "node:crypto";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import { keyArn, kmsNotFound, pageOf, requireEnabledKey, requireKey } from "./existing";
import type { KmsInput } from "./inputs";

export function createGrant(call: Call, input: KmsInput<"CreateGrant">): object {
  const key = requireEnabledKey(call, input.KeyId);
  for (const principal of [input.GranteePrincipal, input.RetiringPrincipal ?? input.GranteePrincipal]) {
    if (/^arn:aws:(?:iam|sts)::\d{12}:.+$/.test(principal) || /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal))
      continue;
    throw new AwsError("InvalidArnException", `ARN: ${principal} is not valid`);
  }
  const id = randomBytes(32).toString("hex");
  key.grants.set(id, { granteePrincipal: input.GranteePrincipal, operations: input.Operations });
  return { GrantId: id, GrantToken: randomBytes(48).toString("base64url") };
}

export function listGrants(call: Call, input: KmsInput<"ListGrants">): object {
  const key = requireKey(call, input.KeyId);
  const { items, more } = pageOf([...key.grants], input);
  return {
    Grants: items.map(([GrantId, { granteePrincipal, operations }]) => ({
      GrantId,
      KeyId: keyArn(call, key.id),
      GranteePrincipal: granteePrincipal,
      Operations: operations,
      IssuingAccount: `arn:aws:iam::${call.account}:root`,
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
