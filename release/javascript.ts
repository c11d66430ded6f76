import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin, transform } from "esbuild";
import { type PublishedPackage, projectFolder } from "./packages";

const target = "node20";

/**
 * Writes the JavaScript of a package into a folder: a file for each entry, and what several load beside them. It is not
 * minified: node prints the line that threw an error, which would then be all of a file.
 */
export async function writeJavaScript(
  { entries, renamed }: Pick<PublishedPackage, "entries" | "renamed">,
  folder: string,
): Promise<void> {
  // Only ES modules can be built into files that share others; each of them is made CommonJS afterwards, since
  // Node.js 20 cannot require an ES module, and the bindings are CommonJS too.
  const { outputFiles } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [...entries],
    outbase: projectFolder,
    outdir: folder,
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target,
    packages: "external",
    legalComments: "none",
    plugins: [renaming(renamed), ...(await narrowing(entries))],
    write: false,
    logLevel: "warning",
  });
  for (const file of outputFiles) {
    const { code } = await transform(file.text, { format: "cjs", platform: "node", target });
    mkdirSync(path.dirname(file.path), { recursive: true });
    writeFileSync(file.path, code);
  }
}

/**
 * Were a room that is an entry itself imported by its index, all of it would be loaded by whoever takes one name from
 * there: the constructs would load all of `service`. They get an index of their own, of the files that they use.
 */
async function narrowing(entries: readonly string[]): Promise<Plugin[]> {
  const [importer, room] = entries;
  if (entries.length !== 2 || importer === undefined || room === undefined) return [];
  const { metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [importer],
    bundle: true,
    platform: "node",
    packages: "external",
    outdir: projectFolder,
    metafile: true,
    write: false,
  });
  const [folder, importers] = [path.dirname(room), path.join(projectFolder, path.dirname(importer), "/")];
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((file) => file.startsWith(`${folder}/`) && inputs[file]?.bytesInOutput !== 0),
  );
  const contents = used.map((file) => `export * from ${JSON.stringify(`./${file}`)};`).join("\n");
  const index: Plugin = {
    name: "narrow-index",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: new RegExp(`^\\.\\./${folder}$`) }, ({ path: asked, importer: by }) =>
        by.startsWith(importers) ? { path: asked, namespace: "narrow" } : undefined,
      );
      onLoad({ filter: /^/, namespace: "narrow" }, () => ({ contents, resolveDir: projectFolder }));
    },
  };
  return [index];
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
