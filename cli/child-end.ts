import type { ChildProcess } from "node:child_process";

/** How a child ended: its exit code, or the signal that ended it. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Lives until the child has ended: signals that would end this process are handed to `relay` meanwhile. Rejects with
 * the error of `spawn` if the child cannot be started.
 */
export function childEnd(child: ChildProcess, relay: (signal: NodeJS.Signals) => void): Promise<ChildEnd> {
  const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, relay);
  return new Promise<ChildEnd>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve({ code, signal }));
  }).finally(() => {
    for (const signal of signals) process.removeListener(signal, relay);
  });
}
