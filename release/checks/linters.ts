import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { projectFolder } from "../packages";
import type { Checked } from "./problem";

/** Linters of packages: what others get when they install this tarball, in every way of resolving modules. */
const linters = [
  { name: "publint", file: "publint/src/cli.js", args: (tarball: string) => ["run", tarball, "--strict"] },
  {
    name: "@arethetypeswrong/cli",
    file: "@arethetypeswrong/cli/dist/index.js",
    args: (tarball: string) => [tarball, "--no-color", "--no-emoji"],
  },
];

/** Runs the linters on a tarball, all at once. */
export async function checkWithLinters(name: string, tarball: string): Promise<Checked> {
  const found = await Promise.all(
    linters.map(async (linter) => {
      const { exitCode, printed } = await runLinter(linter.file, linter.args(tarball));
      if (exitCode === 0) return [];
      console.error(printed.trim());
      return [
        { problem: `${linter.name} finds something, see above`, where: name, remedy: "mend its manifest" },
      ];
    }),
  );
  const names = linters.map((linter) => linter.name).join(" and ");
  return { looked: `${name}: ${names} find nothing`, problems: found.flat() };
}

function runLinter(
  file: string,
  args: readonly string[],
): Promise<{ readonly exitCode: number | null; readonly printed: string }> {
  // Neither exports the file of its command.
  const [owner = ""] = createRequire(path.join(projectFolder, "package.json")).resolve.paths(file) ?? [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(owner, file), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, printed: Buffer.concat(chunks).toString("utf8") }));
  });
}
