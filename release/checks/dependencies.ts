import { builtinModules } from "node:module";
import type { PackedFile } from "./contents";
import type { Checked, ReleaseProblem } from "./problem";

/** What of a manifest says what it needs. */
export interface DependingManifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Everything that the code loads is declared, and nothing else; ranges are those that are tested here. */
export function checkDependencies(
  manifest: DependingManifest,
  files: readonly PackedFile[],
  tested: Readonly<Record<string, string>>,
): Checked {
  const { name, dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const loaded = new Set(
    files.filter(({ path }) => path.endsWith(".js")).flatMap(({ text }) => packagesIn(text)),
  );
  const declared = new Set(
    [dependencies, optionalDependencies, peerDependencies].flatMap((some) => Object.keys(some)),
  );
  const where = `${name}: package.json`;
  const problems: ReleaseProblem[] = [];
  for (const one of loaded) {
    if (declared.has(one)) continue;
    problems.push({ problem: `${one} is loaded but not declared`, where, remedy: "add it to dependencies" });
  }
  for (const [one, range] of Object.entries(dependencies)) {
    if (!loaded.has(one)) {
      problems.push({ problem: `${one} is declared but not loaded`, where, remedy: "take it out" });
    } else if (tested[one] !== undefined && tested[one] !== range) {
      problems.push({
        problem: `${one} ${range} is declared, ${tested[one]} is tested`,
        where,
        remedy: "write the range that stands in the package.json of the project",
      });
    }
  }
  return { looked: `${name}: loads ${loaded.size} packages, all of them declared`, problems };
}

/** The packages that are loaded by name, at once or when they are needed. */
function packagesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:require|import)\("([^".][^"]*)"\)/g)].flatMap(([, asked = ""]) => {
    if (asked.startsWith("node:") || builtinModules.includes(asked)) return [];
    const parts = asked.split("/");
    return [parts.slice(0, asked.startsWith("@") ? 2 : 1).join("/")];
  });
}
