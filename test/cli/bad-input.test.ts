import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { badAccessFiles, goodAccessFile } from "../support/bad-access-files";
import { aossPrivatelink } from "../support/command";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-bad-input-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Without Terraform the sandbox has nothing to prepare for it, and nothing to say of it. */
const noTerraform = { TERRAFORM_BINARY_NAME: "no-such-terraform" };

describe("plan ends with exit code 2, tells the place and writes nothing for", () => {
  test.each(badAccessFiles)("$name", async ({ text, expected }) => {
    writeFileSync(path.join(folder, "access.yaml"), text);
    const { exitCode, stdout, stderr } = await aossPrivatelink(["plan"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    const [place = ""] = expected.split(" ");
    expect(stderr).toContain(`access.yaml:${place}`);
    expect(stderr).toMatch(/^error: .+\n {2}access\.yaml:.+\n {2}.+\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder)).toEqual(["access.yaml"]);
  });

  test("a file that is not there", async () => {
    const { exitCode, stderr } = await aossPrivatelink(["plan", "--file", "none.yaml"], { cwd: folder });
    expect([exitCode, readdirSync(folder)]).toEqual([2, []]);
    expect(stderr).toBe(
      "error: there is no access file here\n  none.yaml\n  name another with --file or AOSS_PRIVATELINK_FILE\n",
    );
  });
});

test.each([
  [["plam"], "unknown command 'plam'", "did you mean plan?"],
  [["plan", "--jsno"], "unknown option '--jsno'", "did you mean --json?"],
  [["sandbox", "--spead", "3"], "unknown option '--spead'", "did you mean --speed?"],
  [["sandbox", "wurld"], "wurld: there is no such command", 'did you mean "aoss-privatelink sandbox world"?'],
  [["sandbox", "world", "--jsn"], "unknown option '--jsn'", "did you mean --json?"],
  [
    ["sandbox", "world", "x"],
    "too many arguments for 'world': expected 0 arguments but got 1",
    "--help lists",
  ],
  [["sandbox", "log", "--url"], "option '--url <url>' argument missing", "--help lists"],
  [["plan", "--xyzzy"], "unknown option '--xyzzy'", "--help lists commands and options"],
  [
    ["sandbox", "--port", "many"],
    "option '--port <port>' argument 'many' is invalid",
    "give a number from 0 to 65535",
  ],
  [
    ["sandbox", "--region", "eu-central1"],
    "option '--region <region>' argument 'eu-central1' is invalid",
    'did you mean "eu-central-1"?',
  ],
  [
    ["sandbox", "--region", "Frankfurt"],
    "option '--region <region>' argument 'Frankfurt' is invalid",
    'give one such as "eu-central-1"',
  ],
])("%j ends with exit code 2: what is wrong, where, and what was meant", async (args, problem, remedy) => {
  const { exitCode, stdout, stderr } = await aossPrivatelink(args, { cwd: folder, env: noTerraform });
  expect([exitCode, stdout]).toEqual([2, ""]);
  const lines = stderr.split("\n");
  expect(lines).toEqual([
    `error: ${problem}`,
    "  the command line",
    expect.stringContaining(`  ${remedy}`),
    "",
  ]);
});

test("a Region that is not known yet is taken", async () => {
  const print = "process.stdout.write(process.env.AWS_REGION)";
  const args = ["sandbox", "--region", "mx-central-1", "--", process.execPath, "-e", print];
  const { exitCode, stdout } = await aossPrivatelink(args, { cwd: folder, env: noTerraform });
  expect([exitCode, stdout]).toEqual([0, "mx-central-1"]);
});

test("no command at all prints the commands and ends with 2, --help and --version end with 0", async () => {
  const [none, help, version] = await Promise.all(
    [[], ["--help"], ["--version"]].map((args) => aossPrivatelink(args, { cwd: folder })),
  );
  expect([none?.exitCode, none?.stdout, none?.stderr.split("\n")[0]]).toEqual([
    2,
    "",
    "Usage: aoss-privatelink [options] [command]",
  ]);
  expect([help?.exitCode, help?.stderr]).toEqual([0, ""]);
  expect([version?.exitCode, version?.stderr]).toEqual([0, ""]);
});

test("a command that the sandbox cannot start ends with exit code 2", async () => {
  const { exitCode, stderr } = await aossPrivatelink(["sandbox", "--", "no-such-command"], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("error: no-such-command: there is no such command");
});

test("sandbox ends with the exit code of its command, which has the sandbox's environment", async () => {
  const script =
    "process.exit(/^http:..127.0.0.1:/.test(process.env.AWS_ENDPOINT_URL) && /^sandbox-/.test(process.env.TF_WORKSPACE) ? 7 : 8)";
  const { exitCode } = await aossPrivatelink(["sandbox", "--", process.execPath, "-e", script], {
    cwd: folder,
  });
  expect(exitCode).toBe(7);
});

test("the sandbox needs no Terraform for a command that needs none", async () => {
  const { exitCode, stdout } = await aossPrivatelink(["sandbox", "--", "echo", "there"], {
    cwd: folder,
    env: { TERRAFORM_BINARY_NAME: "no-such-terraform" },
  });
  expect([exitCode, stdout]).toEqual([0, "there\n"]);
});

test("a terraform that is not there ends with exit code 1 and says how to mend it", async () => {
  writeFileSync(path.join(folder, "access.yaml"), goodAccessFile);
  const { exitCode, stderr } = await aossPrivatelink(["plan"], {
    cwd: folder,
    env: { TERRAFORM_BINARY_NAME: "no-such-terraform" },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("no-such-terraform");
});
