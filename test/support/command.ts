import { spawn } from "node:child_process";
import path from "node:path";

/** The folder of this project. */
export const projectFolder = path.join(__dirname, "..", "..");

/** What a finished command left. */
export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Standard input. @default - empty */
  readonly input?: string;
}

/** Runs a command to its end. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // one that ends without reading it
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Runs `aoss-privatelink` of this project. */
export function aossPrivatelink(args: readonly string[], options: RunOptions = {}) {
  return run(process.execPath, [path.join(projectFolder, "bin", "aoss-privatelink.js"), ...args], options);
}
