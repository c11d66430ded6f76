import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { apiReports } from "./api-report";
import { checkChangelog } from "./checks/changelog";
import { checkContents } from "./checks/contents";
import { checkDependencies } from "./checks/dependencies";
import { checkWithLinters } from "./checks/linters";
import { checkNativeModule } from "./checks/native-module";
import type { Checked, ReleaseProblem } from "./checks/problem";
import { checkVersions } from "./checks/versions";
import { type Packed, pack } from "./pack";
import {
  commandPackage,
  nativeModule,
  type PublishedPackage,
  projectFolder,
  publishedPackages,
} from "./packages";
import { staleReports } from "./stale-reports";

const use = "use: npm run release:check -- [--tag vVERSION] [--out FOLDER]";

const read = (...parts: string[]) => readFileSync(path.join(projectFolder, ...parts), "utf8");
const readJson = (...parts: string[]) => JSON.parse(read(...parts));

/**
 * All of a release that takes no login: versions, changelog, public surface, and the tarballs as they would be
 * published, which are left in the folder of `--out`. Ends with 1 if anything stands in the way.
 */
async function main(): Promise<number> {
  const { tag, out } = parseArgs({ options: { tag: { type: "string" }, out: { type: "string" } } }).values;
  const folder =
    out === undefined ? mkdtempSync(path.join(tmpdir(), "aoss-privatelink-release-")) : path.resolve(out);
  let count = 0;
  const say = ({ looked, problems }: Checked) => {
    count += problems.length;
    console.log(problems.length === 0 ? `ok     ${looked}` : problems.map(problemText).join("\n"));
  };
  try {
    const manifest = readJson("package.json");
    const versions = {
      main: manifest,
      command: readJson("packages", "cli", "package.json"),
      locked: readJson("package-lock.json").packages,
      ...(tag === undefined ? {} : { tag }),
    };
    say(checkVersions(versions));
    say(checkChangelog(read("CHANGELOG.md"), manifest.version, tag));
    say(checkSurface());
    say(checkModule());
    for (const packed of await pack(publishedPackages, folder)) {
      const one = publishedPackages.find(({ name }) => name === packed.name) as PublishedPackage;
      for (const checked of await checkPackage(one, packed, manifest)) say(checked);
    }
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    count === 0
      ? `ready: nothing stands in the way of a release${tag === undefined ? "" : ` of ${tag}`}`
      : `not ready: ${count} ${count === 1 ? "problem" : "problems"}`,
  );
  return count === 0 ? 0 : 1;
}

function checkSurface(): Checked {
  const stale = staleReports(apiReports(), path.join(projectFolder, "api"));
  if (stale.length > 0) console.error(stale.join("\n"));
  const problem = {
    problem: "the public surface is not what the committed reports say, see above",
    where: "api/",
    remedy: "npm run api, and a line in CHANGELOG.md if users will notice",
  };
  return {
    looked: "api/: the public surface is what is committed",
    problems: stale.length === 0 ? [] : [problem],
  };
}

function checkModule(): Checked {
  const built = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-module-"));
  try {
    const writer = ["bin/run.js", "native/write-module.ts", built];
    execFileSync(process.execPath, writer, { cwd: projectFolder, stdio: ["ignore", 2, 2] });
    return checkNativeModule(path.join(projectFolder, nativeModule), built);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

async function checkPackage(
  one: PublishedPackage,
  { file, size, files }: Packed,
  { dependencies, devDependencies }: Record<string, Readonly<Record<string, string>>>,
): Promise<Checked[]> {
  const manifest = JSON.parse(files.find(({ path: name }) => name === "package.json")?.text ?? "{}");
  return [
    checkContents(one, size, files),
    // the constructs are tested with the newest peers, which the project pins
    checkDependencies(manifest, files, one === commandPackage ? { ...devDependencies, ...dependencies } : {}),
    await checkWithLinters(one.name, file),
  ];
}

const problemText = ({ problem, where, remedy }: ReleaseProblem) =>
  `error: ${problem}\n  ${where}\n  ${remedy}`;

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: Error & { code?: string }) => {
    const isInput = error.code?.startsWith("ERR_PARSE_ARGS") === true;
    console.error(`error: ${error.message}\n  npm run release:check${isInput ? `\n  ${use}` : ""}`);
    process.exitCode = isInput ? 2 : 1;
  },
);
