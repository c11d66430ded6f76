import { existsSync } from "node:fs";
import path from "node:path";
import type { Sandbox } from "../sandbox";
import { didYouMean } from "../service";
import { CommandError, Ended } from "./command-error";
import { runForeign } from "./foreign-command";
import { providerSource } from "./provider-source";
import { hcpInPlaceOf } from "./sandbox-hcp";
import { type SandboxSettings, start } from "./sandbox-settings";

export interface SandboxCommandOptions extends SandboxSettings {
  readonly json?: boolean;
  /** Host that an HCP Terraform on loopback takes the place of. */
  readonly hcp?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `sandbox`: serves until interrupted. `sandbox -- CMD…`: runs CMD in it and ends with CMD's exit code. */
export async function sandboxCommand(
  command: readonly string[],
  options: SandboxCommandOptions,
): Promise<void> {
  if (command.length > 0 && options.json) {
    throw new CommandError(
      "--json goes with no command: the command's output is its own",
      "aoss-privatelink sandbox --json --",
      "leave out --json, or the command",
      2,
    );
  }
  const { hcp: host, json, ...settings } = options;
  if (host !== undefined && options.state !== undefined) {
    throw new CommandError(
      "--hcp beside --state: its states are gone with it, and what was made would be left without one",
      `--hcp ${host}`,
      "leave out one of them",
      2,
    );
  }
  refuseMissing(command);
  const sandbox = await start(settings);
  try {
    const providers = await providerSource();
    try {
      const environment = { ...sandbox.environment(options.region), ...providers.environment };
      const hcp =
        host === undefined ? undefined : await hcpInPlaceOf(host, { ...process.env, ...environment });
      try {
        const all = { ...environment, ...hcp?.environment };
        if (command.length > 0) await runIn(command, all);
        else await serve(sandbox, all, json ?? false);
      } finally {
        await hcp?.close();
      }
    } finally {
      providers.dispose();
    }
  } finally {
    await sandbox.close();
  }
}

async function runIn(command: readonly string[], environment: Environment): Promise<void> {
  const [file = "", ...args] = command;
  const env = { ...process.env, ...environment };
  const { exitCode } = await runForeign({ file, args, env, shell: process.platform === "win32" }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? noSuchCommand(file) : cannotRun(file, error.message);
    },
  );
  if (exitCode !== 0) throw new Ended(exitCode);
}

/** Before a sandbox is started for nothing; on Windows the shell knows more commands than there are files. */
function refuseMissing([file]: readonly string[]): void {
  if (file === undefined || process.platform === "win32") return;
  const folders = file.includes("/") ? [""] : (process.env["PATH"] ?? "").split(path.delimiter);
  if (!folders.some((folder) => existsSync(path.resolve(folder, file)))) throw noSuchCommand(file);
}

function noSuchCommand(file: string): CommandError {
  const own = ["world", "log", "dump"];
  const sorted = (text: string) => [...text].sort().join("");
  // Letters that changed places count twice as a distance, which is much of a short word.
  const meant = didYouMean(file, own) ?? own.find((name) => sorted(name) === sorted(file));
  const remedy =
    meant === undefined
      ? "name a command on PATH"
      : `did you mean "aoss-privatelink sandbox ${meant}"? else name a command on PATH`;
  return new CommandError(`${file}: there is no such command`, "the command line", remedy, 2);
}

const cannotRun = (file: string, why: string): CommandError =>
  new CommandError(`${file}: ${why}`, "the command line", "name a command that you may run", 2);

async function serve(sandbox: Sandbox, environment: Environment, json: boolean): Promise<void> {
  if (json)
    console.log(
      JSON.stringify({ version: 1, url: sandbox.url, environment: withNulls(environment) }, null, 2),
    );
  else console.log(shellText(environment));
  console.error(`sandbox: listening on ${sandbox.url}, account ${sandbox.accountId}; Ctrl-C ends it`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

/** Unset variables as null, since JSON would leave them out. */
function withNulls(environment: Environment): Record<string, string | null> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? null]));
}

/** Lines for a POSIX shell: `eval`, or copy and paste. */
function shellText(environment: Environment): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  const unset = Object.keys(environment).filter((name) => environment[name] === undefined);
  return [
    ...Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [`export ${name}=${quoted(value)}`],
    ),
    ...(unset.length > 0 ? [`unset ${unset.join(" ")}`] : []),
  ].join("\n");
}
