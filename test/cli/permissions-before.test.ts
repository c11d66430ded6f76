import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink } from "../support/command";

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const endpoint = (vpc: string, allow: string) => `        vpc: ${vpc}
        subnets: [subnet-0a1b2c3d4e5f60711]
        ${allow}
`;
const stack = (name: string, account: string, team: string, more: string) => `  ${name}:
    region: eu-central-1
    account: "${account}"
    tags: { team: ${team} }
${more}`;

const former = `version: 1
stacks:
${stack(
  "search",
  "123456789012",
  "search",
  `    endpoints:
      apps:
${endpoint("vpc-0a1b2c3d4e5f60718", "allow: [{ cidr: 10.20.0.0/16 }]")}      batch:
${endpoint("vpc-0a1b2c3d4e5f60728", "allow: [{ cidr: 10.30.0.0/16 }]")}    grants: [{ collections: [orders, "logs-*"], from: [apps, batch] }]
    lifecycle: [{ indexes: ["logs-web/*"], keepDays: 30 }]
`,
)}${stack(
  "audit",
  "123456789012",
  "audit",
  `    endpoints: { kept: { id: vpce-0a1b2c3d4e5f60731 } }
    grants: [{ collections: [audit-log], from: [kept] }]
`,
)}`;
/** A VPC, a prefix of collections, the lifecycle policies, a tag's value and a whole stack are gone; returns is new. */
const now = `version: 1
stacks:
${stack(
  "search",
  "123456789012",
  "data",
  `    endpoints:
      apps:
${endpoint("vpc-0a1b2c3d4e5f60718", "allow: [{ cidr: 10.20.0.0/16 }]")}    grants: [{ collections: [orders, returns], from: [apps] }]
`,
)}`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-permissions-before-"));
  const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  put("access.yaml", now);
  put("before.yaml", former);
  put("moved.yaml", former.replace('"123456789012"', '"210987654321"'));
  put("bad.yaml", former.replace("keepDays: 30", "keepDays: 0"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const permissions = (...args: readonly string[]) =>
  aossPrivatelink(["permissions", ...args], { cwd: folder });

async function answer(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await permissions(...args, "--json");
  if (exitCode !== 0) throw new Error(stderr);
  const { stacks, features, policies } = JSON.parse(stdout) as {
    readonly stacks: readonly string[];
    readonly features: readonly string[];
    readonly policies: readonly { readonly document: { readonly Statement: readonly Statement[] } }[];
  };
  const statements = policies.flatMap(({ document }) => document.Statement);
  return { stacks, features, statement: (sid: string) => statements.find(({ Sid }) => Sid === sid) };
}

const vpc = (id: string) => `arn:aws:ec2:eu-central-1:123456789012:vpc/${id}`;

test("what has left the file since is not allowed by the file alone", async () => {
  const { features, statement } = await answer();
  expect(features).not.toContain("lifecycle-policies");
  expect(statement("WriteNetworkPolicies")?.Condition?.["ForAllValues:StringLike"]).toEqual({
    "aoss:collection": ["orders", "returns"],
  });
  expect(statement("ChangeSecurityGroups")?.Condition).toEqual({
    ArnEquals: { "ec2:Vpc": vpc("vpc-0a1b2c3d4e5f60718") },
    StringEquals: { "aws:ResourceTag/team": "data" },
  });
});

test("with --before one statement allows what is there and what is to be: collections, VPCs, features", async () => {
  const { stacks, features, statement } = await answer("search", "--before", "before.yaml");
  expect(stacks).toEqual(["search"]);
  expect(features).toContain("lifecycle-policies");
  // A policy that is changed from the ones to the others may be asked for with all of them at once.
  expect(statement("WriteNetworkPolicies")?.Condition?.["ForAllValues:StringLike"]).toEqual({
    "aoss:collection": ["logs-*", "orders", "returns"],
  });
  // The tag has another value on what is there, so none is asked for.
  expect(statement("ChangeSecurityGroups")?.Condition).toEqual({
    ArnEquals: { "ec2:Vpc": [vpc("vpc-0a1b2c3d4e5f60718"), vpc("vpc-0a1b2c3d4e5f60728")] },
  });
});

test("a stack that has left the file is among all of them, and can be named", async () => {
  expect((await answer("--before", "before.yaml")).stacks).toEqual(["search", "audit"]);
  const { stacks, statement } = await answer("audit", "--before", "before.yaml", "--variant", "plan");
  expect(stacks).toEqual(["audit"]);
  expect(statement("ReadNetworkPolicies")?.Action).toEqual(["aoss:GetSecurityPolicy"]);
});

test("where nothing has changed the policies are those of the file", async () => {
  const { stdout } = await permissions();
  expect(await permissions("--before", "access.yaml")).toMatchObject({ exitCode: 0, stdout });
});

test.each<[args: string[], problem: string, where: string, remedy: string]>([
  [
    ["--before", "none.yaml"],
    "there is no file here",
    "--before none.yaml",
    "name the access file as it was applied last, such as what git show HEAD:access.yaml prints",
  ],
  [
    ["--before", "before.yaml", "--variant", "client"],
    "--before beside --variant client: an application uses what the access file opens now",
    "the command line",
    "leave out --before",
  ],
  [
    ["--before", "before.yaml", "--feature", "collections", "--region", "eu-central-1"],
    "--before without an access file: it says what has left one",
    "the command line",
    "leave it out, or name the access file with --file in place of --feature",
  ],
  [
    ["search", "--before", "moved.yaml"],
    "stack search was of account 210987654321, not of 123456789012, and a policy is of one",
    "moved.yaml:5:14 stacks.search.account",
    "make the policies for each of the files by themselves",
  ],
  [
    ["serch", "--before", "before.yaml"],
    'no stack "serch"',
    "aoss-privatelink permissions",
    'did you mean "search"? stacks: search, audit',
  ],
])("%j is refused", async (args, problem, where, remedy) => {
  const { exitCode, stdout, stderr } = await permissions(...args);
  expect([exitCode, stdout, stderr]).toEqual([2, "", `error: ${problem}\n  ${where}\n  ${remedy}\n`]);
});

test("a file before that is none is told with the place in it", async () => {
  const { exitCode, stderr } = await permissions("--before", "bad.yaml");
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("bad.yaml:17:54 stacks.search.lifecycle[0].keepDays");
});
