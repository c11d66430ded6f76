import { resolve } from "node:path";
import { writeMirrorConfiguration } from "./cli-configuration";
import { type Diagnostic, parseDiagnosticsText } from "./diagnostics";
import type { SignalSource } from "./interrupts";
import { findMirrors, type Mirror, mirrorSearchFolders, type SearchFolders } from "./mirror-folders";
import { unreachableRegistry } from "./provider-installation";
import { remedyFor } from "./remedies";
import { run } from "./run";
import { TerraformError } from "./terraform-error";

export interface InitContext {
  readonly binary: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly search?: SearchFolders;
  readonly signals?: SignalSource;
  readonly onLine: (text: string) => void;
}

export interface InitResult {
  /** The mirror that served because the registry could not be reached. */
  readonly mirror?: Mirror;
  /** True if the lock file had to move to another release, because the constraint had changed. */
  readonly upgraded: boolean;
}

/**
 * `terraform init`, as the user configured it; where that fails for one of two reasons that can be mended without
 * a decision, once more: with `-upgrade` if the provider constraint has left the locked release behind, and from
 * a mirror if the registry cannot be reached.
 *
 * @throws {TerraformError} for all else. A backend that changed is never migrated here.
 */
export async function init(context: InitContext): Promise<InitResult> {
  let upgraded = false;
  let outcome = await attempt(context, upgraded);
  if (outcome && mustUpgrade(outcome.diagnostics)) {
    upgraded = true;
    context.onLine(
      "the provider constraint has changed: init -upgrade moves the lock file to a release that meets it",
    );
    outcome = await attempt(context, upgraded);
  }
  if (!outcome) return { upgraded };
  const registry = unreachableRegistry(outcome.diagnostics);
  if (registry === undefined) throw failure(context, outcome);

  const search = context.search ?? mirrorSearchFolders({ env: context.env, cwd: context.cwd });
  const mirrors = findMirrors(search, registry);
  for (const mirror of mirrors) {
    const next = await attemptFrom(mirror, context, upgraded);
    if (next === "decided") throw failure(context, outcome, decidedRemedy(mirror));
    if (next === undefined) {
      tellOnce(
        context,
        `${registry} cannot be reached: the AWS provider comes from the mirror ${mirror.folder}`,
      );
      return { mirror, upgraded };
    }
    outcome = { ...next, mirror };
    // another folder may hold the release that this one lacks; any other failure would come again
    if (!lacksRelease(next.diagnostics)) break;
  }
  throw failure(context, outcome, mirrors.length === 0 ? noMirrorRemedy(registry) : undefined);
}

/** What this process was told already: stack after stack, the same mirror serves. */
const told = new Set<string>();

function tellOnce({ onLine }: InitContext, text: string): void {
  if (told.has(text)) return;
  told.add(text);
  onLine(text);
}

interface Failed {
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Set if this was an attempt with a mirror. */
  readonly mirror?: Mirror;
}

async function attempt(context: InitContext, upgrade: boolean, extra = {}): Promise<Failed | undefined> {
  const said: string[] = [];
  const { exitCode, stderr } = await run({
    binary: context.binary,
    args: ["init", "-input=false", "-no-color", ...(upgrade ? ["-upgrade"] : [])],
    cwd: context.cwd,
    env: { ...context.env, ...extra },
    onLine: (line) => {
      said.push(line);
      // lines such as "- Installing hashicorp/aws v5.100.0..." are what a person waits for
      if (/^- /.test(line)) context.onLine(line);
    },
    ...(context.signals ? { signals: context.signals } : {}),
  });
  if (exitCode === 0) return undefined;
  const text = `${said.join("\n")}\n${stderr}`;
  const diagnostics = parseDiagnosticsText(text);
  const summary = stderr.trim() || said.join("\n").trim() || "no message";
  return {
    exitCode,
    diagnostics: diagnostics.length > 0 ? diagnostics : [{ severity: "error", summary, detail: "" }],
  };
}

async function attemptFrom(mirror: Mirror, context: InitContext, upgraded: boolean) {
  const configuration = writeMirrorConfiguration(mirror, context.env);
  if (!configuration) return "decided";
  try {
    return await attempt(context, upgraded, configuration.env);
  } finally {
    configuration.dispose();
  }
}

function textOf({ summary, detail }: Diagnostic): string {
  return `${summary} ${detail}`.replace(/\s+/g, " ");
}

function mustUpgrade(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => /must use \S+ init -upgrade/.test(textOf(diagnostic)));
}

function lacksRelease(diagnostics: readonly Diagnostic[]): boolean {
  const pattern = /no available releases match|previously-selected version \S+ is no longer available/;
  return diagnostics.some((diagnostic) => pattern.test(textOf(diagnostic)));
}

function backendChanged(diagnostics: readonly Diagnostic[]): boolean {
  const pattern = /Backend configuration changed|state migration|migrate-state|Error asking for state/;
  return diagnostics.some((diagnostic) => pattern.test(textOf(diagnostic)));
}

/** Mostly of a state that is to move to HCP Terraform: that takes no option, and is always asked. */
const asksForMigration = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => /ask approval for state migration/.test(textOf(diagnostic)));

function failure(context: InitContext, failed: Failed, remedy?: string): TerraformError {
  const { exitCode, diagnostics, mirror } = failed;
  const cwd = resolve(context.cwd);
  const where = mirror ? `${cwd}, with the mirror ${mirror.folder} (${mirror.versions.join(", ")})` : cwd;
  const common = { where, command: "init", exitCode, diagnostics };
  if (backendChanged(diagnostics)) {
    return new TerraformError({
      ...common,
      problem: "terraform init: the backend differs from the one this folder was initialised with",
      remedy: asksForMigration(diagnostics)
        ? "there, `terraform init -migrate-state`, or to HCP Terraform plain `terraform init`, asks and moves the state along"
        : "there, `terraform init -migrate-state` moves the state along, `terraform init -reconfigure` leaves it",
    });
  }
  return new TerraformError({
    ...common,
    problem: `terraform init: ${headline(diagnostics)}`,
    remedy: remedy ?? remedyFor("init", cwd, diagnostics),
  });
}

/** The first error in one line: Terraform's summary alone rarely says enough. */
export function headline(diagnostics: readonly Diagnostic[]): string {
  const first = diagnostics.find(({ severity }) => severity === "error") ?? diagnostics[0];
  if (!first) return "failed without a message";
  const paragraph = (first.detail.split(/\n\s*\n/)[0] ?? "").replace(/\s+/g, " ").trim();
  return [first.summary.replace(/\s+/g, " ").replace(/[.:]$/, ""), paragraph].filter(Boolean).join(": ");
}

function noMirrorRemedy(registry: string): string {
  return `allow ${registry} through, or make a mirror with \`terraform providers mirror\` and name it in TF_PLUGIN_CACHE_DIR`;
}

function decidedRemedy(mirror: Mirror): string {
  return `your CLI configuration sets provider_installation: let it use ${mirror.folder}, or remove that block`;
}
