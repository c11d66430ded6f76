import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { relayInterrupts, type SignalSource } from "./interrupts";
import { Interrupted, TerraformError } from "./terraform-error";

/** Enough for any error message; with TF_LOG=trace standard error runs to hundreds of megabytes. */
const KEPT_STDERR_CHARACTERS = 256 * 1024;

/** After the child ended, how long a grandchild that inherited its pipes may keep us waiting. */
const PIPE_GRACE_MILLISECONDS = 2_000;

export interface RunOptions {
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Receives standard output line by line; it is then not kept. */
  readonly onLine?: (line: string) => void;
  readonly signals?: SignalSource;
}

export interface RunResult {
  readonly exitCode: number;
  /** Empty if `onLine` was given. */
  readonly stdout: Buffer;
  /** The last 256 KiB at most. */
  readonly stderr: string;
}

/**
 * Runs Terraform and resolves with its exit code and output, whatever the code.
 *
 * The child has a process group of its own, since Ctrl-C on a terminal reaches the whole group: Terraform
 * would receive it from the terminal and again from us, and take the second for "drop everything".
 *
 * @throws {Interrupted} once the child has ended, if a signal arrived meanwhile
 * @throws {TerraformError} if the child cannot be started or was killed
 */
export function run(options: RunOptions): Promise<RunResult> {
  const command = commandOf(options.args);
  return new Promise((resolve, reject) => {
    const child = spawn(options.binary, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const watch = relayInterrupts(child, options.signals);
    const stdout: Buffer[] = [];
    const lines = options.onLine && new Lines(options.onLine);
    let stderr = "";
    let failure: unknown;
    let grace: NodeJS.Timeout | undefined;

    child.stdout.on("data", (chunk: Buffer) => {
      if (!lines) {
        stdout.push(chunk);
        return;
      }
      try {
        lines.write(chunk);
      } catch (error) {
        // a listener that throws must not leave Terraform running behind our back
        failure ??= error;
      }
    });
    const decoder = new StringDecoder("utf8");
    child.stderr.on("data", (chunk: Buffer) => {
      // who sets TF_LOG and no file for it wants to see it
      if (options.env["TF_LOG"] && !options.env["TF_LOG_PATH"]) process.stderr.write(chunk);
      stderr = (stderr + decoder.write(chunk)).slice(-KEPT_STDERR_CHARACTERS);
    });
    child.on("error", (error) => {
      watch.release();
      reject(cannotStart(options, error));
    });
    child.on("exit", () => {
      grace = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPE_GRACE_MILLISECONDS);
    });
    child.on("close", (exitCode, signal) => {
      clearTimeout(grace);
      watch.release();
      try {
        lines?.end();
      } catch (error) {
        failure ??= error;
      }
      if (watch.presses > 0) reject(new Interrupted(`terraform ${command}`, options.cwd, watch.presses > 1));
      else if (exitCode === null) reject(killed(command, options.cwd, signal));
      else if (failure !== undefined) reject(failure);
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr });
    });
  });
}

/** The subcommand among the arguments, for messages: "plan", "version". */
export function commandOf(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith("-")) ?? "";
}

function cannotStart(options: RunOptions, error: Error): TerraformError {
  return new TerraformError({
    problem: `cannot start Terraform: ${error.message}`,
    where: `${options.binary} in ${options.cwd}`,
    remedy: "check that the binary is for this machine and that the folder exists",
    command: commandOf(options.args),
    cause: error,
  });
}

function killed(command: string, cwd: string, signal: NodeJS.Signals | null): TerraformError {
  return new TerraformError({
    problem: `terraform ${command} was killed by ${signal ?? "a signal"}`,
    where: cwd,
    remedy: "if nobody did it on purpose, memory ran out: Terraform with the AWS provider needs about 1 GB",
    command,
  });
}

/** Cuts a stream of bytes into lines; a character may straddle two chunks. */
class Lines {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  constructor(private readonly onLine: (line: string) => void) {}

  write(chunk: Buffer): void {
    const parts = (this.rest + this.decoder.write(chunk)).split("\n");
    this.rest = parts.pop() ?? "";
    for (const part of parts) this.onLine(part.endsWith("\r") ? part.slice(0, -1) : part);
  }

  end(): void {
    const last = this.rest + this.decoder.end();
    this.rest = "";
    if (last) this.onLine(last);
  }
}
