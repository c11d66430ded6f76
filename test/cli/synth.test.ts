import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { goodAccessFile } from "../support/bad-access-files";
import { aossPrivatelink, projectFolder } from "../support/command";

const twoStacks = `${goodAccessFile}  batch:
    region: eu-central-1
    endpoints: {}
    grants:
      - collections: [jobs]
        from: [search.apps]
`;

/** Each run takes most of a second, more on a busy machine. */
jest.setTimeout(60_000);

let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-synth-test-"));
  writeFileSync(path.join(project, "access.yaml"), twoStacks);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const synth = (...args: readonly string[]) => aossPrivatelink(["synth", ...args], { cwd: project });
const inProject = (...names: readonly string[]) => path.join(project, ...names);
const config = (...names: readonly string[]) =>
  JSON.parse(readFileSync(inProject(...names, "cdk.tf.json"), "utf8"));

test("writes a folder for each stack and nothing else, the same bytes each time and in any project", async () => {
  const first = await synth("--out", "infra");
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  expect(first.stdout.trim().split("\n")).toEqual([
    "infra/batch/cdk.tf.json: written",
    "infra/search/cdk.tf.json: written",
  ]);
  expect(readdirSync(project).sort()).toEqual(["access.yaml", "infra"]);
  expect(readdirSync(inProject("infra")).sort()).toEqual(["batch", "search"]);
  expect(readdirSync(inProject("infra", "search"))).toEqual(["cdk.tf.json"]);
  const text = readFileSync(inProject("infra", "search", "cdk.tf.json"), "utf8");
  expect(text).not.toContain(project);

  const again = await synth("--out", "infra");
  expect(again.stdout).toContain("infra/search/cdk.tf.json: unchanged");
  mkdirSync(inProject("elsewhere"));
  writeFileSync(inProject("elsewhere", "access.yaml"), twoStacks);
  await aossPrivatelink(["synth", "--out", "infra"], { cwd: inProject("elsewhere") });
  expect(readFileSync(inProject("elsewhere", "infra", "search", "cdk.tf.json"), "utf8")).toBe(text);
});

test("state in a file stays that of the project, as seen from the committed folder", async () => {
  await synth("--out", "deep/infra");
  const { terraform, data } = config("deep", "infra", "batch");
  expect(terraform.backend.local.path).toBe("../../../terraform.batch.tfstate");
  expect(data.terraform_remote_state.search.config).toEqual({
    path: "../../../terraform.search.tfstate",
    workspace_dir: "../search/terraform.tfstate.d",
  });
  await synth("--out", ".");
  expect(config("batch").terraform.backend.local.path).toBe("../terraform.batch.tfstate");
});

test("the version of CDKTF is left out, and what the review reads stays", async () => {
  await synth("--out", "infra");
  const comment = config("infra", "search")["//"];
  expect(comment.metadata.stackName).toBe("search");
  expect(comment.metadata).not.toHaveProperty("version");
});

test("--check is content with what was written, Terraform's own files and a README beside it", async () => {
  await synth("--out", "infra");
  writeFileSync(inProject("infra", "README.md"), "made by aoss-privatelink synth\n");
  writeFileSync(inProject("infra", "search", ".terraform.lock.hcl"), "");
  mkdirSync(inProject("infra", "search", ".terraform"));
  writeFileSync(inProject("infra", "search", ".terraform", "terraform.tfstate"), "{}");
  expect(await synth("--out", "infra", "--check")).toEqual({
    exitCode: 0,
    stdout: "infra: up to date, 2 stacks\n",
    stderr: "",
  });
});

test("--check finds a stale file, shows the difference and writes nothing", async () => {
  await synth("--out", "infra");
  const before = readFileSync(inProject("infra", "search", "cdk.tf.json"), "utf8");
  writeFileSync(inProject("access.yaml"), twoStacks.replace("10.20.0.0/16", "10.21.0.0/16"));
  const { exitCode, stdout, stderr } = await synth("--out", "infra", "--check");
  expect(exitCode).toBe(3);
  expect(stdout).toContain("infra/search/cdk.tf.json: not what the stack is: stale, or edited by hand\n");
  expect(stdout).toMatch(/^- +"cidr_ipv4": "10\.20\.0\.0\/16",?$/m);
  expect(stdout).toMatch(/^\+ +"cidr_ipv4": "10\.21\.0\.0\/16",?$/m);
  expect(stdout).not.toContain("batch");
  expect(stderr).toContain("infra: 1 file differs");
  expect(readFileSync(inProject("infra", "search", "cdk.tf.json"), "utf8")).toBe(before);
});

test("--check finds an edit by hand, even of white space, and an unknown file that Terraform would read", async () => {
  await synth("--out", "infra");
  const file = inProject("infra", "search", "cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").trimEnd());
  writeFileSync(inProject("infra", "batch", "extra.tf"), "");
  writeFileSync(inProject("infra", "stray.auto.tfvars"), "");
  const { exitCode, stdout } = await synth("--out", "infra", "--check", "--json");
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    out: "infra",
    upToDate: false,
    files: [
      { path: "batch/cdk.tf.json", status: "current" },
      { path: "batch/extra.tf", status: "unknown" },
      { path: "search/cdk.tf.json", status: "stale" },
      { path: "stray.auto.tfvars", status: "unknown" },
    ],
  });
  const told = await synth("--out", "infra");
  expect(told.stdout).toContain("infra/batch/extra.tf: not made by this command; left as it is");
  expect(existsSync(inProject("infra", "batch", "extra.tf"))).toBe(true);
  // writing anew has mended what it can, and is not advised again for the rest
  expect(await synth("--out", "infra", "--check")).toEqual({
    exitCode: 3,
    stdout:
      "infra/batch/extra.tf: unknown, no stack makes it\ninfra/stray.auto.tfvars: unknown, no stack makes it\n",
    stderr: "infra: 2 files that no stack makes; move them elsewhere or delete them\n",
  });
});

test("--check takes a link for stale, whatever it leads to, and writing puts a file in its place", async () => {
  await synth("--out", "infra");
  renameSync(inProject("infra", "batch", "cdk.tf.json"), inProject("elsewhere.json"));
  symlinkSync(inProject("elsewhere.json"), inProject("infra", "batch", "cdk.tf.json"));
  const { exitCode, stdout } = await synth("--out", "infra", "--check");
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`\n-link to ${inProject("elsewhere.json")}\n`);

  await synth("--out", "infra");
  expect(lstatSync(inProject("infra", "batch", "cdk.tf.json")).isFile()).toBe(true);
  expect((await synth("--out", "infra", "--check")).exitCode).toBe(0);
});

test("--check says of other line ends what they are, and how a checkout keeps them", async () => {
  await synth("--out", "infra");
  const file = inProject("infra", "batch", "cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
  const { exitCode, stdout } = await synth("--out", "infra", "--check");
  expect(exitCode).toBe(3);
  expect(stdout).toBe(
    'infra/batch/cdk.tf.json: other line ends, CRLF for LF; say "*.tf.json text eol=lf" in .gitattributes\n',
  );
});

test("of a folder with thousands of other files twenty are named, and every stack", async () => {
  mkdirSync(inProject("infra"));
  for (let index = 1000; index < 2023; index++) writeFileSync(inProject("infra", `a-${index}.txt`), "");
  const { stdout } = await synth("--out", "infra");
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(23);
  expect(lines[0]).toBe("infra/a-1000.txt: not made by this command; left as it is, and told by --check");
  expect(lines.slice(19)).toEqual([
    "infra/a-1019.txt: not made by this command; left as it is, and told by --check",
    "infra/batch/cdk.tf.json: written",
    "infra/search/cdk.tf.json: written",
    "… 1003 more files that no stack makes",
  ]);
  rmSync(inProject("infra", "search"), { recursive: true });
  const { stderr } = await synth("--out", "infra", "--check");
  expect(stderr).toBe(
    "infra: 1 file differs from what the stacks are; run aoss-privatelink synth --out infra and commit it\n" +
      "infra: 1023 files that no stack makes; move them elsewhere or delete them\n",
  );
});

test("--check finds the folder of a new stack missing, and that of one that is no more left over", async () => {
  await synth("--out", "infra");
  writeFileSync(inProject("infra", "batch", ".terraform.lock.hcl"), "");
  writeFileSync(inProject("access.yaml"), goodAccessFile.replace("  search:", "  find:"));
  const { exitCode, stdout } = await synth("--out", "infra", "--check");
  expect(exitCode).toBe(3);
  expect(stdout).toContain("infra/batch/cdk.tf.json: of a stack that is no more\n");
  expect(stdout).toContain("infra/find/cdk.tf.json: missing\n--- /dev/null\n");
  const written = await synth("--out", "infra");
  expect(written.stdout).toContain(
    "infra/batch/cdk.tf.json: removed, its stack is no more; what the stack deployed stays until it is destroyed",
  );
  expect(readdirSync(inProject("infra"))).toEqual(["find"]);
});

test("a wrong access file is refused, and nothing is written", async () => {
  writeFileSync(inProject("access.yaml"), twoStacks.replace("[orders]", '["lo*"]'));
  const { exitCode, stderr } = await synth("--out", "infra");
  expect([exitCode, existsSync(inProject("infra"))]).toEqual([2, false]);
  expect(stderr).toContain("access.yaml:12:23 stacks.search.grants[0].collections[0]");
});

describe("an app of somebody's own", () => {
  const app = (body: string) => {
    const cdktf = JSON.stringify(path.join(projectFolder, "node_modules", "cdktf"));
    const text = `const { App, HttpBackend, LocalBackend, TerraformAsset, TerraformOutput, TerraformStack } = require(${cdktf});
const app = new App();
const stack = new TerraformStack(app, "mine");
${body}
app.synth();
`;
    writeFileSync(inProject("app.js"), text);
    writeFileSync(inProject("cdktf.json"), JSON.stringify({ language: "typescript", app: "node app.js" }));
  };

  test("is written too", async () => {
    app(
      'new LocalBackend(stack, { path: "mine.tfstate" }); new TerraformOutput(stack, "a", { value: "b" });',
    );
    expect(await synth("--out", "infra")).toEqual({
      exitCode: 0,
      stdout: "infra/mine/cdk.tf.json: written\n",
      stderr: "",
    });
    expect(config("infra", "mine").output).toEqual({ a: { value: "b" } });
  });

  test.each([
    [
      "with cdktf's own backend, an absolute path",
      "",
      "error: the state is kept at an absolute path, which is of this machine\n  stack mine: terraform.backend.local.path\n",
    ],
    [
      "with a password in its backend",
      'new HttpBackend(stack, { address: "https://a.example.com", password: "hunter2" });',
      "error: password is written into the configuration, and would be committed\n  stack mine: terraform.backend.http.password\n",
    ],
    [
      "with the folder of the project in it",
      'new LocalBackend(stack, { path: "a" }); new TerraformOutput(stack, "a", { value: process.cwd() + "/x" });',
      "error: the configuration names a folder of this machine, and would be committed\n",
    ],
    [
      "with a file beside the configuration",
      'new LocalBackend(stack, { path: "a" }); new TerraformAsset(stack, "it", { path: "access.yaml" });',
      "error: the stack has more than its configuration: assets\n  stack mine\n",
    ],
  ])("is refused %s, and nothing is written", async (_name, body, expected) => {
    app(body);
    const { exitCode, stderr } = await synth("--out", "infra");
    expect([exitCode, stderr, existsSync(inProject("infra"))]).toEqual([
      2,
      expect.stringContaining(expected),
      false,
    ]);
    expect(stderr).not.toContain("hunter2");
  });
});

test.each([
  ["no --out", [], "error: required option '--out <dir>' not specified"],
  ["an empty --out", ["--out", ""], "error: --out names no folder"],
  ["a file for a folder", ["--out", "access.yaml"], "error: this is a file, not a folder"],
  [
    "a folder to check that is not there",
    ["--out", "infra", "--check"],
    "error: there is no such folder\n  --out infra\n  write it with aoss-privatelink synth --out infra",
  ],
])("refused: %s", async (_name, args, expected) => {
  const { exitCode, stderr, stdout } = await synth(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(expected);
});
