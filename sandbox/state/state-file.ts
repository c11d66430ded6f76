import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import path from "node:path";
import { isRunning, type LockHolder, ownLockText, parseLockText } from "./lock-holder";
import type { WorldState } from "./state";
import { parseState, stateText } from "./state-text";

/** A state file that another sandbox is using. */
export class StateInUse extends Error {}

/**
 * Keeps the state in a file, so that it outlives the process, killed at any moment. The whole state is written beside
 * the file and renamed over it; what changes while one write is under way goes into the next.
 */
export class StateFile {
  private readonly file: string;
  private changes = 0;
  private saved = 0;
  private writing: Promise<void> | undefined;

  /** Takes the file for this process. Throws `StateInUse` if another one has it. */
  constructor(file: string) {
    this.file = path.resolve(file);
    this.lock();
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

  /** Gives the file free; once is enough. */
  close(): void {
    if (held.delete(this.lockFile)) rmSync(this.lockFile, { force: true });
  }

  private async write(state: WorldState): Promise<void> {
    const upTo = this.changes;
    // One process holds the lock and writes once at a time, so one name does; a torn copy is written over.
    const copy = `${this.file}.writing`;
    const handle = await open(copy, "w", 0o600);
    try {
      await handle.writeFile(stateText(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(copy, this.file);
    this.saved = upTo;
  }

  private get lockFile(): string {
    return `${this.file}.lock`;
  }

  private lock(): void {
    // Written beside and put in place as a whole: nobody reads a lock that is half there.
    const own = `${this.lockFile}.${process.pid}`;
    writeFileSync(own, ownLockText());
    try {
      linkSync(own, this.lockFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      this.takeOver(own);
    } finally {
      rmSync(own, { force: true });
    }
    held.add(this.lockFile);
  }

  /** Takes the lock of a process that is gone. Of two that do it at once, the later one has it. */
  private takeOver(own: string): void {
    const holder = this.holder();
    const isInUse = holder.pid === process.pid ? held.has(this.lockFile) : isRunning(holder);
    if (isInUse) throw inUse(holder);
    renameSync(own, this.lockFile);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, settleMilliseconds);
    const winner = this.holder();
    if (winner.pid !== process.pid) throw inUse(winner);
  }

  private holder(): LockHolder {
    return parseLockText(readFileSync(this.lockFile, "utf8"));
  }
}

/** Lock files of this process. After a kill -9 in a container the next process may have the same id. */
const held = new Set<string>();

/** How long another taker may be under way between looking and taking. */
const settleMilliseconds = 50;

const inUse = ({ pid }: LockHolder) => new StateInUse(`process ${pid} uses it`);
