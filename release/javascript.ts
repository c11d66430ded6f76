import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin, transform } from "esbuild";
import { type PublishedPackage, projectFolder } from "./packages";

/**
 * Names stay: they are what stack traces are read by. White space and long forms go, which is two fifths of what is
 * loaded and packed.
 */
const shortened = { minifyWhitespace: true, minifySyntax: true } as const;
const target = "node20";

/** Writes the JavaScript of a package into a folder: a file for each entry, and what several load beside them. */
export async function writeJavaScript({ entries, renamed }: PublishedPackage, folder: string): Promise<void> {
  // Only ES modules can be built into files that share others; each of them is made CommonJS afterwards, since
  // Node.js 20 cannot require an ES module, and the bindings are CommonJS too.
  const { outputFiles } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [...entries],
    outdir: folder,
    outbase: projectFolder,
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target,
    packages: "external",
    legalComments: "none",
    plugins: [renaming(renamed)],
    write: false,
    logLevel: "warning",
    ...shortened,
  });
  for (const file of outputFiles) {
    const { code } = await transform(file.text, { format: "cjs", platform: "node", target, ...shortened });
    mkdirSync(path.dirname(file.path), { recursive: true });
    writeFileSync(file.path, code);
  }
}

/** Packages that are called otherwise in what is built. */
function renaming(renamed: PublishedPackage["renamed"]): Plugin {
  return {
    name: "rename-packages",
    setup({ onResolve }) {
      for (const name of Object.keys(renamed)) {
        onResolve({ filter: new RegExp(`^${name}(/|$)`) }, ({ path: asked }) => ({
          path: rename(asked, renamed),
          external: true,
        }));
      }
    },
  };
}

/** What an import is called in the package. */
export function rename(specifier: string, renamed: PublishedPackage["renamed"]): string {
  for (const [name, other] of Object.entries(renamed)) {
    if (specifier === name || specifier.startsWith(`${name}/`)) return other + specifier.slice(name.length);
  }
  return specifier;
}
