import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { projectFolder, run } from "../support/command";

const cache = path.join(projectFolder, "node_modules", ".cache", "aoss-privatelink");
const wanted = ["package.json", "package-lock.json"];

/** Where CDK Terrain's packages are once they are installed. */
export const terrainFolder = path.join(cache, "cdktn");

/** Installs CDK Terrain's packages as they are locked, unless they are; half a gigabyte, 10 seconds from npm's cache. */
export async function installTerrain(): Promise<void> {
  if (wanted.every((file) => same(path.join(__dirname, file), path.join(terrainFolder, file)))) return;
  const beside = `${terrainFolder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  for (const file of wanted) copyFileSync(path.join(__dirname, file), path.join(beside, file));
  await orThrow("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], beside);
  rmSync(terrainFolder, { recursive: true, force: true });
  renameSync(beside, terrainFolder);
}

const same = (file: string, other: string) =>
  existsSync(other) && readFileSync(file, "utf8") === readFileSync(other, "utf8");

/** Stands for the project's folder with both packages built, so that nobody else builds there meanwhile. */
export const builtFolder = path.join(cache, "built-for-cdktn");

/** Builds `aoss-privatelink`, and `aoss-privatelink-cdktn` in the folder that is returned. */
export async function buildTwin(): Promise<string> {
  const build = ["release/build.ts", "aoss-privatelink", "aoss-privatelink-cdktn", "--into", builtFolder];
  await orThrow(process.execPath, ["bin/run.js", ...build], projectFolder);
  return path.join(builtFolder, "build", "aoss-privatelink-cdktn");
}

async function orThrow(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await run(file, args, { cwd });
  if (exitCode !== 0)
    throw new Error(`${file} ${args.join(" ")}: ended with ${exitCode}\n${stdout}${stderr}`);
}
