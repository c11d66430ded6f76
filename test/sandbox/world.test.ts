import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { parse, stringify } from "yaml";
import { AccessFileError, loadAccessFile, loadWithSchema } from "../../config";
import { defaultWorld, startSandbox, worldSchema } from "../../sandbox";
import { durationsAt } from "../../sandbox/durations";
import { authorization } from "./raw-aws";

const example = path.join(__dirname, "../../access.yaml");

test("the example access file stands in the built-in world", () => {
  const known = JSON.stringify(defaultWorld);
  const { access } = loadAccessFile(example);
  const ids = readFileSync(example, "utf8").match(/(?:vpc|subnet|sg|pl)-[0-9a-f]{17}/g) ?? [];
  expect(ids.length).toBeGreaterThan(3);
  expect(ids.filter((id) => !known.includes(`"${id}"`))).toEqual([]);
  for (const { account, region } of Object.values(access.stacks)) {
    expect(defaultWorld.accounts[String(account)]?.regions[region]).toBeDefined();
  }
});

describe("a world file", () => {
  const load = (text: string) => {
    const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-world-"));
    try {
      const file = path.join(folder, "world.yaml");
      writeFileSync(file, text);
      return loadWithSchema(file, "world file", worldSchema);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const found = (text: string): AccessFileError["problems"] => {
    try {
      load(text);
      return [];
    } catch (error) {
      if (error instanceof AccessFileError) return error.problems;
      throw error;
    }
  };
  const problems = (text: string): readonly string[] =>
    found(text).map(({ position, problem }) => `${position?.line}:${position?.column} ${problem}`);
  const remedies = (text: string): readonly string[] =>
    found(text).map(
      ({ position, problem, remedy }) => `${position?.line}:${position?.column} ${problem}; ${remedy}`,
    );

  test("printed by the command, is read back the same", () => {
    expect(load(stringify(defaultWorld))).toEqual(worldSchema.parse(defaultWorld));
  });

  test("with a subnet outside of its VPC is refused", () => {
    const subnets = "subnets: { subnet-0a1b2c3d: { zone: a, cidr: 10.1.0.0/20 } }";
    const vpc = `vpc-0a1b2c3d: { cidr: 10.0.0.0/16, ${subnets} }`;
    const text = `version: 1\naccounts: { "111122223333": { regions: { eu-west-1: { vpcs: { ${vpc} } } } } }\n`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^2:\d+ cidr "10.1.0.0\/20": not in the VPC's 10.0.0.0\/16$/),
    ]);
  });

  const withSubnet = (region: string, zone: string) =>
    [
      "version: 1",
      'accounts: { "111122223333": { regions: {',
      `  ${region}: { vpcs: { vpc-0a1b2c3d: { cidr: 10.0.0.0/16, subnets: { subnet-0a1b2c3d: { zone: ${zone}, cidr: 10.0.0.0/20 } } } } } } } }`,
    ].join("\n");

  // Zones as AWS names them: us-east-1 has a to f, eu-central-1 a to c.
  test.each([
    ["eu-central-1", "c", []],
    [
      "eu-central-1",
      "d",
      [expect.stringMatching(/^3:\d+ zone: there is no Availability Zone eu-central-1d$/)],
    ],
    ["us-east-1", "f", []],
    ["us-east-1", "g", [expect.stringMatching(/^3:\d+ zone: there is no Availability Zone us-east-1g$/)]],
    // No account sees all of a, b, c and d there; which ones it sees differs.
    ["ap-northeast-1", "b", []],
    // A Region that is newer than this version: nobody here knows its zones.
    ["xx-new-1", "k", []],
  ])("with a subnet in %s, zone %s, is told of what is not there", (region, zone, expected) => {
    expect(problems(withSubnet(region, zone))).toEqual(expected);
  });

  test.each([
    ["eu-central1", 'did you mean "eu-central-1"?'],
    ["frankfurt", 'give one such as "eu-central-1"'],
    ["abcdefgh-west-1", 'give one such as "eu-central-1"'],
  ])("with a Region of the form %s is refused", (region, remedy) => {
    expect(remedies(withSubnet(region, "a"))).toEqual([`3:3 "${region}" is not a Region; ${remedy}`]);
  });

  test("with wrong ids is told of these and of all that is wrong below them", () => {
    const text = [
      "version: 1",
      "accounts:",
      '  "1111":',
      "    regions:",
      "      eu-central1:",
      "        vpcs:",
      "          vpc-1:",
      "            cidr: 10.0.0.0/16",
      "            subnets:",
      "              subnet-x: { zone: a, cidr: 10.1.0.0/20 }",
      "              subnet-0a1b2c3d: { zone: A, cidr: 10.0.0.0/20 }",
      "            securityGroups: { sg-0a1b2c3d: {} }",
      "        prefixLists:",
      "          pl-z: { name: offices, entries: [10.0.0.1/8] }",
    ].join("\n");
    const form = (id: string, prefix: string) =>
      `"${id}" is not an id of this kind; write ${prefix}- and 8 or 17 of 0-9 and a-f`;
    expect(remedies(text)).toEqual([
      '3:3 "1111" is not an account id; an account id has 12 digits, in quotes',
      '5:7 "eu-central1" is not a Region; did you mean "eu-central-1"?',
      `7:11 ${form("vpc-1", "vpc")}`,
      `10:15 ${form("subnet-x", "subnet")}`,
      '10:42 cidr "10.1.0.0/20": not in the VPC\'s 10.0.0.0/16; give the subnet a block of its VPC',
      '11:40 zone: "A" is not a letter; give a letter, such as a for eu-central-1a',
      "12:31 name is missing; add name, a text",
      `14:11 ${form("pl-z", "pl")}`,
      '14:44 cidr "10.0.0.1/8": host bits are set; did you mean "10.0.0.0/8"?',
    ]);
  });

  test.each([
    "accounts: 7",
    "accounts: { x: null }",
    'accounts: { "111122223333": { regions: { a: null } } }',
  ])("with %s where a map is wanted is refused, not read over", (accounts) => {
    expect(problems(`version: 1\n${accounts}\n`).length).toBeGreaterThan(0);
  });

  const inVpcs = (...vpcs: readonly string[]) =>
    `version: 1\naccounts: { "111122223333": { regions: { eu-central-1: { vpcs: {\n${vpcs.join("\n")} } } } } }\n`;
  const one = "subnet-0a1b2c3d";
  const other = "subnet-0a1b2c3e";
  const vpc = (members: string) => `  vpc-0a1b2c3d: { ${members} }`;

  // What AWS could never have: VPC guide, CIDR blocks and sizes of subnets.
  test.each([
    [
      "no account",
      "version: 1\naccounts: {}\n",
      ['2 accounts: none is given; add one, such as "123456789012": { regions: {} }'],
    ],
    [
      "a VPC that is too large",
      inVpcs(vpc("cidr: 10.0.0.0/8")),
      ['3 cidr "10.0.0.0/8": not a size that a VPC can have; give it a prefix length from /16 to /28'],
    ],
    [
      "an IPv6 block of a size between the steps",
      inVpcs(vpc('cidr: 10.0.0.0/16, ipv6Cidr: "2001:db8:0:100::/57"')),
      [
        '3 ipv6Cidr "2001:db8:0:100::/57": not a size that a VPC can have; give it a prefix length from /44 to /60 in steps of four',
      ],
    ],
    [
      "an IPv6 block where an IPv4 block is wanted",
      inVpcs(vpc('cidr: "2001:db8::/56"')),
      ['3 cidr "2001:db8::/56": an IPv6 block; write it as ipv6Cidr'],
    ],
    [
      "the same subnet in two VPCs",
      inVpcs(
        `  vpc-0a1b2c3d: { cidr: 10.0.0.0/16, subnets: { ${one}: { zone: a, cidr: 10.0.0.0/20 } } },`,
        `  vpc-0a1b2c3e: { cidr: 10.1.0.0/16, subnets: { ${one}: { zone: a, cidr: 10.1.0.0/20 } } }`,
      ),
      [`4 ${one} is in vpc-0a1b2c3d already; give it another id`],
    ],
    [
      "subnets that overlap",
      inVpcs(
        "  vpc-0a1b2c3d: { cidr: 10.0.0.0/16, subnets: {",
        `    ${one}: { zone: a, cidr: 10.0.0.0/20 },`,
        `    ${other}: { zone: b, cidr: 10.0.8.0/24 } } }`,
      ),
      [`5 cidr "10.0.8.0/24": overlaps with that of ${one}; give each subnet a block of its own`],
    ],
    [
      "a subnet outside of the VPC's IPv6 block, next to another mistake",
      inVpcs(
        '  vpc-0a1b2c3d: { cidr: 10.0.0.0/16, ipv6Cidr: "2001:db8:0:100::/56", dns: true,',
        `    subnets: { ${one}: { zone: a, ipv6Cidr: "2001:db8:0:200::/64" } } }`,
      ),
      [
        expect.stringContaining('unknown key "dns"'),
        `4 ipv6Cidr "2001:db8:0:200::/64": not in the VPC's 2001:db8:0:100::/56; give the subnet a block of its VPC`,
      ],
    ],
    [
      "IPv6 in a VPC without it",
      inVpcs(vpc(`cidr: 10.0.0.0/16, subnets: { ${one}: { zone: a, ipv6Cidr: "2001:db8:0:200::/64" } }`)),
      [
        `3 ipv6Cidr "2001:db8:0:200::/64": the VPC has no IPv6 block; give the VPC an ipv6Cidr, or drop this one`,
      ],
    ],
    [
      "a subnet without addresses",
      inVpcs(vpc(`cidr: 10.0.0.0/16, subnets: { ${one}: { zone: a } }`)),
      [`3 ${one} has no block of addresses; give it a cidr, an ipv6Cidr, or both`],
    ],
    [
      "a zone that is no letter",
      inVpcs(vpc(`cidr: 10.0.0.0/16, subnets: { ${one}: { zone: q1, cidr: 10.0.0.0/20 } }`)),
      ['3 zone: "q1" is not a letter; give a letter, such as a for eu-central-1a'],
    ],
    [
      "the id of a group in capitals",
      inVpcs(vpc("cidr: 10.0.0.0/16, securityGroups: { sg-XYZ: { name: apps } }")),
      ['3 "sg-XYZ" is not an id of this kind; write sg- and 8 or 17 of 0-9 and a-f'],
    ],
  ])("with %s is refused", (_what, text, expected) => {
    expect(remedies(text).map((line) => line.replace(/^(\d+):\d+/, "$1"))).toEqual(expected);
  });

  test("may have the same subnet in the same VPC of two Regions and of two accounts", () => {
    const text = inVpcs(vpc(`cidr: 10.0.0.0/16, subnets: { ${one}: { zone: a, cidr: 10.0.0.0/20 } }`));
    const [, accounts = ""] = text.split("accounts: ");
    expect(problems(text)).toEqual([]);
    expect(problems(stringify({ version: 1, accounts: twice(parse(accounts)) }))).toEqual([]);
  });

  test("with mistakes is refused, each with its place", () => {
    const text = [
      "version: 1",
      "accounts:",
      '  "111122223333":',
      "    regions:",
      "      eu-central-1:",
      "        vpcs:",
      "          vpc-0a1b2c3d:",
      "            cidr: 10.0.0.1/8",
      "            subnets:",
      "              subnet-0a1b2c3d: { zone: eu-central-1a, cidr: 10.0.0.0/20 }",
      "            dns: true",
    ].join("\n");
    expect(problems(text)).toEqual([
      '8:19 cidr "10.0.0.1/8": host bits are set',
      '8:19 cidr "10.0.0.0/8": not a size that a VPC can have',
      '10:40 zone: "eu-central-1a" is not a letter',
      '11:13 unknown key "dns"',
    ]);
  });
});

/** The one account as two, with its one Region as two. */
const twice = (accounts: Record<string, { regions: Record<string, unknown> }>) => {
  const [region] = Object.values(accounts).flatMap(({ regions }) => Object.values(regions));
  const regions = { "eu-central-1": region, "us-east-1": region };
  return { "111122223333": { regions }, "444455556666": { regions } };
};

describe("a closed world", () => {
  async function create(openWorld: boolean, vpcId: string, subnetIds: readonly string[]) {
    const sandbox = await startSandbox({ openWorld, verifySignatures: false });
    try {
      const response = await fetch(sandbox.url, {
        method: "POST",
        headers: {
          authorization: authorization("aoss", "eu-central-1"),
          "x-amz-target": "OpenSearchServerless.CreateVpcEndpoint",
        },
        body: JSON.stringify({ name: "apps", vpcId, subnetIds }),
      });
      return response.status;
    } finally {
      await sandbox.close();
    }
  }

  test.each([
    ["a VPC and a subnet of it", "vpc-0a1b2c3d4e5f60718", ["subnet-0a1b2c3d4e5f60711"], 200, 200],
    ["a VPC that is not in it", "vpc-0a1b2c3d4e5f60799", ["subnet-0a1b2c3d4e5f60711"], 400, 400],
    ["a subnet that is not in it", "vpc-0a1b2c3d4e5f60718", ["subnet-0a1b2c3d4e5f60799"], 400, 200],
    ["neither in it", "vpc-0a1b2c3d4e5f60799", ["subnet-0a1b2c3d4e5f60799"], 400, 200],
    ["a subnet of another VPC", "vpc-0a1b2c3d4e5f60718", ["subnet-0a1b2c3d4e5f60721"], 400, 400],
    [
      "two subnets in one zone",
      "vpc-0a1b2c3d4e5f60718",
      ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60714"],
      400,
      400,
    ],
  ])("%s: %s %j is answered %d, and %d in an open one", async (_what, vpcId, subnetIds, closed, open) => {
    expect([await create(false, vpcId, subnetIds), await create(true, vpcId, subnetIds)]).toEqual([
      closed,
      open,
    ]);
  });
});

test("accounts of a world are apart: each has its own key, and sees its own", async () => {
  const region = { regions: { "eu-central-1": {} } };
  const world = { version: 1, accounts: { "111122223333": region, "444455556666": region } } as const;
  const sandbox = await startSandbox({ world });
  try {
    const keys = ["111122223333", "444455556666"].map((id) => sandbox.environment("eu-central-1", id));
    expect(new Set(keys.map(({ AWS_ACCESS_KEY_ID }) => AWS_ACCESS_KEY_ID)).size).toBe(2);
    const accounts = await Promise.all(
      keys.map(async ({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }) => {
        const credentials = {
          accessKeyId: String(AWS_ACCESS_KEY_ID),
          secretAccessKey: String(AWS_SECRET_ACCESS_KEY),
        };
        const client = new STSClient({ endpoint: sandbox.url, region: "eu-central-1", credentials });
        return (await client.send(new GetCallerIdentityCommand({}))).Account;
      }),
    );
    expect(accounts).toEqual(["111122223333", "444455556666"]);
  } finally {
    await sandbox.close();
  }
});

describe("time", () => {
  test("real is what AWS takes, a number that many times faster, instant 50 ms", () => {
    expect(durationsAt("real")("endpoint create")).toBe(150_000);
    expect(durationsAt(1_000)("endpoint create")).toBe(150);
    expect(durationsAt("instant")("endpoint create")).toBe(50);
    expect(durationsAt(Number.POSITIVE_INFINITY)("endpoint create")).toBe(0);
  });
});
