import {
  collectionNamed,
  keyArn,
  newCollection,
  newCollectionGroup,
  newEncryptionPolicy,
} from "./collection-requests";
import { type Json, sandboxForEachTest } from "./raw-aws";

const noPolicy =
  "No matching security policy of encryption type found for collection name: logs. Please create security policy of encryption type for this collection.";

describe("creating", () => {
  const aws = sandboxForEachTest();

  test("answers the details with AWS's defaults, in status CREATING", async () => {
    await newEncryptionPolicy(aws, "all-logs", ["logs"]);
    const { status, body } = await aws.json("CreateCollection", { name: "logs" });
    expect(status).toBe(200);
    const detail = body["createCollectionDetail"] as Json;
    expect(detail).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{20}$/),
      arn: `arn:aws:aoss:us-east-1:123456789012:collection/${detail["id"]}`,
      name: "logs",
      type: "TIMESERIES",
      status: "CREATING",
      kmsKeyArn: "auto",
      standbyReplicas: "ENABLED",
      deletionProtection: "DISABLED",
      createdDate: expect.any(Number),
      lastModifiedDate: expect.any(Number),
    });
  });

  test("without an encryption policy it is refused in AWS's words, a policy for another name does not help", async () => {
    expect(await aws.json("CreateCollection", { name: "logs" })).toMatchObject({
      status: 400,
      code: "ValidationException",
      message: noPolicy,
    });
    await newEncryptionPolicy(aws, "others", ["log", "logs-*"]);
    expect((await aws.json("CreateCollection", { name: "logs" })).message).toBe(noPolicy);
    expect(aws.sandbox.contents().collections).toEqual([]);
  });

  test("a network policy for the name is no encryption policy", async () => {
    await aws.json("CreateSecurityPolicy", {
      type: "network",
      name: "public",
      policy: JSON.stringify([
        { Rules: [{ ResourceType: "collection", Resource: ["collection/logs"] }], AllowFromPublic: true },
      ]),
    });
    expect((await aws.json("CreateCollection", { name: "logs" })).message).toBe(noPolicy);
  });

  test("the key is that of the most specific pattern", async () => {
    await newEncryptionPolicy(aws, "everything", ["*"]);
    await newEncryptionPolicy(aws, "all-logs", ["logs*"], keyArn(1));
    await newEncryptionPolicy(aws, "audit-logs", ["logs-audit*"], keyArn(2));
    await newEncryptionPolicy(aws, "one", ["logs-audit-eu"], keyArn(3));
    const keyOf = async (name: string) => {
      await aws.json("CreateCollection", { name });
      return (await collectionNamed(aws, name))?.["kmsKeyArn"];
    };
    expect(await keyOf("orders")).toBe("auto");
    expect(await keyOf("logs-web")).toBe(keyArn(1));
    expect(await keyOf("logs-audit-us")).toBe(keyArn(2));
    expect(await keyOf("logs-audit-eu")).toBe(keyArn(3));
  });

  test("an encryption configuration makes the policy unnecessary and wins over it", async () => {
    await newEncryptionPolicy(aws, "everything", ["*"]);
    const detail = await newCollection(aws, "logs", { encryptionConfig: { kmsKeyArn: keyArn(1) } });
    expect(detail["kmsKeyArn"]).toBe(keyArn(1));
  });

  test("a key of another Region is refused in AWS's words", async () => {
    const there = keyArn(1, "eu-west-1");
    expect(
      await aws.json("CreateCollection", { name: "logs", encryptionConfig: { kmsKeyArn: there } }),
    ).toMatchObject({ code: "ValidationException", message: `Invalid kmsKeyId ${there}` });
  });

  test.each([
    ["no key chosen", {}],
    ["AWS's key declined and none given", { aWSOwnedKey: false }],
    ["both keys chosen", { aWSOwnedKey: true, kmsKeyArn: keyArn(1) }],
    ["a key by its alias", { kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:alias/logs" }],
  ])("refused: an encryption configuration with %s", async (_what, encryptionConfig) => {
    expect(await aws.json("CreateCollection", { name: "logs", encryptionConfig })).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
  });

  test("a name that is taken is a Conflict, in another Region it is free", async () => {
    await newCollection(aws, "logs");
    expect(
      await aws.json("CreateCollection", { name: "logs", encryptionConfig: { aWSOwnedKey: true } }),
    ).toMatchObject({ status: 400, code: "ConflictException", message: expect.stringContaining("logs") });
    const elsewhere = await aws.json(
      "CreateCollection",
      { name: "logs", encryptionConfig: { aWSOwnedKey: true } },
      "eu-west-1",
    );
    expect(elsewhere.status).toBe(200);
  });

  test("a null member counts as absent", async () => {
    const detail = await newCollection(aws, "logs", {
      collectionGroupName: null,
      description: null,
      tags: null,
    });
    expect(Object.keys(detail)).not.toContain("description");
    expect(detail["collectionGroupName"]).toBeUndefined();
  });

  test("a repeated request with its client token makes one collection", async () => {
    const first = await newCollection(aws, "logs", { clientToken: "t1" });
    expect(await newCollection(aws, "logs", { clientToken: "t1" })).toEqual(first);
    expect(aws.sandbox.contents().collections).toHaveLength(1);
  });

  test("more sets of compute units than the account may have are refused: keys do not share, collections of a key do", async () => {
    await aws.json("UpdateAccountSettings", {
      capacityLimits: { maxIndexingCapacityInOCU: 2, maxSearchCapacityInOCU: 2 },
    });
    await newCollection(aws, "logs");
    await newCollection(aws, "orders", { encryptionConfig: { kmsKeyArn: keyArn(1) } });
    await newCollection(aws, "invoices", { encryptionConfig: { kmsKeyArn: keyArn(1) } });
    const third = { name: "audit", encryptionConfig: { kmsKeyArn: keyArn(2) } };
    expect(await aws.json("CreateCollection", third)).toMatchObject({
      status: 400,
      code: "OcuLimitExceededException",
    });
    await newCollectionGroup(aws, "shared");
    expect((await aws.json("CreateCollection", { ...third, collectionGroupName: "shared" })).status).toBe(
      200,
    );
  });
});

describe("keys in a closed world", () => {
  const aws = sandboxForEachTest(undefined, { openWorld: false });

  test("a key of the account has to exist, one of another account is taken as it comes", async () => {
    const create = (kmsKeyArn: string) =>
      aws.json("CreateCollection", { name: "logs", encryptionConfig: { kmsKeyArn } });
    expect(await create(keyArn(1))).toMatchObject({
      code: "ValidationException",
      message: `Invalid kmsKeyId ${keyArn(1)}`,
    });
    expect((await create(keyArn(1, "us-east-1", "210987654321"))).status).toBe(200);
  });
});

describe("reading", () => {
  const aws = sandboxForEachTest();

  test("an ACTIVE collection has its Classic endpoints, those for FIPS too", async () => {
    const { id } = await newCollection(aws, "logs", { description: "web logs", type: "SEARCH" });
    const { body } = await aws.json("BatchGetCollection", { ids: [id] });
    expect(body).toEqual({
      collectionDetails: [
        expect.objectContaining({
          id,
          name: "logs",
          description: "web logs",
          type: "SEARCH",
          status: "ACTIVE",
          collectionEndpoint: `https://${id}.us-east-1.aoss.amazonaws.com`,
          dashboardEndpoint: `https://${id}.us-east-1.aoss.amazonaws.com/_dashboards`,
          fipsEndpoints: {
            collectionEndpoint: `https://${id}.us-east-1.aoss-fips.amazonaws.com`,
            dashboardEndpoint: `https://${id}.us-east-1.aoss-fips.amazonaws.com/_dashboards`,
          },
        }),
      ],
      collectionErrorDetails: [],
    });
  });

  test("what does not exist comes back in the error details, by id or by name", async () => {
    const notFound = { errorCode: "NOT_FOUND", errorMessage: "The specified Collection is not found." };
    expect((await aws.json("BatchGetCollection", { names: ["logs"] })).body).toEqual({
      collectionDetails: [],
      collectionErrorDetails: [{ name: "logs", ...notFound }],
    });
    expect((await aws.json("BatchGetCollection", { ids: ["abc"] })).body).toEqual({
      collectionDetails: [],
      collectionErrorDetails: [{ id: "abc", ...notFound }],
    });
  });

  test.each([
    ["ids and names together", { ids: ["abc"], names: ["logs"] }],
    ["neither ids nor names", {}],
  ])("refused: %s", async (_what, request) => {
    expect(await aws.json("BatchGetCollection", request)).toMatchObject({
      code: "ValidationException",
      message: "You need to provide IDs or names. You can't provide both IDs and names in the same request",
    });
  });

  test("collections are listed page by page, and by name, status and group", async () => {
    await newCollectionGroup(aws, "shared");
    for (const name of ["one", "two", "three"]) {
      await newCollection(aws, name, name === "two" ? { collectionGroupName: "shared" } : {});
    }
    const list = async (request: Json) => {
      const { body } = await aws.json("ListCollections", request);
      return {
        names: (body["collectionSummaries"] as Json[]).map((each) => each["name"]),
        next: body["nextToken"],
      };
    };
    const first = await list({ maxResults: 2 });
    const second = await list({ maxResults: 2, nextToken: first.next });
    expect([first.names.length, second.names.length, second.next]).toEqual([2, 1, undefined]);
    expect([...first.names, ...second.names].sort()).toEqual(["one", "three", "two"]);
    expect((await list({ collectionFilters: { name: "one" } })).names).toEqual(["one"]);
    expect((await list({ collectionFilters: { collectionGroupName: "shared" } })).names).toEqual(["two"]);
    expect((await list({ collectionFilters: { status: "FAILED" } })).names).toEqual([]);
  });

  test("a summary holds id, ARN, name, status, key and group, and no more", async () => {
    await newCollectionGroup(aws, "shared");
    const { id, arn } = await newCollection(aws, "logs", { collectionGroupName: "shared" });
    expect((await aws.json("ListCollections", {})).body).toEqual({
      collectionSummaries: [
        { id, arn, name: "logs", status: "ACTIVE", kmsKeyArn: "auto", collectionGroupName: "shared" },
      ],
    });
  });
});

describe("changing", () => {
  const aws = sandboxForEachTest();

  test("description and deletion protection change at once, vector options by way of UPDATING", async () => {
    const { id } = await newCollection(aws, "logs", { description: "old", type: "VECTORSEARCH" });
    const changed = await aws.json("UpdateCollection", {
      id,
      description: "",
      deletionProtection: "ENABLED",
    });
    expect(changed.body["updateCollectionDetail"]).toMatchObject({
      id,
      description: "",
      deletionProtection: "ENABLED",
      status: "ACTIVE",
    });
    const vectorOptions = { ServerlessVectorAcceleration: "ENABLED" };
    const vector = await aws.json("UpdateCollection", { id, vectorOptions });
    expect(vector.body["updateCollectionDetail"]).toMatchObject({ status: "UPDATING", vectorOptions });
    expect(await collectionNamed(aws, "logs")).toMatchObject({ status: "ACTIVE", vectorOptions });
  });

  test("a collection that does not exist: update is a ValidationException, the model knows no other; delete is not found", async () => {
    expect(await aws.json("UpdateCollection", { id: "abc" })).toMatchObject({ code: "ValidationException" });
    expect(await aws.json("DeleteCollection", { id: "abc" })).toMatchObject({
      status: 400,
      code: "ResourceNotFoundException",
      message: "Collection with ID abc cannot be found.",
    });
  });

  test("deletion protection refuses a delete until it is off", async () => {
    const { id } = await newCollection(aws, "logs", { deletionProtection: "ENABLED" });
    expect(await aws.json("DeleteCollection", { id })).toMatchObject({ status: 400 });
    expect(aws.sandbox.contents().collections).toMatchObject([{ status: "ACTIVE" }]);
    await aws.json("UpdateCollection", { id, deletionProtection: "DISABLED" });
    expect((await aws.json("DeleteCollection", { id })).body["deleteCollectionDetail"]).toEqual({
      id,
      name: "logs",
      status: "DELETING",
      deletionProtection: "DISABLED",
    });
    expect(aws.sandbox.contents().collections).toEqual([]);
  });
});

describe("status", () => {
  const aws = sandboxForEachTest(400);
  // 180 s and 120 s of AWS, 400 times faster.
  const settled = () => new Promise((resolve) => setTimeout(resolve, 480));

  test("CREATING becomes ACTIVE, DELETING becomes nothing, and neither can be changed meanwhile", async () => {
    const { id } = await newCollection(aws, "logs");
    expect(await collectionNamed(aws, "logs")).toMatchObject({ status: "CREATING" });
    expect((await collectionNamed(aws, "logs"))?.["collectionEndpoint"]).toBeUndefined();
    for (const operation of ["UpdateCollection", "DeleteCollection"]) {
      expect(await aws.json(operation, { id })).toMatchObject({ code: "ConflictException" });
    }
    await settled();
    expect(await collectionNamed(aws, "logs")).toMatchObject({ status: "ACTIVE" });
    await aws.json("DeleteCollection", { id });
    expect(await collectionNamed(aws, "logs")).toMatchObject({ status: "DELETING" });
    expect(await aws.json("DeleteCollection", { id })).toMatchObject({ code: "ConflictException" });
    expect(
      await aws.json("CreateCollection", { name: "logs", encryptionConfig: { aWSOwnedKey: true } }),
    ).toMatchObject({ code: "ConflictException" });
    await settled();
    expect(await collectionNamed(aws, "logs")).toBeUndefined();
  });
});

describe("permissions", () => {
  const aws = sandboxForEachTest();
  const actionsOfLast = () => aws.sandbox.calls().at(-1)?.actions;

  test("the first collection of an account makes the service-linked role, in whatever Region", async () => {
    await newCollection(aws, "logs");
    expect(actionsOfLast()).toEqual(["aoss:CreateCollection", "iam:CreateServiceLinkedRole"]);
    const second = { name: "orders", encryptionConfig: { aWSOwnedKey: true } };
    await aws.json("CreateCollection", second, "eu-west-1");
    expect(actionsOfLast()).toEqual(["aoss:CreateCollection"]);
  });

  test("a customer's key is looked at and granted, a group is joined", async () => {
    await newCollection(aws, "logs");
    await newCollectionGroup(aws, "shared");
    await newCollection(aws, "orders", {
      encryptionConfig: { kmsKeyArn: keyArn(1) },
      collectionGroupName: "shared",
    });
    expect(actionsOfLast()).toEqual([
      "aoss:CreateCollection",
      "aoss:AddCollectionToCollectionGroup",
      "kms:DescribeKey",
      "kms:CreateGrant",
    ]);
  });
});
