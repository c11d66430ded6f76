import {
  BatchGetCollectionCommand,
  BatchGetCollectionGroupCommand,
  ConflictException,
  CreateCollectionCommand,
  CreateCollectionGroupCommand,
  CreateSecurityPolicyCommand,
  DeleteCollectionCommand,
  DeleteCollectionGroupCommand,
  GetAccountSettingsCommand,
  ListTagsForResourceCommand,
  OpenSearchServerlessClient,
  paginateListCollections,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccountSettingsCommand,
  UpdateCollectionCommand,
  UpdateCollectionGroupCommand,
  ValidationException,
} from "@aws-sdk/client-opensearchserverless";
import { type Sandbox, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { secretKeyOf } from "../../sandbox/access/credential-scope";

describe("the AWS SDK for JavaScript", () => {
  let sandbox: Sandbox;
  let client: OpenSearchServerlessClient;
  beforeEach(async () => {
    sandbox = await startSandbox({ speed: Number.POSITIVE_INFINITY });
    client = new OpenSearchServerlessClient({
      endpoint: sandbox.url,
      region: "eu-central-1",
      credentials: { accessKeyId: sandboxAccessKeyId, secretAccessKey: secretKeyOf(sandboxAccessKeyId) },
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    client.destroy();
    await sandbox.close();
  });

  test("takes a collection from its policy to its end", async () => {
    await client.send(
      new CreateSecurityPolicyCommand({
        type: "encryption",
        name: "logs",
        policy: JSON.stringify({
          Rules: [{ ResourceType: "collection", Resource: ["collection/logs"] }],
          AWSOwnedKey: true,
        }),
      }),
    );
    const { createCollectionDetail: made } = await client.send(
      new CreateCollectionCommand({ name: "logs", type: "SEARCH", tags: [{ key: "team", value: "search" }] }),
    );
    expect(made?.status).toBe("CREATING");
    const id = made?.id ?? "";
    const resourceArn = made?.arn ?? "";

    const { collectionDetails } = await client.send(new BatchGetCollectionCommand({ ids: [id] }));
    expect(collectionDetails).toMatchObject([
      {
        status: "ACTIVE",
        type: "SEARCH",
        kmsKeyArn: "auto",
        collectionEndpoint: `https://${id}.eu-central-1.aoss.amazonaws.com`,
      },
    ]);
    await client.send(new UpdateCollectionCommand({ id, description: "web logs" }));
    await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: "cost", value: "7" }] }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["team"] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: "cost", value: "7" },
    ]);
    expect(sandbox.contents().collections).toMatchObject([{ description: "web logs", tags: { cost: "7" } }]);

    await client.send(new DeleteCollectionCommand({ id }));
    await expect(client.send(new DeleteCollectionCommand({ id }))).rejects.toThrow(ResourceNotFoundException);
  });

  test("gets the exceptions of the API model", async () => {
    const create = { name: "logs", encryptionConfig: { aWSOwnedKey: true } };
    await expect(client.send(new CreateCollectionCommand({ name: "logs" }))).rejects.toThrow(
      ValidationException,
    );
    await client.send(new CreateCollectionCommand(create));
    await expect(client.send(new CreateCollectionCommand(create))).rejects.toThrow(ConflictException);
    const capacityLimits = { maxSearchCapacityInOCU: 5000 };
    const refused = client.send(new UpdateAccountSettingsCommand({ capacityLimits }));
    await expect(refused).rejects.toThrow(ServiceQuotaExceededException);
    await expect(refused).rejects.toMatchObject({ serviceCode: "aoss" });
  });

  test("lists 45 collections over three pages with its paginator", async () => {
    const names = Array.from({ length: 45 }, (_, index) => `logs-${index}`);
    for (const name of names) {
      await client.send(new CreateCollectionCommand({ name, encryptionConfig: { aWSOwnedKey: true } }));
    }
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListCollections({ client, pageSize: 20 }, {})) {
      pages.push((page.collectionSummaries ?? []).map(({ name }) => name));
    }
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat().sort()).toEqual([...names].sort());
  });

  test("takes a NEXTGEN group from its limits to its end", async () => {
    const { createCollectionGroupDetail: group } = await client.send(
      new CreateCollectionGroupCommand({
        name: "shared",
        standbyReplicas: "ENABLED",
        generation: "NEXTGEN",
        capacityLimits: { minSearchCapacityInOCU: 0, maxSearchCapacityInOCU: 16 },
      }),
    );
    const id = group?.id ?? "";
    const { createCollectionDetail: collection } = await client.send(
      new CreateCollectionCommand({
        name: "logs",
        type: "VECTORSEARCH",
        collectionGroupName: "shared",
        encryptionConfig: { aWSOwnedKey: true },
      }),
    );
    await client.send(new UpdateCollectionGroupCommand({ id, description: "search team" }));
    const { collectionGroupDetails } = await client.send(new BatchGetCollectionGroupCommand({ ids: [id] }));
    expect(collectionGroupDetails).toMatchObject([
      { generation: "NEXTGEN", description: "search team", numberOfCollections: 1 },
    ]);
    const remove = new DeleteCollectionGroupCommand({ id });
    await expect(client.send(remove)).rejects.toThrow(ConflictException);
    await client.send(new DeleteCollectionCommand({ id: collection?.id }));
    await client.send(new DeleteCollectionGroupCommand({ id }));
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
  });

  test("reads and sets the limits of the account", async () => {
    const before = await client.send(new GetAccountSettingsCommand({}));
    expect(before.accountSettingsDetail?.capacityLimits).toEqual({
      maxIndexingCapacityInOCU: 10,
      maxSearchCapacityInOCU: 10,
    });
    const after = await client.send(
      new UpdateAccountSettingsCommand({ capacityLimits: { maxIndexingCapacityInOCU: 20 } }),
    );
    expect(after.accountSettingsDetail?.capacityLimits).toEqual({
      maxIndexingCapacityInOCU: 20,
      maxSearchCapacityInOCU: 10,
    });
  });
});
