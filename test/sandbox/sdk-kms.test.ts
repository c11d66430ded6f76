import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  KMSServiceException,
  ListResourceTagsCommand,
  NotFoundException,
  PutKeyPolicyCommand,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
let kms: KMSClient;

beforeEach(async () => {
  sandbox = await startSandbox();
  const environment = sandbox.environment("eu-central-1");
  kms = new KMSClient({
    endpoint: sandbox.url,
    region: "eu-central-1",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  kms.destroy();
  await sandbox.close();
});

async function newKey(): Promise<string> {
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({ Description: "collections", Tags: [{ TagKey: "team", TagValue: "search" }] }),
  );
  return KeyMetadata?.KeyId ?? "";
}

async function collected<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined) {
  const all: Item[][] = [];
  for await (const page of pages) all.push(items(page) ?? []);
  return all;
}

test("the AWS SDK takes a key through its life", async () => {
  const KeyId = await newKey();
  const arn = `arn:aws:kms:eu-central-1:123456789012:key/${KeyId}`;
  const AliasName = "alias/collections";
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: AliasName }));
  expect(KeyMetadata).toMatchObject({ Arn: arn, KeyState: "Enabled", Description: "collections" });
  expect(Math.abs((KeyMetadata?.CreationDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);

  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);

  await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
  expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 180,
  });

  await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: "cost", TagValue: "7" }] }));
  await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ["team"] }));
  expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
    { TagKey: "cost", TagValue: "7" },
  ]);

  const other = await newKey();
  await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other }));
  expect((await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.KeyId).toBe(other);
  await kms.send(new DeleteAliasCommand({ AliasName }));

  const { KeyState } = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  expect(KeyState).toBe("PendingDeletion");
  await kms.send(new CancelKeyDeletionCommand({ KeyId }));
  await kms.send(new EnableKeyCommand({ KeyId }));
  for (const id of [KeyId, other]) await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
  expect(Object.values(sandbox.contents()).flat()).toEqual([]);
});

test("its paginators come to the end of keys, aliases and grants", async () => {
  const keys = [await newKey(), await newKey(), await newKey()];
  for (const [index, TargetKeyId] of keys.entries()) {
    await kms.send(new CreateAliasCommand({ AliasName: `alias/key-${index}`, TargetKeyId }));
  }
  const [KeyId = ""] = keys;
  const grants: (string | undefined)[] = [];
  for (const Name of ["one", "two", "three"]) {
    const { GrantId } = await kms.send(
      new CreateGrantCommand({
        KeyId,
        Name,
        GranteePrincipal: "arn:aws:iam::123456789012:role/search",
        Operations: ["Decrypt", "DescribeKey"],
      }),
    );
    grants.push(GrantId);
  }
  const config = { client: kms, pageSize: 2 };
  expect(await collected(paginateListKeys(config, {}), ({ Keys }) => Keys?.map((key) => key.KeyId))).toEqual([
    keys.slice(0, 2),
    keys.slice(2),
  ]);
  const names = await collected(paginateListAliases(config, {}), ({ Aliases }) =>
    Aliases?.map(({ AliasName }) => AliasName),
  );
  expect(names).toEqual([["alias/key-0", "alias/key-1"], ["alias/key-2"]]);
  const found = () =>
    collected(paginateListGrants(config, { KeyId }), ({ Grants }) => Grants?.map(({ GrantId }) => GrantId));
  expect((await found()).flat()).toEqual(grants);
  await kms.send(new RevokeGrantCommand({ KeyId, GrantId: grants[1] ?? "" }));
  expect((await found()).flat()).toEqual([grants[0], grants[2]]);
});

test("refusals come as the errors of the SDK", async () => {
  const missing = new DescribeKeyCommand({ KeyId: "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9" });
  await expect(kms.send(missing)).rejects.toBeInstanceOf(NotFoundException);
  const KeyId = await newKey();
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
  const refused = kms.send(new EnableKeyCommand({ KeyId }));
  await expect(refused).rejects.toBeInstanceOf(KMSServiceException);
  await expect(refused).rejects.toMatchObject({ name: "KMSInvalidStateException" });
  await expect(kms.send(new CreateKeyCommand({ KeySpec: "RSA_2048" }))).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("Value 'RSA_2048' at 'keySpec' failed to satisfy constraint"),
  });
});
