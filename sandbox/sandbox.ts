import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import type { Identity } from "./access/identity";
import { durationsAt, type Speed } from "./durations";
import type { Engine } from "./engine";
import { sandboxEnvironment } from "./environment";
import { FaultSwitch } from "./faults/fault-switch";
import { Journal, type SandboxCall } from "./journal";
import { closeServer, listen } from "./server";
import { contentsNow } from "./state/contents";
import type { SandboxContents } from "./state/sandbox-contents";
import type { WorldState } from "./state/state";
import { StateFile } from "./state/state-file";
import { defaultWorld } from "./world/default-world";
import { seed } from "./world/seed";
import { type World, type WorldFile, worldSchema } from "./world/world";

export interface SandboxOptions {
  /** @default - a free one */
  readonly port?: number;
  /** What stands there before anything is deployed. @default - the built-in world, or what the state file holds */
  readonly world?: WorldFile;
  /** Takes ids that are not in the world as they come. @default false */
  readonly openWorld?: boolean;
  /** How fast endpoints and collections change status. @default "instant", 50 ms */
  readonly speed?: Speed;
  /** File that keeps the state, made if it is not there. @default - the state is gone with the sandbox */
  readonly state?: string;
  /** File to which each call is appended as a line of JSON, with the IAM actions it took. @default - none */
  readonly record?: string;
  /** Whether requests must be signed with what the sandbox hands out. @default true */
  readonly verifySignatures?: boolean;
  /** What the caller may do. @default - everything */
  readonly identity?: Identity;
  /** What goes wrong on purpose. @default - nothing */
  readonly faults?: FaultSwitch;
  /** Called with each call, before it is answered. */
  readonly onCall?: (call: SandboxCall) => void;
  /** Called when the state file or the record cannot be written; the call is answered with status 500. */
  readonly onFailure?: (error: Error) => void;
}

/** AWS on loopback: what it takes to create, read, update, import and destroy what this project deploys. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The first account of the world. */
  readonly accountId: string;
  /** What to set (a string) or unset (undefined) in the environment of whatever shall talk to the sandbox. */
  environment(region?: string, account?: string): Record<string, string | undefined>;
  /** What was made and is there now, in all accounts and Regions, and what is no longer as the world gave it. */
  contents(): SandboxContents;
  /** Whether this id of EC2's was made here, in any account, or was in the world until it was deleted here. */
  hasIssued(id: string): boolean;
  /** The calls so far, oldest first. */
  calls(): readonly SandboxCall[];
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** A state file that was made in another world than the one that was named. */
export class OtherWorld extends Error {}

/**
 * Starts a sandbox that listens on 127.0.0.1 and on nothing else. Throws `StateInUse`, `UnreadableState` and
 * `OtherWorld` for a state file that cannot be taken, and what the system says for a port that is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const store = options.state === undefined ? undefined : new StateFile(options.state);
  try {
    const engine = engineFor(options, store);
    // What a fault of an earlier run held back; nobody is left to let it go.
    engine.faults.release(engine.world);
    const { server, url } = await listen(engine, options.port ?? 0);
    const [accountId = ""] = engine.world.accounts.keys();
    return {
      url,
      accountId,
      environment: (region = "us-east-1", account = accountId) =>
        sandboxEnvironment({ url, region, account, workspace: engine.world.workspace }, process.env),
      contents: () => contentsNow(engine.world, Date.now()),
      hasIssued: (id) => [...engine.world.accounts.values()].some(({ issuedIds }) => issuedIds.has(id)),
      calls: () => engine.journal.calls(),
      close: async () => {
        await closeServer(server);
        store?.close();
      },
    };
  } catch (error) {
    store?.close();
    throw error;
  }
}

function engineFor(options: SandboxOptions, store: StateFile | undefined): Engine {
  const journal = new Journal();
  const { record } = options;
  // A folder that is not there shows now and not at the first call.
  if (record !== undefined) appendFileSync(record, "");
  return {
    world: startingState(options.world, store),
    openWorld: options.openWorld ?? false,
    verifySignatures: options.verifySignatures ?? true,
    duration: durationsAt(options.speed ?? "instant"),
    journal,
    store,
    identity: options.identity,
    faults: options.faults ?? new FaultSwitch(),
    onFailure: options.onFailure ?? (() => {}),
    observe: (call) => {
      journal.add(call);
      if (record !== undefined) appendFileSync(record, `${JSON.stringify(call)}\n`);
      try {
        options.onCall?.(call);
      } catch {
        // An observer that throws is no failure of the sandbox.
      }
    },
  };
}

/** What the state file holds, or the world untouched. */
function startingState(file: WorldFile | undefined, store: StateFile | undefined): WorldState {
  const kept = store?.read();
  const world = file === undefined ? undefined : worldSchema.parse(file);
  if (!kept)
    return seed(world ?? worldSchema.parse(defaultWorld), `sandbox-${randomBytes(4).toString("hex")}`);
  if (world && JSON.stringify(world.accounts) !== JSON.stringify(accountsOf(kept))) {
    throw new OtherWorld("it was made in another world");
  }
  return kept;
}

const accountsOf = ({ accounts }: WorldState): World["accounts"] =>
  Object.fromEntries([...accounts].map(([id, { world }]) => [id, world]));
