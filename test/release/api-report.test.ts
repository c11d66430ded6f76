import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { staleReports } from "../../release/stale-reports";
import { projectFolder, run } from "../support/command";

const committed = path.join(projectFolder, "api");

const api = (...args: string[]) =>
  run(process.execPath, ["bin/run.js", "release/write-api-report.ts", ...args], { cwd: projectFolder });

test("the committed API reports say what can be imported", async () => {
  expect(await api("--check")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
}, 60_000);

test("they cover the constructs, the rules behind them and the sandbox", () => {
  const report = (name: string) => readFileSync(path.join(committed, `${name}.api.md`), "utf8");
  expect(report("aoss-privatelink")).toContain("\nexport class PrivateAccess extends Construct");
  expect(report("aoss-privatelink-service")).toContain("\nexport function checkCidr(text: string");
  expect(report("aoss-privatelink-cli-sandbox")).toContain("\nexport function startSandbox(");
});

describe("of a surface that has changed", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-api-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const stale = (name: string, was: Record<string, string>, is: Record<string, string>) => {
    const reports = path.join(folder, name);
    mkdirSync(reports);
    for (const [file, text] of Object.entries(was)) writeFileSync(path.join(reports, file), text);
    return staleReports(new Map(Object.entries(is)), reports)
      .join("\n")
      .split("\n")
      .filter((line) => /^[-+]/.test(line));
  };

  test("the changed line is shown as it was and as it is", () => {
    const was = { "a.api.md": "export class A {\n    size: number;\n}\n" };
    const is = { "a.api.md": "export class A {\n    size: string;\n}\n" };
    expect(stale("changed", was, is)).toEqual([
      "--- api/a.api.md\tcommitted",
      "+++ api/a.api.md\tnow",
      "-    size: number;",
      "+    size: string;",
    ]);
  });

  test("an entry that is new, and one that is gone, are shown whole", () => {
    expect(stale("entries", { "gone.api.md": "one\n" }, { "new.api.md": "two\n" })).toEqual([
      "--- api/gone.api.md\tcommitted",
      "+++ api/gone.api.md\tnow",
      "-one",
      "--- api/new.api.md\tcommitted",
      "+++ api/new.api.md\tnow",
      "+two",
    ]);
  });

  test("nothing is shown of one that is the same", () => {
    expect(stale("same", { "a.api.md": "one\n" }, { "a.api.md": "one\n" })).toEqual([]);
  });
});

test("another option than --check is refused", async () => {
  expect(await api("--chekc")).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "error: --chekc: only --check is allowed\n  npm run api\n  use: npm run api -- [--check]\n",
  });
});
