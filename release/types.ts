import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { rename } from "./javascript";
import { type PublishedPackage, projectFolder } from "./packages";

/** Compiles the declarations of all rooms into a folder that goes with `work`. */
export function withDeclarations<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-types-"));
  try {
    const compiler = createRequire(path.join(projectFolder, "package.json")).resolve(
      "typescript/package.json",
    );
    const args = ["-p", "tsconfig.build.json", "--outDir", folder];
    execFileSync(process.execPath, [path.join(path.dirname(compiler), "bin", "tsc"), ...args], {
      cwd: projectFolder,
      stdio: ["ignore", 2, 2],
    });
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the types of a package: the declarations of its typed entries and of what they name, a file each as in the
 * source, so that a class is the same whichever entry it comes from.
 */
export function writeTypes(
  { typedEntries, renamed }: PublishedPackage,
  declarations: string,
  folder: string,
): void {
  for (const file of reachable(typedEntries, declarations)) {
    const text = readFileSync(path.join(declarations, file), "utf8");
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(
      target,
      text.replace(imports, (_all, before: string, specifier: string) => before + rename(specifier, renamed)),
    );
  }
}

/** What an import or an import type in a declaration names; tsc writes both in double quotes. */
const imports = /(\b(?:from |import\()")([^"]+)(?=")/g;

/** The declarations of these entries and all that they import, from the folder. */
function reachable(entries: readonly string[], folder: string): Set<string> {
  const found = new Set<string>();
  const open = entries.map((entry) => entry.replace(/\.ts$/, ".d.ts"));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, , specifier = ""] of readFileSync(path.join(folder, file), "utf8").matchAll(imports)) {
      if (!specifier.startsWith(".")) continue;
      const named = path.join(path.dirname(file), specifier);
      open.push(existsSync(path.join(folder, `${named}.d.ts`)) ? `${named}.d.ts` : `${named}/index.d.ts`);
    }
  }
  return found;
}
