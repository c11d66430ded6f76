import { readFileSync } from "node:fs";

/** The process that has a lock, as the lock says it: its id, and when it started where that can be told. */
export interface LockHolder {
  readonly pid: number;
  /** clock ticks from the start of the machine; undefined: not known */
  readonly startedAt?: string;
}

/** `4711 305146`: the text of a lock file of this process. */
export function ownLockText(): string {
  const startedAt = lookUp(process.pid)?.startedAt;
  return startedAt === undefined ? String(process.pid) : `${process.pid} ${startedAt}`;
}

/** Reads what `ownLockText` wrote, or the id alone. */
export function parseLockText(text: string): LockHolder {
  const [pid, startedAt] = text.trim().split(" ");
  return { pid: Number(pid), ...(startedAt === undefined ? {} : { startedAt }) };
}

/**
 * Whether the holder runs. One that was killed and that nobody waited for does not, although its id is still taken;
 * neither does one whose id belongs to a later process by now. Without `/proc`, as on macOS, the id alone decides.
 */
export function isRunning({ pid, startedAt }: LockHolder): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const found = lookUp(pid);
  if (!found) return true;
  return !isDead(found.state) && (startedAt === undefined || startedAt === found.startedAt);
}

/** Zombie, or on its way out (proc(5)). */
const isDead = (state: string): boolean => /^[ZXx]$/.test(state);

/** State and start of a process, fields 3 and 22 of `/proc/PID/stat` (proc(5)); undefined where there is none. */
function lookUp(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the name in parentheses, and may hold blanks and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [fields[0], fields[19]];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}
