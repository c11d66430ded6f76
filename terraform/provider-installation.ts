import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MirrorConfiguration, writeMirrorConfiguration } from "./cli-configuration";
import { type Diagnostic, parseDiagnosticsText } from "./diagnostics";
import { type Environment, terraformEnvironment } from "./environment";
import type { SignalSource } from "./interrupts";
import {
  AWS_PROVIDER,
  DEFAULT_REGISTRY,
  findMirrors,
  type Mirror,
  mirrorSearchFolders,
  type SearchFolders,
} from "./mirror-folders";
import { run } from "./run";

/** The name under which a release can surely not be found: the first AWS provider was 0.1.0. */
const NO_SUCH_VERSION = "0.0.1";

/**
 * The registry that could not be reached, by what `init` said; undefined if it failed for another reason.
 * Only messages about providers count: a backend that cannot be reached is no reason to use a mirror.
 */
export function unreachableRegistry(diagnostics: readonly Diagnostic[]): string | undefined {
  for (const { summary, detail } of diagnostics) {
    if (!/query available provider packages|install provider/i.test(summary)) continue;
    const text = detail.replace(/\s+/g, " ");
    const host =
      /could not connect to ([\w.-]+\w)/.exec(text) ?? /provider registry for ([\w.-]+)\//.exec(text);
    if (host?.[1]) return host[1];
    if (UNREACHABLE.test(text)) return DEFAULT_REGISTRY;
  }
  return undefined;
}

const UNREACHABLE =
  /dial tcp|no such host|connection refused|i\/o timeout|TLS handshake timeout|deadline exceeded|unreachable|x509:/;

export interface ProbeOptions {
  readonly binary: string;
  readonly env?: Environment;
  /** @default - the folders of `mirrorSearchFolders` */
  readonly search?: SearchFolders;
  readonly signals?: SignalSource;
}

/** What a command that runs `terraform init` itself needs in its environment. */
export interface ProviderInstallation extends MirrorConfiguration {
  readonly mirror: Mirror;
}

/**
 * Finds out whether a `terraform init` by someone else (`cdktf deploy`) needs a mirror, without downloading
 * anything: asks for a release that does not exist and looks at the reason of the refusal. Takes no time where
 * there is no mirror, else that of one request to the registry. To be disposed of after use.
 *
 * Returns undefined if the user's installation works, no mirror is there, or the user's CLI configuration decides
 * where providers come from.
 */
export async function probeProviderInstallation(
  options: ProbeOptions,
): Promise<ProviderInstallation | undefined> {
  const env = options.env ?? process.env;
  const search = options.search ?? mirrorSearchFolders({ env });
  const isTofu = /tofu/i.test(options.binary);
  if (!isTofu && findMirrors(search).length === 0) return undefined;
  const registry = unreachableRegistry(await askForMissingRelease(options, env));
  const mirror = registry === undefined ? undefined : findMirrors(search, registry)[0];
  const configuration = mirror && writeMirrorConfiguration(mirror, env);
  return mirror && configuration && { ...configuration, mirror };
}

async function askForMissingRelease(options: ProbeOptions, env: Environment): Promise<Diagnostic[]> {
  const cwd = mkdtempSync(join(tmpdir(), "aoss-privatelink-probe-"));
  try {
    const aws = { source: AWS_PROVIDER, version: `= ${NO_SUCH_VERSION}` };
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
    const probeEnv = terraformEnvironment(env);
    // these belong to the user's stack, not to this empty one
    for (const name of Object.keys(probeEnv)) {
      if (/^TF_(DATA_DIR|WORKSPACE|CLI_ARGS(_.*)?)$/.test(name)) delete probeEnv[name];
    }
    const { stderr, stdout } = await run({
      binary: options.binary,
      args: ["init", "-input=false", "-no-color"],
      cwd,
      env: probeEnv,
      ...(options.signals ? { signals: options.signals } : {}),
    });
    return parseDiagnosticsText(`${stdout.toString("utf8")}\n${stderr}`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
