import { type AccessWorld, accessMatrix, type IngressRule } from "../../../service";
import { dataPolicy, endpoint, https, policy, role, securityGroup, smallWorld } from "./small-world";

const matrixOf = (parts: Partial<AccessWorld>) => accessMatrix(smallWorld(parts));
const rowOf = (parts: Partial<AccessWorld>, id: string) =>
  matrixOf(parts).endpoints.find((row) => row.id === id);
const sourcesWith = (...rules: IngressRule[]) => {
  const row = rowOf({ securityGroups: [securityGroup("apps", rules)] }, "vpce-apps");
  return { sources: row?.sources.map(({ kind, value }) => `${kind} ${value}`), unknown: row?.unknownSources };
};

describe("the row of an endpoint", () => {
  test("tells what is known of it, and who may open connections to it", () => {
    const known = endpoint("apps", { name: "apps", address: "module.apps", account: "123456789012" });
    expect(rowOf({ endpoints: [known] }, "vpce-apps")).toEqual({
      key: "endpoint/vpce-apps",
      id: "vpce-apps",
      known: true,
      name: "apps",
      address: "module.apps",
      vpcId: "vpc-apps",
      account: "123456789012",
      generation: "classic",
      sources: [
        {
          key: "endpoint/vpce-apps/cidr/10.20.0.0/16",
          kind: "cidr",
          value: "10.20.0.0/16",
          securityGroupIds: ["sg-apps"],
        },
      ],
      unknownSources: [],
    });
  });

  test("lists sources of every kind in order, each once", () => {
    expect(
      sourcesWith(
        https({ securityGroupId: "sg-clients" }),
        https({ cidrIpv6: "2600:1F16:0:20::/64" }),
        https({ prefixListId: "pl-offices" }),
        https({ cidrIpv4: "10.20.0.0/16" }),
        { protocol: "-1", cidrIpv4: "10.20.0.0/16" },
      ),
    ).toEqual({
      sources: [
        "cidr 10.20.0.0/16",
        "cidr 2600:1f16:0:20::/64",
        "prefix-list pl-offices",
        "security-group sg-clients",
      ],
      unknown: [],
    });
  });

  test("leaves out rules that do not open TCP 443", () => {
    expect(
      sourcesWith(
        https({ cidrIpv4: "10.1.0.0/16", fromPort: 80, toPort: 80 }),
        https({ cidrIpv4: "10.2.0.0/16", protocol: "udp" }),
      ),
    ).toEqual({ sources: [], unknown: [] });
  });

  test("tells rules whose ports or source are not known apart from sources", () => {
    expect(sourcesWith({ protocol: "tcp", cidrIpv4: "10.1.0.0/16" }, https({}))).toEqual({
      sources: [],
      unknown: ["the source of a rule of sg-apps", "which ports sg-apps opens to 10.1.0.0/16"],
    });
  });

  test("names the groups that let in the same source together", () => {
    const rules = [https({ cidrIpv4: "10.20.0.0/16" })];
    const row = rowOf(
      {
        endpoints: [endpoint("apps", { securityGroupIds: ["sg-two", "sg-one"] })],
        securityGroups: [securityGroup("one", rules), securityGroup("two", rules)],
      },
      "vpce-apps",
    );
    expect(row?.sources.map(({ securityGroupIds }) => securityGroupIds)).toEqual([["sg-one", "sg-two"]]);
  });

  test.each<[string, Partial<AccessWorld>, string]>([
    [
      "a group that is kept elsewhere",
      { securityGroups: [] },
      "the rules of sg-apps, which are kept elsewhere",
    ],
    [
      "groups that are not known",
      { endpoints: [endpoint("apps", { securityGroupIds: undefined })] },
      "which security groups vpce-apps has",
    ],
  ])("of %s says so", (_, parts, unknown) => {
    expect(rowOf(parts, "vpce-apps")).toMatchObject({ sources: [], unknownSources: [unknown] });
  });

  test("is there for one that policies alone name, of which nothing is known", () => {
    const networkPolicies = [policy("one", { endpoints: ["vpce-far"] }, ["collection", "orders"])];
    expect(rowOf({ networkPolicies }, "vpce-far")).toEqual({
      key: "endpoint/vpce-far",
      id: "vpce-far",
      known: false,
      sources: [],
      unknownSources: ["vpce-far is of another stack or account"],
    });
  });
});

test("collections with the same access make one group, patterns without a collection another", () => {
  const networkPolicies = [
    policy("apps", { endpoints: ["vpce-apps"] }, ["collection", "orders", "logs-*", "new-*"]),
    policy("dashboards", { endpoints: ["vpce-apps"] }, ["dashboard", "logs-eu"]),
    policy("batch", { services: ["bedrock.amazonaws.com"] }, ["collection", "orders"], ["dashboard", "*"]),
  ];
  const collections = [{ name: "orders" }, { name: "logs-eu" }, { name: "logs-us" }, { name: "secret" }];
  const { groups, services } = matrixOf({ networkPolicies, collections });
  const nobody = { public: false, endpoints: [], services: [] };
  const apps = { ...nobody, endpoints: ["vpce-apps"] };
  const told = groups.map(({ key, ...group }) => group);
  expect(told).toHaveLength(5);
  expect(told).toEqual(
    expect.arrayContaining([
      {
        known: true,
        generation: "classic",
        collections: ["orders"],
        collection: { ...apps, services: ["bedrock.amazonaws.com"] },
        dashboard: nobody,
      },
      { known: true, generation: "classic", collections: ["logs-eu"], collection: apps, dashboard: apps },
      { known: true, generation: "classic", collections: ["logs-us"], collection: apps, dashboard: nobody },
      { known: true, generation: "classic", collections: ["secret"], collection: nobody, dashboard: nobody },
      { known: false, collections: ["new-*"], collection: apps, dashboard: nobody },
    ]),
  );
  expect(services).toEqual([{ key: "service/bedrock.amazonaws.com", service: "bedrock.amazonaws.com" }]);
});

test("principals share what one block permits them", () => {
  const people = [role("writer"), role("reader")];
  const { principals, permissions } = matrixOf({
    dataPolicies: [
      {
        ...dataPolicy(
          "people",
          people,
          "index",
          ["index/orders/*", "index/logs-*/app-*"],
          ["aoss:ReadDocument"],
        ),
        address: "module.people",
      },
      dataPolicy("writers", [role("writer")], "collection", ["collection/orders"], ["aoss:*"]),
    ],
  });
  const [read, write] = permissions;
  expect(permissions.map(({ key, ...rest }) => rest)).toEqual([
    {
      policy: "people",
      address: "module.people",
      permits: [
        { type: "index", collections: "logs-*", within: "app-*", permissions: ["aoss:ReadDocument"] },
        { type: "index", collections: "orders", within: "*", permissions: ["aoss:ReadDocument"] },
      ],
    },
    { policy: "writers", permits: [{ type: "collection", collections: "orders", permissions: ["aoss:*"] }] },
  ]);
  expect(principals).toEqual([
    {
      key: `principal/${role("reader")}`,
      principal: role("reader"),
      sameAccount: true,
      permissions: [read?.key],
    },
    {
      key: `principal/${role("writer")}`,
      principal: role("writer"),
      sameAccount: true,
      permissions: [read?.key, write?.key],
    },
  ]);
});

test("a principal of another account is listed and permitted nothing", () => {
  const far = role("reader", "999999999999");
  const { principals } = matrixOf({
    account: "123456789012",
    dataPolicies: [dataPolicy("one", [far], "index", ["index/orders/*"], ["aoss:ReadDocument"])],
  });
  expect(principals).toEqual([
    { key: `principal/${far}`, principal: far, sameAccount: false, permissions: [] },
  ]);
});
