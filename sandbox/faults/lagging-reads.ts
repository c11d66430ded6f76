import type { Call } from "../call";
import type { RegionState } from "../state/state";

interface Lag {
  readonly before: RegionState;
  readsLeft: number;
}

/** Eventual consistency: for some reads after a write, a Region still shows what it was before. */
export class LaggingReads {
  private readonly lags = new Map<string, Lag>();

  constructor(private readonly reads: number) {}

  /** @param before a copy of the Region's state before the write */
  wrote(call: Call, before: RegionState): void {
    this.lags.set(placeOf(call), { before, readsLeft: this.reads });
  }

  /** What the next read sees if it is one of those that lag; each question counts as a read. */
  next(call: Call): RegionState | undefined {
    const lag = this.lags.get(placeOf(call));
    if (!lag) return undefined;
    lag.readsLeft -= 1;
    if (lag.readsLeft <= 0) this.lags.delete(placeOf(call));
    return lag.before;
  }
}

const placeOf = ({ account, region }: Call): string => `${account}/${region}`;
