import type { Identity } from "./access/identity";
import type { StatusChange } from "./call";
import type { Faults } from "./faults/faults";
import type { Journal } from "./journal";
import type { WorldState } from "./state/state";

/** Everything behind the port. */
export interface Engine {
  readonly world: WorldState;
  readonly openWorld: boolean;
  /** Verifies signatures unless a test of something else wants raw requests. */
  readonly verifySignatures: boolean;
  readonly duration: (change: StatusChange) => number;
  readonly journal: Journal;
  /** undefined: the caller may do everything */
  readonly identity: Identity | undefined;
  faults: Faults;
}
