import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { childEnd } from "./child-end";
import { CommandError, Ended } from "./command-error";

/** The CDKTF app to synthesize: its command and where it writes. */
export interface CdktfApp {
  readonly command: readonly string[] | string;
  readonly outdir: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** File and arguments, for node, of the app that comes with this package. */
  readonly builtIn: readonly string[];
}

/** A synthesized stack: its name and folder. */
export interface SynthesizedStack {
  readonly name: string;
  readonly folder: string;
  /** Names of the stacks that have to be deployed before it. */
  readonly dependencies: readonly string[];
}

/**
 * The app of this folder, as `cdktf.json` names it, so that `plan` and the cdktf commands see the same; without
 * one, the app that comes with this package, which reads the access file and nothing else.
 */
export function findApp(builtIn: readonly string[], folder = process.cwd()): CdktfApp {
  const file = path.join(folder, "cdktf.json");
  if (!existsSync(file)) return { command: builtIn, outdir: "cdktf.out", context: {}, builtIn };
  let settings: { app?: unknown; output?: unknown; context?: Record<string, unknown> };
  try {
    settings = JSON.parse(readFileSync(file, "utf8")) as typeof settings;
  } catch (error) {
    throw new CommandError(`cdktf.json: ${(error as Error).message}`, file, "mend the JSON", 2);
  }
  if (typeof settings?.app !== "string") {
    throw new CommandError("cdktf.json names no app", file, 'add "app": the command that runs the app', 2);
  }
  return {
    command: settings.app,
    outdir: typeof settings.output === "string" ? settings.output : "cdktf.out",
    context: settings.context ?? {},
    builtIn,
  };
}

/** Runs the app; ends with its exit code if it fails, whose message the app printed itself. */
export async function synthesize(
  app: CdktfApp,
  options: { file?: string; debug?: boolean },
): Promise<SynthesizedStack[]> {
  if (options.file === "") {
    throw new CommandError(
      "--file is empty",
      "the command line",
      "name an access file, or leave --file out",
      2,
    );
  }
  const context = { ...app.context, ...(options.file === undefined ? {} : { accessFile: options.file }) };
  const env = {
    ...process.env,
    CDKTF_OUTDIR: app.outdir,
    CDKTF_CONTEXT_JSON: JSON.stringify(context),
    ...(options.debug ? { AOSS_PRIVATELINK_DEBUG: "1" } : {}),
  };
  const before = manifestTime(app.outdir);
  const words = typeof app.command === "string" ? ownApp(app.command, app.builtIn) : app.command;
  if (!words && options.file !== undefined) checkFileForOthers(options.file);
  const exitCode = words
    ? await inWorker(words, env, options.debug ?? false)
    : await inShell(String(app.command), env);
  if (exitCode !== 0) throw new Ended(exitCode === 2 ? 2 : 1);
  if (manifestTime(app.outdir) === before) {
    throw new CommandError(
      "the app wrote no stacks",
      manifestFile(app.outdir),
      "does it call app.synth()?",
      1,
    );
  }
  return readManifest(app.outdir);
}

/** An app of somebody's own may read the access file or not: the least is that there is one. */
function checkFileForOthers(file: string): void {
  if (!existsSync(file)) {
    throw new CommandError("there is no such file", `--file ${file}`, "name a file that can be read", 2);
  }
  console.error(
    `warning: --file is told to the app that cdktf.json names, as the context key accessFile: what the app makes of it is its own`,
  );
}

/**
 * The words of `node RUNNER FILE…` if the runner is that of this package, whose apps may run in a thread; any other
 * command may do what only a process can.
 */
function ownApp(command: string, [runner = ""]: readonly string[]): readonly string[] | undefined {
  const [node, file = "", ...rest] = command.trim().split(/\s+/);
  return node === "node" && existsSync(file) && realpathSync(file) === realpathSync(runner)
    ? [file, ...rest]
    : undefined;
}

/** A thread starts in half the time of a process, and an app that ends itself ends only the thread. */
function inWorker(
  [file = "", ...argv]: readonly string[],
  env: NodeJS.ProcessEnv,
  debug: boolean,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.resolve(file), { argv, env, stdout: true });
    worker.stdout.pipe(process.stderr, { end: false });
    let failure: unknown;
    worker.on("error", (error) => {
      failure = error;
    });
    worker.on("exit", (code) => {
      if (failure) reject(debug ? failure : appFailure(failure, file));
      else resolve(code);
    });
  });
}

/** What the app of this package runs on; reviews of other people's plans do without it. */
const installApp =
  "npm install cdktf@0.21 constructs@10.7 @cdktf/provider-aws@21, or name an app of your own in cdktf.json";

function appFailure(failure: unknown, where: string): Error {
  const message = failure instanceof Error ? failure.message : String(failure);
  const missing = /^Cannot find module '((?:@cdktf\/provider-aws|cdktf|constructs)(?=['/]))/.exec(
    message,
  )?.[1];
  if (missing !== undefined) {
    return new CommandError(`the app needs ${missing}, which is not installed`, where, installApp, 1);
  }
  return new CommandError(
    `the app failed: ${message}`,
    where,
    "run again with --debug for the stack trace",
    1,
  );
}

async function inShell(command: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, { shell: true, env, stdio: ["ignore", 2, 2] });
  const { code, signal } = await childEnd(child, (relayed) => child.kill(relayed));
  if (signal) throw new CommandError(`the app was ended by ${signal}`, command, "run it again", 1);
  return code ?? 1;
}

const manifestFile = (outdir: string) => path.join(outdir, "manifest.json");

/** When the app last wrote its manifest; another time after a run tells that it wrote one. */
function manifestTime(outdir: string): bigint | undefined {
  return statSync(manifestFile(outdir), { bigint: true, throwIfNoEntry: false })?.mtimeNs;
}

interface ManifestStack {
  readonly name: string;
  readonly workingDirectory: string;
  readonly dependencies?: readonly string[];
}

/** The stacks in alphabetical order, but each after those that have to be deployed before it. */
function readManifest(outdir: string): SynthesizedStack[] {
  const file = manifestFile(outdir);
  const { stacks } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly stacks: Readonly<Record<string, ManifestStack>>;
  };
  const ordered = new Map<string, SynthesizedStack>();
  const add = ({ name, workingDirectory, dependencies = [] }: ManifestStack): void => {
    if (ordered.has(name)) return;
    for (const other of dependencies) if (stacks[other]) add(stacks[other]);
    ordered.set(name, { name, folder: path.join(outdir, workingDirectory), dependencies });
  };
  for (const stack of Object.values(stacks)) add(stack);
  return [...ordered.values()];
}
