import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink, projectFolder } from "../support/command";

const accessFile = (stacks: readonly string[]) =>
  [
    "version: 1",
    "stacks:",
    ...stacks.flatMap((name, index) => [
      `  ${name}:`,
      "    region: eu-central-1",
      "    endpoints:",
      `      apps: { vpc: vpc-0a1b2c3d4e5f6071${index}, subnets: [subnet-0a1b2c3d4e5f6071${index}], allow: [{ cidr: 10.0.0.0/16 }] }`,
    ]),
  ].join("\n");

/** In cdktf's place: writes down how it was started, and in each stack the log that Terraform would leave. */
const fakeCdktf = `#!/usr/bin/env node
const { appendFileSync, existsSync, writeFileSync } = require("node:fs");
const { TF_LOG, TF_LOG_PATH, CHECKPOINT_DISABLE } = process.env;
writeFileSync("started.json", JSON.stringify({ args: process.argv.slice(2), TF_LOG, TF_LOG_PATH, CHECKPOINT_DISABLE }));
if (TF_LOG_PATH) {
  appendFileSync(TF_LOG_PATH, "");
  const sentence = "User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not authorized to perform: aoss:CreateVpcEndpoint because no identity-based policy allows the aoss:CreateVpcEndpoint action";
  if (existsSync("cdktf.out/stacks/b")) appendFileSync("cdktf.out/stacks/b/" + TF_LOG_PATH, '2026-11-25T14:31:15.480Z [ERROR] vertex "aws_opensearchserverless_vpc_endpoint.apps" error: ' + sentence + "\\n");
}
process.exit(Number(process.env.FAKE_EXIT ?? 7));
`;

const fakeTerraform = `#!/usr/bin/env node
console.log(JSON.stringify({ terraform_version: "1.11.4" }));
`;

jest.setTimeout(30_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "deploy-command-"));
  const app = `node ${path.join(projectFolder, "bin", "run.js")} ${path.join(projectFolder, "main.ts")}`;
  writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify({ language: "typescript", app }));
  writeFileSync(path.join(folder, "access.yaml"), accessFile(["a", "b"]));
  mkdirSync(path.join(folder, "bin"));
  for (const [name, content] of [
    ["cdktf", fakeCdktf],
    ["terraform", fakeTerraform],
  ] as const) {
    writeFileSync(path.join(folder, "bin", name), content);
    chmodSync(path.join(folder, "bin", name), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/** With the programs of the test in place of the real ones, and as if the registry had been asked already. */
const command = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  aossPrivatelink(args, {
    cwd: folder,
    env: {
      PATH: `${path.join(folder, "bin")}${path.delimiter}${path.dirname(process.execPath)}`,
      AOSS_PRIVATELINK_MIRROR: "here",
      TF_LOG: "",
      TF_LOG_PATH: "",
      ...env,
    },
  });

const started = () => {
  const file = path.join(folder, "started.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

describe("deploy and destroy", () => {
  test("start cdktf with all stacks, what stands after --, and a log of errors in the folder of each stack", async () => {
    const { exitCode } = await command(["deploy", "--auto-approve", "--", "--parallelism", "1"], {
      FAKE_EXIT: "0",
    });
    expect(exitCode).toBe(0);
    expect(started()).toEqual({
      args: [
        "deploy",
        "a",
        "b",
        "--skip-synth",
        "--auto-approve",
        "--skip-provider-lock",
        "--parallelism",
        "1",
      ],
      TF_LOG: "ERROR",
      TF_LOG_PATH: expect.stringMatching(/^\.aoss-privatelink-\d+\.log$/),
      CHECKPOINT_DISABLE: "1",
    });
  });

  test("end with 1 whatever cdktf ends with, say which stack was denied what, and leave no log", async () => {
    const { exitCode, stderr } = await command(["deploy", "b", "a", "--auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "\nb: denied: aoss:CreateVpcEndpoint\n  who:   role deployer of account 123456789012, session ci\n",
    );
    expect(stderr).toContain("\n  aoss-privatelink permissions b\n");
    expect(stderr).not.toContain("a: denied");
    const log = started().TF_LOG_PATH;
    expect(
      ["", "cdktf.out/stacks/a", "cdktf.out/stacks/b"].filter((one) =>
        existsSync(path.join(folder, one, log)),
      ),
    ).toEqual([]);
  });

  test("leave TF_LOG to whoever sets it, and say what explains the errors then", async () => {
    const { exitCode, stderr } = await command(["deploy", "--auto-approve"], { TF_LOG: "DEBUG" });
    expect(exitCode).toBe(1);
    expect(started()).toMatchObject({ TF_LOG: "DEBUG", TF_LOG_PATH: "" });
    expect(stderr).toContain("TF_LOG is set, so errors were not read");
    expect(stderr).toContain("aoss-privatelink explain-denial");
  });

  test("say what explains the errors that are not in the log, where the state is kept in S3", async () => {
    const backend = "backend: { s3: { bucket: states, key: demo.tfstate, region: eu-central-1 } }";
    writeFileSync(path.join(folder, "access.yaml"), `${accessFile(["a"])}\n    ${backend}`);
    const { exitCode, stderr } = await command(["deploy", "--auto-approve"]);
    expect({ exitCode, stderr: stderr.trimEnd().split("\n").at(-1) }).toEqual({
      exitCode: 1,
      stderr:
        "what happens where the state is kept is not in Terraform's log; if AWS denied a call, give what was printed to aoss-privatelink explain-denial",
    });
  });

  test.each([
    [["deploy"], "without a terminal nobody can approve the plan", "add --auto-approve"],
    [["deploy", "--", "--auto-approve"], "--auto-approve stands after --", "put it before --"],
    [["deploy", "--auto-approve", "--", "--output=x"], "--output=x stands after --", "leave it out"],
    [["deploy", "c", "--auto-approve"], 'no stack "c"', "stacks: a, b"],
    [["deploy", "--auto-approve", "--file", "none.yaml"], "there is no access file here", "name another"],
    [["deploy", "--auto-aprove"], "unknown option '--auto-aprove'", "did you mean --auto-approve?"],
    [
      ["destroy", "a", "--skip-provider-lock"],
      "unknown option '--skip-provider-lock'",
      "options of cdktf destroy stand after --: aoss-privatelink destroy -- --parallelism 1",
    ],
    [["destroy", "--auto-approve"], "which of 2 stacks?", "name them: a, b"],
  ])("%j is refused with 2, before anything is started", async (args, problem, remedy) => {
    const { exitCode, stderr } = await command(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(remedy);
    expect(started()).toBeUndefined();
  });

  test("a folder without cdktf.json, and one without cdktf, are told how to come by it", async () => {
    rmSync(path.join(folder, "bin", "cdktf"));
    expect(await command(["deploy", "--auto-approve"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^error: cdktf-cli is not installed.*\n.*\n {2}npm install --save-dev cdktf-cli/,
      ),
    });
    rmSync(path.join(folder, "cdktf.json"));
    const { exitCode, stderr } = await command(["deploy", "--auto-approve"]);
    const [problem, , remedy = ""] = stderr.split("\n");
    expect([exitCode, problem]).toEqual([
      2,
      "error: there is no cdktf.json here, without which cdktf does nothing",
    ]);
    // what is told to be written works, from this folder
    writeFileSync(path.join(folder, "cdktf.json"), remedy.replace("  write one: ", ""));
    writeFileSync(path.join(folder, "bin", "cdktf"), fakeCdktf, { mode: 0o755 });
    expect(await command(["deploy", "--auto-approve"], { FAKE_EXIT: "0" })).toMatchObject({ exitCode: 0 });
    expect(started().args.slice(0, 3)).toEqual(["deploy", "a", "b"]);
  });
});
