import path from "node:path";
import { parseArgs } from "node:util";
import { buildPackages } from "./build-package";
import { pack } from "./pack";
import { mainPackage, publishedPackages } from "./packages";

const names = publishedPackages.map(({ name }) => name);
const use = `use: npm run build -- [${names.join("|")}|all] [--into FOLDER | --pack FOLDER]`;

/**
 * Builds a package, `aoss-privatelink` unless another or `all` is named: in the project, or with `--into` in a folder
 * that stands for it; `--pack` leaves tarballs in a folder instead.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { into: { type: "string" }, pack: { type: "string" } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => name !== "all" && !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`${unknown} is no package of this project`);
  const wanted = positionals.length === 0 ? [mainPackage.name] : positionals;
  const packages = publishedPackages.filter(({ name }) => wanted.includes(name) || wanted.includes("all"));
  if (values.pack !== undefined) {
    for (const { file } of await pack(packages, path.resolve(values.pack))) console.log(file);
  } else {
    await buildPackages(packages, values.into === undefined ? undefined : path.resolve(values.into));
  }
}

main().catch((error: Error) => {
  const isInput = error instanceof TypeError;
  // esbuild, tsc and npm print what is wrong, and where
  const isTold = "errors" in error || "status" in error;
  console.error(`error: ${isTold ? "the build failed, see above" : error.message}`);
  if (isInput) console.error(`  npm run build\n  ${use}`);
  process.exitCode = isInput ? 2 : 1;
});
