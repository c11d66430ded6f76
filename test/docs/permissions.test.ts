import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allFeatures, permissionTable } from "../../service";
import { permissionsDocument } from "../../service/permissions/documentation";
import { aossPrivatelink, projectFolder } from "../support/command";

const page = (name: string) => readFileSync(path.join(projectFolder, name), "utf8");
const [, accessFile = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(page("README.md")) ?? [];

// several commands, one after the other
jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-docs-permissions-"));
  writeFileSync(path.join(folder, "access.yaml"), accessFile);
});

afterEach(() => rmSync(folder, { recursive: true }));

const run = (words: readonly string[]) => aossPrivatelink(words, { cwd: folder });

test("docs/permissions.md is written from the table as it stands: run npm run docs:permissions", () => {
  expect(page("docs/permissions.md")).toBe(permissionsDocument());
});

test("the page has a section for each feature, and each row of the table in that of its feature", () => {
  const sections = new Map(
    page("docs/permissions.md")
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section]),
  );
  for (const feature of allFeatures) expect([...sections.keys()]).toContain(feature);
  for (const { feature, action, purpose } of permissionTable) {
    const rows = sections.get(feature)?.split("\n") ?? [];
    expect(rows.filter((row) => row.includes(`\`${action}\``) && row.includes(purpose))).not.toEqual([]);
  }
});

test("each of the 22 permissions of AWS's guide is told to be in a statement", () => {
  const [, section = ""] = page("docs/permissions.md").split("## The list of AWS's guide");
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toHaveLength(22);
  for (const row of rows) expect(row.split("|")[2]?.trim()).toMatch(/^[A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*$/);
});

test.each(["README.md", "docs/commands.md"])(
  "what %s shows of the policies is what permissions prints",
  async (name) => {
    const shown = [
      ...page(name).matchAll(/```text\n\$ (?:npx )?aoss-privatelink (permissions.*)\n([\s\S]*?)```/g),
    ];
    expect(shown).toHaveLength(1);
    for (const [, args = "", output = ""] of shown) {
      const { stdout, exitCode } = await run(args.split(" "));
      expect(exitCode).toBe(0);
      // what is left out in the middle is shown as …
      const parts = output.trimEnd().split(/^\s*…\n/m);
      expect(parts.length).toBeLessThanOrEqual(3);
      let from = 0;
      for (const part of parts) {
        const at = stdout.indexOf(part, from);
        expect([part, at >= 0]).toEqual([part, true]);
        from = at + part.length;
      }
      expect(stdout.startsWith(parts[0] ?? "")).toBe(true);
    }
  },
);

test("the commands of docs/commands.md write the files that the commands after them read", async () => {
  const [, section = ""] = /^## permissions\n([\s\S]*?)^## /m.exec(page("docs/commands.md")) ?? [];
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block.split("\n"));
  expect(blocks.length).toBeGreaterThanOrEqual(3);
  for (const [first = "", ...others] of blocks) {
    const { exitCode, stderr } = await run(first.split(" ").slice(1));
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^written: /)]);
    const named = others.flatMap((line) => /(?:file:\/\/|--identity )(\S+)/.exec(line)?.[1] ?? []);
    for (const file of named) expect(() => readFileSync(path.join(folder, file))).not.toThrow();
  }
  expect(readdirSync(folder).sort()).toEqual(["access.yaml", "deployer.json", "deployer.tf", "policies"]);
});
