/** One request that the sandbox answered, or refused. */
export interface SandboxCall {
  /** ISO 8601, UTC */
  readonly time: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** IAM actions that the call needed, those that AWS makes in the caller's name included */
  readonly actions: readonly string[];
}

/** The newest calls; older ones are let go so that memory stays flat. */
export class Journal {
  private readonly kept: SandboxCall[] = [];

  constructor(private readonly room = 10_000) {}

  add(call: SandboxCall): void {
    this.kept.push(call);
    if (this.kept.length > 2 * this.room) this.kept.splice(0, this.kept.length - this.room);
  }

  /** Oldest first. */
  calls(): readonly SandboxCall[] {
    return this.kept.slice(-this.room);
  }
}
