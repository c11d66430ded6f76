import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder, twinPackage } from "./packages";

/** Releases of CDK Terrain's packages that the tests of the constructs have passed with. */
const peerDependencies = {
  "@cdktn/provider-aws": ">= 25.5.0 < 26",
  cdktn: "^0.24.0",
  constructs: ">= 10.6.0 < 10.8",
};

/** The manifest of `aoss-privatelink-cdktn`: that of `aoss-privatelink` but for its name and its peers. */
export function twinManifest(): object {
  const manifest = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8"));
  const { workspaces, scripts, devDependencies, files, ...rest } = manifest;
  return {
    ...rest,
    name: twinPackage.name,
    description: `${manifest.description}; for CDK Terrain (cdktn)`,
    keywords: [...manifest.keywords, "cdktn", "cdk-terrain"],
    files: ["dist", "bin", "access.schema.json"],
    peerDependencies,
  };
}

/** What its page on npm says: the differences, and how to move. */
export function twinReadme(): string {
  return readFileSync(path.join(projectFolder, "packages", "cdktn-readme.md"), "utf8");
}
