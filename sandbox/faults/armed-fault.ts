import type { Call } from "../call";
import type { RegionState } from "../state/state";
import { type Fault, matches } from "./fault-definition";
import { LaggingReads } from "./lagging-reads";
import { seededRandom } from "./random";

/** A fault with its counts and its dice, so that no fault changes when another strikes. */
export class ArmedFault {
  /** undefined for all kinds but `stale-reads` */
  readonly lagging: LaggingReads | undefined;
  /** how often it has struck */
  struck = 0;
  private matched = 0;
  private readonly random: () => number;

  constructor(
    readonly fault: Fault,
    seed: number,
    index: number,
  ) {
    this.random = seededRandom(seed + index * 0x9e3779b9);
    this.lagging = fault.what === "stale-reads" ? new LaggingReads(fault.reads) : undefined;
  }

  /** Whether it may still strike. */
  get isArmed(): boolean {
    return this.struck < (this.fault.times ?? Number.POSITIVE_INFINITY);
  }

  /** Whether it is meant to strike this call. Ask once for each call: the question is counted. */
  aimsAt(operation: string, isRead: boolean): boolean {
    const { after, rate } = this.fault;
    if (!this.isArmed || !matches(this.fault, operation, isRead)) return false;
    this.matched += 1;
    return this.matched > after && (rate === undefined || this.random() < rate);
  }

  /** Counts a call to which it did what it is there for. */
  strike(): void {
    this.struck += 1;
  }

  /** The earlier state that a read is meant to see; undefined for one that sees what is there. */
  earlierState(operation: string, call: Call): RegionState | undefined {
    if (!this.lagging || !this.isArmed || !matches(this.fault, operation, true)) return undefined;
    const before = this.lagging.next(call);
    return before && this.aimsAt(operation, true) ? before : undefined;
  }
}
