import { openedCollections, openedDashboards, parseAccessFile, permissionScopeOf } from "../../config";

const key = (end: string) =>
  `arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-45678901234${end}`;

/** Two managed endpoints, one that exists, collections of both kinds and a policy of each kind. */
const everything = `version: 1
stacks:
  search:
    region: eu-central-1
    account: "123456789012"
    tags: { team: search, cost: a }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60712, subnet-0a1b2c3d4e5f60711]
        allow:
          - cidr: 10.20.0.0/16
          - prefixList: pl-0a1b2c3d4e5f60719
          - securityGroup: sg-0a1b2c3d4e5f60714
        tags: { tier: web }
        shareZoneWith: [vpc-0a1b2c3d4e5f60728]
      next:
        generation: nextgen
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        securityGroups: [sg-0a1b2c3d4e5f60713]
      other:
        id: vpce-0a1b2c3d4e5f60799
    grants:
      - collections: ["kb-*"]
        from: [other]
    collections:
      orders:
        kmsKey: ${key("a")}
        from: [apps]
        tags: { cost: b }
        access:
          - principals: [arn:aws:iam::123456789012:role/order-service]
            indexes: ["*"]
            indexPermissions: [aoss:ReadDocument]
      traces-web:
        type: timeseries
        from: [apps]
        retention: [{ indexes: ["*"], keepDays: 30 }]
      kept:
        exists: true
        from: [apps]
    dataAccess:
      - principals: [arn:aws:iam::123456789012:role/order-service]
        collections: [invoices]
        collectionPermissions: [aoss:DescribeCollectionItems]
        indexes: ["bills-*/2024-*"]
        indexPermissions: [aoss:ReadDocument]
    encryption:
      - collections: ["traces-*"]
        kmsKey: ${key("b")}
    lifecycle:
      - indexes: ["audit/*"]
        keepDays: 7
`;

const scopeOf = (text: string, ...names: readonly string[]) => {
  const { stacks } = parseAccessFile(text, "access.yaml").access;
  const chosen = Object.entries(stacks).filter(([name]) => names.length === 0 || names.includes(name));
  return permissionScopeOf(Object.fromEntries(chosen));
};

/** A stack with one endpoint and what stands beside it. */
const stack = (name: string, more = "", endpoint = "") => `  ${name}:
    region: eu-central-1
    endpoints:
      ${name}:
        vpc: vpc-0a1b2c3d4e5f6071${name.length}
        subnets: [subnet-0a1b2c3d4e5f60711]
        securityGroups: [sg-0a1b2c3d4e5f60713]
${endpoint}${more}`;
const file = (...stacks: readonly string[]) => `version: 1\nstacks:\n${stacks.join("")}`;

test("everything that a stack can have is in its scope", () => {
  expect(scopeOf(everything)).toEqual({
    account: "123456789012",
    regions: ["eu-central-1"],
    features: [
      "managed-endpoint",
      "nextgen-endpoint",
      "security-group",
      "endpoint-tags",
      "shared-zone",
      "network-policies",
      "encryption-policies",
      "data-access-policies",
      "lifecycle-policies",
      "collections",
      "collection-tags",
      "customer-key",
    ],
    vpcs: ["vpc-0a1b2c3d4e5f60718"],
    sharedVpcs: ["vpc-0a1b2c3d4e5f60728"],
    subnets: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
    // a source of a rule is not what the endpoint carries
    securityGroups: ["sg-0a1b2c3d4e5f60713"],
    prefixLists: ["pl-0a1b2c3d4e5f60719"],
    collections: ["audit", "bills-*", "invoices", "kb-*", "kept", "orders", "traces-*", "traces-web"],
    kmsKeys: [key("a"), key("b")],
    // cost is another one on a collection
    tags: { team: "search" },
  });
});

test("an application uses what is opened to networks or principals, not what has a key or a retention alone", () => {
  const { stacks } = parseAccessFile(everything, "access.yaml").access;
  expect(openedCollections(stacks)).toEqual(["bills-*", "invoices", "kb-*", "kept", "orders", "traces-web"]);
  const shut = file(stack("a", "    collections: { orders: {} }\n"));
  expect(openedCollections(parseAccessFile(shut, "access.yaml").access.stacks)).toEqual([]);
});

test("dashboards are used where a grant or a collection opens them", () => {
  const { stacks } = parseAccessFile(
    everything
      .replace('collections: ["kb-*"]', 'collections: ["kb-*", papers]\n        dashboards: true')
      .replace("      kept:\n", "      kept:\n        dashboards: true\n"),
    "access.yaml",
  ).access;
  expect(openedDashboards(stacks)).toEqual(["kb-*", "kept", "papers"]);
});

test("an endpoint with groups kept elsewhere alone takes no more than the endpoint", () => {
  const { features, collections } = scopeOf(file(stack("a")));
  expect({ features, collections }).toEqual({ features: ["managed-endpoint"], collections: [] });
});

test("a grant to a service of AWS takes a network policy, and nothing of an endpoint that is there", () => {
  const text = `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints: { apps: { id: vpce-0a1b2c3d4e5f60799 } }
    grants: [{ collections: [orders], from: [apps] }, { collections: ["kb-*"], services: [bedrock.amazonaws.com] }]
`;
  expect(scopeOf(text)).toEqual({
    regions: ["eu-central-1"],
    features: ["network-policies"],
    vpcs: [],
    sharedVpcs: [],
    subnets: [],
    securityGroups: [],
    prefixLists: [],
    collections: ["kb-*", "orders"],
    kmsKeys: [],
  });
});

test("a collection kept elsewhere takes the policies that open it, and no key and no encryption policy", () => {
  const { features } = scopeOf(
    file(
      stack("a", "    collections: { orders: { exists: true, from: [a], retention: [{ indexes: [x] }] } }\n"),
    ),
  );
  expect(features).toEqual(["managed-endpoint", "network-policies", "lifecycle-policies"]);
});

test("a collection that is made takes an encryption policy, also with the key that AWS owns and nobody let in", () => {
  const { features, kmsKeys } = scopeOf(file(stack("a", "    collections: { orders: {} }\n")));
  expect(features).toEqual(["managed-endpoint", "encryption-policies", "collections"]);
  expect(kmsKeys).toEqual([]);
});

test("a collection of a group takes that of the group too", () => {
  expect(scopeOf(file(stack("a", "    collections: { orders: { group: pool } }\n"))).features).toEqual([
    "managed-endpoint",
    "encryption-policies",
    "collections",
    "collection-group",
  ]);
});

test.each([
  ["the stack's", "    tags: { team: search }\n    collections: { orders: {} }\n"],
  ["its own", "    collections: { orders: { tags: { team: search } } }\n"],
])("tags of a collection, %s, take permissions of their own", (_whose, more) => {
  expect(scopeOf(file(stack("a", more))).features).toContain("collection-tags");
});

test("tags of a NEXTGEN endpoint are set as it is made", () => {
  const endpoint = "        generation: nextgen\n        tags: { tier: web }\n";
  expect(scopeOf(file(stack("a", "", endpoint))).features).toEqual(["nextgen-endpoint"]);
});

test("several stacks add up: Regions, VPCs and features of each", () => {
  const other = stack("bb", "    tags: { team: search }\n").replace("eu-central-1", "us-east-1");
  const { regions, vpcs, features } = scopeOf(
    file(other, stack("a", "    grants: [{ collections: [orders], from: [a] }]\n")),
  );
  expect({ regions, vpcs, features }).toEqual({
    regions: ["eu-central-1", "us-east-1"],
    vpcs: ["vpc-0a1b2c3d4e5f60711", "vpc-0a1b2c3d4e5f60712"],
    features: ["managed-endpoint", "network-policies"],
  });
});

test("the account is the one that some of the stacks name", () => {
  const text = file(stack("a"), stack("bb", '    account: "123456789012"\n'));
  expect(scopeOf(text).account).toBe("123456789012");
  expect(scopeOf(text, "a").account).toBeUndefined();
});

test("what was applied before adds what has left since, and takes tags that were others", () => {
  const stacksOf = (text: string) => parseAccessFile(text, "access.yaml").access.stacks;
  const grant = (collection: string) => `    grants: [{ collections: [${collection}], from: [a] }]\n`;
  const now = stacksOf(file(stack("a", `    tags: { team: data, cost: x }\n${grant("orders")}`)));
  const before = stacksOf(
    file(stack("a", `    tags: { team: search, cost: x }\n${grant("logs")}`), stack("bb")),
  );
  expect(permissionScopeOf(now, before)).toMatchObject({
    collections: ["logs", "orders"],
    vpcs: ["vpc-0a1b2c3d4e5f60711", "vpc-0a1b2c3d4e5f60712"],
  });
  const { bb, ...search } = before;
  expect(bb).toBeDefined();
  expect(permissionScopeOf(now, search).tags).toEqual({ cost: "x" });
});

describe("required of all that is made is no tag", () => {
  test.each([
    ["that another stack does not have", ["tags: { team: a }", ""]],
    ["that another stack has with another value", ["tags: { team: a }", "tags: { team: b }"]],
    ["that differs from another by case alone", ["tags: { team: a, Team: a }", "tags: { team: a, Team: a }"]],
    ["that security groups have of their own", ["tags: { Name: a }", "tags: { Name: a }"]],
    ["that IAM could not tell from theirs", ["tags: { name: a }", "tags: { name: a }"]],
  ])("%s", (_what, [first = "", second = ""]) => {
    const text = file(stack("a", `    ${first}\n`), stack("bb", `    ${second}\n`));
    expect(scopeOf(text).tags).toBeUndefined();
  });

  test("that one of the endpoints has with another value; the others stay", () => {
    const endpoint = "        generation: nextgen\n        tags: { TEAM: b, cost: x }\n";
    expect(scopeOf(file(stack("a", "    tags: { team: a, cost: x }\n", endpoint))).tags).toEqual({
      cost: "x",
    });
  });
});

test("300 collections, each named once and in order", () => {
  const names = Array.from({ length: 300 }, (_, index) => `logs-${String(index).padStart(3, "0")}`);
  const collections = [...names].reverse().map((name) => `      ${name}: { from: [a] }\n`);
  const grants = `    grants: [{ collections: [${names.join(", ")}], from: [a] }]\n`;
  const text = file(stack("a", `    collections:\n${collections.join("")}${grants}`));
  expect(scopeOf(text).collections).toEqual(names);
});
