import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Environment } from "./environment";
import { isObject } from "./is-object";

/**
 * Version managers (tfenv, asdf, mise, tenv) put a small script or launcher in Terraform's place that chooses
 * a version by folder; its answer must not be kept. Terraform itself has been larger than this since 1.0.
 */
const SMALLEST_TERRAFORM_BYTES = 40 * 1024 * 1024;

/** More than anyone has installed; keeps the file from growing for ever. */
const REMEMBERED_BINARIES = 20;

export function versionCacheFile(env: Environment = process.env): string {
  const home = env["HOME"] || homedir();
  const folder =
    process.platform === "win32"
      ? env["LOCALAPPDATA"] || join(home, "AppData", "Local")
      : process.platform === "darwin"
        ? join(home, "Library", "Caches")
        : env["XDG_CACHE_HOME"] || join(home, ".cache");
  return join(folder, "aoss-privatelink", "terraform-versions.json");
}

/** The version this very file (path, time of change, size) answered before, or undefined. */
export function rememberedVersion(cacheFile: string, binary: string): string | undefined {
  const key = keyOf(binary);
  const version = key === undefined ? undefined : read(cacheFile)[key];
  return typeof version === "string" ? version : undefined;
}

/** A cache that cannot be written costs 50 ms on the next run and is no reason to fail. */
export function rememberVersion(cacheFile: string, binary: string, version: string): void {
  const key = keyOf(binary);
  if (key === undefined) return;
  const entries = Object.entries(read(cacheFile)).filter(([other]) => other !== key);
  const kept = Object.fromEntries([...entries.slice(1 - REMEMBERED_BINARIES), [key, version]]);
  try {
    mkdirSync(dirname(cacheFile), { recursive: true });
    const temporary = `${cacheFile}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(kept));
    renameSync(temporary, cacheFile);
  } catch {
    // see above
  }
}

function keyOf(binary: string): string | undefined {
  try {
    const path = realpathSync(binary);
    const { mtimeMs, size } = statSync(path);
    const isItself = size >= SMALLEST_TERRAFORM_BYTES && /^(terraform|tofu)/i.test(basename(path));
    return isItself ? `${path}|${mtimeMs}|${size}` : undefined;
  } catch {
    return undefined;
  }
}

function read(cacheFile: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(cacheFile, "utf8"));
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
