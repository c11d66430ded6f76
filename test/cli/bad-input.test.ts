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

test("an unknown command, option or port ends with exit code 2 and one line", async () => {
  for (const args of [["plam"], ["plan", "--jsno"], ["sandbox", "--port", "many"]]) {
    const { exitCode, stderr } = await aossPrivatelink(args, { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
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
