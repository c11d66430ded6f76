import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { basename, delimiter, isAbsolute, join, resolve } from "node:path";
import { type Environment, terraformEnvironment } from "./environment";
import { isObject } from "./is-object";
import { run } from "./run";
import { TerraformError } from "./terraform-error";
import { rememberedVersion, rememberVersion, versionCacheFile } from "./version-cache";

/** The oldest release that works: saved plans and `-json` everywhere, as this project uses them. */
export const MINIMUM_VERSION = "1.6.0";

/** A Terraform (or OpenTofu) that exists and is new enough. */
export interface TerraformBinary {
  readonly path: string;
  readonly version: string;
}

export interface FindTerraformOptions {
  readonly env?: Environment;
  /** Where to run `version`; version managers choose by folder. @default - the current folder */
  readonly cwd?: string;
  /** @default - in the user's cache folder */
  readonly cacheFile?: string;
}

/**
 * Finds Terraform and checks that it is 1.6 or newer. Starts a process only for a binary not seen before.
 *
 * @throws {TerraformError} if there is none, it cannot be executed, or it is too old
 */
export async function findTerraform(options: FindTerraformOptions = {}): Promise<TerraformBinary> {
  const env = options.env ?? process.env;
  const path = findBinary(env);
  const cacheFile = options.cacheFile ?? versionCacheFile(env);
  let version = rememberedVersion(cacheFile, path);
  if (version === undefined) {
    version = await askVersion(path, options.cwd ?? process.cwd(), env);
    rememberVersion(cacheFile, path, version);
  }
  if (!isRecentEnough(version)) {
    throw new TerraformError({
      problem: `Terraform ${version} is too old: ${MINIMUM_VERSION} or newer is needed`,
      where: path,
      remedy: "install a newer one, or name another binary in TERRAFORM_BINARY_NAME",
    });
  }
  return { path, version };
}

/**
 * The path of the binary: `TERRAFORM_BINARY_NAME` (a name on PATH or a path), else `terraform` on PATH.
 *
 * @throws {TerraformError} if there is no such file, or it cannot be executed
 */
export function findBinary(env: Environment = process.env): string {
  const wish = env["TERRAFORM_BINARY_NAME"];
  const name = wish || "terraform";
  const isPath = isAbsolute(name) || name.includes("/") || name.includes("\\");
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter(Boolean);
  const candidates = isPath ? [resolve(name)] : folders.map((folder) => join(folder, name));
  let notExecutable: string | undefined;
  for (const candidate of candidates.flatMap((file) => withExtensions(file, env))) {
    if (!isFile(candidate)) continue;
    if (isExecutable(candidate)) return candidate;
    notExecutable ??= candidate;
  }
  if (notExecutable) {
    throw new TerraformError({
      problem: "Terraform is there but may not be executed",
      where: notExecutable,
      remedy: `chmod +x ${notExecutable}`,
    });
  }
  throw new TerraformError({
    problem: wish ? `no such binary: ${name}, named by TERRAFORM_BINARY_NAME` : "Terraform is not installed",
    where: isPath ? resolve(name) : `looked for ${name} in the folders of PATH`,
    remedy: wish
      ? "set TERRAFORM_BINARY_NAME to the name or path of Terraform or OpenTofu, or unset it"
      : `install Terraform ${MINIMUM_VERSION} or newer, or name another binary in TERRAFORM_BINARY_NAME`,
  });
}

async function askVersion(path: string, cwd: string, env: Environment): Promise<string> {
  const { stdout, stderr, exitCode } = await run({
    binary: path,
    args: ["version", "-json"],
    cwd,
    env: terraformEnvironment(env),
  });
  let answer: unknown;
  try {
    answer = JSON.parse(stdout.toString("utf8"));
  } catch {
    answer = undefined;
  }
  // OpenTofu keeps the name of the key
  const version = isObject(answer) ? answer["terraform_version"] : undefined;
  if (exitCode === 0 && typeof version === "string") return version;
  const said = (stderr || stdout.toString("utf8")).trim().split("\n")[0] ?? "";
  throw new TerraformError({
    problem: `${basename(path)} does not tell its version${said ? `: ${said}` : ""}`,
    where: `${path} version -json`,
    remedy: "check that this is Terraform or OpenTofu, or name another binary in TERRAFORM_BINARY_NAME",
    command: "version",
    exitCode,
  });
}

function isRecentEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [minimumMajor = 0, minimumMinor = 0] = MINIMUM_VERSION.split(".").map(Number);
  return major > minimumMajor || (major === minimumMajor && minor >= minimumMinor);
}

function withExtensions(file: string, env: Environment): string[] {
  if (process.platform !== "win32") return [file];
  return [file, ...(env["PATHEXT"] ?? ".EXE").split(";").map((extension) => file + extension.toLowerCase())];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(realpathSync(path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
