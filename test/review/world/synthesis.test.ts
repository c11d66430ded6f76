import { answer, readWorlds, worldOfSynthesis } from "../../../review";
import { config, configOf, networkPolicy } from "./fixtures";

const classic = "aws_opensearchserverless_vpc_endpoint";
const security = "aws_opensearchserverless_security_policy";

describe("two stacks of an access file", () => {
  const [read] = readWorlds([
    { kind: "synthesis", label: "networks", config: configOf("networks") },
    { kind: "synthesis", label: "search", config: configOf("search") },
  ]);

  test("account and Region are the providers'", () => {
    expect([read?.world.account, read?.region, read?.inputs]).toEqual([
      "123456789012",
      "eu-central-1",
      ["networks", "search"],
    ]);
  });

  test("endpoints have their names, VPCs, generations and security groups; ids are symbolic", () => {
    expect(read?.world.endpoints).toEqual([
      {
        id: "<id of apps>",
        name: "networks-apps",
        address: `${classic}.apps`,
        vpcId: "vpc-0a1b2c3d4e5f60718",
        account: "123456789012",
        generation: "classic",
        securityGroupIds: ["<id of apps/clients>"],
        sharedWithVpcIds: ["vpc-0a1b2c3d4e5f60728"],
      },
      {
        id: "<id of batch>",
        name: "search-batch",
        address: "aws_vpc_endpoint.batch",
        vpcId: "vpc-0a1b2c3d4e5f60728",
        account: "123456789012",
        generation: "nextgen",
        privateDns: true,
        securityGroupIds: ["<id of batch/clients>"],
      },
    ]);
  });

  test("the endpoint that the other stack reads from the remote state is that of the first", () => {
    const named = read?.world.networkPolicies.flatMap(({ document }) =>
      document.flatMap(({ SourceVPCEs = [] }) => SourceVPCEs),
    );
    expect(new Set(named)).toEqual(new Set(["<id of apps>", "<id of batch>"]));
    const from = { kind: "endpoint", id: "<id of apps>" } as const;
    const verdicts = (["collection", "dashboard"] as const).map(
      (kind) => read && answer(read, from, { kind, name: "orders" }).verdict,
    );
    expect(verdicts).toEqual(["open", "shut"]);
  });

  test("without the first stack it is not known which endpoint that is, and so is the answer", () => {
    const alone = worldOfSynthesis(configOf("search"), "search");
    expect(alone.notSeen).toContainEqual(
      expect.stringContaining(
        `search: ${security}.network_policy: which endpoint <data.terraform_remote_state.networks.outputs`,
      ),
    );
    const batch = { kind: "endpoint", id: "<id of batch>" } as const;
    const verdict = (name: string) => answer(alone, batch, { kind: "collection", name }).verdict;
    // the block for kb-* is for a service alone, whichever endpoint the other one is
    expect([verdict("logs-eu"), verdict("orders"), verdict("kb-1")]).toEqual(["open", "unknown", "shut"]);
  });
});

test("two stacks with endpoints of one name have two endpoints", () => {
  const one = config({ resource: { [classic]: { apps: { name: "one", vpc_id: "vpc-1" } } } });
  const two = config({ resource: { [classic]: { apps: { name: "two", vpc_id: "vpc-2" } } } });
  const [read] = readWorlds([
    { kind: "synthesis", label: "one", config: one },
    { kind: "synthesis", label: "two", config: two },
  ]);
  expect(read?.world.endpoints.map(({ id, name }) => [id, name])).toEqual([
    [`<id of one: ${classic}.apps>`, "one"],
    [`<id of two: ${classic}.apps>`, "two"],
  ]);
});

test("stacks of two Regions are two worlds, each with the endpoints of its own Region", () => {
  const stack = (region: string) =>
    config({
      provider: { aws: [{ region, allowed_account_ids: ["123456789012"] }] },
      resource: {
        [classic]: { apps: { name: `apps-${region}`, vpc_id: "vpc-1" } },
        [security]: {
          network: {
            name: "network",
            type: "network",
            policy: JSON.stringify(networkPolicy("collection/orders", `\${${classic}.apps.id}`)),
          },
        },
      },
    });
  const reads = readWorlds(
    ["eu-central-1", "us-east-1"].map(
      (label) => ({ kind: "synthesis", label, config: stack(label) }) as const,
    ),
  );
  expect(
    reads.map(({ region, inputs, world }) => [
      region,
      inputs,
      world.endpoints.map(({ name }) => name),
      world.networkPolicies.length,
    ]),
  ).toEqual([
    ["eu-central-1", ["eu-central-1"], ["apps-eu-central-1"], 1],
    ["us-east-1", ["us-east-1"], ["apps-us-east-1"], 1],
  ]);
});

test("a provider of another account does not make the policies of the default one its own", () => {
  const read = readWorlds([
    {
      kind: "synthesis",
      label: "s",
      config: config({
        provider: {
          aws: [
            { region: "eu-central-1", allowed_account_ids: ["111111111111"] },
            {
              alias: "network",
              region: "eu-central-1",
              assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/deploy" }],
            },
          ],
        },
        resource: {
          [classic]: { apps: { provider: "aws.network", name: "apps", vpc_id: "vpc-1" } },
          [security]: {
            network: {
              name: "network",
              type: "network",
              policy: JSON.stringify(networkPolicy("collection/orders", `\${${classic}.apps.id}`)),
            },
          },
        },
      }),
    },
  ]);
  expect(read.map(({ world }) => [world.account, world.endpoints.map(({ account }) => account)])).toEqual([
    ["111111111111", ["222222222222"]],
  ]);
});

describe("a configuration of other people", () => {
  const read = worldOfSynthesis(
    config({
      variable: { vpc: {} },
      locals: { names: ["a", "b"], me: "${local.me}" },
      data: {
        aws_security_group: { servers: { id: "sg-0a1b2c3d4e5f60713" } },
        aws_vpc: { main: { tags: { Name: "main" } } },
      },
      module: { elsewhere: { source: "./elsewhere" } },
      resource: {
        aws_security_group: {
          inline: {
            name: "inline",
            vpc_id: "${var.vpc}",
            ingress: [
              { protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["10.1.0.0/16"], self: true },
            ],
          },
          dynamic: { vpc_id: "${data.aws_vpc.main.id}", dynamic: { ingress: { for_each: "${var.x}" } } },
        },
        aws_security_group_rule: {
          servers: {
            type: "ingress",
            security_group_id: "${data.aws_security_group.servers.id}",
            protocol: "tcp",
            from_port: 0,
            to_port: 65535,
            cidr_blocks: "${local.names}",
            prefix_list_ids: ["pl-1"],
          },
          out: { type: "egress", security_group_id: "${aws_security_group.inline.id}", protocol: "-1" },
        },
        [classic]: {
          counted: {
            count: 2,
            name: "counted-${count.index}",
            vpc_id: "${var.vpc}",
            security_group_ids: ["${aws_security_group.inline.id}", "${data.aws_security_group.servers.id}"],
          },
          each: { for_each: "${toset(local.names)}", name: "${each.key}", vpc_id: "${data.aws_vpc.main.id}" },
          some: { for_each: "${var.endpoints}", name: "${each.key}", security_group_ids: "${var.groups}" },
        },
        aws_vpc_endpoint: {
          control: { vpc_id: "vpc-1", service_name: "com.amazonaws.eu-central-1.aoss" },
          s3: { vpc_id: "vpc-1", service_name: "com.amazonaws.eu-central-1.s3" },
          data: {
            vpc_id: "vpc-1",
            service_name: "com.amazonaws.${var.region}.aoss-data",
            tags: { Name: "data" },
          },
        },
        [security]: {
          encoded: {
            name: "encoded",
            type: "network",
            policy:
              '${jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/orders"] }], AllowFromPublic = false, SourceVPCEs = concat(aws_opensearchserverless_vpc_endpoint.counted[*].id, [aws_opensearchserverless_vpc_endpoint.each["a"].id]) }])}',
          },
          keys: { name: "keys", type: "encryption", policy: "{}" },
          broken: { name: "broken", type: "network", policy: '[{"Rules":[],}]' },
        },
        aws_opensearchserverless_access_policy: {
          readers: {
            name: "readers",
            type: "data",
            policy:
              '[{"Rules":[{"ResourceType":"index","Resource":["index/orders/*"],"Permission":["aoss:ReadDocument"]}],"Principal":["${aws_iam_role.reader.arn}"]}]',
          },
        },
      },
    }),
    "theirs",
  );

  test("count and for_each over known values make instances, others one that stands for all", () => {
    expect(read.world.endpoints.map(({ id, name, vpcId }) => [id, name, vpcId])).toEqual([
      ["<id of counted[0]>", "counted-0", "<var.vpc>"],
      ["<id of counted[1]>", "counted-1", "<var.vpc>"],
      ['<id of each["a"]>', "a", "<id of main>"],
      ['<id of each["b"]>', "b", "<id of main>"],
      ["<id of some[*]>", "<each.key>", undefined],
      ["<id of data>", "data", "vpc-1"],
    ]);
    expect(read.notSeen).toContain(
      `theirs: ${classic}.some: how many there are (for_each): one is shown for all`,
    );
  });

  test("splats, indexes and concat in jsonencode lead to the endpoints", () => {
    expect(read.world.networkPolicies.map(({ document }) => document[0]?.SourceVPCEs)).toEqual([
      ["<id of counted[0]>", "<id of counted[1]>", '<id of each["a"]>'],
    ]);
  });

  test("inline rules are all of a group's; of a group kept elsewhere there may be others", () => {
    const rules = Object.fromEntries(read.world.securityGroups.map((group) => [group.id, group.rules]));
    const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
    const any = { protocol: "tcp", fromPort: 0, toPort: 65535 };
    expect(rules).toEqual({
      "<id of inline>": [
        { ...https, cidrIpv4: "10.1.0.0/16" },
        { ...https, securityGroupId: "<id of inline>" },
      ],
      "<id of dynamic>": [{ protocol: "-1" }],
      "sg-0a1b2c3d4e5f60713": [
        { ...any, cidrIpv4: "a" },
        { ...any, cidrIpv4: "b" },
        { ...any, prefixListId: "pl-1" },
        { protocol: "-1" },
      ],
    });
  });

  test("a policy that AWS would refuse is told with its place, and the others are read", () => {
    expect(read.notSeen).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^theirs: ${security}\\.broken: this network policy is left out: line 1, column 14 of its text: `,
        ),
      ),
    );
  });

  test("a module is not looked into", () => {
    expect(read.notSeen).toContain("theirs: module.elsewhere (./elsewhere): what it makes; a plan tells");
    const to = { kind: "collection", name: "other" } as const;
    expect(answer(read, { kind: "public" }, to).verdict).toBe("unknown");
  });

  test("a principal that is not known yet may be the one that asks", () => {
    const verdict = (principal: string, name: string) =>
      answer(read, { kind: "principal", principal }, { kind: "collection", name });
    expect(verdict("<arn of aws_iam_role.reader>", "orders").verdict).toBe("unknown");
    expect(verdict("arn:aws:iam::123456789012:role/reader", "orders").unknown).toContainEqual(
      expect.stringContaining("which principal <aws_iam_role.reader.arn> is"),
    );
  });
});
