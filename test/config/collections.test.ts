import {
  encryptionKeyOf,
  inDependencyOrder,
  namedEndpoint,
  parseAccessFile,
  stackReferences,
} from "../../config";
import { goodAccessFile } from "../support/bad-access-files";
import { goodCollectionsFile } from "../support/bad-collection-files";

function warningsOf(find: string, replace: string) {
  if (!goodCollectionsFile.includes(find)) throw new Error(`"${find}" is not there to be replaced`);
  const text = goodCollectionsFile.replace(find, () => replace);
  return parseAccessFile(text, "access.yaml").warnings.map(
    ({ position, path, problem }) => `${position?.line}:${position?.column} ${path}: ${problem}`,
  );
}

test("what is left out of a collection gets its default", () => {
  const text = goodAccessFile.replace(
    "    grants:",
    "    collections:\n      orders: {}\n      notes: { exists: true }\n    grants:",
  );
  expect(parseAccessFile(text, "access.yaml").access.stacks["search"]?.collections).toEqual({
    orders: {
      type: "search",
      tags: {},
      standbyReplicas: true,
      generation: "classic",
      from: [],
      services: [],
      dashboards: false,
      access: [],
      retention: [],
    },
    notes: { exists: true, from: [], services: [], dashboards: false, access: [], retention: [] },
  });
});

test("what generation a group has is not known unless it is said, and no endpoint is refused for it", () => {
  const nextgen = goodAccessFile.replace(/ {8}vpc: /, "        generation: nextgen\n        vpc: ");
  const inGroup = (generation: string) =>
    nextgen.replace(
      "    grants:",
      `    collections:\n      orders: { group: shared, from: [apps]${generation} }\n    grants:`,
    );
  const { access } = parseAccessFile(inGroup(""), "access.yaml");
  expect(access.stacks["search"]?.collections["orders"]?.generation).toBeUndefined();
  expect(() => parseAccessFile(inGroup(", generation: classic"), "access.yaml")).toThrow(
    "endpoint apps serves nextgen collections, orders is classic",
  );
});

describe("a warning, and no error, for", () => {
  test("nothing in a file without a mistake", () => {
    expect(warningsOf("version: 1", "version: 1")).toEqual([]);
  });

  test("a collection that nothing opens", () => {
    expect(warningsOf("        from: [network.apps]\n", "")).toEqual([
      `28:7 stacks.search.collections.orders: collection "orders" is opened to nobody: it has neither from nor services, and no grant covers it`,
    ]);
  });

  test.each(["orders", "ord*", '"*"'])(
    "nothing if a grant to %s of another stack of the account and Region opens it",
    (pattern) => {
      const text = goodCollectionsFile
        .replace("        from: [network.apps]\n", "")
        .replace("[reports]", `[reports, ${pattern}]`);
      expect(parseAccessFile(text, "access.yaml").warnings).toEqual([]);
    },
  );

  test("a whole account as a principal", () => {
    expect(warningsOf("arn:aws:iam::123456789012:role/reader", "arn:aws:iam::123456789012:root")).toEqual([
      '33:26 stacks.search.collections.orders.access[0].principals[0]: "arn:aws:iam::123456789012:root" names a whole account, and AWS does not say whom that admits to data',
    ]);
  });

  test("every permission at once, on collections and on indexes", () => {
    expect([
      ...warningsOf("indexPermissions: [aoss:ReadDocument]", 'indexPermissions: ["aoss:*"]'),
      ...warningsOf(
        "        collectionPermissions: [aoss:Desc",
        '        collectionPermissions: ["aoss:*", aoss:Desc',
      ),
    ]).toEqual([
      '36:32 stacks.search.collections.orders.access[0].indexPermissions[0]: "aoss:*" permits everything there is, deleting included, and what AWS adds later',
      '44:33 stacks.search.dataAccess[0].collectionPermissions[0]: "aoss:*" permits everything there is, deleting included, and what AWS adds later',
    ]);
  });

  test("retention of a collection whose old data is never deleted", () => {
    expect(warningsOf("type: timeseries", "type: vectorsearch")).toEqual([
      "37:9 stacks.search.collections.orders.retention: retention of a collection of type vectorsearch: AWS deletes old data in time series collections only",
    ]);
  });

  test("a service of a collection that AWS does not document", () => {
    expect(
      warningsOf("from: [network.apps]", "from: [network.apps]\n        services: [s3.amazonaws.com]"),
    ).toEqual([
      '32:20 stacks.search.collections.orders.services[0]: service "s3.amazonaws.com" is not one that AWS documents in network policies',
    ]);
  });

  test("a grant of a collection to endpoints of the other generation alone", () => {
    const grants = (from: string) =>
      `    grants: [{ collections: [orders, notes], from: [${from}] }]\n    dataAccess:`;
    expect(warningsOf("    dataAccess:", grants("partner"))).toEqual([
      "41:30 stacks.search.grants[0].collections[0]: endpoint partner serves nextgen collections, orders is classic",
    ]);
    expect(warningsOf("    dataAccess:", grants("partner, network.apps"))).toEqual([]);
  });

  test("an endpoint that nobody names, also where its stack grants nothing itself", () => {
    expect(warningsOf("from: [partner, network.next]", "from: [partner]")).toEqual([
      '14:7 stacks.network.endpoints.next: endpoint "next" stands in no grant: it opens no collection',
    ]);
  });
});

describe("endpoints of other stacks", () => {
  const { stacks } = parseAccessFile(goodCollectionsFile, "access.yaml").access;

  test("are named STACK.KEY, those of the same stack by key or in full", () => {
    expect(namedEndpoint("network.apps", "search", stacks)).toMatchObject({ stack: "network", key: "apps" });
    expect(namedEndpoint("apps", "network", stacks)).toMatchObject({ stack: "network", key: "apps" });
    expect(namedEndpoint("network.apps", "network", stacks)).toMatchObject({ stack: "network", key: "apps" });
    const none = ["apps", "vpce-0a1b2c3d4e5f60731", "network.constructor", "constructor.apps"];
    expect(none.map((from) => namedEndpoint(from, "search", stacks))).toEqual(none.map(() => undefined));
  });

  test("make their stack come first, wherever it stands in the file", () => {
    const { search, network } = stacks;
    expect(stackReferences("search", stacks)).toEqual([
      {
        stack: "network",
        from: "network.apps",
        path: ["stacks", "search", "collections", "orders", "from", 0],
      },
    ]);
    expect(inDependencyOrder({ search: search as never, network: network as never })).toEqual([
      "network",
      "search",
    ]);
  });

  test("that exist already are known by their id, and nothing waits for their stack", () => {
    const text = goodCollectionsFile.replace("from: [apps]", "from: [apps, search.partner]");
    const file = parseAccessFile(text, "access.yaml").access;
    expect(stackReferences("network", file.stacks)).toEqual([]);
  });
});

describe("the key of a collection", () => {
  const encryption = [
    { collections: ["*"], kmsKey: "all" },
    { collections: ["logs-*", "orders"], kmsKey: "logs" },
    { collections: ["logs-web-*"] },
  ];

  test.each([
    ["logs-app", undefined, "logs"],
    ["logs-web-1", undefined, undefined],
    ["orders", undefined, "logs"],
    ["notes", undefined, "all"],
    ["logs-app", "own", "own"],
  ])("%s with the key %s of its own has %s", (name, kmsKey, expected) => {
    expect(encryptionKeyOf(name, { kmsKey }, { encryption })).toBe(expected);
  });

  test("is AWS's own where nothing names another", () => {
    expect(encryptionKeyOf("notes", {}, { encryption: encryption.slice(1) })).toBeUndefined();
  });
});
