import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { WorldState } from "./state";
import { parseState, stateText } from "./state-text";

/** A state file that another sandbox is using. */
export class StateInUse extends Error {}

/**
 * Keeps the state in a file, so that it outlives the process, killed at any moment. The whole state is written beside
 * the file and renamed over it; what changes while one write is under way goes into the next.
 */
export class StateFile {
  private changes = 0;
  private saved = 0;
  private writing: Promise<void> | undefined;

  /** Takes the file for this process. Throws `StateInUse` if another one has it. */
  constructor(private readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.lock();
    // A process that was killed leaves the copy that it was writing.
    for (const name of readdirSync(path.dirname(file))) {
      if (name.startsWith(`${path.basename(file)}.`) && /\.\d+$/.test(name)) {
        rmSync(path.join(path.dirname(file), name), { force: true });
      }
    }
  }

  /** The state in the file; undefined if there is no file. Throws `UnreadableState`. */
  read(): WorldState | undefined {
    try {
      return parseState(readFileSync(this.file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      this.close();
      throw error;
    }
  }

  /** Notes that the state differs from what is in the file. */
  changed(): void {
    this.changes += 1;
  }

  /** Resolves once everything noted so far is in the file; rejects if it cannot be written. */
  async save(state: WorldState): Promise<void> {
    const upTo = this.changes;
    while (this.saved < upTo) {
      this.writing ??= this.write(state).finally(() => {
        this.writing = undefined;
      });
      await this.writing;
    }
  }

  /** Gives the file free. */
  close(): void {
    rmSync(this.lockFile, { force: true });
  }

  private async write(state: WorldState): Promise<void> {
    const upTo = this.changes;
    await writeFileAtomic(this.file, stateText(state), { encoding: "utf8" });
    this.saved = upTo;
  }

  private get lockFile(): string {
    return `${this.file}.lock`;
  }

  private lock(): void {
    try {
      writeFileSync(this.lockFile, String(process.pid), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const pid = Number(readFileSync(this.lockFile, "utf8"));
      if (isRunning(pid)) throw new StateInUse(`process ${pid} uses it`);
      writeFileSync(this.lockFile, String(process.pid));
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
