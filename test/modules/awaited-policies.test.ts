import { TerraformDataSource, TerraformHclModule, TerraformOutput, TerraformResource, Testing } from "cdktf";
import {
  Collection,
  DataAccessPolicies,
  EncryptionPolicies,
  NetworkPolicies,
  PrivateAccess,
} from "../../modules";
import { type Named, namedIn, policiesOf } from "../support/policies-in-stack";
import { newStack, resourcesOf } from "../support/synthesized";

const principals = ["arn:aws:iam::123456789012:role/search"];
const reading = { principals, indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] };
const endpoint = "vpce-0a1b2c3d4e5f60731";

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
