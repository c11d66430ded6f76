import type { Identity } from "./access/identity";
import type { StatusChange } from "./call";
import type { FaultSwitch } from "./faults/fault-switch";
import type { Journal, SandboxCall } from "./journal";
import type { WorldState } from "./state/state";
import type { StateFile } from "./state/state-file";

/** Everything behind the port. */
export interface Engine {
  readonly world: WorldState;
  readonly openWorld: boolean;
  /** Verifies signatures unless a test of something else wants raw requests. */
  readonly verifySignatures: boolean;
  readonly duration: (change: StatusChange) => number;
  /** the newest calls */
  readonly journal: Journal;
  /** undefined: the state is gone with the process */
  readonly store: StateFile | undefined;
  /** Notes a call. */
  readonly observe: (call: SandboxCall) => void;
  /** Told when the state or the record cannot be written. */
  readonly onFailure: (error: Error) => void;
  /** undefined: the caller may do everything */
  readonly identity: Identity | undefined;
  readonly faults: FaultSwitch;
}
