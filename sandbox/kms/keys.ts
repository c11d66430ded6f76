import { randomBytes, randomUUID } from "node:crypto";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { KmsKey } from "../state/state";
import {
  invalidState,
  keyArn,
  kmsNotFound,
  livingKeys,
  pageOf,
  requireEnabledKey,
  requireKey,
  requireUsableKey,
  rootArn,
} from "./existing";
import type { KmsInput } from "./inputs";

const dayMs = 24 * 60 * 60 * 1000;

export function createKey(call: Call, input: KmsInput<"CreateKey">): object {
  checkPolicy(input.Policy);
  const tags = new Map((input.Tags ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  checkTags(tags);
  const isMultiRegion = input.MultiRegion ?? false;
  const key: KmsKey = {
    id: isMultiRegion ? `mrk-${randomBytes(16).toString("hex")}` : randomUUID(),
    description: input.Description ?? "",
    enabled: true,
    policy: input.Policy ?? defaultPolicy(call),
    multiRegion: isMultiRegion,
    createdDate: call.now,
    tags,
    grants: new Map(),
  };
  call.state.kmsKeys.set(key.id, key);
  return { KeyMetadata: metadataOf(call, key) };
}

export const describeKey = (call: Call, { KeyId }: KmsInput<"DescribeKey">): object => ({
  KeyMetadata: metadataOf(call, requireKey(call, KeyId)),
});

export function listKeys(call: Call, input: KmsInput<"ListKeys">): object {
  const { items, more } = pageOf(livingKeys(call), input);
  return { Keys: items.map(({ id }) => ({ KeyId: id, KeyArn: keyArn(call, id) })), ...more };
}

export function updateKeyDescription(call: Call, input: KmsInput<"UpdateKeyDescription">): object {
  requireUsableKey(call, input.KeyId).description = input.Description;
  return {};
}

export const setEnabled =
  (enabled: boolean) =>
  (call: Call, { KeyId }: KmsInput<"EnableKey">): object => {
    requireUsableKey(call, KeyId).enabled = enabled;
    return {};
  };

export function scheduleKeyDeletion(call: Call, input: KmsInput<"ScheduleKeyDeletion">): object {
  const key = requireUsableKey(call, input.KeyId);
  const days = input.PendingWindowInDays ?? 30;
  key.deletionDate = call.now + days * dayMs;
  key.enabled = false;
  return {
    KeyId: keyArn(call, key.id),
    DeletionDate: key.deletionDate / 1000,
    KeyState: "PendingDeletion",
    PendingWindowInDays: days,
  };
}

/** The key comes back disabled (API reference, CancelKeyDeletion). */
export function cancelKeyDeletion(call: Call, { KeyId }: KmsInput<"CancelKeyDeletion">): object {
  const key = requireKey(call, KeyId);
  if (key.deletionDate === undefined) throw invalidState(`${keyArn(call, key.id)} is not pending deletion.`);
  delete key.deletionDate;
  return { KeyId: keyArn(call, key.id) };
}

export function getKeyPolicy(call: Call, input: KmsInput<"GetKeyPolicy">): object {
  const key = requireKey(call, input.KeyId);
  requireDefaultPolicyName(input.PolicyName);
  return { Policy: key.policy, PolicyName: "default" };
}

export function putKeyPolicy(call: Call, input: KmsInput<"PutKeyPolicy">): object {
  const key = requireUsableKey(call, input.KeyId);
  requireDefaultPolicyName(input.PolicyName);
  checkPolicy(input.Policy);
  key.policy = input.Policy;
  return {};
}

export function getKeyRotationStatus(call: Call, { KeyId }: KmsInput<"GetKeyRotationStatus">): object {
  const { id, rotationPeriodDays, deletionDate } = requireKey(call, KeyId);
  const isRotated = rotationPeriodDays !== undefined && deletionDate === undefined;
  return {
    KeyId: keyArn(call, id),
    KeyRotationEnabled: isRotated,
    ...(isRotated ? { RotationPeriodInDays: rotationPeriodDays } : {}),
  };
}

export function enableKeyRotation(call: Call, input: KmsInput<"EnableKeyRotation">): object {
  const key = requireEnabledKey(call, input.KeyId);
  key.rotationPeriodDays = input.RotationPeriodInDays ?? key.rotationPeriodDays ?? 365;
  return {};
}

export function disableKeyRotation(call: Call, { KeyId }: KmsInput<"DisableKeyRotation">): object {
  delete requireEnabledKey(call, KeyId).rotationPeriodDays;
  return {};
}

export function listResourceTags(call: Call, input: KmsInput<"ListResourceTags">): object {
  const { items, more } = pageOf([...requireKey(call, input.KeyId).tags], input);
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...more };
}

export function tagResource(call: Call, input: KmsInput<"TagResource">): object {
  const { tags } = requireUsableKey(call, input.KeyId);
  const merged = new Map([...tags, ...input.Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue] as const)]);
  checkTags(merged);
  for (const [key, value] of merged) tags.set(key, value);
  return {};
}

export function untagResource(call: Call, input: KmsInput<"UntagResource">): object {
  const { tags } = requireUsableKey(call, input.KeyId);
  for (const key of input.TagKeys) tags.delete(key);
  return {};
}

function metadataOf(call: Call, key: KmsKey): object {
  const state = key.enabled ? "Enabled" : "Disabled";
  return {
    AWSAccountId: call.account,
    Arn: keyArn(call, key.id),
    CreationDate: key.createdDate / 1000,
    CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
    Description: key.description,
    Enabled: key.enabled,
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    KeyId: key.id,
    KeyManager: "CUSTOMER",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyState: key.deletionDate === undefined ? state : "PendingDeletion",
    KeyUsage: "ENCRYPT_DECRYPT",
    MultiRegion: key.multiRegion,
    Origin: "AWS_KMS",
    ...(key.deletionDate === undefined ? {} : { DeletionDate: key.deletionDate / 1000 }),
    ...(key.multiRegion
      ? {
          MultiRegionConfiguration: {
            MultiRegionKeyType: "PRIMARY",
            PrimaryKey: { Arn: keyArn(call, key.id), Region: call.region },
            ReplicaKeys: [],
          },
        }
      : {}),
  };
}

/** What KMS gives a key that was made without a policy (developer guide, default key policy). */
const defaultPolicy = (call: Call): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: rootArn(call) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

function checkPolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  const refused = new AwsError(
    "MalformedPolicyDocumentException",
    "Policy contains malformed JSON or no Statement",
  );
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw refused;
  }
  if (typeof document !== "object" || document === null || !("Statement" in document)) throw refused;
}

function requireDefaultPolicyName(name: string | undefined): void {
  if (name === undefined || name === "default") return;
  throw kmsNotFound(`No such policy exists`);
}

function checkTags(tags: ReadonlyMap<string, string>): void {
  if (tags.size > 50) throw new AwsError("LimitExceededException", "A key takes 50 tags");
  for (const key of tags.keys()) {
    if (key.toLowerCase().startsWith("aws:")) {
      throw new AwsError("TagException", "Tag keys starting with 'aws:' are reserved for internal use");
    }
  }
}
