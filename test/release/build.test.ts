import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder, run } from "../support/command";

const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-build-"));
afterAll(() => rmSync(folder, { recursive: true }));

const build = (...args: string[]) =>
  run(process.execPath, ["bin/run.js", "release/build.ts", ...args], { cwd: projectFolder });

test.each([
  [["aoss-privatelink-cdktf"], "error: aoss-privatelink-cdktf is no package of this project"],
  [["--out", "here"], "error: Unknown option '--out'"],
])("%j is refused, with what can be built", async (args, problem) => {
  const { exitCode, stdout, stderr } = await build(...args);
  const [first = "", where, remedy] = stderr.split("\n");
  expect([exitCode, stdout, first.slice(0, problem.length), where, remedy]).toEqual([
    2,
    "",
    problem,
    "  npm run build",
    "  use: npm run build -- [aoss-privatelink|aoss-privatelink-cdktn|aoss-privatelink-cli|all] [--into FOLDER | --pack FOLDER]",
  ]);
});

test("the twin imports nothing of CDKTF, in its code and in its types, and says what it takes instead", async () => {
  expect(await build("aoss-privatelink-cdktn", "--into", folder)).toMatchObject({ exitCode: 0, stderr: "" });
  const twin = path.join(folder, "build", "aoss-privatelink-cdktn");
  const text = (file: string) => readFileSync(path.join(twin, file), "utf8");
  for (const file of [
    "dist/modules/index.js",
    "dist/modules/private-access.d.ts",
    "dist/modules/collection.d.ts",
  ]) {
    expect(text(file)).not.toMatch(/["']@?cdktf\b/);
  }
  expect(text("dist/modules/index.js")).toContain('require("@cdktn/provider-aws/lib/security-group")');
  expect(text("dist/modules/collection.d.ts")).toContain('from "cdktn"');
  const { name, peerDependencies, devDependencies, workspaces } = JSON.parse(text("package.json"));
  expect([name, devDependencies, workspaces]).toEqual(["aoss-privatelink-cdktn", undefined, undefined]);
  expect(Object.keys(peerDependencies).sort()).toEqual(["@cdktn/provider-aws", "cdktn", "constructs"]);
  // what is built elsewhere leaves the project's folder alone, and no more is built than was asked for
  expect(existsSync(path.join(folder, "dist"))).toBe(false);
}, 60_000);
