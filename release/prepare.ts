import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { changelogSections, released } from "./checks/changelog";
import { isSemantic } from "./checks/versions";
import { commandPackage, projectFolder } from "./packages";

const use = "use: npm run release:prepare -- VERSION, such as 1.2.3 or 1.2.3-rc.1";

/** Sets the version in every manifest and in the lock file, and gives the changelog its section. */
function main([version, ...more]: readonly string[]): number {
  const problem = problemOf(version, more);
  if (problem !== undefined || version === undefined) {
    console.error(`error: ${problem}\n  npm run release:prepare\n  ${use}`);
    return 2;
  }
  const changelog = read("CHANGELOG.md");
  const sections = changelogSections(changelog);
  if (sections.some(({ name }) => name === version)) {
    console.error(
      `error: there is a section [${version}] already\n  CHANGELOG.md\n  name the version that comes next`,
    );
    return 1;
  }
  if (!sections.some(({ name, entries }) => name === "Unreleased" && entries.length > 0)) {
    console.error(
      "error: there is no line under [Unreleased]\n  CHANGELOG.md\n  say there what users will notice",
    );
    return 1;
  }
  write("CHANGELOG.md", released(changelog, version, new Date().toISOString().slice(0, 10)));
  edit("package.json", (manifest) => {
    manifest.version = version;
    manifest.optionalDependencies[commandPackage.name] = version;
  });
  edit("packages/cli/package.json", (manifest) => {
    manifest.version = version;
  });
  edit("package-lock.json", (lock) => {
    lock.version = version;
    const { "": root, "packages/cli": command } = lock.packages;
    if (!root || !command)
      throw new Error("package-lock.json knows nothing of packages/cli: npm install mends it");
    root.version = version;
    root.optionalDependencies[commandPackage.name] = version;
    command.version = version;
  });
  console.log(
    `${version} stands in the manifests, the lock file and CHANGELOG.md: commit, tag v${version}, npm run release:check -- --tag v${version}`,
  );
  return 0;
}

function problemOf(version: string | undefined, more: readonly string[]): string | undefined {
  if (version === undefined) return "no version is named";
  if (more.length > 0) return `${more.join(" ")}: one version is enough`;
  return isSemantic(version) ? undefined : `${version} is no semantic version`;
}

const read = (file: string) => readFileSync(path.join(projectFolder, file), "utf8");
const write = (file: string, text: string) => writeFileSync(path.join(projectFolder, file), text);

/** What of npm's own files says a version. */
interface Versioned {
  version: string;
  optionalDependencies: Record<string, string>;
  packages: Record<string, Pick<Versioned, "version" | "optionalDependencies">>;
}

function edit(file: string, change: (content: Versioned) => void): void {
  const content = JSON.parse(read(file)) as Versioned;
  change(content);
  write(file, `${JSON.stringify(content, null, 2)}\n`);
}

process.exitCode = main(process.argv.slice(2));
