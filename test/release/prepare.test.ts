import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder, run } from "../support/command";

// A copy of what a release changes, with the script in it.
const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-prepare-"));
const files = ["package.json", "package-lock.json", "packages/cli/package.json", "CHANGELOG.md"];
const text = (file: string) => readFileSync(path.join(folder, file), "utf8");

beforeAll(() => {
  for (const file of [...files, "release"]) {
    cpSync(path.join(projectFolder, file), path.join(folder, file), { recursive: true });
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const prepare = (...args: string[]) =>
  run(process.execPath, ["bin/run.js", path.join(folder, "release", "prepare.ts"), ...args], {
    cwd: projectFolder,
  });

test("a release has its version in every manifest and the lock file, and nothing else of them changes", async () => {
  const before = files.map(text);
  const { exitCode, stdout } = await prepare("7.8.9");
  expect([exitCode, stdout]).toEqual([
    0,
    "7.8.9 stands in the manifests, the lock file and CHANGELOG.md: commit, tag v7.8.9, npm run release:check -- --tag v7.8.9\n",
  ]);
  const changed = files.map((file, index) => {
    const was = before[index]?.split("\n") ?? [];
    return text(file)
      .split("\n")
      .filter((line) => !was.includes(line))
      .map((line) => line.trim());
  });
  const version = '"version": "7.8.9",';
  const day = /^## \[7\.8\.9\] - \d{4}-\d\d-\d\d$/;
  expect(changed).toEqual([
    [version, '"aoss-privatelink-cli": "7.8.9"'],
    [version, version, '"aoss-privatelink-cli": "7.8.9"', version],
    [version],
    [expect.stringMatching(day)],
  ]);
});

test("the same version is refused a second time, and so is one with nothing to tell", async () => {
  expect(await prepare("7.8.9")).toMatchObject({
    exitCode: 1,
    stderr: "error: there is a section [7.8.9] already\n  CHANGELOG.md\n  name the version that comes next\n",
  });
  expect(await prepare("7.9.0")).toMatchObject({
    exitCode: 1,
    stderr:
      "error: there is no line under [Unreleased]\n  CHANGELOG.md\n  say there what users will notice\n",
  });
});

test.each([
  [[], "no version is named"],
  [["v7.8.9"], "v7.8.9 is no semantic version"],
  [["7.8.9", "7.9.0"], "7.9.0: one version is enough"],
])("%j is refused", async (args, problem) => {
  const { exitCode, stderr } = await prepare(...args);
  expect([exitCode, stderr.split("\n")[0]]).toEqual([2, `error: ${problem}`]);
});
