import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink, projectFolder } from "../support/command";

const page = (name: string) => readFileSync(path.join(projectFolder, name), "utf8");
const [, accessFile = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(page("README.md")) ?? [];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-docs-reach-"));
  writeFileSync(path.join(folder, "access.yaml"), accessFile);
});

afterAll(() => rmSync(folder, { recursive: true }));

const reach = async (args: readonly string[]) =>
  (await aossPrivatelink(["reach", ...args], { cwd: folder })).stdout;

test.each(["README.md", "docs/commands.md"])(
  "what %s shows of one answer is what reach prints",
  async (name) => {
    const shown = [
      ...page(name).matchAll(/```text\n\$ (?:npx )?aoss-privatelink reach (.*)\n([\s\S]*?)```/g),
    ];
    expect(shown).toHaveLength(1);
    for (const [, args = "", output = ""] of shown) {
      const printed = await reach(args.split(" "));
      expect(printed.startsWith(output.trimEnd())).toBe(true);
    }
  },
);

test("the table that docs/commands.md shows is what reach prints", async () => {
  const [, shown] = /```text\n(who reaches what: search\n[\s\S]*?)```/.exec(page("docs/commands.md")) ?? [];
  expect(await reach([])).toBe(shown);
});
