import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { defaultWorld, startSandbox } from "../../sandbox";
import { aossPrivatelink, projectFolder } from "../support/command";

const binary = path.join(projectFolder, "bin", "aoss-privatelink.js");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-sandbox-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without Terraform nothing has to be prepared for it. */
const env = { TERRAFORM_BINARY_NAME: "none-of-that-name" };
const sandbox = (...args: string[]) => aossPrivatelink(["sandbox", ...args], { cwd: folder, env });

function file(name: string, content: string): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

/** Runs JavaScript in the sandbox, which may call `ask(service, body, target)`, signed by nobody. */
const inside = (script: string) => ["--", process.execPath, "-e", script];
const self = (...args: string[]) => ["--", process.execPath, binary, "sandbox", ...args];

test("world prints the built-in world, as YAML that --world reads and as JSON", async () => {
  const { stdout, exitCode } = await sandbox("world");
  expect(exitCode).toBe(0);
  expect(parse(stdout)).toEqual(defaultWorld);
  expect(JSON.parse((await sandbox("world", "--json")).stdout)).toEqual(defaultWorld);
  const again = await sandbox("--world", file("world.yaml", stdout), ...inside("process.exit(7)"));
  expect([again.exitCode, again.stderr]).toEqual([7, ""]);
});

test("log and dump ask the sandbox that the environment leads to", async () => {
  const log = await sandbox(...self("log", "--json"));
  expect([log.exitCode, JSON.parse(log.stdout)]).toEqual([0, { version: 1, calls: [] }]);
  const refused = await sandbox(
    ...inside(`
      const { execFileSync } = require("node:child_process");
      fetch(process.env.AWS_ENDPOINT_URL, { method: "POST" }).then(() =>
        process.stdout.write(execFileSync(process.execPath, [${JSON.stringify(binary)}, "sandbox", "log"])));
    `),
  );
  expect(refused.stdout).toContain(
    "403  MissingAuthenticationToken: Request is missing Authentication Token",
  );
  expect((await sandbox(...self("dump"))).stdout).toBe("nothing was made or changed\n");
});

test("log without a sandbox says how to get one", async () => {
  const none = await aossPrivatelink(["sandbox", "log"], { env: { ...env, AWS_ENDPOINT_URL: undefined } });
  expect([none.exitCode, none.stderr.split("\n")[0]]).toEqual([2, "error: no sandbox is named"]);
  const closed = await startSandbox();
  await closed.close();
  const gone = await aossPrivatelink(["sandbox", "log", "--url", closed.url], { env });
  expect([gone.exitCode, gone.stderr.split("\n")[0]]).toEqual([
    1,
    `error: no sandbox answers on ${closed.url}: ECONNREFUSED`,
  ]);
});

test("--record writes each call as a line of JSON", async () => {
  await sandbox(
    "--record",
    "calls.jsonl",
    ...inside(`fetch(process.env.AWS_ENDPOINT_URL, { method: "POST" })`),
  );
  const lines = readFileSync(path.join(folder, "calls.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { status: 403, errorCode: "MissingAuthenticationToken", actions: [] },
  ]);
});

test.each([
  [
    "a record in no folder",
    ["--record", "none/x.jsonl"],
    "error: the file cannot be used: ENOENT",
    "  --record none",
  ],
  [
    "a state file that is a folder",
    ["--state", "."],
    "error: the state file is a folder, not a file",
    "  --state .",
  ],
  [
    "a record that is a folder",
    ["--record", "."],
    "error: the record is a folder, not a file",
    "  --record .",
  ],
  ["a world that is a folder", ["--world", "."], "error: the world file is a folder, not a file", "  ."],
  [
    "an identity that is a folder",
    ["--identity", "."],
    "error: the identity policy is a folder, not a file",
    "  .",
  ],
  ["faults that are a folder", ["--faults", "."], "error: the faults file is a folder, not a file", "  ."],
  [
    "a world file that is not there",
    ["--world", "none.yaml"],
    "error: there is no world file here",
    "  none.yaml",
  ],
  [
    "a faults file with a mistake",
    ["--faults", "faults.yaml"],
    'error: what: "explode" is not known',
    "  faults.yaml:3:22 faults[0].what",
  ],
  [
    "a state file of something else",
    ["--state", "text.json"],
    "error: the state file cannot be read",
    "  --state",
  ],
  [
    "a speed that is none",
    ["--speed", "fast"],
    "error: option '--speed <speed>' argument 'fast' is invalid",
    "  the command line",
  ],
  [
    "an identity that is no policy",
    ["--identity", "text.json"],
    "error: policy: not valid JSON: ",
    "  text.json:1:1",
  ],
  [
    "an identity in broken JSON",
    ["--identity", "broken.json"],
    "error: not valid JSON: ",
    "  broken.json:3:3",
    "  mend the JSON; commas and brackets are the usual cause",
  ],
  [
    "an identity in broken JSON with a name that says nothing",
    ["--identity", "broken"],
    "error: not valid JSON: ",
    "  broken:3:3",
  ],
  [
    "an identity of nothing",
    ["--identity", "empty.json"],
    "error: there is no policy in it",
    "  empty.json:1:1",
    '  write one: { "Version": "2012-10-17", "Statement": [ ... ] }',
  ],
  [
    "a fault on something else than an operation",
    ["--faults", "on.yaml"],
    'error: on: "create" is not an operation',
    "  on.yaml:3:11 faults[0].on",
    "  write one such as aoss:CreateVpcEndpoint, or ec2:Describe*, ec2:*, *",
  ],
  [
    "an identity with a misspelt key",
    ["--identity", "policy.json"],
    'error: unknown key "Actoin"',
    "  policy.json:4:5 Statement[0].Actoin",
    '  did you mean "Action"? allowed: ',
  ],
  [
    "an identity in broken YAML",
    ["--identity", "broken.yaml"],
    "error: not valid YAML: ",
    "  broken.yaml:3:1",
  ],
])("%s ends with 2 before anything is started", async (_what, args, problem, where, remedy = "  ") => {
  file("faults.yaml", "version: 1\nfaults:\n  - { on: '*', what: explode }\n");
  file("on.yaml", "version: 1\nfaults:\n  - { on: create, what: error }\n");
  file("text.json", '"text"');
  file("empty.json", "");
  const broken = '{\n  "Version": "2012-10-17"\n  "Statement": []\n}\n';
  file("broken.json", broken);
  file("broken", broken);
  file("broken.yaml", "Version: '2012-10-17'\nStatement: [\n");
  file(
    "policy.json",
    '{ "Version": "2012-10-17", "Statement": [\n  {\n    "Effect": "Allow", "NotAction": "ec2:*",\n    "Actoin": "*",\n    "Resource": "*" }] }\n',
  );
  const { exitCode, stdout, stderr } = await sandbox(...args, ...inside("console.log('started')"));
  expect([exitCode, stdout]).toEqual([2, ""]);
  const wanted = [problem, where, remedy, ""];
  expect(stderr.split("\n").map((line, index) => line.slice(0, wanted[index]?.length))).toEqual(wanted);
});

test("a port that is taken and a state file in use end with 1: the input is right, but not now", async () => {
  const state = path.join(folder, "in-use.json");
  const other = await startSandbox({ state });
  try {
    const { port } = new URL(other.url);
    const taken = await sandbox("--port", port, ...inside("console.log('started')"));
    expect([taken.exitCode, taken.stdout]).toEqual([1, ""]);
    expect(taken.stderr).toMatch(
      new RegExp(`^error: the sandbox cannot listen: .*EADDRINUSE.*\n  --port ${port}\n  .+\n$`),
    );
    const inUse = await sandbox("--state", state, ...inside("console.log('started')"));
    expect([inUse.exitCode, inUse.stdout]).toEqual([1, ""]);
    expect(inUse.stderr).toMatch(
      new RegExp(`^error: the state file is in use: process ${process.pid} uses it\n  --state .+\n  .+\n$`),
    );
  } finally {
    await other.close();
  }
});

test.each([
  [
    { version: 1, faults: [{ on: "*", what: "explode" }] },
    /^faults\[0\]\.what: what: "explode" is not known; allowed: throttle, error, /,
  ],
  [
    { version: 1, faults: [{ on: "*", what: "error", tims: 1 }] },
    /^faults\[0\]\.tims: unknown key "tims"; did you mean "times"\? allowed: on, after, times, /,
  ],
  [{ version: 1 }, /^faults: faults is missing; add faults, a list$/],
  [
    {
      version: 1,
      faults: [
        { on: "*", what: "error", rate: 2 },
        { on: "aoss:CreateVpcEndpont", what: "reset-after" },
      ],
    },
    /^faults\[0\]\.rate: rate: 2 is more than 1; lower it\nfaults\[1\]\.on: no operation that is served matches aoss:CreateVpcEndpont; did you mean aoss:CreateVpcEndpoint\?$/,
  ],
])("the faults %j are refused in the words of --faults while it runs", async (faults, wanted) => {
  const { stdout } = await sandbox(
    ...inside(`
      const url = new URL("/_sandbox/faults", process.env.AWS_ENDPOINT_URL);
      const headers = { "content-type": "application/json" };
      fetch(url, { method: "PUT", headers, body: ${JSON.stringify(JSON.stringify(faults))} })
        .then((response) => response.json())
        .then(({ error }) => process.stdout.write(error));
    `),
  );
  expect(stdout).toMatch(wanted);
});

test("an id that is not in the world is told once, with what helps", async () => {
  const script = inside(`
    const { DescribeVpcsCommand, EC2Client } = require("@aws-sdk/client-ec2");
    const ask = () => new EC2Client().send(new DescribeVpcsCommand({ VpcIds: ["vpc-0123456789abcdef0"] }));
    ask().catch(ask).catch(() => console.log("refused"));
  `);
  const hint =
    'sandbox: vpc-0123456789abcdef0 is not in its world; --open-world takes ids as they come, "aoss-privatelink sandbox world" prints the ids there are\n';
  const closed = await aossPrivatelink(["sandbox", ...script], { env: { ...env, NODE_NO_WARNINGS: "1" } });
  expect([closed.stdout, closed.stderr]).toEqual(["refused\n", hint]);
  const open = await aossPrivatelink(["sandbox", "--open-world", ...script], {
    env: { ...env, NODE_NO_WARNINGS: "1" },
  });
  expect([open.stdout, open.stderr]).toEqual([
    "refused\n",
    "sandbox: vpc-0123456789abcdef0 is not in its world; --open-world lets it be named, but there is nothing to read or change of it: describe it in a --world file\n",
  ]);
});

test("an id that the sandbox gave out itself is not told of when it is gone, or not to be seen yet", async () => {
  const made = `
    const { EC2Client, CreateSecurityGroupCommand, DeleteSecurityGroupCommand, DescribeSecurityGroupsCommand } =
      require("@aws-sdk/client-ec2");
    const ec2 = new EC2Client();
    const ask = (GroupId) => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] })).catch(({ name }) => name);
    ec2.send(new CreateSecurityGroupCommand({ GroupName: "apps", Description: "apps", VpcId: "vpc-0a1b2c3d4e5f60718" }))
      .then(async ({ GroupId }) => {
        const early = await ask(GroupId);
        await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
        console.log(early.SecurityGroups?.length ?? early, await ask(GroupId));
      });`;
  const quiet = { env: { ...env, NODE_NO_WARNINGS: "1" } };
  const gone = await aossPrivatelink(["sandbox", ...inside(made)], quiet);
  expect([gone.stdout, gone.stderr]).toEqual(["1 InvalidGroup.NotFound\n", ""]);
  const stale = file(
    "stale.yaml",
    "version: 1\nfaults: [{ on: 'ec2:*', what: stale-reads, reads: 1, times: 1 }]\n",
  );
  const late = await aossPrivatelink(
    ["sandbox", "--faults", path.join(folder, stale), ...inside(made)],
    quiet,
  );
  expect([late.stdout, late.stderr]).toEqual(["InvalidGroup.NotFound InvalidGroup.NotFound\n", ""]);
});

test("a Region that nobody knows is told of, since it is likely a slip, and taken", async () => {
  const world = file(
    "slip.yaml",
    'version: 1\naccounts: { "111122223333": { regions: { eu-wst-1: {} } } }\n',
  );
  const inWorld = await sandbox("--world", world, "--region", "eu-wst-1", ...inside("console.log('ran')"));
  expect([inWorld.exitCode, inWorld.stdout, inWorld.stderr]).toEqual([
    0,
    "ran\n",
    "sandbox: --world slip.yaml: eu-wst-1 is not known to offer OpenSearch Serverless; did you mean eu-west-1?\n",
  ]);
  const asked = await sandbox("--region", "eu-wst-1", ...inside("console.log('ran')"));
  expect([asked.stdout, asked.stderr]).toEqual([
    "ran\n",
    "sandbox: --region: eu-wst-1 is not known to offer OpenSearch Serverless; did you mean eu-west-1?\n",
  ]);
});

test("an action in the identity that is likely a slip is told of, and taken, as IAM takes it", async () => {
  const policy = (Action: unknown) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  const slip = file(
    "slip.json",
    policy(["aoss:CreateVpcEndpoin", "ec2:Describe*", "aoss:APIAccessAll", "kms:encrypt"]),
  );
  const run = await sandbox("--identity", slip, ...inside("console.log('ran')"));
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([
    0,
    "ran\n",
    "sandbox: --identity slip.json: Statement[0].Action[0]: no aoss:CreateVpcEndpoin is served; did you mean aoss:CreateVpcEndpoint?\n",
  ]);
});

test.each([
  [["lgo"], 'did you mean "aoss-privatelink sandbox log"? else name a command on PATH'],
  [["dmp", "--json"], 'did you mean "aoss-privatelink sandbox dump"? else name a command on PATH'],
  [["none-of-that-name"], "name a command on PATH"],
  [["./none-of-that-name"], "name a command on PATH"],
])("%j ends with 2 before a sandbox is started", async (words, remedy) => {
  // A state file would be taken, and be left locked or not, by a sandbox that starts.
  const { exitCode, stdout, stderr } = await sandbox("--state", "none/of/that/state", "--", ...words);
  expect([exitCode, stdout, stderr]).toEqual([
    2,
    "",
    `error: ${words[0]}: there is no such command\n  the command line\n  ${remedy}\n`,
  ]);
});
