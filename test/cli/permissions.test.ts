import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink } from "../support/command";

const stack = (name: string, vpc: string, more: string) => `  ${name}:
    region: ${name === "audit" ? "eu-west-1" : "eu-central-1"}
    endpoints:
      ${name}:
        vpc: vpc-0a1b2c3d4e5f6071${vpc}
        subnets: [subnet-0a1b2c3d4e5f60711]
        securityGroups: [sg-0a1b2c3d4e5f60713]
${more}`;
const ofAccount = (account: string) => `    account: "${account}"\n`;
const grants = (name: string, collections: string) =>
  `    grants: [{ collections: ${collections}, from: [${name}] }]\n`;

// several commands, one after the other
jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-permissions-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const put = (...stacks: readonly string[]) =>
  writeFileSync(path.join(folder, "access.yaml"), `version: 1\nstacks:\n${stacks.join("")}`);
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

async function permissions(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await aossPrivatelink(["permissions", ...args], { cwd: folder });
  if (exitCode !== 0) throw new Error(stderr);
  return { stdout, stderr };
}

interface Document {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Action: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}

interface Answer {
  readonly version: number;
  readonly variant: string;
  readonly stacks: readonly string[];
  readonly account?: string;
  readonly regions: readonly string[];
  readonly features: readonly string[];
  readonly policies: readonly {
    readonly name: string;
    readonly characters: number;
    readonly document: Document;
  }[];
}

async function answer(...args: readonly string[]) {
  const { stdout, stderr } = await permissions(...args, "--json");
  return { answer: JSON.parse(stdout) as Answer, stderr };
}

const actionsOf = ({ policies }: Answer) =>
  policies.flatMap(({ document }) => document.Statement.flatMap(({ Action }) => Action));

const search = stack("search", "8", ofAccount("123456789012") + grants("search", '[orders, "logs-*"]'));

test("the policy of a stack is a document that IAM takes as it stands", async () => {
  put(search);
  const { stdout, stderr } = await permissions();
  const document = JSON.parse(stdout) as Document;
  expect(document.Version).toBe("2012-10-17");
  expect(document.Statement.map(({ Sid }) => Sid)).toEqual(
    expect.arrayContaining(["CreateManagedEndpoint", "WriteNetworkPolicies"]),
  );
  expect(stdout).toContain("123456789012");
  expect(stderr).toBe("");
});

test("the policy to plan with changes nothing", async () => {
  put(search);
  const { answer: plan } = await answer("--variant", "plan");
  const verbs = new Set(actionsOf(plan).map((action) => /:([A-Z][a-z]+)/.exec(action)?.[1]));
  expect([...verbs].sort()).toEqual(["Batch", "Describe", "Get"]);
});

test("--json tells what the policies are for beside them", async () => {
  put(search);
  const { answer: json } = await answer();
  expect({ ...json, policies: json.policies.map(({ name }) => name) }).toEqual({
    version: 1,
    variant: "deploy",
    stacks: ["search"],
    account: "123456789012",
    regions: ["eu-central-1"],
    features: ["managed-endpoint", "network-policies"],
    policies: ["aoss-privatelink-deploy"],
  });
  const [policy] = json.policies;
  expect(policy?.characters).toBe(JSON.stringify(policy?.document).length);
});

test("a stack without an account is taken to be of the only one that is named, and that is said", async () => {
  put(search, stack("audit", "9", grants("audit", "[audit-log]")));
  const { answer: json, stderr } = await answer();
  expect([json.stacks, json.account, json.regions]).toEqual([
    ["search", "audit"],
    "123456789012",
    ["eu-central-1", "eu-west-1"],
  ]);
  expect(stderr).toBe("warning: audit: no account in the access file; taken to be 123456789012\n");
});

test("where no account is named anywhere, that the policies are of any is said", async () => {
  put(stack("audit", "9", grants("audit", "[audit-log]")));
  const { answer: json, stderr } = await answer();
  expect(json.account).toBeUndefined();
  expect(stderr).toBe(
    "warning: no account is named: what the policies allow, they allow in any; add account: to the stack, or --account\n",
  );
  const given = await answer("--account", "210987654321");
  expect([given.answer.account, given.stderr]).toEqual(["210987654321", ""]);
});

test("that the policies do not reach state in a bucket is told to those who need it", async () => {
  const backend = '    backend: { s3: { bucket: acme-state, key: "x/{stack}", region: eu-central-1 } }\n';
  put(stack("search", "8", ofAccount("123456789012") + backend + grants("search", "[orders]")));
  const told =
    "search: the policies do not reach its state in the bucket acme-state, which takes s3:ListBucket, and s3:GetObject and s3:PutObject there, s3:DeleteObject of the lock file too\n";
  expect((await answer()).stderr).toBe(told);
  expect((await answer("--variant", "plan")).stderr).toBe(told);
  expect((await answer("--variant", "client")).stderr).toBe("");
});

test("--account and --region choose stacks", async () => {
  put(
    search,
    stack("audit", "9", ofAccount("123456789012") + grants("audit", "[audit-log]")),
    stack("lab", "7", ofAccount("210987654321") + grants("lab", "[lab-data]")),
  );
  const stacksOf = async (...args: readonly string[]) => (await answer(...args)).answer.stacks;
  expect(await stacksOf("--account", "123456789012")).toEqual(["search", "audit"]);
  expect(await stacksOf("--account", "123456789012", "--region", "eu-west-1")).toEqual(["audit"]);
  expect(await stacksOf("lab")).toEqual(["lab"]);
});

test("features, an account and a Region stand in for an access file", async () => {
  const { answer: json, stderr } = await answer(
    ...["--feature", "network-policies", "--account", "123456789012", "--region", "eu-central-1"],
    ...["--collection", "orders", "--collection", "logs-*"],
  );
  expect(stderr).toBe("");
  expect([json.stacks, json.features]).toEqual([[], ["network-policies"]]);
  const text = JSON.stringify(json.policies);
  expect(text).toContain('"aoss:collection"');
  expect(text).toContain('"logs-*"');
});

test("a Region that is not known and no account are told, and taken", async () => {
  const { answer: json, stderr } = await answer("--feature", "collections", "--region", "eu-central-9");
  expect(json.regions).toEqual(["eu-central-9"]);
  expect(stderr).toBe(
    "warning: Region eu-central-9: not known to offer OpenSearch Serverless; did you mean eu-central-1?\n" +
      "warning: no account is named: what the policies allow, they allow in any; add --account\n",
  );
});

test("a client uses the collections that stacks open, or those of them that are named", async () => {
  put(search);
  const all = JSON.stringify((await answer("--variant", "client")).answer.policies);
  expect(all).toContain("aoss:APIAccessAll");
  expect([all.includes('"orders"'), all.includes('"logs-*"')]).toEqual([true, true]);
  const some = await answer(
    ...["--variant", "client", "--collection", "logs-web", "--collection-id", "a1b2c3d4e5f6g7h8i9j0"],
  );
  const text = JSON.stringify(some.answer.policies);
  expect([text.includes('"orders"'), text.includes('"logs-web"')]).toEqual([false, true]);
  expect(text).toContain("arn:aws:aoss:eu-central-1:123456789012:collection/a1b2c3d4e5f6g7h8i9j0");
});

test("of dashboards a client gets those that stacks open", async () => {
  const open = `    grants: [{ collections: [orders, "logs-*"], from: [search], dashboards: true }, { collections: [kept], from: [search] }]\n`;
  put(stack("search", "8", ofAccount("123456789012") + open));
  const dashboards = async (...args: readonly string[]) => {
    const { answer: json } = await answer("--variant", "client", ...args);
    const { Statement } = json.policies[0]?.document ?? { Statement: [] };
    return Statement.filter(({ Sid }) => Sid === "UseDashboards").map(
      ({ Condition }) => Condition?.["StringLike"]?.["aoss:collection"],
    );
  };
  expect(await dashboards()).toEqual([["logs-*", "orders"]]);
  expect(await dashboards("--collection", "logs-web", "--collection", "kept")).toEqual(["logs-web"]);
  expect(await dashboards("--collection", "kept")).toEqual([]);
});

test("an application's own project needs no access file", async () => {
  const { answer: json, stderr } = await answer(
    ...["--variant", "client", "--region", "eu-central-1", "--account", "123456789012"],
    ...["--collection", "orders", "--collection-id", "a1b2c3d4e5f6g7h8i9j0"],
  );
  expect([json.features, json.stacks, stderr]).toEqual([[], [], ""]);
  expect(actionsOf(json)).toEqual(["aoss:APIAccessAll", "aoss:DashboardsAccessAll"]);
  expect(JSON.stringify(json.policies)).toContain("collection/a1b2c3d4e5f6g7h8i9j0");
});

describe("forms", () => {
  test.each([
    ["hcl", "deployer.tf", 'resource "aws_iam_policy"'],
    ["tf-json", "deployer.tf.json", '"aws_iam_policy": {'],
    ["markdown", "deployer.md", "`aoss:CreateVpcEndpoint`"],
    ["json", "deployer.json", '"Sid": "CreateManagedEndpoint"'],
  ])("%s, which %s is too", async (format, file, part) => {
    put(search);
    const { stdout } = await permissions("--format", format);
    expect(stdout).toContain(part);
    const { stderr } = await permissions("--out", file);
    expect([read(file), stderr]).toEqual([stdout, `written: ${file}\n`]);
  });

  test("in a folder they have the names of the policies", async () => {
    put(search);
    await permissions("--out", "policies/");
    await permissions("--variant", "plan", "--out", "policies");
    await permissions("--format", "hcl", "--out", "policies");
    expect(readdirSync(path.join(folder, "policies")).sort()).toEqual([
      "aoss-privatelink-deploy.json",
      "aoss-privatelink-deploy.tf",
      "aoss-privatelink-plan.json",
    ]);
  });
});

describe("of 300 collections with long names", () => {
  const names = Array.from(
    { length: 300 },
    (_, index) => `c${String(index).padStart(3, "0")}-${"x".repeat(28)}`,
  );

  beforeEach(() =>
    put(stack("search", "8", ofAccount("123456789012") + grants("search", `[${names.join(", ")}]`))),
  );

  test("the policies are several, of at most 6,144 characters each, and a list unless a folder is given", async () => {
    const { answer: json } = await answer();
    expect(json.policies.length).toBeGreaterThan(1);
    for (const { characters, document } of json.policies) {
      expect(characters).toBeLessThanOrEqual(6144);
      expect(characters).toBe(JSON.stringify(document).length);
    }
    const { stdout, stderr } = await permissions();
    expect(JSON.parse(stdout)).toEqual(json.policies.map(({ document }) => document));
    const [widened = "", list] = stderr.split("\n");
    expect(widened).toMatch(
      /^warning: 300 names of collections do not fit into a statement, \d+ names and prefixes stand for them: /,
    );
    expect(list).toBe(
      `${json.policies.length} policies, written as a list: IAM takes them one by one, of up to 6,144 characters each; --out FOLDER/ writes a file of each, --policy NUMBER gives one`,
    );
    await permissions("--out", "policies/");
    for (const { name, document } of json.policies) {
      expect(JSON.parse(read(`policies/${name}.json`))).toEqual(document);
    }
    const second = await permissions("--policy", "2");
    expect([JSON.parse(second.stdout), second.stderr]).toEqual([json.policies[1]?.document, `${widened}\n`]);
  });

  test("each of them is covered in every statement that is about collections", async () => {
    const { answer: json } = await answer();
    const lists = json.policies
      .flatMap(({ document }) => document.Statement)
      .flatMap(({ Condition = {} }) =>
        Object.values(Condition).flatMap((keys) => keys["aoss:collection"] ?? []),
      );
    expect(lists.length).toBeGreaterThan(0);
    const covers = (pattern: string, name: string) =>
      pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
    expect(names.filter((name) => !lists.some((pattern) => covers(pattern, name)))).toEqual([]);
  });

  test("files of an answer that had more policies are told, unless one alone was asked for", async () => {
    await permissions("--out", "policies/");
    put(search);
    const one = await permissions("--policy", "1", "--out", "policies/");
    expect(one.stderr).toBe("written: policies/aoss-privatelink-deploy.json\n");
    const all = await permissions("--out", "policies/");
    expect(all.stderr.split("\n").slice(0, 2)).toEqual([
      "written: policies/aoss-privatelink-deploy.json",
      "warning: policies/aoss-privatelink-deploy-2.json is of an answer before, which had more policies; remove it",
    ]);
  });

  test("prefixes in common spare all of it", async () => {
    put(stack("search", "8", ofAccount("123456789012") + grants("search", '["c00*", "c01*", "c02*"]')));
    const { stderr } = await permissions();
    expect(stderr).toBe("");
  });

  test("the same answer every time", async () => {
    expect((await permissions()).stdout).toBe((await permissions()).stdout);
  });
});
