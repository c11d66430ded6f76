import path from "node:path";
import { parseArgs } from "node:util";
import { buildPackages } from "./build-package";
import { pack } from "./pack";
import { mainPackage, publishedPackages } from "./packages";

const names = publishedPackages.map(({ name }) => name);
const use = `use: npm run build -- [${names.join("|")}|all] [--pack FOLDER]`;

/** Builds a package, `aoss-privatelink` unless another or `all` is named; with `--pack` prints JSON of the tarballs. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { pack: { type: "string" } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => name !== "all" && !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`${unknown} is no package of this project`);
  const wanted = positionals.length === 0 ? [mainPackage.name] : positionals;
  const packages = publishedPackages.filter(({ name }) => wanted.includes(name) || wanted.includes("all"));
  if (values.pack === undefined) await buildPackages(packages);
  else console.log(JSON.stringify(await pack(packages, path.resolve(values.pack)), null, 2));
}

main().catch((error: Error) => {
  const isInput = error instanceof TypeError;
  // esbuild, tsc and npm print what is wrong, and where
  const isTold = "errors" in error || "status" in error;
  console.error(`error: ${isTold ? "the build failed, see above" : error.message}`);
  if (isInput) console.error(`  npm run build\n  ${use}`);
  process.exitCode = isInput ? 2 : 1;
});
