import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder, run } from "../support/command";

// A project with a built module, and a repository that it is published to.
const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-publish-"));
const project = path.join(folder, "project");
const repository = path.join(folder, "repository.git");
const moduleFolder = path.join(project, "terraform-aws-aoss-privatelink");

const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim().split("\n");
const publish = (tag: string, env: NodeJS.ProcessEnv = { MODULE_REPOSITORY: repository }) =>
  run("bash", [path.join(project, "release", "publish-module.sh"), tag], { env });
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(moduleFolder, file)), { recursive: true });
  writeFileSync(path.join(moduleFolder, file), text);
};

beforeAll(() => {
  mkdirSync(path.join(project, "release"), { recursive: true });
  for (const file of ["release/publish-module.sh", "LICENSE", ".gitignore"]) {
    cpSync(path.join(projectFolder, file), path.join(project, file));
  }
  execFileSync("git", ["init", "--quiet", project]);
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", repository]);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a module that is not built, a tag of no version and an unknown repository are refused, and nothing is pushed", async () => {
  const refused = [
    await publish("v1.0.0"),
    await publish("main"),
    await publish("v1.0.0", { MODULE_REPOSITORY: "" }),
  ];
  expect(refused.map(({ exitCode, stderr }) => [exitCode, stderr.split("\n")[0]])).toEqual([
    [2, "error: the module is not built"],
    [2, 'error: tag "main" is not that of a version'],
    [2, "error: MODULE_REPOSITORY is not set"],
  ]);
  expect(git("tag")).toEqual([""]);
});

test("a release is a commit and a tag with the files of the module and the licence, at the top", async () => {
  write("main.tf.json", "{}");
  write("old.tf.json", "{}");
  write("tests/plan.tftest.hcl", "");
  write(".terraform/providers/left-behind", "");
  expect(await publish("v1.0.0")).toEqual({
    exitCode: 0,
    stdout: "v1.0.0 is published\n",
    stderr: expect.any(String),
  });
  expect(git("ls-tree", "-r", "--name-only", "v1.0.0")).toEqual([
    "LICENSE",
    "main.tf.json",
    "old.tf.json",
    "tests/plan.tftest.hcl",
  ]);
  expect(git("rev-parse", "v1.0.0")).toEqual(git("rev-parse", "main"));
});

test("the same release again changes nothing", async () => {
  write("main.tf.json", '{ "changed": true }');
  expect(await publish("v1.0.0")).toMatchObject({ exitCode: 0, stdout: "v1.0.0 is published already\n" });
  expect(git("log", "--format=%s", "main")).toEqual(["v1.0.0"]);
});

test("what the module no longer has is gone in the next release, and stays in the last", async () => {
  rmSync(path.join(moduleFolder, "old.tf.json"));
  expect(await publish("v1.1.0")).toMatchObject({ exitCode: 0 });
  expect(git("ls-tree", "-r", "--name-only", "v1.1.0")).toEqual([
    "LICENSE",
    "main.tf.json",
    "tests/plan.tftest.hcl",
  ]);
  expect(git("log", "--format=%s", "main")).toEqual(["v1.1.0", "v1.0.0"]);
  expect(git("ls-tree", "-r", "--name-only", "v1.0.0")).toContain("old.tf.json");
});
