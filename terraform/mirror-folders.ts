import { readdirSync } from "node:fs";
import { arch, homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { Environment } from "./environment";

/** What makes a folder a mirror. OpenTofu's registry has another name, which is taken from its message. */
const MIRRORED = "registry.terraform.io/hashicorp/aws";
export const AWS_PROVIDER = MIRRORED.slice(MIRRORED.indexOf("/") + 1);
export const DEFAULT_REGISTRY = MIRRORED.slice(0, MIRRORED.indexOf("/"));

/** Where system packages and images put things that Terraform knows nothing of; looked through one level deep. */
const SHARED_ROOTS = ["/opt", "/usr/share", "/usr/local/share", "/var/lib"];

/** A filesystem mirror that holds the AWS provider for this platform. */
export interface Mirror {
  /** What `filesystem_mirror { path = … }` takes. */
  readonly folder: string;
  /** The releases in it, such as "5.100.0". */
  readonly versions: readonly string[];
}

export interface SearchFolders {
  /** Folders that may be a mirror themselves. */
  readonly folders: readonly string[];
  /** Folders that may hold a mirror one level below. */
  readonly roots: readonly string[];
}

export interface SearchFolderOptions {
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  /** Where Terraform runs: a `terraform.d/plugins` there is an implied mirror. */
  readonly cwd?: string;
}

/**
 * Where a mirror is looked for: `TF_PLUGIN_CACHE_DIR`, the implied local mirror folders that Terraform documents
 * for the platform, then one level below the folders for shared data.
 */
export function mirrorSearchFolders(options: SearchFolderOptions = {}): SearchFolders {
  const { env = process.env, platform = process.platform, cwd = process.cwd() } = options;
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  const cache = env["TF_PLUGIN_CACHE_DIR"];
  return {
    folders: [
      ...(cache ? [resolve(cache)] : []),
      join(cwd, "terraform.d", "plugins"),
      ...impliedMirrorFolders(env, platform, home),
    ],
    roots: platform === "win32" ? [] : SHARED_ROOTS,
  };
}

function impliedMirrorFolders(env: Environment, platform: NodeJS.Platform, home: string): string[] {
  if (platform === "win32") {
    const data = env["APPDATA"] || join(home, "AppData", "Roaming");
    return [join(data, "terraform.d", "plugins"), join(data, "HashiCorp", "Terraform", "plugins")];
  }
  const own = join(home, ".terraform.d", "plugins");
  if (platform === "darwin") {
    const support = join("Library", "Application Support", "io.terraform", "plugins");
    return [own, join(home, support), join("/", support)];
  }
  const dataHome = env["XDG_DATA_HOME"] || join(home, ".local", "share");
  const dataFolders = (env["XDG_DATA_DIRS"] || `/usr/local/share${delimiter}/usr/share`).split(delimiter);
  return [
    own,
    ...[dataHome, ...dataFolders].filter(Boolean).map((data) => join(data, "terraform", "plugins")),
  ];
}

/** The mirrors among the search folders that hold the AWS provider for this platform, in order of the search. */
export function findMirrors(search: SearchFolders, registry: string = DEFAULT_REGISTRY): Mirror[] {
  const below = search.roots.flatMap((root) => list(root).map((name) => join(root, name)));
  const folders = [...new Set([...search.folders, ...below])];
  return folders
    .map((folder) => ({ folder, versions: versionsFor(join(folder, registry, ...AWS_PROVIDER.split("/"))) }))
    .filter(({ versions }) => versions.length > 0);
}

/** Both layouts that Terraform reads: `VERSION/OS_ARCH/` and `terraform-provider-aws_VERSION_OS_ARCH.zip`. */
function versionsFor(provider: string): string[] {
  const platform = goPlatform();
  return list(provider).flatMap((name) => {
    if (name.endsWith(`_${platform}.zip`)) return name.split("_")[1] ?? [];
    return /^\d+\./.test(name) && list(join(provider, name)).includes(platform) ? [name] : [];
  });
}

/** This machine as Terraform names it: "linux_amd64". */
export function goPlatform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const names: Record<string, string> = { x64: "amd64", ia32: "386" };
  return `${os}_${names[arch()] ?? arch()}`;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
