import {
  checkCollection,
  checkCollectionDescription,
  checkCollectionGroupName,
  checkCollectionName,
  checkDataAccessParts,
  checkIndexOfCollection,
  checkKeepDays,
  checkSharedZone,
  checkTagCount,
  checkTagKey,
} from "../../service";

describe("collection names", () => {
  test.each(["abc", "logs-2024", "a".repeat(32)])("%s is taken", (name) => {
    expect(checkCollectionName(name)).toBeUndefined();
  });

  test.each([
    ["ab", "2 characters, 3 to 32 are allowed"],
    ["a".repeat(33), "33 characters, 3 to 32 are allowed"],
    ["Orders", 'only a-z, 0-9 and "-" are allowed, a letter first'],
    ["1-orders", 'only a-z, 0-9 and "-" are allowed, a letter first'],
    ["or_ders", 'only a-z, 0-9 and "-" are allowed, a letter first'],
  ])("%j is refused: %s", (name, why) => {
    expect(checkCollectionName(name)?.problem).toBe(`collection name "${name}": ${why}`);
  });

  test("one that exists already may have 64 characters", () => {
    expect(checkCollectionName("a".repeat(64), true)).toBeUndefined();
    expect(checkCollectionName("a".repeat(65), true)?.problem).toMatch(/65 characters, 3 to 64 are allowed/);
  });

  test("a description has up to 1,000 characters, or none", () => {
    expect(["", "x".repeat(1000)].map(checkCollectionDescription)).toEqual([undefined, undefined]);
    expect(checkCollectionDescription("x".repeat(1001))?.problem).toBe(
      "description: 1001 characters, up to 1,000 are allowed",
    );
  });
});

describe("a nextgen collection", () => {
  const parts = { generation: "nextgen", hasGroup: true, exists: false, standbyReplicas: true } as const;
  const remedies = { name: "name a group", exists: "say that it exists" };

  test("is taken in a group, or where it exists already", () => {
    expect(checkCollection(parts, remedies)).toEqual([]);
    expect(checkCollection({ ...parts, hasGroup: false, exists: true }, remedies)).toEqual([]);
  });

  test("is refused without a group and without standby replicas, a classic one is not", () => {
    const bare = { ...parts, hasGroup: false, standbyReplicas: false };
    expect(checkCollection(bare, remedies)).toEqual([
      {
        part: "generation",
        problem:
          "generation nextgen without a collection group: a collection has the generation of its group",
        remedy: "name a group, or say that it exists",
      },
      {
        part: "standbyReplicas",
        problem: "a nextgen collection has standby replicas, AWS refuses its group without them",
        remedy: "leave standbyReplicas out",
      },
    ]);
    expect(checkCollection({ ...bare, generation: "classic" }, remedies)).toEqual([]);
    expect(checkCollection({ ...bare, generation: undefined }, remedies)).toEqual([]);
  });
});

describe("indexes within a collection", () => {
  test.each(["2024", "logs-*", "*", ";x"])("%s is taken", (index) => {
    expect(checkIndexOfCollection(index)).toBeUndefined();
  });

  test("a collection's name, capitals and a star in the middle are refused", () => {
    expect(checkIndexOfCollection("orders/2024-*")).toEqual({
      problem: 'index "orders/2024-*": names a collection too',
      remedy: 'leave it out: "2024-*"',
    });
    expect(["Logs", "a*b", ""].map((index) => checkIndexOfCollection(index)?.problem)).toEqual([
      'index "Logs": "Logs" does not name an index',
      'index "a*b": "a*b" does not name an index',
      'index "": "" does not name an index',
    ]);
  });

  test("a lifecycle policy takes ~ and = too", () => {
    expect(checkIndexOfCollection("a~=", "retention")).toBeUndefined();
    expect(checkIndexOfCollection("a~=")).toBeDefined();
  });
});

test.each([
  [1, undefined],
  [3650, undefined],
  [0, "write 1"],
  [-3, "write 1"],
  [1.5, "write 2"],
  [3651, "write 3650, or leave it out to keep the data for ever"],
  [Number.NaN, "write 1"],
])("data kept for %d days: %s", (days, remedy) => {
  expect(checkKeepDays(days)?.remedy).toBe(remedy);
});

describe("tags", () => {
  test("a key has 1 to 128 characters and does not start with aws:", () => {
    expect(["team", "x".repeat(128), "my:aws:key"].map(checkTagKey)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(["", "x".repeat(129), "AWS:team"].map((key) => checkTagKey(key)?.problem)).toEqual([
      "tag key of 0 characters, 1 to 128 are allowed",
      "tag key of 129 characters, 1 to 128 are allowed",
      'tag "AWS:team": aws: is reserved',
    ]);
  });

  test("50 fit, those included that a resource carries besides", () => {
    expect([checkTagCount(50), checkTagCount(40, { count: 10, what: "the stack's" })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(checkTagCount(51)).toEqual({ problem: "tags: 51 given, 50 are allowed", remedy: "drop 1" });
    expect(checkTagCount(45, { count: 10, what: "the stack's" })).toEqual({
      problem: "tags: 45 given, 40 are allowed beside the stack's",
      remedy: "drop 5",
    });
  });
});

describe("data access written flat", () => {
  const parts = {
    principals: 1,
    collections: 1,
    collectionPermissions: 1,
    indexes: 1,
    indexPermissions: 1,
  };
  const problems = (changed: Partial<typeof parts>) =>
    checkDataAccessParts({ ...parts, ...changed }).map(({ problem }) => problem);

  test("is taken with permissions on collections, on indexes, or on both", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ collections: 0, collectionPermissions: 0 })).toEqual([]);
    expect(problems({ indexes: 0, indexPermissions: 0 })).toEqual([]);
  });

  test("is refused where nobody, nothing, or only half of it is named, all of it at once", () => {
    expect(problems({ principals: 0, collectionPermissions: 0, indexes: 0 })).toEqual([
      "no principal: nobody is granted anything",
      "no collection permission for what is named: nothing is granted there",
      "index permissions, and no index they are for",
    ]);
    const nothing = { collections: 0, collectionPermissions: 0, indexes: 0, indexPermissions: 0 };
    expect(problems(nothing)).toEqual(["neither collection nor index permissions: nothing is granted"]);
  });
});

test("a collection group is there already: no name is made up for it", () => {
  expect(checkCollectionGroupName("next")).toBeUndefined();
  expect(checkCollectionGroupName("g")).toEqual({
    problem: 'group: name "g": 1 characters, 3 to 32 are allowed',
    remedy: "give the name of a group that is there",
  });
});

describe("the hosted zone of an endpoint", () => {
  const parts = { vpc: "vpc-1", shareZoneWith: ["vpc-2", "vpc-3"], generation: "classic" } as const;

  test("is shared with other VPCs, or with none", () => {
    expect(checkSharedZone(parts)).toEqual([]);
    expect(checkSharedZone({ ...parts, shareZoneWith: [], generation: "nextgen" })).toEqual([]);
  });

  test.each([
    [["vpc-1"], "classic", "shareZoneWith: vpc-1 is the endpoint's own VPC, which has the zone already"],
    [["vpc-2", "vpc-2"], "classic", 'VPC "vpc-2" is given twice'],
    [
      ["vpc-2"],
      "nextgen",
      "shareZoneWith: an endpoint for nextgen collections has no hosted zone that could be shared",
    ],
  ] as const)("is refused with %j, %s: %s", (shareZoneWith, generation, problem) => {
    expect(checkSharedZone({ ...parts, shareZoneWith, generation }).map((one) => one.problem)).toEqual([
      problem,
    ]);
  });
});
