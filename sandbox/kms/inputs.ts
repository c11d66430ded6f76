import { z } from "zod";
import { unexpectedType, violationsError } from "../protocol/violations";
import { violationsOf } from "./violations";

const keyId = z.string().min(1).max(2048);
const tags = z
  .array(z.strictObject({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }))
  .max(50);
const limit = z.int().min(1).max(1000).optional();
const marker = z.string().min(1).max(1024).optional();
const aliasName = z.string().min(1).max(256);
const policy = z.string().min(1).max(131_072);
const policyName = z.string().min(1).max(128).optional();

/**
 * What each operation takes (API reference of KMS). Members that the sandbox does not act upon are refused: custom key
 * stores, key material of one's own, asymmetric keys.
 */
const inputs = {
  CancelKeyDeletion: z.strictObject({ KeyId: keyId }),
  CreateAlias: z.strictObject({ AliasName: aliasName, TargetKeyId: keyId }),
  CreateGrant: z.strictObject({
    KeyId: keyId,
    GranteePrincipal: z.string().min(1).max(256),
    RetiringPrincipal: z.string().min(1).max(256).optional(),
    Operations: z
      .array(
        z.enum([
          "CreateGrant",
          "Decrypt",
          "DescribeKey",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyWithoutPlaintext",
          "ReEncryptFrom",
          "ReEncryptTo",
          "RetireGrant",
        ]),
      )
      .min(1),
    Name: z.string().min(1).max(256).optional(),
  }),
  CreateKey: z.strictObject({
    BypassPolicyLockoutSafetyCheck: z.boolean().optional(),
    CustomerMasterKeySpec: z.literal("SYMMETRIC_DEFAULT").optional(),
    Description: z.string().max(8192).optional(),
    KeySpec: z.literal("SYMMETRIC_DEFAULT").optional(),
    KeyUsage: z.literal("ENCRYPT_DECRYPT").optional(),
    MultiRegion: z.boolean().optional(),
    Origin: z.literal("AWS_KMS").optional(),
    Policy: policy.optional(),
    Tags: tags.optional(),
  }),
  DeleteAlias: z.strictObject({ AliasName: aliasName }),
  DescribeKey: z.strictObject({ KeyId: keyId, GrantTokens: z.array(z.string()).max(10).optional() }),
  DisableKey: z.strictObject({ KeyId: keyId }),
  DisableKeyRotation: z.strictObject({ KeyId: keyId }),
  EnableKey: z.strictObject({ KeyId: keyId }),
  EnableKeyRotation: z.strictObject({
    KeyId: keyId,
    RotationPeriodInDays: z.int().min(90).max(2560).optional(),
  }),
  GetKeyPolicy: z.strictObject({ KeyId: keyId, PolicyName: policyName }),
  GetKeyRotationStatus: z.strictObject({ KeyId: keyId }),
  ListAliases: z.strictObject({ KeyId: keyId.optional(), Limit: limit, Marker: marker }),
  ListGrants: z.strictObject({ KeyId: keyId, Limit: limit, Marker: marker }),
  ListKeys: z.strictObject({ Limit: limit, Marker: marker }),
  ListResourceTags: z.strictObject({ KeyId: keyId, Limit: limit, Marker: marker }),
  PutKeyPolicy: z.strictObject({
    BypassPolicyLockoutSafetyCheck: z.boolean().optional(),
    KeyId: keyId,
    Policy: policy,
    PolicyName: policyName,
  }),
  RetireGrant: z.strictObject({ KeyId: keyId, GrantId: z.string().min(1).max(128) }),
  RevokeGrant: z.strictObject({ KeyId: keyId, GrantId: z.string().min(1).max(128) }),
  ScheduleKeyDeletion: z.strictObject({
    KeyId: keyId,
    PendingWindowInDays: z.int().min(7).max(30).optional(),
  }),
  TagResource: z.strictObject({ KeyId: keyId, Tags: tags }),
  UntagResource: z.strictObject({ KeyId: keyId, TagKeys: z.array(z.string().min(1).max(128)) }),
  UpdateAlias: z.strictObject({ AliasName: aliasName, TargetKeyId: keyId }),
  UpdateKeyDescription: z.strictObject({ KeyId: keyId, Description: z.string().max(8192) }),
} as const;

type Operation = keyof typeof inputs;
export type KmsInput<Name extends Operation> = z.output<(typeof inputs)[Name]>;

/** Throws ValidationException, naming the members and what they have to satisfy, for input that is not taken. */
export function readInput(operation: string, input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw unexpectedType(input, "a structure");
  }
  const schema: z.ZodType | undefined = Object.hasOwn(inputs, operation)
    ? inputs[operation as Operation]
    : undefined;
  const issues = schema?.safeParse(input, { reportInput: true }).error?.issues ?? [];
  const violations = issues.flatMap(violationsOf);
  if (violations.length > 0) throw violationsError(violations);
  return input as Readonly<Record<string, unknown>>;
}
