import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The folder of this project: a bundle has no place of its own, but is told which file it was made from. */
export const projectFolder = path.resolve(path.dirname(process.argv[1] ?? ""), "..");

/** What a finished command took and left. */
export interface Finished {
  readonly milliseconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Laid over this process's environment; undefined unsets. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs node with these arguments to its end; rejects with all that was printed if the exit code is not 0. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = () => child.kill();
    process.once("exit", stop);
    let milliseconds = 0;
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("exit", () => {
      milliseconds = performance.now() - start;
    });
    child.on("close", (code, signal) => {
      process.off("exit", stop);
      const finished = { milliseconds, stdout: text(stdout), stderr: text(stderr) };
      if (code === 0) resolve(finished);
      else
        reject(
          new Error(
            `node ${args.join(" ")}: ended with ${signal ?? code}\n${finished.stdout}${finished.stderr}`,
          ),
        );
    });
  });
}

const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString("utf8");

/** A folder that goes when this process does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
