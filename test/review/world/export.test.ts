import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { answer, type ExportFile, isExport, readWorlds, worldOfExport } from "../../../review";
import { networkPolicy, stateOf } from "./fixtures";

const file = (path: string, ...answers: readonly unknown[]): ExportFile => ({
  path,
  text: answers.map((one) => JSON.stringify(one, null, 2)).join("\n"),
});

const endpoint = "vpce-0a1b2c3d4e5f60718";
const nextgen = "vpce-0a1b2c3d4e5f60728";

/** As the AWS CLI prints them, with ids of the sandbox's world. */
const files = [
  file("network.json", {
    securityPolicyDetail: {
      type: "network",
      name: "apps",
      policyVersion: "MTY5MTY5MTY5MTY5MV8x",
      policy: networkPolicy("collection/logs-*", endpoint, nextgen),
      createdDate: 1_700_000_000_000,
    },
  }),
  file("data.json", {
    accessPolicyDetail: {
      type: "data",
      name: "readers",
      policy: [
        {
          Rules: [
            { ResourceType: "index", Resource: ["index/logs-eu/*"], Permission: ["aoss:ReadDocument"] },
          ],
          Principal: ["arn:aws:iam::123456789012:role/reader"],
        },
      ],
    },
  }),
  file(
    "endpoints.json",
    {
      vpcEndpointDetails: [
        {
          id: endpoint,
          name: "apps",
          vpcId: "vpc-0a1b2c3d4e5f60718",
          securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
          status: "ACTIVE",
        },
        { id: "vpce-0a1b2c3d4e5f60799", name: "old", vpcId: "vpc-1", status: "FAILED" },
      ],
      vpcEndpointErrorDetails: [],
    },
    {
      VpcEndpoints: [
        {
          VpcEndpointId: nextgen,
          VpcEndpointType: "Interface",
          VpcId: "vpc-0a1b2c3d4e5f60728",
          ServiceName: "com.amazonaws.eu-central-1.aoss-data",
          State: "available",
          Groups: [{ GroupId: "sg-0a1b2c3d4e5f60723", GroupName: "batch" }],
          OwnerId: "123456789012",
          Tags: [{ Key: "Name", Value: "batch" }],
        },
        { VpcEndpointId: "vpce-1", ServiceName: "com.amazonaws.eu-central-1.s3", State: "available" },
        { VpcEndpointId: "vpce-2", ServiceName: "com.amazonaws.eu-central-1.aoss", State: "available" },
      ],
    },
  ),
  file("groups.json", {
    SecurityGroups: [
      {
        GroupId: "sg-0a1b2c3d4e5f60713",
        GroupName: "clients",
        VpcId: "vpc-0a1b2c3d4e5f60718",
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: "10.20.0.0/20" }],
            Ipv6Ranges: [],
            PrefixListIds: [{ PrefixListId: "pl-0a1b2c3d4e5f60714" }],
            UserIdGroupPairs: [{ GroupId: "sg-0a1b2c3d4e5f60714", UserId: "123456789012" }],
          },
        ],
      },
    ],
  }),
  file("rules.json", {
    SecurityGroupRules: [
      {
        GroupId: "sg-0a1b2c3d4e5f60723",
        IsEgress: false,
        IpProtocol: "tcp",
        FromPort: 443,
        ToPort: 443,
        ReferencedGroupInfo: { GroupId: "sg-0a1b2c3d4e5f60724" },
      },
      { GroupId: "sg-0a1b2c3d4e5f60723", IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" },
    ],
  }),
  file("vpcs.json", {
    Vpcs: [
      {
        VpcId: "vpc-0a1b2c3d4e5f60718",
        CidrBlock: "10.20.0.0/16",
        CidrBlockAssociationSet: [
          { CidrBlock: "10.20.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "100.64.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "10.99.0.0/16", CidrBlockState: { State: "disassociated" } },
        ],
        Tags: [{ Key: "Name", Value: "main" }],
      },
    ],
  }),
  file("pl-0a1b2c3d4e5f60714.json", { Entries: [{ Cidr: "198.51.100.0/24" }, { Cidr: "203.0.113.0/24" }] }),
  file("collections.json", {
    collectionDetails: [
      {
        id: "07tjusf2h91cunochc",
        name: "logs-eu",
        arn: "arn:aws:aoss:eu-central-1:123456789012:collection/07tjusf2h91cunochc",
        collectionEndpoint: "https://07tjusf2h91cunochc.eu-central-1.aoss.amazonaws.com",
      },
    ],
  }),
];

describe("what the AWS CLI prints", () => {
  const read = worldOfExport(files, "aws");

  test("is told apart by its keys", () => {
    expect(read.world).toEqual({
      account: "123456789012",
      vpcs: [{ id: "vpc-0a1b2c3d4e5f60718", name: "main", cidrs: ["10.20.0.0/16", "100.64.0.0/16"] }],
      endpoints: [
        {
          id: endpoint,
          name: "apps",
          vpcId: "vpc-0a1b2c3d4e5f60718",
          generation: "classic",
          securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
        },
        {
          id: nextgen,
          name: "batch",
          vpcId: "vpc-0a1b2c3d4e5f60728",
          account: "123456789012",
          generation: "nextgen",
          securityGroupIds: ["sg-0a1b2c3d4e5f60723"],
        },
      ],
      idleEndpoints: [
        { id: "vpce-0a1b2c3d4e5f60799", why: "its status is FAILED" },
        { id: "vpce-1", why: "it is for com.amazonaws.eu-central-1.s3" },
        {
          id: "vpce-2",
          why: "it is for com.amazonaws.eu-central-1.aoss, which carries configuration calls and not data",
        },
      ],
      securityGroups: [
        {
          id: "sg-0a1b2c3d4e5f60713",
          name: "clients",
          vpcId: "vpc-0a1b2c3d4e5f60718",
          rules: [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.20.0.0/20" },
            { protocol: "tcp", fromPort: 443, toPort: 443, prefixListId: "pl-0a1b2c3d4e5f60714" },
            { protocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg-0a1b2c3d4e5f60714" },
          ],
        },
        {
          id: "sg-0a1b2c3d4e5f60723",
          rules: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg-0a1b2c3d4e5f60724" }],
        },
      ],
      prefixLists: [{ id: "pl-0a1b2c3d4e5f60714", cidrs: ["198.51.100.0/24", "203.0.113.0/24"] }],
      collections: [{ name: "logs-eu", id: "07tjusf2h91cunochc", generation: "classic" }],
      networkPolicies: [{ name: "apps", document: networkPolicy("collection/logs-*", endpoint, nextgen) }],
      dataPolicies: [{ name: "readers", document: expect.any(Array) }],
    });
    expect(read.notSeen).toEqual([
      "endpoints.json: vpc endpoint vpce-0a1b2c3d4e5f60799: left out, its status is FAILED",
    ]);
  });

  test("answers questions", () => {
    const to = { kind: "collection", name: "logs-eu" } as const;
    const verdict = (cidr: string) => answer(read, { kind: "cidr", cidr }, to).verdict;
    expect([verdict("10.20.3.0/24"), verdict("100.64.3.0/24")]).toEqual(["open", "unknown"]);
    expect(answer(read, { kind: "endpoint", id: nextgen }, to).verdict).toBe("shut");
  });
});

test("a policy that a list names is not seen until its text is there", () => {
  const list = file("list.json", {
    securityPolicySummaries: [
      { type: "network", name: "apps" },
      { type: "network", name: "public" },
      { type: "encryption", name: "keys" },
    ],
    nextToken: "more",
  });
  const read = worldOfExport([...files, list], "aws");
  expect(read.notSeen).toEqual([
    "list.json: the pages after this one (--no-paginate prints the first alone)",
    "endpoints.json: vpc endpoint vpce-0a1b2c3d4e5f60799: left out, its status is FAILED",
    "aws: network policy public: what it says (get-security-policy --type network --name public)",
  ]);
  const to = { kind: "collection", name: "logs-eu" } as const;
  expect(answer(read, { kind: "public" }, to).verdict).toBe("unknown");
});

test("a policy alone has the name of its file; what it is, its blocks tell", () => {
  const principal = "arn:aws:iam::123456789012:role/reader";
  const data = [
    {
      Rules: [{ ResourceType: "index", Resource: ["index/orders/*"], Permission: ["aoss:*"] }],
      Principal: [principal],
    },
  ];
  const read = worldOfExport([
    file("policies/open.json", networkPolicy("collection/orders", endpoint)),
    file("policies/readers.json", data),
    file("policies/keys.json", { Rules: [], AWSOwnedKey: true }),
    { path: "policies/bad.json", text: '[\n  {\n    "Rules": [],\n    "AllowFromPublic": "yes"\n  }\n]' },
  ]);
  expect(read.world.networkPolicies.map(({ name }) => name)).toEqual(["open"]);
  expect(read.world.dataPolicies.map(({ name }) => name)).toEqual(["readers"]);
  expect(read.notSeen).toEqual([
    expect.stringMatching(
      /^policies\/bad\.json: .* left out: \[0\]\.Rules: empty; .*; \[0\]\.AllowFromPublic: /,
    ),
  ]);
});

test("all that is wrong with a policy is told in its line, with what was meant and up to five of it", () => {
  const answerOf = (name: string, block: object) =>
    file(`${name}.json`, { securityPolicyDetail: { type: "network", name, policy: [block] } });
  const { notSeen } = worldOfExport([
    answerOf("few", {
      Rules: [{ ResourceType: "collection", Resource: ["orders"] }],
      SourceVPCE: [endpoint],
      AllowFromPublic: false,
    }),
    answerOf("many", {
      Rules: [{ ResourceType: "collection", Resource: ["A", "B", "C", "D", "E", "F", "G"] }],
      AllowFromPublic: true,
    }),
  ]);
  const [few = "", many = ""] = notSeen;
  expect(few).toContain('[0].Rules[0].Resource[0]: "orders" is not a collection resource');
  expect(few).toMatch(/\[0\]\.SourceVPCE: a block has no key "SourceVPCE" \(did you mean "SourceVPCEs"\?\)/);
  expect(few).not.toMatch(/\d+:\d+|more$/);
  expect(many.match(/\[0\]\.Rules\[0\]\.Resource\[\d\]/g)).toHaveLength(5);
  expect(many).toMatch(/; and 2 more$/);
});

test("a loop's output, one answer after another, and a list of answers are read like files of their own", () => {
  const policies = ["a", "b"].map((name) => ({
    securityPolicyDetail: { type: "network", name, policy: networkPolicy(`collection/${name}{}]`, endpoint) },
  }));
  const good = ["aaa", "bbb"].map((name) => ({
    securityPolicyDetail: { type: "network", name, policy: networkPolicy(`collection/${name}`, endpoint) },
  }));
  for (const one of [file("all.json", ...good), file("all.json", good)]) {
    expect(worldOfExport([one]).world.networkPolicies.map(({ name }) => name)).toEqual(["aaa", "bbb"]);
  }
  expect(worldOfExport([file("all.json", ...policies)]).notSeen).toHaveLength(2);
});

test.each(["{}", "[]", "3", '{"format_version":"1.2"}', "{", ""])("%j is no export", (text) => {
  expect(isExport({ path: "x.json", text })).toBe(false);
});

test("what AWS has now counts less than a state, and less than a plan", () => {
  const old = file("network.json", {
    securityPolicyDetail: {
      type: "network",
      name: "bedrock",
      policy: networkPolicy("collection/*", endpoint),
    },
  });
  const [read] = readWorlds([
    { kind: "export", label: "aws", files: [old] },
    { kind: "state", label: "state", state: stateOf("first") },
  ]);
  const bedrock = read?.world.networkPolicies.filter(({ name }) => name === "bedrock");
  expect(bedrock?.map(({ document }) => document[0]?.SourceServices)).toEqual([["bedrock.amazonaws.com"]]);
});

describe("what version 1.45 of the AWS CLI printed in the sandbox, with the loops of docs/commands.md", () => {
  const folder = path.join(__dirname, "fixtures", "aws");
  const read = worldOfExport(
    readdirSync(folder).map((name) => ({
      path: name.replace(/\.txt$/, ""),
      text: readFileSync(path.join(folder, name), "utf8"),
    })),
  );

  test("is seen whole", () => {
    expect(read.notSeen).toEqual([]);
    expect([read.world.account, read.region]).toEqual(["123456789012", "eu-central-1"]);
    expect(
      read.world.endpoints.map(({ name, vpcId, generation }) => [name, vpcId, generation]).sort(),
    ).toEqual([
      ["apps", "vpc-0a1b2c3d4e5f60718", "classic"],
      ["batch", "vpc-0a1b2c3d4e5f60728", "nextgen"],
    ]);
    expect(read.world.networkPolicies.map(({ name }) => name).sort()).toEqual(["bedrock", "network"]);
  });

  test.each([
    ["10.20.3.0/24", "collection", "orders", "open"],
    ["10.20.3.0/24", "dashboard", "orders", "open"],
    ["10.20.32.0/20", "collection", "orders", "unknown"],
    ["10.30.3.0/24", "collection", "orders", "shut"],
    ["10.30.3.0/24", "dashboard", "logs-eu", "open"],
    ["10.30.3.0/24", "collection", "kb-1", "shut"],
  ] as const)("from %s to %s/%s is %s", (cidr, kind, name, verdict) => {
    // of 10.20.32.0/20 those get in that carry sg-0a1b2c3d4e5f60713, whichever they are
    expect(answer(read, { kind: "cidr", cidr }, { kind, name }).verdict).toBe(verdict);
  });
});
