import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeJavaScript } from "./javascript";
import { commandPackage, nativeModule, type PublishedPackage, projectFolder, twinPackage } from "./packages";
import { twinManifest, twinReadme } from "./twin";
import { withDeclarations, writeTypes } from "./types";

/**
 * Builds packages, ready for `npm pack`.
 * @param root the folder that stands for the project's: another one keeps apart what is built at the same time.
 */
export async function buildPackages(
  packages: readonly PublishedPackage[],
  root = projectFolder,
): Promise<void> {
  if (root !== projectFolder) copyManifests(root);
  for (const { folder, ...one } of packages) {
    const dist = path.join(root, folder, "dist");
    rmSync(dist, { recursive: true, force: true });
    await writeJavaScript(one, dist);
    if (one.name === twinPackage.name) writeTwinManifest(path.join(root, folder));
    if (one.name === commandPackage.name) copyForCommand(path.join(root, folder));
    else writeSandboxEntry(dist);
  }
  withDeclarations((declarations) => {
    for (const one of packages) writeTypes(one, declarations, path.join(root, one.folder, "dist"));
  });
}

const texts = ["LICENSE", "access.schema.json", "bin/aoss-privatelink.js"];

/** What is packed beside the code, and stands in the project as it is published. */
function copyManifests(root: string): void {
  copy([...texts, "package.json", "README.md", "CHANGELOG.md"], root);
  copy(
    ["package.json", "README.md", "bin"].map((file) => `packages/cli/${file}`),
    root,
  );
}

/** The native module goes along, as it is committed: `module DIR` hands it on. */
function copyForCommand(folder: string): void {
  copy(["LICENSE", "access.schema.json"], folder);
  rmSync(path.join(folder, nativeModule), { recursive: true, force: true });
  cpSync(path.join(projectFolder, nativeModule), path.join(folder, nativeModule), {
    recursive: true,
    // not what Terraform leaves where it ran
    filter: (file) => !/^\.|\.tfstate/.test(path.basename(file)),
  });
}

function writeTwinManifest(folder: string): void {
  copy(texts, folder);
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(twinManifest(), null, 2)}\n`);
  writeFileSync(path.join(folder, "README.md"), twinReadme());
}

function copy(files: readonly string[], folder: string): void {
  for (const file of files) {
    cpSync(path.join(projectFolder, file), path.join(folder, file), { recursive: true });
  }
}

/** Node.js would name a module that nobody asked for. */
const sandboxEntry = (source: string): string => `try {
  module.exports = require(${source});
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND" || !String(error.message).includes(${source})) throw error;
  throw new Error("the sandbox comes with the command, ${commandPackage.name}, which is not installed: npm install --save-dev ${commandPackage.name}");
}
`;

/** The sandbox comes with the command; who has the constructs finds it under their name too. */
function writeSandboxEntry(dist: string): void {
  const folder = path.join(dist, "sandbox");
  const source = JSON.stringify(`${commandPackage.name}/sandbox`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "index.js"), sandboxEntry(source));
  writeFileSync(path.join(folder, "index.d.ts"), `export * from ${source};\n`);
}
