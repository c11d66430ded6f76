import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { moduleFilesIn } from "../../terraform";
import { moduleFolder } from "../native/many-modules";
import { aossPrivatelink } from "../support/command";

const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-module-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => aossPrivatelink(["module", ...args], { cwd: folder });
const committed = moduleFilesIn(moduleFolder);

test("the module is written file by file, and written again nothing changes", async () => {
  const { exitCode, stdout, stderr } = await run("modules/access");
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([
    ...committed.map((file) => `written    ${path.join("modules/access", file.path)}`),
    `modules/access has the module: ${committed.length} files; its README.md says how to call it`,
    "",
  ]);
  expect(moduleFilesIn(path.join(folder, "modules/access"))).toEqual(committed);
  expect((await run("modules/access")).stdout).toBe(
    `modules/access has the module already, all ${committed.length} files\n`,
  );
});

test("--json tells what was written, is unchanged and was removed", async () => {
  await run("json");
  rmSync(path.join(folder, "json", "README.md"));
  const { stdout } = await run("json", "--json");
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    folder: "json",
    written: ["README.md"],
    unchanged: committed.map((file) => file.path).filter((one) => one !== "README.md"),
    removed: [],
  });
});

test("a folder with files of somebody else is refused with 2, and left as it was", async () => {
  mkdirSync(path.join(folder, "foreign"));
  writeFileSync(path.join(folder, "foreign", "main.tf"), "mine");
  const { exitCode, stdout, stderr } = await run("foreign");
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    [
      "error: the folder has files that are not from this command, or were changed since: main.tf",
      "  foreign",
      "  name a folder that is new or empty, or move them away",
      "",
    ].join("\n"),
  );
  expect(readdirSync(path.join(folder, "foreign"))).toEqual(["main.tf"]);
  expect(readFileSync(path.join(folder, "foreign", "main.tf"), "utf8")).toBe("mine");
});

test.each([
  ["a file", ["file"], "error: this is a file, not a folder\n  file\n  name a folder that is new or empty\n"],
  [
    "a folder below a file",
    ["file/below"],
    "error: what should be a folder on the way to it is a file\n  file/below\n  name a folder that can be written\n",
  ],
  ["an empty name", [""], "error: DIR is empty\n  the command line\n  name a folder\n"],
  [
    "no name",
    [],
    "error: missing required argument 'dir'\n  the command line\n  --help lists commands and options\n",
  ],
  [
    "a folder that cannot be made",
    ["/proc/module"],
    "error: it cannot be made\n  /proc/module\n  name a folder that can be written\n",
  ],
])("%s is refused with 2", async (_, args, message) => {
  writeFileSync(path.join(folder, "file"), "");
  const { exitCode, stdout, stderr } = await run(...args);
  expect([exitCode, stdout, stderr]).toEqual([2, "", message]);
});

const isRoot = process.getuid?.() === 0;
(isRoot ? test.skip : test)(
  "a folder without the right to write is refused with 2, and nothing is in it",
  async () => {
    const target = path.join(folder, "shut");
    mkdirSync(target);
    chmodSync(target, 0o500);
    const { exitCode, stderr } = await run("shut");
    expect([exitCode, stderr]).toEqual([
      2,
      "error: it may not be read or written\n  shut\n  name a folder that can be written\n",
    ]);
    expect(existsSync(path.join(target, "main.tf.json"))).toBe(false);
  },
);
