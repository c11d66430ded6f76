import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { changeModule, compareModule, type ModuleFile } from "../../terraform";

const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-module-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): ModuleFile => ({ path: name, text });
const first = [
  file("main.tf.json", "{}"),
  file("examples/one/main.tf", "one"),
  file("tests/a.tftest.hcl", "a"),
];

let count = 0;
function newFolder(): string {
  count += 1;
  return path.join(folder, String(count));
}

const write = (target: string, files: readonly ModuleFile[]) =>
  changeModule(target, compareModule(target, files));

const textsIn = (target: string) =>
  Object.fromEntries(
    readdirSync(target, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => {
        const place = path.join(entry.parentPath, entry.name);
        return [path.relative(target, place), readFileSync(place, "utf8")];
      }),
  );

test("a module is written into a folder that is not there yet, and is then current", () => {
  const target = path.join(newFolder(), "deep", "down");
  write(target, first);
  expect(textsIn(target)).toEqual({
    "main.tf.json": "{}",
    "examples/one/main.tf": "one",
    "tests/a.tftest.hcl": "a",
  });
  expect(compareModule(target, first)).toEqual({ write: [], keep: first, remove: [], foreign: [] });
});

test("a newer module changes what it changed, and takes away files and folders that it has no more", () => {
  const target = newFolder();
  write(target, first);
  const second = [file("main.tf.json", "{ }"), file("tests/a.tftest.hcl", "a")];
  expect(compareModule(target, second)).toEqual({
    write: [second[0]],
    keep: [second[1]],
    remove: ["examples/one/main.tf"],
    foreign: [],
  });
  write(target, second);
  expect(textsIn(target)).toEqual({ "main.tf.json": "{ }", "tests/a.tftest.hcl": "a" });
  expect(readdirSync(target).sort()).toEqual([".aoss-privatelink.json", "main.tf.json", "tests"]);
});

test("what was changed since, and what somebody else put there, is foreign", () => {
  const target = newFolder();
  write(target, first);
  writeFileSync(path.join(target, "main.tf.json"), '{"locals":{}}');
  writeFileSync(path.join(target, "extra.tf"), "");
  expect(compareModule(target, first).foreign).toEqual(["extra.tf", "main.tf.json"]);
});

test("a link in place of a file, and one that leads nowhere, are foreign; hidden files are passed over", () => {
  const target = newFolder();
  const elsewhere = newFolder();
  write(elsewhere, first);
  mkdirSync(path.join(target, ".git"), { recursive: true });
  writeFileSync(path.join(target, ".git", "config"), "");
  symlinkSync(path.join(elsewhere, "main.tf.json"), path.join(target, "main.tf.json"));
  symlinkSync(path.join(elsewhere, "nothing"), path.join(target, "tests"));
  expect(compareModule(target, first).foreign).toEqual(["main.tf.json", "tests"]);
});

test("a run after one that was cut off goes on: files that are as they should be count as ours", () => {
  const target = newFolder();
  mkdirSync(target);
  writeFileSync(path.join(target, "main.tf.json"), "{}");
  expect(compareModule(target, first)).toMatchObject({
    write: first.slice(1),
    keep: [first[0]],
    foreign: [],
  });
});

test("a note that cannot be read tells of no file", () => {
  const target = newFolder();
  write(target, first);
  writeFileSync(path.join(target, ".aoss-privatelink.json"), "{");
  expect(compareModule(target, [file("main.tf.json", "other")]).foreign).toEqual([
    "examples/one/main.tf",
    "main.tf.json",
    "tests/a.tftest.hcl",
  ]);
});
