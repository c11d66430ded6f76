import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeJavaScript } from "./javascript";
import { commandPackage, mainPackage, type PublishedPackage, projectFolder, twinPackage } from "./packages";
import { twinManifest, twinReadme } from "./twin";
import { withDeclarations, writeTypes } from "./types";

/** Builds packages, each into its folder, ready for `npm pack`. */
export async function buildPackages(packages: readonly PublishedPackage[]): Promise<void> {
  for (const one of packages) {
    rmSync(distOf(one), { recursive: true, force: true });
    await writeJavaScript(one, distOf(one));
    writeSurroundings(one);
  }
  withDeclarations((declarations) => {
    for (const one of packages) writeTypes(one, declarations, distOf(one));
  });
}

const folderOf = ({ folder }: PublishedPackage) => path.join(projectFolder, folder);
const distOf = (one: PublishedPackage) => path.join(folderOf(one), "dist");

/** What stands beside the code. */
function writeSurroundings(one: PublishedPackage): void {
  const folder = folderOf(one);
  if (one === twinPackage) {
    mkdirSync(path.join(folder, "bin"), { recursive: true });
    writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(twinManifest(), null, 2)}\n`);
    writeFileSync(path.join(folder, "README.md"), twinReadme());
    copy("bin/aoss-privatelink.js", path.join(folder, "bin", "aoss-privatelink.js"));
  }
  if (one !== mainPackage) copy("LICENSE", path.join(folder, "LICENSE"));
  if (one !== mainPackage) copy("access.schema.json", path.join(folder, "access.schema.json"));
  if (one !== commandPackage) writeSandboxEntry(distOf(one));
}

const copy = (file: string, target: string) => cpSync(path.join(projectFolder, file), target);

/** The sandbox comes with the command; who has the constructs finds it under their name too. */
function writeSandboxEntry(dist: string): void {
  const folder = path.join(dist, "sandbox");
  const source = JSON.stringify(`${commandPackage.name}/sandbox`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "index.js"), `module.exports = require(${source});\n`);
  writeFileSync(path.join(folder, "index.d.ts"), `export * from ${source};\n`);
}
