import type { Json, RawAws } from "./raw-aws";

/** An encryption policy for these patterns, by a key that AWS owns unless one is given. */
export async function newEncryptionPolicy(
  aws: RawAws,
  name: string,
  patterns: readonly string[],
  kmsKeyArn?: string,
): Promise<void> {
  const document = {
    Rules: [{ ResourceType: "collection", Resource: patterns.map((pattern) => `collection/${pattern}`) }],
    ...(kmsKeyArn === undefined ? { AWSOwnedKey: true } : { AWSOwnedKey: false, KmsARN: kmsKeyArn }),
  };
  const { status, message } = await aws.json("CreateSecurityPolicy", {
    type: "encryption",
    name,
    policy: JSON.stringify(document),
  });
  if (status !== 200) throw new Error(message);
}

/** What CreateCollection answers for a collection that needs no encryption policy. */
export async function newCollection(aws: RawAws, name: string, more: Json = {}): Promise<Json> {
  const made = await aws.json("CreateCollection", { name, encryptionConfig: { aWSOwnedKey: true }, ...more });
  if (made.status !== 200) throw new Error(`${made.code}: ${made.message}`);
  return made.body["createCollectionDetail"] as Json;
}

/** What CreateCollectionGroup answers. */
export async function newCollectionGroup(aws: RawAws, name: string, more: Json = {}): Promise<Json> {
  const made = await aws.json("CreateCollectionGroup", { name, standbyReplicas: "ENABLED", ...more });
  if (made.status !== 200) throw new Error(`${made.code}: ${made.message}`);
  return made.body["createCollectionGroupDetail"] as Json;
}

/** What BatchGetCollection says of one collection, or nothing. */
export async function collectionNamed(aws: RawAws, name: string): Promise<Json | undefined> {
  const { body } = await aws.json("BatchGetCollection", { names: [name] });
  return (body["collectionDetails"] as Json[])[0];
}

export const keyArn = (lastDigit: number, region = "us-east-1", account = "123456789012"): string =>
  `arn:aws:kms:${region}:${account}:key/0a1b2c3d-0000-4000-8000-00000000000${lastDigit}`;
