import type { Call } from "../call";
import type { Asked, ServiceAnswer } from "../protocol/service";

/** What becomes of a call. */
export interface Outcome {
  /** undefined: the connection is reset instead of an answer */
  readonly answer: ServiceAnswer | undefined;
  /** how long the answer is held back */
  readonly delayMs: number;
}

/** What goes wrong on purpose. */
export interface Faults {
  /**
   * Runs a call, or not, and spoils what comes of it.
   * @param service as in a credential scope: `aoss`
   */
  around(service: string, asked: Asked, call: Call, run: (call: Call) => ServiceAnswer): Outcome;
}
