import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseAccessFile } from "../../config";
import { projectFolder, run } from "../support/command";

const readme = readFileSync(path.join(projectFolder, "README.md"), "utf8");

function example(language: string, index = 0): string {
  const found = [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))][index]?.[1];
  if (!found) throw new Error(`the README has no ${language} example ${index + 1}`);
  return found;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-readme-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a stack makes, without the names that Terraform knows it by. */
function attributesOf(outdir: string) {
  const file = path.join(folder, outdir, "stacks", "search", "cdk.tf.json");
  const config = JSON.parse(readFileSync(file, "utf8").replace(/\$\{aws_\w+\.[\w-]+\.id\}/g, "REFERENCE"));
  const resources: [string, Record<string, unknown>[]][] = Object.entries(config.resource as object).map(
    ([type, named]) => [type, Object.values(named as Record<string, Record<string, unknown>>)],
  );
  return {
    provider: config.provider,
    resources: resources.map(([type, all]) => [
      type,
      all
        .map(({ "//": _metadata, name, ...rest }) => ({
          ...rest,
          // the policy is named after the construct in one of them
          ...(type.endsWith("security_policy") ? {} : { name }),
        }))
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ]),
  };
}

test("the README's access file and its constructs make the same", async () => {
  const link = path.join(folder, "node_modules");
  mkdirSync(path.join(link, "@cdktf"), { recursive: true });
  for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) {
    symlinkSync(path.join(projectFolder, "node_modules", name), path.join(link, name));
  }
  writeFileSync(path.join(folder, "access.yaml"), example("yaml"));
  const constructs = example("ts").replace(
    '"aoss-privatelink"',
    JSON.stringify(path.join(projectFolder, "modules")),
  );
  writeFileSync(path.join(folder, "constructs.ts"), constructs);
  const runner = path.join(projectFolder, "bin", "run.js");
  for (const [file, CDKTF_OUTDIR] of [
    [path.join(projectFolder, "main.ts"), "from-file"],
    [path.join(folder, "constructs.ts"), "from-constructs"],
  ] as const) {
    const { exitCode, stderr } = await run(process.execPath, [runner, file], {
      cwd: folder,
      env: { CDKTF_OUTDIR },
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
  }
  expect(attributesOf("from-constructs")).toEqual(attributesOf("from-file"));
});

test("the collections that the README adds to its access file are right, and none is likely a mistake", () => {
  // The README shows them as they stand in a stack, without what is around it.
  const inStack = example("yaml", 1).replace(/^(?=.)/gm, "    ");
  const { access, warnings } = parseAccessFile(example("yaml") + inStack, "access.yaml");
  expect(Object.keys(access.stacks["search"]?.collections ?? {})).toEqual(["orders", "logs-web"]);
  expect(warnings).toEqual([]);
  expect(example("yaml", 1).split("\n").length).toBeLessThanOrEqual(17);
});

test("the README's access file has at most 22 lines and its constructs fit on a screen", () => {
  expect(example("yaml").split("\n").length).toBeLessThanOrEqual(22);
  expect(example("ts").split("\n").length).toBeLessThanOrEqual(26);
});

test("every file that the README links to is there", () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)/g)]
    .map(([, link]) => String(link))
    .filter((link) => !link.includes(":"));
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(() => readFileSync(path.join(projectFolder, link))).not.toThrow();
});
