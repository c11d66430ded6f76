import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  TerraformDataSource,
  TerraformHclModule,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import {
  Collection,
  DataAccessPolicies,
  EncryptionPolicies,
  NetworkPolicies,
  PrivateAccess,
  RuleError,
  Source,
} from "../../modules";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const apps = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
const principals = ["arn:aws:iam::123456789012:role/search"];
const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const reading = { principals, indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] };
const endpoint = "vpce-0a1b2c3d4e5f60731";

type Named = Readonly<Record<string, Record<string, unknown>>>;

const policiesOf = (stack: TerraformStack, type: "network" | "encryption"): Named =>
  Object.fromEntries(
    Object.entries(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {}).filter(
      ([, policy]) => policy["type"] === type,
    ),
  );
const collectionsOf = (stack: TerraformStack): Named =>
  resourcesOf(stack)["aws_opensearchserverless_collection"] ?? {};
const namedIn = (policy: Record<string, unknown> | undefined, what: string) =>
  String(policy?.["policy"]).includes(`"${what}"`);

test("collections share one policy of each kind, whose addresses are part of the contract", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "access");
  const orders = access.addEndpoint("orders", apps).allowFrom(Source.cidr("10.20.0.0/16"));
  for (const key of ["orders", "logs", "web"]) {
    access.addCollection(key, {
      type: "timeseries",
      from: [orders],
      dataAccess: [reading],
      retention: [{ indexes: ["*"], keepDays: 30 }],
    });
  }
  expect(addressesOf(stack)).toEqual([
    "aws_opensearchserverless_access_policy.access_data_access_policy",
    "aws_opensearchserverless_collection.access_logs",
    "aws_opensearchserverless_collection.access_orders",
    "aws_opensearchserverless_collection.access_web",
    "aws_opensearchserverless_lifecycle_policy.access_lifecycle_policy",
    "aws_opensearchserverless_security_policy.access_encryption_policy",
    "aws_opensearchserverless_security_policy.access_network_policy",
    "aws_opensearchserverless_vpc_endpoint.access_orders",
    "aws_security_group.access_orders_clients",
    "aws_vpc_security_group_ingress_rule.access_orders_clients_cidr-10-20-0-0-16",
  ]);
  const names = Object.values(resourcesOf(stack))
    .flatMap((named) => Object.values(named))
    .flatMap(({ name, policy }) => (policy === undefined ? [] : [name]));
  expect(names.sort()).toEqual([
    "search-access-data-access",
    "search-access-encryption",
    "search-access-lifecycle",
    "search-access-private-access",
  ]);
});

test("a collection is made after the encryption policy that holds its key", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  access.addCollection("orders", { name: "orders", from: [endpoint] });
  access.addCollection("secrets", { name: "secrets", from: [endpoint], kmsKeyArn });
  const policies = policiesOf(stack, "encryption");
  const addressOf = (key: string) => {
    const [address] = Object.entries(policies).find(([, { policy }]) => String(policy).includes(key)) ?? [];
    return `aws_opensearchserverless_security_policy.${address}`;
  };
  expect(Object.keys(policies)).toHaveLength(2);
  const { orders, secrets } = collectionsOf(stack);
  expect(orders?.["depends_on"]).toEqual([addressOf('"AWSOwnedKey":true')]);
  expect(secrets?.["depends_on"]).toEqual([addressOf(kmsKeyArn)]);
});

test("a collection's name is its key, as in the access file, unless another is given", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const orders = access.addCollection("orders", { from: [endpoint] });
  const logs = access.addCollection("logs", { name: "shop-logs", from: [endpoint] });
  const shared = Collection.fromCollectionName("shared-search");
  const there = access.addCollection("there", { collection: shared, from: [endpoint] });
  expect([orders, logs, there].map(({ collectionName }) => collectionName)).toEqual([
    "orders",
    "shop-logs",
    "shared-search",
  ]);
  expect(Object.entries(collectionsOf(stack)).map(([key, { name }]) => [key, name])).toEqual([
    ["logs", "shop-logs"],
    ["orders", "orders"],
  ]);
});

describe("refused with the path of the construct, without the ids that addresses leave out:", () => {
  test("a collection with the key of another, and an endpoint with the key of another", () => {
    const access = new PrivateAccess(newStack(), "access");
    access.addCollection("orders", {});
    const twice = () => access.addCollection("orders", {});
    expect(twice).toThrow(RuleError);
    expect(twice).toThrow(
      'search/access: collection "orders" is added already; give each collection a key of its own',
    );
    access.addEndpoint("apps", apps);
    const endpointTwice = () => access.addEndpoint("apps", { ...apps, vpcId: "vpc-0a1b2c3d4e5f60728" });
    expect(endpointTwice).toThrow(RuleError);
    expect(endpointTwice).toThrow('search/access: endpoint "apps" is added already');
  });

  test.each(["encryption_policy", "network_policy", "Default"])(
    "an endpoint with the key %s, which the policies or collections have",
    (key) => {
      const add = () => new PrivateAccess(newStack(), "access").addEndpoint(key, apps);
      expect(add).toThrow(RuleError);
      expect(add).toThrow(`search/access: endpoint key "${key}": this id is one of the construct's own`);
    },
  );

  test("what a collection is not to be called", () => {
    const add = () => new PrivateAccess(newStack(), "access").addCollection("Orders", {});
    expect(add).toThrow(/^search\/access\/Orders: collection name "Orders": only a-z/);
  });

  test("a name that two collections have", () => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "access");
    access.addCollection("orders", {});
    access.addCollection("archive", { name: "orders" });
    expect(() => resourcesOf(stack)).toThrow(
      'collection name "orders" is used already, by search/access/orders;',
    );
  });
});

test("what is ready is the collection and the policies that name it, after synthesis has placed them", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const orders = access.addCollection("orders", { name: "orders", from: [endpoint], dataAccess: [reading] });
  const consumer = new TerraformResource(stack, "index", {
    terraformResourceType: "index",
    dependsOn: orders.ready,
  });
  expect(consumer.dependsOn).toHaveLength(3);
  const { index } = resourcesOf(stack)["index"] ?? {};
  expect(index?.["depends_on"]).toEqual([
    "aws_opensearchserverless_collection.orders",
    "aws_opensearchserverless_security_policy.network_policy",
    "aws_opensearchserverless_access_policy.data_access_policy",
  ]);
});

test("of many policies that name the collection, those are waited for that hold its own access", () => {
  const own = "vpce-0a1b2c3d4e5f60799";
  const reader = "arn:aws:iam::123456789012:role/own-reader";
  for (let world = 0; world < 20; world += 1) {
    const stack = newStack();
    const access = new PrivateAccess(stack, "Default");
    for (let other = 0; other < 400; other += 1) {
      access.grant({ collections: [`team-${world}-${other}`], from: [`vpce-0a1b2c3d4e5f6${1000 + other}`] });
      access.allowData({
        ...reading,
        principals: [`${principals[0]}-${world}-${other}`],
        indexes: ["all/*"],
      });
    }
    access.grant({ collections: ["orders"], from: [`vpce-0a1b2c3d4e5f7${1000 + world}`] });
    access.allowData({ ...reading, principals: [`${principals[0]}-of-all-${world}`], indexes: ["orders/*"] });
    const orders = access.addCollection("orders", {
      name: "orders",
      from: [own],
      dataAccess: [{ ...reading, principals: [reader] }],
    });
    new TerraformResource(stack, "index", { terraformResourceType: "index", dependsOn: orders.ready });
    const { index } = resourcesOf(stack)["index"] ?? {};
    const [network] = Object.entries(policiesOf(stack, "network")).filter(([, one]) => namedIn(one, own));
    const [data] = Object.entries(resourcesOf(stack)["aws_opensearchserverless_access_policy"] ?? {}).filter(
      ([, one]) => namedIn(one, reader),
    );
    expect(index?.["depends_on"]).toEqual([
      "aws_opensearchserverless_collection.orders",
      `aws_opensearchserverless_security_policy.${network?.[0]}`,
      `aws_opensearchserverless_access_policy.${data?.[0]}`,
    ]);
  }
});

describe("what is ready waits for all policies that hold any of the collection's own access:", () => {
  const team = "arn:aws:iam::123456789012:role/team/writer";
  const teams = Array.from({ length: 60 }, (_, place) => `${team}-of-some-team-${place}`);
  const everything = ["aoss:*"];

  test.each<[string, number, Parameters<PrivateAccess["addCollection"]>[1], number]>([
    [
      "permissions on collections and on indexes",
      300,
      {
        dataAccess: [
          {
            principals: [team],
            collectionPermissions: ["aoss:DescribeCollectionItems"],
            indexes: ["*"],
            indexPermissions: everything,
          },
        ],
      },
      100,
    ],
    [
      "several indexes",
      300,
      { dataAccess: [{ principals: [team], indexes: ["web-*", "app-*"], indexPermissions: everything }] },
      100,
    ],
    [
      "several grants",
      300,
      {
        dataAccess: [
          { ...reading, principals: [team] },
          { ...reading, principals: [`${team}-too`] },
        ],
      },
      100,
    ],
    [
      "principals that are too many for one block",
      40,
      { dataAccess: [{ principals: teams, indexes: ["*"], indexPermissions: everything }] },
      40,
    ],
    [
      "endpoints that are too many for one policy",
      20,
      { from: Array.from({ length: 500 }, (_, place) => `vpce-${String(place).padStart(17, "0")}`) },
      20,
    ],
  ])("%s", (_what, count, props, inSeveral) => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "Default");
    const names = Array.from({ length: count }, (_, place) => `orders-${place}`);
    for (const name of names) {
      const { ready } = access.addCollection(name, { name, ...props });
      new TerraformResource(stack, `index-of-${name}`, { terraformResourceType: "index", dependsOn: ready });
    }
    const resources = resourcesOf(stack);
    const policies = [
      ...Object.entries(policiesOf(stack, "network")).map(
        ([name, policy]) => [`aws_opensearchserverless_security_policy.${name}`, policy] as const,
      ),
      ...Object.entries(resources["aws_opensearchserverless_access_policy"] ?? {}).map(
        ([name, policy]) => [`aws_opensearchserverless_access_policy.${name}`, policy] as const,
      ),
    ];
    const written = names.map((name) => [
      `aws_opensearchserverless_collection.${name}`,
      ...policies
        .filter(([, { policy }]) => new RegExp(`"(?:collection|index)/${name}["/]`).test(String(policy)))
        .map(([address]) => address),
    ]);
    const waitedFor = names.map(
      (name) => resources["index"]?.[`index-of-${name}`]?.["depends_on"] as string[],
    );
    expect(waitedFor.map((addresses) => [...addresses].sort())).toEqual(
      written.map((one) => [...one].sort()),
    );
    expect(written.filter((addresses) => addresses.length > 2).length).toBeGreaterThanOrEqual(inSeveral);
  });

  test("in modules, data sources and outputs too, and once more where there are more by then", () => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "Default");
    const grant = (from: number) => ({
      dataAccess: [
        { principals: teams.slice(from, from + 30), indexes: ["*"], indexPermissions: everything },
        { principals: teams.slice(from, from + 30), indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] },
      ],
    });
    const there = Collection.fromCollectionName("orders");
    const orders = access.addCollection("orders", { collection: there, ...grant(0) });
    const dependsOn = orders.ready;
    const module = new TerraformHclModule(stack, "module", { source: "example/there/aws", dependsOn });
    new TerraformDataSource(stack, "data", { terraformResourceType: "clock", dependsOn });
    new TerraformOutput(stack, "output", { value: "here", dependsOn });
    const synthesized = () => {
      const { data, module, output, resource } = JSON.parse(Testing.synth(stack, true));
      const all: Named = resource["aws_opensearchserverless_access_policy"];
      const policies = Object.entries(all)
        .filter(([, policy]) => namedIn(policy, "index/orders/*"))
        .map(([name]) => `aws_opensearchserverless_access_policy.${name}`)
        .sort();
      const waiting = [data.clock.data, module.module, output.output];
      return { policies, waiting: waiting.map((one) => (one["depends_on"] as string[]).sort()) };
    };
    const first = synthesized();
    expect(first.policies).toHaveLength(1);
    expect(first.waiting).toEqual([first.policies, first.policies, first.policies]);
    for (let other = 0; other < 300; other += 1) {
      access.addCollection(`orders-${other}`, {
        collection: Collection.fromCollectionName(`orders-${other}`),
        ...grant(0),
      });
    }
    module.dependsOn?.push("index.other");
    const later = synthesized();
    expect(later.policies.length).toBeGreaterThan(1);
    expect(later.waiting).toEqual([
      later.policies,
      [...later.policies, "index.other"].sort(),
      later.policies,
    ]);
  });
});

test("a collection that only a prefix names waits for the policies with the longest one", () => {
  const stack = newStack();
  const sets = {
    network: new NetworkPolicies(stack, "network"),
    keys: new EncryptionPolicies(stack, "keys"),
    data: new DataAccessPolicies(stack, "data"),
  };
  const others = Array.from({ length: 400 }, (_, place) => `of-another-team-${place}`);
  const patterns = [...others, "log*", "logs-*", "logs-web-*", "logs-web-2024"];
  for (const [place, pattern] of patterns.entries()) {
    sets.network.addGrant({ collections: [pattern], from: [`vpce-${String(place).padStart(17, "0")}`] });
    sets.data.addGrant({ ...reading, principals: [`${principals[0]}-${place}`], indexes: [`${pattern}/*`] });
  }
  sets.keys.encrypt({ collections: patterns });
  const dependsOn = Object.values(sets).map((set) => set.policyOf("logs-web-2025"));
  new TerraformResource(stack, "index", { terraformResourceType: "index", dependsOn });
  const resources = resourcesOf(stack);
  const holding = (type: string, prefix: string, what: string) =>
    Object.entries(resources[type] ?? {})
      .filter(([name, policy]) => name.startsWith(prefix) && namedIn(policy, what))
      .map(([name]) => `${type}.${name}`);
  expect(Object.keys(resources["aws_opensearchserverless_access_policy"] ?? {}).length).toBeGreaterThan(2);
  expect(resources["index"]?.["index"]?.["depends_on"]).toEqual([
    ...holding("aws_opensearchserverless_security_policy", "network", "collection/logs-web-*"),
    ...holding("aws_opensearchserverless_security_policy", "keys", "collection/logs-web-*"),
    ...holding("aws_opensearchserverless_access_policy", "data", "index/logs-web-*/*"),
  ]);
  expect(resources["index"]?.["index"]?.["depends_on"]).toHaveLength(3);
});

test("of a grant of several collections only what it gives on the one asked for is waited for", () => {
  const stack = newStack();
  const data = new DataAccessPolicies(stack, "data");
  const indexes = Array.from({ length: 600 }, (_, place) => `of-another-team-${place}/*`);
  const grant = { ...reading, indexes: [...indexes, "orders/*"] };
  data.addGrant(grant);
  new TerraformResource(stack, "index", {
    terraformResourceType: "index",
    dependsOn: [data.policyOf("orders", grant)],
  });
  const resources = resourcesOf(stack);
  const policies = Object.entries(resources["aws_opensearchserverless_access_policy"] ?? {});
  const holding = policies.filter(([, policy]) => namedIn(policy, "index/orders/*"));
  expect(policies.length).toBeGreaterThan(1);
  expect(resources["index"]?.["index"]?.["depends_on"]).toEqual(
    holding.map(([name]) => `aws_opensearchserverless_access_policy.${name}`),
  );
  expect(holding).toHaveLength(1);
});

test("a collection that no policy of the set names for sure waits for every one, and for none where there is none", () => {
  const waitsFor = (count: number) => {
    const stack = newStack();
    const keys = new EncryptionPolicies(stack, "keys");
    if (count > 0)
      keys.encrypt({ collections: Array.from({ length: count }, (_, place) => `of-a-team-${place}`) });
    const dependsOn = [keys.policyOf("orders")];
    new TerraformResource(stack, "index", { terraformResourceType: "index", dependsOn });
    const names = Object.keys(policiesOf(stack, "encryption"));
    expect(resourcesOf(stack)["index"]?.["index"]?.["depends_on"]).toEqual(
      names.map((name) => `aws_opensearchserverless_security_policy.${name}`),
    );
    return names.length;
  };
  expect([waitsFor(0), waitsFor(1)]).toEqual([0, 1]);
  expect(waitsFor(1000)).toBeGreaterThan(1);
});

describe("encryption policies wait for those that give names up to them:", () => {
  const names = (team: string, count: number) =>
    Array.from({ length: count }, (_, place) => `${team}-of-the-customers-${String(place).padStart(5, "0")}`);

  function synthesized(count: number): Named {
    const stack = newStack();
    new PrivateAccess(stack, "Default")
      .encrypt({ collections: names("of-aws", count) })
      .encrypt({ collections: names("of-ours", count), kmsKeyArn });
    return policiesOf(stack, "encryption");
  }

  const namesIn = (policy: Record<string, unknown>) =>
    (JSON.parse(String(policy["policy"])) as { Rules: { Resource: string[] }[] }).Rules.flatMap(
      ({ Resource }) => Resource,
    );
  const waitsFor = (policies: Named, name: string): string[] => {
    const direct = ((policies[name]?.["depends_on"] ?? []) as string[]).map((address) =>
      address.replace("aws_opensearchserverless_security_policy.", ""),
    );
    return direct.flatMap((one) => [one, ...waitsFor(policies, one)]);
  };

  // About 220 of these names fill a policy.
  test.each([
    [200, 300],
    [300, 600],
    [600, 1000],
    [200, 2000],
  ])("from %i names of a key to %i, and back", (few, many) => {
    const [before, after] = [synthesized(few), synthesized(many)];
    const stoodIn = new Map(
      Object.entries(before).flatMap(([name, policy]) => namesIn(policy).map((one) => [one, name] as const)),
    );
    let moves = 0;
    for (const [name, policy] of Object.entries(after)) {
      const givers = new Set(namesIn(policy).flatMap((one) => stoodIn.get(one) ?? []));
      givers.delete(name);
      moves += givers.size;
      expect([name, waitsFor(after, name)]).toEqual([name, expect.arrayContaining([...givers])]);
      // Names come out of policies that stay, and only into policies that are new.
      if (givers.size > 0) expect(Object.keys(before)).not.toContain(name);
    }
    expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
    expect(moves).toBeGreaterThanOrEqual(2);
  });

  test("of different keys they do not wait for each other, and the first of each key for none", () => {
    const policies = synthesized(1000);
    const keyOf = (name: string) => String(policies[name]?.["policy"]).includes(kmsKeyArn);
    const first = Object.keys(policies).filter((name) => waitsFor(policies, name).length === 0);
    expect(first.map(keyOf).sort()).toEqual([false, true]);
    for (const name of Object.keys(policies)) {
      for (const other of waitsFor(policies, name)) expect(keyOf(other)).toBe(keyOf(name));
    }
  });

  test("and do so in every synthesis of a stack", () => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "Default").encrypt({ collections: names("of-aws", 1000) });
    const once = policiesOf(stack, "encryption");
    expect(policiesOf(stack, "encryption")).toEqual(once);
    expect(Object.values(once).filter((policy) => policy["depends_on"] === undefined)).toHaveLength(1);
    access.encrypt({ collections: names("more", 1000) });
    const later = policiesOf(stack, "encryption");
    expect(Object.keys(later).length).toBeGreaterThan(Object.keys(once).length);
    expect(Object.values(later).filter((policy) => policy["depends_on"] === undefined)).toHaveLength(1);
  });
});

test("grants, keys, principals and retentions of other collections go into the same policies", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  access.addCollection("orders", { name: "orders", from: [endpoint], dataAccess: [reading] });
  access
    .grant({ collections: ["logs-*"], from: [endpoint] })
    .encrypt({ collections: ["logs-*"] })
    .allowData({ principals, collections: ["logs-*"], collectionPermissions: ["aoss:*"] })
    .retain({ indexes: ["logs-*/*"], keepDays: 7 });
  const [network] = Object.values(policiesOf(stack, "network"));
  const [encryption] = Object.values(policiesOf(stack, "encryption"));
  const [data] = Object.values(resourcesOf(stack)["aws_opensearchserverless_access_policy"] ?? {});
  const [retention] = Object.values(resourcesOf(stack)["aws_opensearchserverless_lifecycle_policy"] ?? {});
  for (const policy of [network, encryption, data]) expect(namedIn(policy, "collection/logs-*")).toBe(true);
  for (const policy of [network, encryption]) expect(namedIn(policy, "collection/orders")).toBe(true);
  expect(namedIn(data, "index/orders/*")).toBe(true);
  expect(JSON.parse(String(retention?.["policy"]))).toEqual({
    Rules: [{ ResourceType: "index", Resource: ["index/logs-*/*"], MinIndexRetention: "7d" }],
  });
});

test("the names of all policies are outputs, also of kinds that come later", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  for (const [kind, value] of Object.entries(access.policyNames)) new TerraformOutput(stack, kind, { value });
  access.addCollection("orders", { from: [endpoint] });
  const { output } = JSON.parse(Testing.synth(stack, true)) as { output: unknown };
  expect(output).toEqual({
    network: { value: ["search-private-access"] },
    encryption: { value: ["search-encryption"] },
    dataAccess: { value: [] },
    lifecycle: { value: [] },
  });
});

test("a name that only Terraform knows is written into the policies, and found there", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  new PrivateAccess(stack, "Default").addCollection("orders", { name, from: [endpoint] });
  const [[address, policy] = []] = Object.entries(policiesOf(stack, "encryption"));
  expect(namedIn(policy, "collection/${var.name}")).toBe(true);
  expect(collectionsOf(stack)["orders"]?.["depends_on"]).toEqual([
    `aws_opensearchserverless_security_policy.${address}`,
  ]);
});

test("hundreds of collections with two keys are written into few policies, each within its limit", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const from = Array.from({ length: 50 }, (_, index) => `vpce-${String(index).padStart(17, "0")}`);
  for (let index = 0; index < 600; index += 1) {
    const key = `orders-${String(index).padStart(25, "0")}`;
    access.addCollection(key, {
      name: key,
      from: [String(from[index % 50]), String(from[(index * 7 + 1) % 50])],
      dashboards: index % 3 === 0,
      dataAccess: [{ ...reading, principals: [`arn:aws:iam::123456789012:role/team-${index % 40}`] }],
      ...(index % 2 === 0 ? { kmsKeyArn } : {}),
    });
  }
  const resources = resourcesOf(stack);
  const documents = Object.values(resources)
    .flatMap((named) => Object.values(named))
    .flatMap(({ policy }) => (policy === undefined ? [] : [String(policy)]));
  expect(Math.max(...documents.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(10_240);
  // 300 times `"collection/orders-…",` are 13,800 bytes: two policies for each of the keys.
  const encryption = policiesOf(stack, "encryption");
  expect(Object.values(encryption).filter(({ policy }) => String(policy).includes(kmsKeyArn))).toHaveLength(
    2,
  );
  expect(Object.keys(encryption)).toHaveLength(4);
  expect(encryption["encryption_policy"]?.["name"]).toBe("search-encryption");
  for (const { name, depends_on: dependsOn } of Object.values(collectionsOf(stack))) {
    const [address = ""] = dependsOn as string[];
    const policy = encryption[address.replace("aws_opensearchserverless_security_policy.", "")];
    expect(namedIn(policy, `collection/${name}`)).toBe(true);
  }
});

test("a collection in two encryption policies of the app is refused at the end of synthesis", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "one");
  access.addCollection("orders", { name: "orders", from: [endpoint] });
  new PrivateAccess(stack, "two").encrypt({ collections: ["orders"] });
  expect(() => resourcesOf(stack)).toThrow('collection "orders" is in two encryption policies');
});

test("a key of another Region is refused where it is given, and at the end where the provider came later", () => {
  const stack = newStack();
  const foreign = kmsKeyArn.replace("eu-central-1", "us-east-1");
  const encrypt = (scope: TerraformStack) =>
    new PrivateAccess(scope, "Default").encrypt({ collections: ["orders"], kmsKeyArn: foreign });
  expect(() => encrypt(stack)).toThrow("is a key of us-east-1, the policy is of eu-central-1");
  const later = new TerraformStack(Testing.app(), "search");
  encrypt(later);
  new AwsProvider(later, "aws", { region: "eu-central-1" });
  expect(() => resourcesOf(later)).toThrow("is a key of us-east-1, the policy is of eu-central-1");
});

test("the policy of a key that only Terraform knows is named by the expression, so another id of the key renames it", () => {
  const policyOf = (id: string) => {
    const stack = newStack();
    const key = new KmsKey(stack, id);
    new PrivateAccess(stack, "access").addCollection("orders", { kmsKeyArn: key.arn });
    return Object.keys(policiesOf(stack, "encryption"));
  };
  const [address] = policyOf("key");
  expect(address).toMatch(/^access_encryption_policy_key-[0-9a-f]{8}$/);
  expect(policyOf("key")).toEqual([address]);
  expect(policyOf("other")).not.toEqual([address]);
});
