import { spawn } from "node:child_process";
import { constants } from "node:os";
import { childEnd } from "./child-end";

export interface ForeignCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Runs in a shell. */
  readonly shell?: boolean;
}

/** How a command ended. */
export interface ForeignEnd {
  /** Its exit code, or 128 and the number of the signal that ended it. */
  readonly exitCode: number;
  /** Whether this process was told to end meanwhile, and told the command. */
  readonly wasInterrupted: boolean;
}

/**
 * Runs a command of somebody else's with the terminal passed through, and lives until it has ended, whatever signal
 * arrives. Rejects with the error of `spawn` if it cannot be started.
 */
export async function runForeign({ file, args, env, shell = false }: ForeignCommand): Promise<ForeignEnd> {
  const hasOwnGroup = !process.stdin.isTTY && process.platform !== "win32";
  const child = spawn(file, args, {
    stdio: "inherit",
    env,
    shell,
    // Without a terminal a signal has to reach what the command started too, such as the Terraform below cdktf.
    detached: hasOwnGroup,
  });
  let wasInterrupted = false;
  // On a terminal Ctrl-C reaches the command by itself; this process has to outlive it either way.
  const { code, signal: endedBy } = await childEnd(child, (signal) => {
    wasInterrupted = true;
    if (hasOwnGroup && child.pid !== undefined) signalGroup(child.pid, signal);
    else if (signal !== "SIGINT") child.kill(signal);
  });
  return { exitCode: endedBy ? 128 + constants.signals[endedBy] : (code ?? 1), wasInterrupted };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}
