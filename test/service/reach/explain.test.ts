import { type AccessFrom, type AccessWorld, explain, type IngressRule, RuleError } from "../../../service";
import {
  collection,
  dashboard,
  dataPolicy,
  endpoint,
  fromBedrock,
  fromCidr,
  fromEndpoint,
  fromPublic,
  fromRole,
  https,
  policy,
  role,
  securityGroup,
  smallWorld,
} from "./small-world";

const toApps = policy("apps", { endpoints: ["vpce-apps"] }, ["collection", "orders"]);
const orders = collection("orders");
const ask = (parts: Partial<AccessWorld>, from: AccessFrom, to = orders as typeof orders) =>
  explain(smallWorld({ networkPolicies: [toApps], ...parts }), from, to);
const withRules = (rules: readonly IngressRule[] | undefined) => ({
  securityGroups: [securityGroup("apps", rules)],
});
const throughApps = (answer: ReturnType<typeof explain>) =>
  answer.paths.find((path) => path.endpoint === "vpce-apps");
const gateOf = (answer: ReturnType<typeof explain>, name: string) =>
  throughApps(answer)?.gates.find(({ gate }) => gate === name);

describe("a block that gets in", () => {
  const answer = ask({}, fromCidr("10.20.3.0/24"));

  test("is told gate by gate, in order and in the words of AWS", () => {
    expect(answer.verdict).toBe("open");
    expect(throughApps(answer)).toEqual({
      via: "endpoint",
      endpoint: "vpce-apps",
      verdict: "open",
      gates: [
        {
          gate: "route",
          verdict: "open",
          reason: "10.20.3.0/24 is in apps (vpc-apps), where vpce-apps is",
        },
        {
          gate: "security-group",
          verdict: "open",
          reason: "sg-apps lets in TCP 443 from 10.20.0.0/16",
        },
        {
          gate: "generation",
          verdict: "open",
          reason: "vpce-apps is a Classic endpoint and serves Classic collections such as orders",
        },
        {
          gate: "network-policy",
          verdict: "open",
          reason: "network policy apps $[0] (collection/orders) opens collection/orders to vpce-apps",
          places: [{ policy: "apps", block: 0 }],
        },
      ],
    });
  });

  test("comes before the endpoints that do not let it in, each with its first shut gate", () => {
    expect(answer.paths.map(({ endpoint: id, verdict, shutAt }) => [id, verdict, shutAt])).toEqual([
      ["vpce-apps", "open", undefined],
      ["vpce-batch", "shut", "route"],
    ]);
  });

  test("still needs data access and IAM", () => {
    expect(answer.alsoNeeded).toEqual([
      "data access: no data access policy known here permits anybody anything on orders",
      "IAM: aoss:APIAccessAll for an IAM principal, or the answer is 403",
    ]);
  });

  test("gets in by every endpoint of its VPC that serves the collection", () => {
    const second = endpoint("second", { vpcId: "vpc-apps", securityGroupIds: ["sg-apps"] });
    const both = policy("both", { endpoints: ["vpce-apps", "vpce-second"] }, ["collection", "orders"]);
    const { paths } = ask(
      { endpoints: [endpoint("apps"), second], networkPolicies: [both] },
      fromCidr("10.20.3.0/24"),
    );
    expect(paths.map((path) => [path.endpoint, path.verdict])).toEqual([
      ["vpce-apps", "open"],
      ["vpce-second", "open"],
    ]);
  });
});

describe("the route", () => {
  test("from a VPC without an endpoint is shut, and an endpoint there would open it", () => {
    const answer = ask(withRules([https({ cidrIpv4: "0.0.0.0/0" })]), fromCidr("10.40.1.0/24"));
    expect(answer.verdict).toBe("shut");
    expect(throughApps(answer)?.shutAt).toBe("route");
    expect(gateOf(answer, "route")).toEqual({
      gate: "route",
      verdict: "shut",
      reason: "10.40.1.0/24 is in vpc-lonely, and vpce-apps is not",
      remedy: "make an endpoint in vpc-lonely: AWS recommends one in each VPC that needs it",
    });
  });

  test("from a block in no known VPC is not known, and says what it takes", () => {
    const answer = ask(withRules([https({ cidrIpv4: "192.168.0.0/16" })]), fromCidr("192.168.1.0/24"));
    expect(answer.verdict).toBe("unknown");
    expect(answer.unknown).toEqual([
      "whether 192.168.1.0/24, which is in no known VPC, has a route to vpce-apps",
    ]);
    expect(gateOf(answer, "route")?.remedy).toBe(
      "from on premises or a peered VPC: a route into vpc-apps, and DNS through a Route 53 inbound resolver endpoint there",
    );
  });

  test("is not known where the blocks of the endpoint's VPC are not, unless the VPC is named", () => {
    const anywhere = { vpcs: [] };
    expect(ask(anywhere, fromCidr("10.20.3.0/24")).verdict).toBe("unknown");
    expect(ask(anywhere, fromCidr("10.20.3.0/24", "vpc-apps")).verdict).toBe("open");
    expect(ask(anywhere, fromCidr("10.20.3.0/24", "vpc-batch")).verdict).toBe("shut");
  });

  test.each([
    ["by its blocks", undefined],
    ["by its name", "vpc-lonely"],
  ])("from a VPC, told %s, that shares the endpoint's private hosted zone is not known", (_, vpcId) => {
    const shared = endpoint("apps", { sharedWithVpcIds: ["vpc-lonely"] });
    const open = withRules([https({ cidrIpv4: "10.0.0.0/8" })]);
    const answer = ask({ endpoints: [shared], ...open }, fromCidr("10.40.1.0/24", vpcId));
    expect(answer.verdict).toBe("unknown");
    expect(answer.unknown).toEqual([
      "whether peering or a transit gateway leads from vpc-lonely to vpce-apps",
    ]);
  });

  test("of a block partly in a VPC that shares the zone, partly in no known one, is known of neither part", () => {
    const shared = endpoint("apps", { sharedWithVpcIds: ["vpc-lonely"] });
    const verdictWith = (cidrIpv4: string) =>
      ask({ endpoints: [shared], ...withRules([https({ cidrIpv4 })]) }, fromCidr("10.40.0.0/15")).verdict;
    expect(verdictWith("10.40.0.0/16")).toBe("unknown");
    expect(verdictWith("10.41.0.0/16")).toBe("unknown");
    expect(verdictWith("10.42.0.0/16")).toBe("shut");
  });

  test("of a block that reaches beyond the VPC is open in part", () => {
    const answer = ask(withRules([https({ cidrIpv4: "0.0.0.0/0" })]), fromCidr("10.20.0.0/15"));
    expect(answer.verdict).toBe("partly");
    expect(throughApps(answer)?.cidrs).toEqual(["10.20.0.0/16"]);
  });

  test("of addresses that the named VPC does not have is shut", () => {
    const answer = ask({}, fromCidr("10.99.0.0/24", "vpc-batch"));
    expect(answer.verdict).toBe("shut");
    expect(gateOf(answer, "route")?.reason).toBe("10.99.0.0/24 is not in vpc-batch, which has 10.30.0.0/16");
  });

  test("is shut where no endpoint is known", () => {
    const { verdict, paths } = ask({ endpoints: [], networkPolicies: [] }, fromCidr("10.20.3.0/24"));
    expect(verdict).toBe("shut");
    expect(paths).toEqual([
      {
        via: "endpoint",
        verdict: "shut",
        shutAt: "route",
        gates: [
          {
            gate: "route",
            verdict: "shut",
            reason: "no endpoint is known",
            remedy: "make an endpoint in apps (vpc-apps)",
          },
        ],
      },
    ]);
  });

  test("through an endpoint of another stack or account is not known, told gate by gate", () => {
    const far = policy("far", { endpoints: ["vpce-far"] }, ["collection", "orders"]);
    const other = policy("other", { endpoints: ["vpce-old"] }, ["collection", "logs-eu"]);
    const answer = ask({ networkPolicies: [far, other] }, fromCidr("10.40.1.0/24"));
    expect(answer.verdict).toBe("unknown");
    const path = answer.paths.find((one) => one.endpoint === "vpce-far");
    expect(path?.gates.map(({ gate, verdict }) => [gate, verdict])).toEqual([
      ["route", "unknown"],
      ["security-group", "unknown"],
      ["generation", "unknown"],
      ["network-policy", "open"],
    ]);
    expect(answer.paths.some((one) => one.endpoint === "vpce-old")).toBe(false);
    expect(answer.unknown).toEqual([
      "where vpce-far is, which is of another stack or account",
      "which security groups vpce-far has",
      "the generation of vpce-far, which is of another stack or account",
    ]);
  });

  test("leads through the VPC's own endpoint, not through one of another stack or account", () => {
    const far = policy("far", { endpoints: ["vpce-far"] }, ["collection", "orders"]);
    const answer = ask({ networkPolicies: [far] }, fromCidr("10.20.3.0/24"));
    expect(answer.verdict).toBe("shut");
    const path = answer.paths.find((one) => one.endpoint === "vpce-far");
    expect([path?.shutAt, path?.gates[0]?.reason]).toEqual([
      "route",
      "in the VPC of 10.20.3.0/24 the collection's name leads to its endpoint (vpce-apps)",
    ]);
  });

  test("of a block that two VPCs have is told for both", () => {
    const vpcs = ["vpc-apps", "vpc-lonely"].map((id) => ({ id, cidrs: ["10.20.0.0/16"] }));
    expect(ask({ vpcs }, fromCidr("10.20.3.0/24")).notes).toEqual([
      "10.20.3.0/24 has addresses in vpc-apps and vpc-lonely: name the VPC to ask about one",
    ]);
  });
});

describe("security groups", () => {
  const block = fromCidr("10.20.3.0/24");

  test.each<[string, IngressRule, string]>([
    ["TCP 443", https({ cidrIpv4: "10.20.0.0/16" }), "open"],
    [
      "a range of ports with 443 inside",
      https({ cidrIpv4: "10.20.0.0/16", fromPort: 0, toPort: 65535 }),
      "open",
    ],
    ["TCP by number", https({ cidrIpv4: "10.20.0.0/16", protocol: "6" }), "open"],
    ["all protocols", { protocol: "-1", cidrIpv4: "10.20.0.0/16" }, "open"],
    ["another port", https({ cidrIpv4: "10.20.0.0/16", fromPort: 80, toPort: 442 }), "shut"],
    ["UDP 443", https({ cidrIpv4: "10.20.0.0/16", protocol: "udp" }), "shut"],
    ["another block", https({ cidrIpv4: "10.20.4.0/24" }), "shut"],
    ["the other family", https({ cidrIpv6: "::/0" }), "shut"],
    ["the one half of the block", https({ cidrIpv4: "10.20.3.128/25" }), "partly"],
    ["ports that are not known", { protocol: "tcp", cidrIpv4: "10.20.0.0/16" }, "unknown"],
    ["a source that is not known", https({}), "unknown"],
    ["a security group, which clients may carry", https({ securityGroupId: "sg-clients" }), "unknown"],
    ["a prefix list with the block", https({ prefixListId: "pl-offices" }), "open"],
    ["a prefix list without it", https({ prefixListId: "pl-elsewhere" }), "shut"],
    ["a prefix list whose entries are not known", https({ prefixListId: "pl-unknown" }), "unknown"],
  ])("a rule for %s judges a block of the VPC", (_, rule, verdict) => {
    const prefixLists = [
      { id: "pl-offices", cidrs: ["10.20.2.0/23", "2600:1f16::/32"] },
      { id: "pl-elsewhere", cidrs: ["192.168.0.0/16"] },
    ];
    const answer = ask({ prefixLists, ...withRules([rule]) }, block);
    expect(gateOf(answer, "security-group")?.verdict).toBe(verdict);
    expect(answer.verdict).toBe(verdict);
  });

  test("rules for the two halves of a block let in all of it", () => {
    const halves = ["10.20.3.0/25", "10.20.3.128/25"].map((cidrIpv4) => https({ cidrIpv4 }));
    expect(ask(withRules(halves), block).verdict).toBe("open");
  });

  test("rules for the halves of an IPv6 block let in all of it", () => {
    const halves = ["2600:1f16:0:20::/65", "2600:1f16:0:20:8000::/65"].map((cidrIpv6) => https({ cidrIpv6 }));
    expect(ask(withRules(halves), fromCidr("2600:1f16:0:20::/64")).verdict).toBe("open");
  });

  test("the rules of several groups add up", () => {
    const securityGroups = [
      securityGroup("one", [https({ cidrIpv4: "10.20.3.0/25" })]),
      securityGroup("two", [https({ cidrIpv4: "10.20.3.128/25" })]),
    ];
    const endpoints = [endpoint("apps", { securityGroupIds: ["sg-one", "sg-two"] })];
    expect(ask({ securityGroups, endpoints }, block).verdict).toBe("open");
  });

  test("what lets in a part names the part, and what would let in all", () => {
    const answer = ask(withRules([https({ cidrIpv4: "10.20.3.128/25" })]), block);
    expect(gateOf(answer, "security-group")).toEqual({
      gate: "security-group",
      verdict: "partly",
      reason: "sg-apps lets in TCP 443 from 10.20.3.128/25, of 10.20.3.0/24 only 10.20.3.128/25",
      remedy: "an ingress rule for TCP 443 from 10.20.3.0/24 in sg-apps",
    });
    expect(throughApps(answer)?.cidrs).toEqual(["10.20.3.128/25"]);
  });

  test.each([
    ["which groups an endpoint has", { endpoints: [endpoint("apps", { securityGroupIds: undefined })] }],
    ["the rules of its group", withRules(undefined)],
    ["its group", { securityGroups: [] }],
  ])("where %s is not known, the answer is not", (_, parts) => {
    const answer = ask(parts, block);
    expect(answer.verdict).toBe("unknown");
    expect(answer.unknown).toHaveLength(1);
  });

  test("what is not known does not matter where another group lets all in", () => {
    const endpoints = [endpoint("apps", { securityGroupIds: ["sg-elsewhere", "sg-apps"] })];
    const answer = ask({ endpoints }, block);
    expect([answer.verdict, answer.unknown]).toEqual(["open", []]);
  });
});

describe("a security group as source", () => {
  const clients = { kind: "security-group", id: "sg-clients" } as const;
  const inApps = { id: "sg-clients", vpcId: "vpc-apps", rules: [] };
  const withClients = (
    rule: IngressRule,
    group: { id: string; vpcId?: string; rules: [] } = { ...inApps, rules: [] },
  ) => ({
    securityGroups: [securityGroup("apps", [rule]), group],
  });

  test.each<[string, IngressRule, string]>([
    ["names it", https({ securityGroupId: "sg-clients" }), "open"],
    ["names another", https({ securityGroupId: "sg-others" }), "shut"],
    ["opens all of its VPC's IPv4 addresses", https({ cidrIpv4: "10.20.0.0/16" }), "open"],
    ["opens some of its VPC's addresses", https({ cidrIpv4: "10.20.3.0/24" }), "unknown"],
    ["opens addresses of other VPCs", https({ cidrIpv4: "10.30.0.0/16" }), "shut"],
    ["opens all of its VPC's IPv6 addresses, which not all have", https({ cidrIpv6: "::/0" }), "unknown"],
    ["opens ports not known to other VPCs", { protocol: "tcp", cidrIpv4: "10.30.0.0/16" }, "shut"],
  ])("gets in as a rule says that %s", (_, rule, verdict) => {
    expect(ask(withClients(rule), clients).verdict).toBe(verdict);
  });

  test("of another VPC has no route", () => {
    const answer = ask(
      withClients(https({ cidrIpv4: "0.0.0.0/0" }), { ...inApps, vpcId: "vpc-lonely", rules: [] }),
      clients,
    );
    expect(throughApps(answer)?.shutAt).toBe("route");
  });

  test("of a VPC that is not known may be of a peered one, where the names lead elsewhere, unless its VPC is told", () => {
    const unplaced = { id: "sg-clients", rules: [] as [] };
    const named = withClients(https({ securityGroupId: "sg-clients" }), unplaced);
    const answer = ask(named, clients);
    expect([answer.verdict, answer.unknown]).toEqual([
      "unknown",
      ["whether sg-clients is in the VPC of vpce-apps or in a peered one"],
    ]);
    expect(ask(named, { ...clients, vpcId: "vpc-apps" }).verdict).toBe("open");
    expect(ask(named, { ...clients, vpcId: "vpc-batch" }).verdict).toBe("shut");
    expect(ask(withClients(https({ cidrIpv4: "0.0.0.0/0" }), unplaced), clients).verdict).toBe("unknown");
  });
});

describe("a prefix list as source", () => {
  const offices = { kind: "prefix-list", id: "pl-offices" } as const;

  test("gets in by its entries", () => {
    const prefixLists = [{ id: "pl-offices", cidrs: ["10.20.3.0/24", "10.20.5.0/24"] }];
    expect(ask({ prefixLists }, offices).verdict).toBe("open");
    const part = ask({ prefixLists, ...withRules([https({ cidrIpv4: "10.20.5.0/24" })]) }, offices);
    expect([part.verdict, throughApps(part)?.cidrs]).toEqual(["partly", ["10.20.5.0/24"]]);
  });

  test.each<[string, string[], string]>([
    ["every address", ["0.0.0.0/0", "::/0"], "open"],
    ["every IPv4 address, while it may hold IPv6", ["0.0.0.0/0"], "unknown"],
    ["some addresses", ["10.20.0.0/16"], "unknown"],
  ])("without known entries passes a security group for %s as far as that is known", (_, cidrs, verdict) => {
    const rules = cidrs.map((cidr) => https(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }));
    expect(gateOf(ask(withRules(rules), offices), "security-group")?.verdict).toBe(verdict);
  });

  test("without known entries passes the security group that names it, from where is not known", () => {
    const answer = ask(withRules([https({ prefixListId: "pl-offices" })]), offices);
    expect(gateOf(answer, "security-group")?.verdict).toBe("open");
    expect(answer.unknown).toEqual(["the entries of pl-offices, and so where they are"]);
  });
});

describe("a public collection", () => {
  const networkPolicies = [policy("open", "public", ["collection", "orders"])];
  const internet = (answer: ReturnType<typeof explain>) => answer.paths.find(({ via }) => via === "internet");

  test("is open to the internet, and to a block on it", () => {
    expect(ask({ networkPolicies }, fromPublic).verdict).toBe("open");
    expect(ask({ networkPolicies }, fromCidr("8.8.8.0/24")).verdict).toBe("open");
  });

  test("is not known to be open to a VPC that uses public addresses of its own", () => {
    const vpcs = [{ id: "vpc-lonely", cidrs: ["8.8.0.0/16"] }];
    expect(ask({ networkPolicies, vpcs, endpoints: [] }, fromCidr("8.8.8.0/24")).verdict).toBe("unknown");
  });

  test("has no path of an endpoint that is named beside AllowFromPublic", () => {
    const old = networkPolicies.map(({ name, document }) => ({
      name,
      document: document.map((block) => ({ ...block, SourceVPCEs: ["vpce-old"] })),
    }));
    const { paths } = ask({ networkPolicies: old }, fromCidr("8.8.8.0/24"));
    expect(paths.map(({ via, endpoint: id }) => id ?? via)).toEqual(["internet", "vpce-apps", "vpce-batch"]);
  });

  test("is not known to be open to a VPC without an endpoint, which may have a way to the internet", () => {
    const answer = ask({ networkPolicies }, fromCidr("10.40.1.0/24"));
    expect(answer.verdict).toBe("unknown");
    expect(answer.unknown).toEqual(["whether 10.40.1.0/24 has a way to the internet"]);
  });

  test("is reached through the endpoint alone from a VPC that has one", () => {
    const answer = ask({ networkPolicies, ...withRules([]) }, fromCidr("10.20.3.0/24"));
    expect(answer.verdict).toBe("shut");
    expect(internet(answer)?.gates[0]?.reason).toBe(
      "in the VPC of 10.20.3.0/24 the collection's name leads to its endpoint (vpce-apps)",
    );
  });

  test("of the generation that the VPC's endpoint does not serve may be reached over the internet", () => {
    const collections = [{ name: "orders", generation: "nextgen" as const }, { name: "logs-eu" }];
    const everything = [policy("open", "public", ["collection", "*"])];
    const answer = explain(
      smallWorld({ collections, networkPolicies: everything, ...withRules([]) }),
      fromCidr("10.20.3.0/24"),
      collection("*"),
    );
    expect(answer.verdict).toBe("unknown");
    expect(
      answer.paths
        .filter(({ via }) => via === "internet")
        .map(({ verdict, gates }) => [verdict, gates[0]?.reason]),
    ).toEqual([
      ["unknown", "NEXTGEN collections: not known: whether 10.20.3.0/24 has a way to the internet"],
      [
        "shut",
        "Classic collections: in the VPC of 10.20.3.0/24 the collection's name leads to its endpoint (vpce-apps)",
      ],
    ]);
  });

  test("is open to services as to anybody", () => {
    expect(ask({ networkPolicies }, fromBedrock).verdict).toBe("open");
  });
});

describe("what would open a shut gate", () => {
  const remedy = (answer: ReturnType<typeof explain>) =>
    answer.paths[0]?.gates.find(({ gate }) => gate === answer.paths[0]?.shutAt)?.remedy;

  test.each([
    [
      "network policy of an endpoint",
      explain(smallWorld(), fromEndpoint("apps"), orders),
      "name vpce-apps in SourceVPCEs, in a block with a rule for collection that covers collection/orders",
    ],
    [
      "dashboards of an endpoint",
      explain(smallWorld({ networkPolicies: [toApps] }), fromEndpoint("apps"), dashboard("orders")),
      "name vpce-apps in SourceVPCEs, in a block with a rule for dashboard and one for collection that cover collection/orders",
    ],
    [
      "generation",
      explain(
        smallWorld({ collections: [{ name: "orders", generation: "nextgen" }], networkPolicies: [toApps] }),
        fromEndpoint("apps"),
        orders,
      ),
      "for NEXTGEN collections make an interface endpoint for com.amazonaws.REGION.aoss-data (aws_vpc_endpoint)",
    ],
    [
      "data access of a role",
      explain(smallWorld(), fromRole("reader"), orders),
      `name it as Principal in a data access policy with permissions on index/orders/* or collection/orders`,
    ],
  ])("is told: %s", (_, answer, expected) => {
    expect(answer.verdict).toBe("shut");
    expect(remedy(answer)).toBe(expected);
  });
});

describe("a principal", () => {
  const dataPolicies = [
    dataPolicy("readers", [role("reader")], "index", ["index/orders/*"], ["aoss:ReadDocument"]),
  ];

  test("is told its permissions, and that it needs a network path and IAM besides", () => {
    const answer = ask({ dataPolicies }, fromRole("reader"));
    expect(answer.paths).toEqual([
      {
        via: "principal",
        verdict: "open",
        gates: [
          {
            gate: "data-access",
            verdict: "open",
            reason: "data access policy readers $[0] permits aoss:ReadDocument on index/orders/*",
            places: [{ policy: "readers", block: 0 }],
          },
        ],
      },
    ]);
    expect(answer.alsoNeeded).toEqual([
      "a network path: through vpce-apps",
      "IAM: aoss:APIAccessAll for an IAM principal, or the answer is 403",
    ]);
  });

  test("needs aoss:DashboardsAccessAll too for dashboards", () => {
    expect(explain(smallWorld({ dataPolicies }), fromRole("reader"), dashboard("orders")).alsoNeeded).toEqual(
      [
        "a network path: no network policy known here opens orders to any endpoint that serves it",
        "IAM: aoss:APIAccessAll and aoss:DashboardsAccessAll for an IAM principal, or the answer is 403",
      ],
    );
  });

  test("is named to whoever only has a network path", () => {
    expect(ask({ dataPolicies }, fromEndpoint("apps")).alsoNeeded[0]).toBe(
      "data access: a principal with permissions on orders: arn:aws:iam::123456789012:role/reader (data access policy readers)",
    );
  });
});

describe("a principal from a place", () => {
  const dataPolicies = [
    dataPolicy("readers", [role("reader")], "index", ["index/orders/*"], ["aoss:ReadDocument"]),
  ];
  const block = fromCidr("10.20.3.0/24");

  test("passes the network's gates and, last, data access", () => {
    const answer = ask({ dataPolicies }, { ...block, as: role("reader") });
    expect(answer.verdict).toBe("open");
    expect(throughApps(answer)?.gates.map(({ gate, verdict }) => [gate, verdict])).toEqual([
      ["route", "open"],
      ["security-group", "open"],
      ["generation", "open"],
      ["network-policy", "open"],
      ["data-access", "open"],
    ]);
    expect(answer.alsoNeeded).toEqual(["IAM: aoss:APIAccessAll for an IAM principal, or the answer is 403"]);
  });

  test("that no data access policy names is stopped at the last gate", () => {
    const answer = ask({ dataPolicies }, { ...block, as: role("writer") });
    expect([answer.verdict, throughApps(answer)?.shutAt]).toEqual(["shut", "data-access"]);
  });

  test("is stopped at the first gate that is shut, be data access open or not", () => {
    const answer = ask({ dataPolicies, ...withRules([]) }, { ...block, as: role("reader") });
    expect([answer.verdict, throughApps(answer)?.shutAt]).toEqual(["shut", "security-group"]);
  });

  test.each([
    ["an endpoint", fromEndpoint("apps")],
    ["a service, whose role signs", fromBedrock],
    ["the internet", fromPublic],
  ])("is judged through %s too", (_, from) => {
    const networkPolicies = [policy("open", "public", ["collection", "orders"])];
    expect(ask({ dataPolicies, networkPolicies }, { ...from, as: role("reader") }).verdict).toBe("open");
    expect(ask({ dataPolicies, networkPolicies }, { ...from, as: role("writer") }).verdict).toBe("shut");
  });

  test("reaches nothing where the network opens some collections and data access permits others", () => {
    const answer = explain(
      smallWorld({
        networkPolicies: [policy("logs", { endpoints: ["vpce-apps"] }, ["collection", "logs-*"])],
        dataPolicies,
      }),
      { ...block, as: role("reader") },
      collection("*"),
    );
    expect([answer.verdict, throughApps(answer)?.shutAt]).toEqual(["shut", "data-access"]);
    expect(gateOf(answer, "data-access")?.verdict).toBe("partly");
  });
});

describe("a pattern", () => {
  const mixed = [{ name: "orders" }, { name: "vectors", generation: "nextgen" as const }];

  test("is open in part where a policy covers some of it", () => {
    expect(
      explain(smallWorld({ networkPolicies: [toApps] }), fromEndpoint("apps"), collection("ord*")).verdict,
    ).toBe("partly");
  });

  test("of both generations is open to one endpoint in part, to two endpoints of a VPC as a whole", () => {
    const nextgen = endpoint("nextgen", {
      vpcId: "vpc-apps",
      generation: "nextgen",
      privateDns: true,
      securityGroupIds: ["sg-apps"],
    });
    const world = smallWorld({
      endpoints: [endpoint("apps"), nextgen],
      collections: mixed,
      networkPolicies: [policy("all", { endpoints: ["vpce-apps", "vpce-nextgen"] }, ["collection", "*"])],
    });
    expect(explain(world, fromEndpoint("apps"), collection("*")).verdict).toBe("partly");
    expect(explain(world, fromCidr("10.20.3.0/24"), collection("*")).verdict).toBe("open");
  });

  test("is shut where a policy names only collections of the other generation", () => {
    const world = smallWorld({
      collections: mixed,
      networkPolicies: [policy("one", { endpoints: ["vpce-apps"] }, ["collection", "vectors"])],
    });
    expect(explain(world, fromEndpoint("apps"), collection("*")).verdict).toBe("shut");
  });
});

test("a block with host bits set is refused", () => {
  expect(() => ask({}, fromCidr("10.20.3.7/24"))).toThrow(RuleError);
});

test("ids that are not known yet are compared as they stand", () => {
  const world = smallWorld({
    endpoints: [endpoint("apps", { id: "<id of apps>" })],
    networkPolicies: [policy("apps", { endpoints: ["<id of apps>"] }, ["collection", "orders"])],
  });
  expect(explain(world, fromCidr("10.20.3.0/24"), orders).verdict).toBe("open");
});
