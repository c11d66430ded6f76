import type { ChildProcess } from "node:child_process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * npm and npx pass a Ctrl-C on although the terminal sends it to the whole group as well, and a closing session
 * sends SIGHUP together with SIGTERM: signals this close together are one wish, not two.
 */
const SAME_PRESS_MILLISECONDS = 500;

/** Where signals come from; `process` but for tests. */
export interface SignalSource {
  on(event: NodeJS.Signals, listener: () => void): unknown;
  off(event: NodeJS.Signals, listener: () => void): unknown;
}

/** What a running child has been told: 0 not interrupted, 1 asked to end, 2 or more told to end at once. */
export interface Watch {
  readonly presses: number;
  /** To be called when the child has ended. */
  release(): void;
}

class Relay {
  private readonly children = new Map<ChildProcess, { presses: number; last: number }>();

  constructor(private readonly source: SignalSource) {}

  watch(child: ChildProcess): Watch {
    // one set of listeners however many children run, so that node does not warn of a leak
    if (this.children.size === 0) for (const signal of SIGNALS) this.source.on(signal, this.onSignal);
    const entry = { presses: 0, last: Number.NEGATIVE_INFINITY };
    this.children.set(child, entry);
    return {
      get presses() {
        return entry.presses;
      },
      release: () => {
        if (!this.children.delete(child) || this.children.size > 0) return;
        for (const signal of SIGNALS) this.source.off(signal, this.onSignal);
      },
    };
  }

  private readonly onSignal = () => {
    const now = performance.now();
    for (const [child, entry] of this.children) {
      if (now - entry.last < SAME_PRESS_MILLISECONDS) continue;
      entry.presses += 1;
      entry.last = now;
      // on Windows a child shares our console, which has interrupted it already; kill() there would end it hard
      if (process.platform !== "win32") child.kill("SIGINT");
    }
  };
}

const relays = new WeakMap<SignalSource, Relay>();

/**
 * Passes every interrupt that this process receives on to `child`, once each, as SIGINT: Terraform stops in an
 * orderly way on the first and at once on the second.
 */
export function relayInterrupts(child: ChildProcess, source: SignalSource = process): Watch {
  let relay = relays.get(source);
  if (!relay) {
    relay = new Relay(source);
    relays.set(source, relay);
  }
  return relay.watch(child);
}
