import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { badAccessFiles } from "../support/bad-access-files";
import { aossPrivatelink } from "../support/command";

const stack = (name: string, region: string, account: string) => `  ${name}:
    region: ${region}
    account: "${account}"
    endpoints:
      ${name}:
        vpc: vpc-0a1b2c3d4e5f6071${name.length}
        subnets: [subnet-0a1b2c3d4e5f60711]
        securityGroups: [sg-0a1b2c3d4e5f60713]
    grants: [{ collections: [orders, "logs-*"], from: [${name}] }]
`;
/** A stack has nine lines: the accounts stand in lines 5, 14 and 23. */
const accessFile = `version: 1\nstacks:\n${[
  stack("search", "eu-central-1", "123456789012"),
  stack("audit", "eu-west-1", "123456789012"),
  stack("lab", "eu-central-1", "210987654321"),
].join("")}`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-permissions-"));
  writeFileSync(path.join(folder, "access.yaml"), accessFile);
  const id = "a1b2c3d4e5f6g7h8i9j0";
  // line 11 is that of the grants
  writeFileSync(path.join(folder, "id.yaml"), accessFile.replace("[orders,", `[${id},`));
  writeFileSync(path.join(folder, "partitions.yaml"), accessFile.replace("eu-west-1", "us-gov-west-1"));
  writeFileSync(
    path.join(folder, "idle.yaml"),
    "version: 1\nstacks: { idle: { region: eu-west-1, endpoints: {} } }\n",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

const permissions = (args: readonly string[], cwd = folder) =>
  aossPrivatelink(["permissions", ...args], { cwd });

const line = "the command line";
const features = ["--feature", "collections", "--region", "eu-central-1"];

test.each<[args: string[], problem: string, where: string, remedy: string]>([
  [
    ["serch"],
    'no stack "serch"',
    "aoss-privatelink permissions",
    'did you mean "search"? stacks: search, audit, lab',
  ],
  [
    ["--variant", "deplyo"],
    '"deplyo" is none of deploy, plan, client, adopt',
    "--variant deplyo",
    'did you mean "deploy"?',
  ],
  [
    ["--variant", "everything"],
    '"everything" is none of deploy, plan, client, adopt',
    "--variant everything",
    "give one of them",
  ],
  [
    ["--format", "jsn"],
    '"jsn" is none of json, hcl, tf-json, markdown',
    "--format jsn",
    'did you mean "json"?',
  ],
  [
    ["--feature", "networkpolicies"],
    'no feature "networkpolicies"',
    "--feature networkpolicies",
    'did you mean "network-policies"? defined: collection-group, collection-tags, ',
  ],
  [["--feature", "vpn"], 'no feature "vpn"', "--feature vpn", "defined: "],
  [
    ["--account", "12345"],
    '"12345" is not an account id',
    "--account 12345",
    'give one such as "123456789012"',
  ],
  [["--account", "acme"], '"acme" is not an account id', "--account acme", 'give one such as "123456789012"'],
  [
    ["--region", "eu-central1"],
    '"eu-central1" is not a Region',
    "--region eu-central1",
    'did you mean "eu-central-1"?',
  ],
  [["--vpc", "vpc-1"], '"vpc-1" is not a VPC id', "--vpc vpc-1", "give one such as"],
  [
    ["--kms-key", "arn:aws:kms:eu-central-1:123456789012:alias/search"],
    '"arn:aws:kms:eu-central-1:123456789012:alias/search" is not the ARN of a KMS key',
    "--kms-key arn:aws:kms:eu-central-1:123456789012:alias/search",
    "an alias is not taken; give one such as",
  ],
  [
    ["--collection", "07tjusf2h91cunochc00"],
    'collection "07tjusf2h91cunochc00": only a-z, 0-9 and "-" are allowed, a letter first',
    "--collection 07tjusf2h91cunochc00",
    "use the collection's name, not its id or ARN",
  ],
  [
    [...features, "--account", "123456789012", "--collection", "a1b2c3d4e5f6g7h8i9j0"],
    '"a1b2c3d4e5f6g7h8i9j0" is the id of a collection, policies name collections by their names',
    line,
    "give the name of the collection, or put the id behind --collection-id",
  ],
  [
    ["--collection", "collection/orders"],
    'collection "collection/orders": written as a resource',
    "--collection collection/orders",
    'leave out "collection/"',
  ],
  [
    ["--collection-id", "orders-2024"],
    '"orders-2024" is not a collection id',
    "--collection-id orders-2024",
    'give one such as "a1b2c3d4e5f6g7h8i9j0"',
  ],
  [["--policy", "0"], "option '--policy <number>' argument '0' is invalid", line, "give a number from 1"],
  [["search", "--policy", "9"], "--policy 9: there is one policy", line, "leave it out"],
  [
    ["search", "--json", "--format", "hcl"],
    "--json and --format hcl are two forms",
    line,
    "give one of them",
  ],
  [["search", "--json", "--policy", "1"], "--json has all policies", line, "leave out --policy, or --json"],
  [["search", "--json", "--out", "."], "this is a folder, and --json is one file", "--out .", "name a file"],
  [
    ["search", "--policy", "1", "--format", "hcl"],
    "--policy with --format hcl, which has all policies",
    line,
    "leave it out",
  ],
  [
    ["search", "--format", "hcl", "--out", "policy.json"],
    ".json is the ending of another format than --format hcl",
    "--out policy.json",
    "leave out --format for json, or name a file that ends in .tf",
  ],
  [
    ["search", "--out", "none/policy.json"],
    "there is no such folder",
    "--out none/policy.json",
    "name a file",
  ],
  [
    ["search", "--out", "none/policies/"],
    "there is no folder to make this one in",
    "--out none/policies/",
    "name a folder",
  ],
  [["search", "--out", ""], "--out names no file", line, "name a file that can be written"],
  [
    ["search", ...features],
    "--feature beside search: the access file says what its stacks use",
    line,
    "leave out --feature",
  ],
  [
    [...features, "--file", "access.yaml"],
    "--feature beside --file access.yaml: the access file says",
    line,
    "leave out",
  ],
  [["--feature", "collections"], "--feature without --region", line, "add --region"],
  [
    ["--vpc", "vpc-0a1b2c3d4e5f60718"],
    "--vpc without --feature: the access file says what its stacks use",
    line,
    "leave it out",
  ],
  [
    ["search", "--collection", "orders"],
    "--collection beside --variant deploy: it works on all collections that the stacks name",
    line,
    "leave it out, or take --variant client",
  ],
  [
    ["search", "--variant", "client", "--collection", "order"],
    'no stack opens a collection "order"',
    "access.yaml",
    'did you mean "orders"? collections: logs-*, orders',
  ],
  [["--file", "none.yaml"], "there is no access file here", "none.yaml", "name another with --file"],
  [["--file", ""], "--file is empty", line, "name an access file, or leave --file out"],
  [
    ["search", "--file", "id.yaml"],
    '"a1b2c3d4e5f6g7h8i9j0" is the id of a collection, policies name collections by their names',
    "id.yaml:11:30 stacks.search.grants[0].collections[0]",
    "give the name of the collection, or put the id behind --collection-id",
  ],
  [
    ["search", "audit", "--file", "partitions.yaml"],
    "Regions of the partitions aws and aws-us-gov, an account is in one",
    "partitions.yaml:13:13 stacks.audit.region",
    "make the policies of each partition by themselves",
  ],
  [
    ["--file", "idle.yaml"],
    "nothing in idle takes permissions",
    "idle.yaml",
    "add endpoints, grants or collections",
  ],
  [
    [],
    "stacks of several accounts, and a policy is of one: 123456789012 (search, audit), 210987654321 (lab)",
    "access.yaml:23:14 stacks.lab.account",
    "name the stacks of one account, or give --account",
  ],
  [
    ["search", "lab"],
    "stacks of several accounts, and a policy is of one: 123456789012 (search), 210987654321 (lab)",
    "access.yaml:23:14 stacks.lab.account",
    "name the stacks of one account, or give --account",
  ],
  [
    ["search", "--account", "210987654321"],
    "stack search is of account 123456789012, not of 210987654321",
    "access.yaml:5:14 stacks.search.account",
    "leave out --account, or search",
  ],
  [
    ["--account", "111111111111"],
    "no stack is of account 111111111111",
    "access.yaml",
    "its stacks are of 123456789012 (search, audit), 210987654321 (lab)",
  ],
  [
    ["--account", "123456789012", "--region", "eu-west-2"],
    "no stack is in eu-west-2",
    "access.yaml",
    'did you mean "eu-west-1"? the stacks are in eu-central-1, eu-west-1',
  ],
  [
    [
      "--feature",
      "collections",
      "--region",
      "eu-central-1",
      "--region",
      "us-gov-west-1",
      "--account",
      "123456789012",
    ],
    "Regions of the partitions aws and aws-us-gov, an account is in one",
    line,
    "make the policies of each partition by themselves",
  ],
])(
  "%j ends with exit code 2: what is wrong, where, how to mend it, and nothing is written",
  async (args, problem, where, remedy) => {
    const { exitCode, stdout, stderr } = await permissions(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    const lines = stderr.split("\n");
    expect(lines).toEqual([
      expect.stringContaining(`error: ${problem}`),
      `  ${where}`,
      expect.stringContaining(`  ${remedy}`),
      "",
    ]);
    expect(readdirSync(folder).sort()).toEqual(["access.yaml", "id.yaml", "idle.yaml", "partitions.yaml"]);
  },
);

test.each([
  [[], "with --feature and --region what the permissions are for"],
  [["--variant", "client"], "with --region and --collection what is used"],
])("without an access file it is said what can be named instead: %j", async (args, remedy) => {
  const empty = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-permissions-empty-"));
  const { exitCode, stderr } = await permissions(args, empty);
  rmSync(empty, { recursive: true });
  expect([exitCode, stderr]).toEqual([
    2,
    `error: there is no access file here\n  access.yaml\n  name one with --file, or say ${remedy}\n`,
  ]);
});

// every tenth of the mistakes that an access file can hold: each is told of by the same loader
test.each(badAccessFiles.filter((_, index) => index % 10 === 0))(
  "an access file with $name is told with line and column",
  async ({ text, expected }) => {
    const file = path.join(folder, "access.yaml");
    writeFileSync(file, text);
    try {
      const { exitCode, stdout, stderr } = await permissions([]);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`access.yaml:${expected.split(" ")[0]}`);
      expect(stderr).toMatch(/^error: .+\n {2}access\.yaml:.+\n {2}.+\n/);
    } finally {
      writeFileSync(file, accessFile);
    }
  },
);
