import type { Dice } from "./random-from";
import type { KnownIds } from "./random-ids";

type Input = Readonly<Record<string, unknown>>;

/** The input of each operation of KMS, as clients send it. */
export function randomKms({ next, below, one }: Dice, ids: KnownIds): Readonly<Record<string, () => Input>> {
  const KeyId = (): string => (next() < 0.9 ? ids.one("key") : ids.one("alias"));
  const key = (): Input => ({ KeyId: KeyId() });
  const AliasName = () => `alias/fuzz-${below(40)}`;
  const page = (): Input => (next() < 0.7 ? {} : { Limit: 1 + below(3), Marker: String(below(3)) });
  const Tags = () => [{ TagKey: `key-${below(60)}`, TagValue: "v" }];
  const grant = (): Input => {
    const [, GrantId = "0", of = KeyId()] =
      /"GrantId":"(\w+)","KeyId":"([^"]+)"/.exec(ids.one("grant")) ?? [];
    return { GrantId, KeyId: of };
  };
  const policy = { Policy: '{"Version":"2012-10-17","Statement":[]}' };
  return {
    CancelKeyDeletion: key,
    CreateAlias: () => ({ AliasName: AliasName(), TargetKeyId: ids.one("key") }),
    CreateGrant: () => ({
      ...key(),
      GranteePrincipal: "arn:aws:iam::123456789012:user/sandbox",
      Operations: [one(["Decrypt", "CreateGrant", "Encrypt"])],
      Name: `grant-${below(20)}`,
    }),
    CreateKey: () => ({
      Description: "a key",
      MultiRegion: next() < 0.1,
      Tags: Tags(),
      ...one<Input>([{}, policy]),
    }),
    DeleteAlias: () => ({ AliasName: AliasName() }),
    DescribeKey: key,
    DisableKey: key,
    DisableKeyRotation: key,
    EnableKey: key,
    EnableKeyRotation: () => ({ ...key(), ...one<Input>([{}, { RotationPeriodInDays: below(3_000) }]) }),
    GetKeyPolicy: key,
    GetKeyRotationStatus: key,
    ListAliases: () => one<Input>([page(), key()]),
    ListGrants: () => ({ ...key(), ...page() }),
    ListKeys: page,
    ListResourceTags: () => ({ ...key(), ...page() }),
    PutKeyPolicy: () => ({ ...key(), ...policy, PolicyName: one(["default", "x"]) }),
    RetireGrant: grant,
    RevokeGrant: grant,
    ScheduleKeyDeletion: () => ({ ...key(), PendingWindowInDays: below(35) }),
    TagResource: () => ({ ...key(), Tags: Tags() }),
    UntagResource: () => ({ ...key(), TagKeys: [`key-${below(60)}`] }),
    UpdateAlias: () => ({ AliasName: AliasName(), TargetKeyId: ids.one("key") }),
    UpdateKeyDescription: () => ({ ...key(), Description: `key ${below(9)}` }),
  };
}
