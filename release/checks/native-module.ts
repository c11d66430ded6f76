import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Checked, ReleaseProblem } from "./problem";

/** The committed native module has to be what `npm run build:module` writes now, file by file. */
export function checkNativeModule(committed: string, built: string): Checked {
  const problems: ReleaseProblem[] = [];
  const files = filesIn(built);
  for (const file of files) {
    const is = readFileSync(path.join(built, file), "utf8");
    const was = read(path.join(committed, file));
    if (was === is) continue;
    problems.push({
      problem:
        was === undefined ? "a file of the native module is missing" : "a file of the native module is stale",
      where: path.join(path.basename(committed), file),
      remedy: "npm run build:module, and commit what it writes",
    });
  }
  return { looked: `${path.basename(committed)}: ${files.length} files as they are written now`, problems };
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .sort();

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
