import { answer, worldOfPlan, worldOfState } from "../../../review";
import type { Plan, ResourceChange, StateResource } from "../../../terraform";
import { configOf, networkPolicy, planOf } from "./fixtures";

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const network = "aws_opensearchserverless_security_policy.network";
const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  Object.fromEntries(all.map((one) => [one.id, one]));

describe("the first plan of a configuration in HCL", () => {
  const read = worldOfPlan(planOf("new"), undefined, "new");

  test("an endpoint in a child module is made of what its module is called with", () => {
    expect(read.world.endpoints.find(({ name }) => name === "apps")).toEqual({
      id: '<id of endpoint["apps"].this>',
      name: "apps",
      address: 'module.endpoint["apps"].aws_opensearchserverless_vpc_endpoint.this',
      vpcId: "vpc-0a1b2c3d4e5f60718",
      account: "123456789012",
      generation: "classic",
      securityGroupIds: ["<id of clients>"],
    });
  });

  test("of a list that is not known at all, what it refers to is part, and it may hold more", () => {
    const { securityGroupIds } = read.world.endpoints.find(({ name }) => name === "batch") ?? {};
    expect(securityGroupIds).toEqual([
      "<id of aws_security_group.data>",
      "<security_group_ids of aws_vpc_endpoint.data, known after apply from aws_security_group.data.id>",
    ]);
  });

  test("rules find their group, be they inline, counted or for each source", () => {
    const groups = byId(read.world.securityGroups);
    expect(groups["<id of clients>"]?.rules).toEqual([
      { ...https, securityGroupId: "sg-0a1b2c3d4e5f60713" },
      { ...https, cidrIpv4: "10.20.0.0/20" },
      { ...https, cidrIpv4: "10.20.16.0/20" },
    ]);
    expect(groups["<id of aws_security_group.data>"]?.rules).toEqual([
      { protocol: "tcp", fromPort: 0, toPort: 65535, cidrIpv4: "10.30.0.0/16" },
      { protocol: "tcp", fromPort: 0, toPort: 65535, prefixListId: "pl-0a1b2c3d4e5f60714" },
      { protocol: "-1", fromPort: 0, toPort: 0, securityGroupId: "<id of aws_security_group.data>" },
    ]);
  });

  test("data sources that were read already tell the VPC's blocks and the account", () => {
    expect(read.world.vpcs).toEqual([{ id: "vpc-0a1b2c3d4e5f60718", cidrs: ["10.20.0.0/16"] }]);
    expect([read.world.account, read.region]).toEqual(["123456789012", "eu-central-1"]);
  });

  test("a policy that HCL leaves to the apply is not seen, and an answer it could change is not known", () => {
    expect(read.world.networkPolicies.map(({ name }) => name)).toEqual(["bedrock"]);
    expect(read.notSeen).toEqual([
      `new: ${network}: what this network policy says: <policy of ${network}, known after apply from local.collections, module.endpoint, aws_vpc_endpoint.data.id>`,
    ]);
    const from = { kind: "cidr", cidr: "10.20.3.0/24" } as const;
    expect(answer(read, from, { kind: "collection", name: "orders" }).verdict).toBe("unknown");
    const bedrock = { kind: "service", service: "bedrock.amazonaws.com" } as const;
    expect(answer(read, bedrock, { kind: "collection", name: "kb-1" }).verdict).toBe("open");
  });

  test("data access, of which everything is known, is answered", () => {
    const asked = { kind: "collection", name: "orders" } as const;
    const verdict = (role: string) =>
      answer(read, { kind: "principal", principal: `arn:aws:iam::123456789012:role/${role}` }, asked).verdict;
    expect([verdict("reader"), verdict("writer")]).toEqual(["open", "shut"]);
  });
});

describe("a plan that takes a rule away and replaces an endpoint", () => {
  const plan = planOf("change");
  const after = worldOfPlan(plan, undefined, "change");
  const before = worldOfState(plan.prior_state ?? {}, "before");

  test("the rule that goes is gone, although the group as it was read still lists it", () => {
    const rules = (read: typeof after) =>
      read.world.securityGroups
        .find(({ name }) => name === "clients")
        ?.rules?.map(({ cidrIpv4 }) => cidrIpv4);
    expect(rules(before)).toEqual([undefined, "10.20.0.0/20", "10.20.16.0/20"]);
    expect(rules(after)).toEqual([undefined, "10.20.0.0/20"]);
  });

  test("an endpoint that is replaced has another id, the one that stays keeps its own", () => {
    const ids = (read: typeof after) => read.world.endpoints.map(({ id }) => id).sort();
    expect(ids(before)).toEqual(["vpce-080c6b4f147a0a2ff", "vpce-099c88d33127480b4"]);
    expect(ids(after)).toEqual(["<id of data>", "vpce-099c88d33127480b4"]);
  });
});

describe("the plan of a stack of CDKTF, which keeps expressions", () => {
  test("tells what it leaves open by itself", () => {
    const read = worldOfPlan(planOf("networks"), undefined, "networks");
    expect(read.world.endpoints.map(({ id, securityGroupIds }) => [id, securityGroupIds])).toEqual([
      ["<id of apps>", ["<id of apps_clients>"]],
    ]);
    expect(read.world.securityGroups.map(({ id, rules }) => [id, rules?.length])).toEqual([
      ["<id of apps_clients>", 2],
    ]);
    // the VPC of the zone is a local, which a plan does not keep
    expect(read.notSeen).toEqual([
      "networks: aws_route53_zone_association.apps_zone-vpc-0a1b2c3d4e5f60728: whose private hosted zone it shares",
    ]);
  });

  test("with its configuration has locals, and names of constructs", () => {
    const read = worldOfPlan(planOf("networks"), configOf("networks"), "networks");
    expect(read.notSeen).toEqual([]);
    expect(read.world.endpoints[0]).toMatchObject({
      id: "<id of apps>",
      securityGroupIds: ["<id of apps/clients>"],
      sharedWithVpcIds: ["vpc-0a1b2c3d4e5f60728"],
    });
  });
});

/** A plan that makes resources with all values known. */
function planWith(...resources: readonly Pick<StateResource, "address" | "type" | "values">[]): Plan {
  const whole = resources.map((one) => {
    return { ...one, mode: "managed" as const, name: one.address.split(".")[1] ?? "", provider_name: "aws" };
  });
  const changes = whole.map(({ values, ...one }): ResourceChange => {
    return { ...one, change: { actions: ["create"], before: null, after: values, after_unknown: {} } };
  });
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources: whole } },
    resource_changes: changes,
    resource_drift: [],
    output_changes: {},
  };
}

const policy = (name: string, text: string) => ({
  address: `aws_opensearchserverless_security_policy.${name}`,
  type: "aws_opensearchserverless_security_policy",
  values: { name, type: "network", policy: text },
});

test.each([
  ["that is no JSON", '[{"Rules": [}]', 'line 1, column 13 of its text: "}" found where'],
  [
    "that is public and private",
    JSON.stringify([{ ...networkPolicy("collection/orders", "vpce-0a1b2c3d")[0], AllowFromPublic: true }]),
    "[0].AllowFromPublic: public and private sources in one block",
  ],
  [
    "with an index in it",
    JSON.stringify(networkPolicy("index/orders/*", "vpce-0a1b2c3d")),
    "[0].Rules[0].Resource[0]:",
  ],
])("a network policy %s is told with its place, the others are read", (_, text, problem) => {
  const good = JSON.stringify(networkPolicy("collection/orders", "vpce-0a1b2c3d4e5f60718"));
  const read = worldOfPlan(planWith(policy("bad", text), policy("good", good)), undefined, "p");
  expect(read.world.networkPolicies.map(({ name }) => name)).toEqual(["good"]);
  expect(read.notSeen).toEqual([
    expect.stringContaining(
      `p: aws_opensearchserverless_security_policy.bad: this network policy is left out: ${problem}`,
    ),
  ]);
});

test("a plan that failed half-way says so, and shuts nothing for sure", () => {
  const read = worldOfPlan({ ...planWith(), errored: true }, undefined, "p");
  expect(read.notSeen).toEqual(["p: planning failed half-way: the plan is incomplete"]);
  expect(answer(read, { kind: "public" }, { kind: "collection", name: "orders" }).verdict).toBe("unknown");
});

test("a plan of some targets says so", () => {
  const read = worldOfPlan({ ...planWith(), complete: false }, undefined, "p");
  expect(read.notSeen).toEqual([
    "p: changes that are left to a later plan, by -target or since they wait for others",
  ]);
});

test("a rule of a group that cannot be told may be of any group of the plan", () => {
  const plan = planWith(
    { address: "aws_security_group.a", type: "aws_security_group", values: { id: "sg-1", vpc_id: "vpc-1" } },
    {
      address: "aws_vpc_security_group_ingress_rule.r",
      type: "aws_vpc_security_group_ingress_rule",
      values: { cidr_ipv4: "10.0.0.0/8", ip_protocol: "-1" },
    },
  );
  const [change] = plan.resource_changes.slice(1);
  const open = { ...change, change: { ...change?.change, after_unknown: { security_group_id: true } } };
  const read = worldOfPlan({ ...plan, resource_changes: [open as ResourceChange] });
  expect(read.world.securityGroups).toEqual([{ id: "sg-1", vpcId: "vpc-1", rules: [{ protocol: "-1" }] }]);
});
