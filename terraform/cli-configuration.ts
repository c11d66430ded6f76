import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "./environment";
import { isObject } from "./is-object";
import { AWS_PROVIDER, type Mirror } from "./mirror-folders";

/** A CLI configuration file made for one mirror. */
export interface MirrorConfiguration {
  /** To be laid over the environment of Terraform. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes the file. */
  dispose(): void;
}

/**
 * Writes a CLI configuration that takes the AWS provider from `mirror` and everything else as before. The user's
 * own settings (credentials, hosts) are kept; the file is readable by its owner only and lies in a temporary
 * folder, since those settings may be secret.
 *
 * Returns undefined if the user's configuration has a `provider_installation` of its own: that is a decision.
 */
export function writeMirrorConfiguration(mirror: Mirror, env: Environment): MirrorConfiguration | undefined {
  const content = withMirror(readUserConfiguration(env), mirror);
  if (content === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "aoss-privatelink-mirror-"));
  const file = join(folder, "mirror.tfrc");
  writeFileSync(file, content, { mode: 0o600 });
  return {
    // empty counts as unset. Terraform refuses to install from a folder that is its plugin cache too
    env: { TF_CLI_CONFIG_FILE: file, TF_PLUGIN_CACHE_DIR: "" },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Writes a CLI configuration in which the services of `host` are elsewhere, so that Terraform does not ask the host
 * where they are; everything else is as the user has it. The file is readable by its owner only.
 *
 * Returns undefined if the user's configuration is JSON that cannot be read.
 */
export function writeHostConfiguration(
  host: string,
  services: Readonly<Record<string, string>>,
  env: Environment,
): MirrorConfiguration | undefined {
  const content = withHost(readUserConfiguration(env), host, services);
  if (content === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "aoss-privatelink-host-"));
  const file = join(folder, "host.tfrc");
  writeFileSync(file, content, { mode: 0o600 });
  return {
    env: { TF_CLI_CONFIG_FILE: file },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function withHost(
  configuration: string,
  host: string,
  services: Readonly<Record<string, string>>,
): string | undefined {
  if (!configuration.trimStart().startsWith("{")) {
    const lines = Object.entries(services).map(([name, url]) => `    ${hclString(name)} = ${hclString(url)}`);
    return `${configuration}\nhost ${hclString(host)} {\n  services = {\n${lines.join("\n")}\n  }\n}\n`;
  }
  const settings = jsonSettings(configuration);
  const hosts = isObject(settings?.["host"]) ? settings["host"] : {};
  return settings && JSON.stringify({ ...settings, host: { ...hosts, [host]: { services } } });
}

/** True if the user's CLI configuration says where providers come from. */
export function decidesProviderInstallation(configuration: string): boolean {
  return /(^|[\s{,])"?provider_installation"?\s*[:{]/.test(withoutComments(configuration));
}

/** True if the user's CLI configuration replaces providers by builds of their own. */
export function overridesProviders(env: Environment): boolean {
  return /\bdev_overrides\b/.test(withoutComments(readUserConfiguration(env)));
}

function withMirror(configuration: string, mirror: Mirror): string | undefined {
  if (decidesProviderInstallation(configuration)) return undefined;
  if (configuration.trimStart().startsWith("{")) return jsonWithMirror(configuration, mirror);
  // the cache may be the mirror itself (see above), and saves nothing when the source is a folder
  const kept = configuration.replace(/^(\s*plugin_cache_dir\s*=)/gm, "# $1");
  return `${kept}
provider_installation {
  filesystem_mirror {
    path    = ${hclString(mirror.folder)}
    include = ["${AWS_PROVIDER}"]
  }
  direct {
    exclude = ["${AWS_PROVIDER}"]
  }
}
`;
}

function jsonSettings(configuration: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const settings: unknown = JSON.parse(configuration);
    return isObject(settings) ? settings : undefined;
  } catch {
    return undefined;
  }
}

function jsonWithMirror(configuration: string, mirror: Mirror): string | undefined {
  const settings = jsonSettings(configuration);
  if (!settings) return undefined;
  const { plugin_cache_dir: _, ...kept } = settings;
  const provider_installation = {
    filesystem_mirror: [{ path: mirror.folder, include: [AWS_PROVIDER] }],
    direct: [{ exclude: [AWS_PROVIDER] }],
  };
  return JSON.stringify({ ...kept, provider_installation });
}

/**
 * What Terraform would read: the file that the environment names; else the one in the home folder and, with it,
 * all `*.tfrc` of the configuration folder. `credentials.tfrc.json` is read by Terraform in any case.
 */
function readUserConfiguration(env: Environment): string {
  const named = env["TF_CLI_CONFIG_FILE"] || env["TERRAFORM_CONFIG"];
  if (named) {
    const content = readIfThere(named);
    if (content !== undefined) return content;
  }
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  const [file, folder] =
    process.platform === "win32"
      ? [join(env["APPDATA"] ?? home, "terraform.rc"), join(env["APPDATA"] ?? home, "terraform.d")]
      : [join(home, ".terraformrc"), join(home, ".terraform.d")];
  const main = readIfThere(file) ?? "";
  if (main.trimStart().startsWith("{")) return main;
  return [main, ...tfrcFilesIn(folder).map((name) => readIfThere(join(folder, name)) ?? "")].join("\n");
}

function tfrcFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".tfrc"))
      .sort();
  } catch {
    return [];
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*(#|\/\/).*$/gm, "");
}

function hclString(text: string): string {
  return JSON.stringify(text).replaceAll("${", "$${");
}
