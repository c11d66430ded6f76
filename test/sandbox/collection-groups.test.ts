import { collectionNamed, newCollection, newCollectionGroup } from "./collection-requests";
import { type Json, sandboxForEachTest } from "./raw-aws";

const create = { name: "shared", standbyReplicas: "ENABLED" };

describe("creating a group", () => {
  const aws = sandboxForEachTest();

  test("answers the details; CLASSIC is the default", async () => {
    const limits = { minIndexingCapacityInOCU: 2, maxIndexingCapacityInOCU: 8 };
    const detail = await newCollectionGroup(aws, "shared", {
      description: "search team",
      capacityLimits: limits,
      tags: [{ key: "team", value: "search" }],
    });
    expect(detail).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{20}$/),
      arn: `arn:aws:aoss:us-east-1:123456789012:collection-group/${detail["id"]}`,
      name: "shared",
      standbyReplicas: "ENABLED",
      generation: "CLASSIC",
      description: "search team",
      capacityLimits: limits,
      tags: [{ key: "team", value: "search" }],
      createdDate: expect.any(Number),
    });
  });

  test("NEXTGEN without standby replicas is refused in AWS's words, CLASSIC without is taken", async () => {
    const request = { ...create, standbyReplicas: "DISABLED" };
    expect(await aws.json("CreateCollectionGroup", { ...request, generation: "NEXTGEN" })).toMatchObject({
      code: "ValidationException",
      message: "StandbyReplicas cannot be set to DISABLED for NEXTGEN collection groups.",
    });
    expect((await aws.json("CreateCollectionGroup", request)).status).toBe(200);
  });

  test("a name that is taken is a Conflict", async () => {
    await newCollectionGroup(aws, "shared");
    expect(await aws.json("CreateCollectionGroup", create)).toMatchObject({ code: "ConflictException" });
  });

  test.each([
    ["CLASSIC", "minIndexingCapacityInOCU", 0, "1, 2, 4, 8, 16, or any multiple of 16"],
    ["CLASSIC", "maxSearchCapacityInOCU", 12, "1, 2, 4, 8, 16, or any multiple of 16"],
    ["NEXTGEN", "minSearchCapacityInOCU", 1, "0, 2, 4, 8, 16, or any multiple of 16"],
    ["NEXTGEN", "maxIndexingCapacityInOCU", 20, "0, 2, 4, 8, 16, or any multiple of 16"],
    ["NEXTGEN", "maxIndexingCapacityInOCU", 2.5, "0, 2, 4, 8, 16, or any multiple of 16"],
  ])("refused: %s with %s %d", async (generation, field, value, allowed) => {
    const request = { ...create, generation, capacityLimits: { [field]: value } };
    expect(await aws.json("CreateCollectionGroup", request)).toMatchObject({
      status: 400,
      code: "ValidationException",
      message: `Invalid value for ${field}. Allowed values are: ${allowed}`,
    });
  });

  test.each([
    ["CLASSIC", { minIndexingCapacityInOCU: 1, maxIndexingCapacityInOCU: 32 }],
    ["NEXTGEN", { minSearchCapacityInOCU: 0, maxSearchCapacityInOCU: 96 }],
  ])("taken: %s with %j", async (generation, capacityLimits) => {
    expect((await aws.json("CreateCollectionGroup", { ...create, generation, capacityLimits })).status).toBe(
      200,
    );
  });

  test("a minimum above its maximum is refused in AWS's words", async () => {
    const capacityLimits = { minSearchCapacityInOCU: 8, maxSearchCapacityInOCU: 4 };
    expect(await aws.json("CreateCollectionGroup", { ...create, capacityLimits })).toMatchObject({
      code: "ValidationException",
      message: "Invalid capacity range: minSearchCapacityInOCU (8.0) exceeds maxSearchCapacityInOCU (4.0)",
    });
  });
});

describe("collections in a group", () => {
  const aws = sandboxForEachTest();

  test("a collection of a NEXTGEN group has the addresses of that generation", async () => {
    await newCollectionGroup(aws, "next", { generation: "NEXTGEN" });
    const { id } = await newCollection(aws, "logs", { collectionGroupName: "next", type: "SEARCH" });
    expect(await collectionNamed(aws, "logs")).toMatchObject({
      collectionGroupName: "next",
      collectionEndpoint: `https://${id}.aoss.us-east-1.on.aws`,
      dashboardEndpoint: `https://${id}.aoss.us-east-1.on.aws/_dashboards`,
      fipsEndpoints: { collectionEndpoint: `https://${id}.aoss-fips.us-east-1.on.aws` },
    });
  });

  test("a collection takes over the standby setting of its group", async () => {
    await newCollectionGroup(aws, "lean", { standbyReplicas: "DISABLED" });
    expect(await newCollection(aws, "logs", { collectionGroupName: "lean" })).toMatchObject({
      standbyReplicas: "DISABLED",
    });
  });

  test.each([
    ["a group that does not exist", { collectionGroupName: "nobody" }],
    ["TIMESERIES in a NEXTGEN group", { collectionGroupName: "next", type: "TIMESERIES" }],
    ["no type, which means TIMESERIES, in a NEXTGEN group", { collectionGroupName: "next" }],
    [
      "another standby setting than the group's",
      { collectionGroupName: "next", type: "SEARCH", standbyReplicas: "DISABLED" },
    ],
  ])("refused: %s", async (_what, more) => {
    await newCollectionGroup(aws, "next", { generation: "NEXTGEN" });
    expect(
      await aws.json("CreateCollection", { name: "logs", encryptionConfig: { aWSOwnedKey: true }, ...more }),
    ).toMatchObject({ status: 400, code: "ValidationException" });
    expect(aws.sandbox.contents().collections).toEqual([]);
  });
});

describe("reading and changing a group", () => {
  const aws = sandboxForEachTest();

  test("a group comes back with the number of its collections, by id and by name", async () => {
    const { id } = await newCollectionGroup(aws, "shared");
    await newCollection(aws, "logs", { collectionGroupName: "shared" });
    for (const request of [{ ids: [id] }, { names: ["shared"] }]) {
      const { body } = await aws.json("BatchGetCollectionGroup", request);
      expect(body).toMatchObject({
        collectionGroupDetails: [
          { id, name: "shared", generation: "CLASSIC", numberOfCollections: 1, tags: [] },
        ],
        collectionGroupErrorDetails: [],
      });
    }
  });

  test("an unknown group comes back in the error details; ids and names together are refused", async () => {
    const { body } = await aws.json("BatchGetCollectionGroup", { names: ["nobody"] });
    expect(body["collectionGroupErrorDetails"]).toEqual([
      { name: "nobody", errorCode: "NOT_FOUND", errorMessage: expect.any(String) },
    ]);
    expect(await aws.json("BatchGetCollectionGroup", { names: ["nobody"], ids: ["abc"] })).toMatchObject({
      code: "ValidationException",
    });
  });

  test("description and limits change, limits that are not named stay, and the rules hold for the result", async () => {
    const { id } = await newCollectionGroup(aws, "shared", {
      capacityLimits: { minIndexingCapacityInOCU: 4, maxIndexingCapacityInOCU: 8 },
    });
    expect(
      await aws.json("UpdateCollectionGroup", { id, capacityLimits: { maxIndexingCapacityInOCU: 2 } }),
    ).toMatchObject({
      code: "ValidationException",
      message:
        "Invalid capacity range: minIndexingCapacityInOCU (4.0) exceeds maxIndexingCapacityInOCU (2.0)",
    });
    const { body } = await aws.json("UpdateCollectionGroup", {
      id,
      description: "new",
      capacityLimits: { maxIndexingCapacityInOCU: 16 },
    });
    expect(body["updateCollectionGroupDetail"]).toMatchObject({
      id,
      description: "new",
      capacityLimits: { minIndexingCapacityInOCU: 4, maxIndexingCapacityInOCU: 16 },
    });
    expect(await aws.json("UpdateCollectionGroup", { id: "abc" })).toMatchObject({
      code: "ValidationException",
    });
  });

  test("a group with a collection in it cannot be deleted, an empty one can", async () => {
    const { id } = await newCollectionGroup(aws, "shared");
    const collection = await newCollection(aws, "logs", { collectionGroupName: "shared" });
    expect(await aws.json("DeleteCollectionGroup", { id })).toMatchObject({ code: "ConflictException" });
    await aws.json("DeleteCollection", { id: collection["id"] });
    expect(await aws.json("DeleteCollectionGroup", { id })).toMatchObject({ status: 200, body: {} });
    expect(await aws.json("DeleteCollectionGroup", { id })).toMatchObject({
      code: "ResourceNotFoundException",
    });
    expect(aws.sandbox.contents().collectionGroups).toEqual([]);
  });

  test("groups are listed page by page", async () => {
    for (const name of ["one", "two", "three"]) await newCollectionGroup(aws, name);
    const first = await aws.json("ListCollectionGroups", { maxResults: 2 });
    const second = await aws.json("ListCollectionGroups", {
      maxResults: 2,
      nextToken: first.body["nextToken"],
    });
    const names = [first, second].flatMap(({ body }) =>
      (body["collectionGroupSummaries"] as Json[]).map((summary) => summary["name"]),
    );
    expect(names.sort()).toEqual(["one", "three", "two"]);
    expect(second.body["nextToken"]).toBeUndefined();
  });
});
