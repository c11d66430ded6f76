import type { Call } from "../call";
import { type Asked, isReadName, type ServiceAnswer } from "../protocol/service";
import type { RegionState, WorldState } from "../state/state";
import { ArmedFault } from "./armed-fault";
import { writeConcurrently } from "./concurrent-writer";
import { isEndpointFault, releaseEndpoints, spoilEndpoint } from "./endpoint-faults";
import { type DescribeFaults, type FaultDefinition, isInRegion, readFaults } from "./fault-definition";
import { failedInside, throttled } from "./refusals";

const nothing: FaultDefinition = { version: 1, seed: 0, faults: [] };

type Run = (call: Call) => ServiceAnswer;

/** Faults that can be set and lifted while the sandbox runs. */
export class FaultSwitch {
  private definition = nothing;
  private armed: readonly ArmedFault[] = [];
  /** the Regions in which endpoints are held PENDING */
  private readonly holding = new Set<RegionState>();

  /**
   * @param definition as for `set` @default - nothing goes wrong
   * @param describe what `InvalidFaults` says @default - in the words of the schema
   */
  constructor(
    definition: unknown = nothing,
    private readonly describe?: DescribeFaults,
  ) {
    this.set(definition);
  }

  /**
   * Sets faults in place of those before, with counts and dice from the start. Throws `InvalidFaults`, and leaves
   * everything as it was, for a definition that cannot be taken.
   */
  set(definition: unknown): void {
    const read = readFaults(definition, this.describe);
    for (const state of this.holding) releaseEndpoints(state);
    this.holding.clear();
    this.definition = read;
    this.armed = read.faults.map((fault, index) => new ArmedFault(fault, read.seed, index));
  }

  /** Lifts all faults; endpoints that were held PENDING settle. */
  clear(): void {
    this.set(nothing);
  }

  /**
   * Lets all endpoints settle that are held PENDING, whoever held them: a state from a file may keep some that were
   * held before. It changes the state, which then has to be saved.
   */
  release(world: WorldState): void {
    for (const { regions } of world.accounts.values()) {
      for (const state of regions.values()) releaseEndpoints(state);
    }
  }

  /** What is set, with the defaults filled in. */
  active(): FaultDefinition {
    return this.definition;
  }

  /** How often each fault has struck since it was set, in their order. */
  strikes(): readonly number[] {
    return this.armed.map(({ struck }) => struck);
  }

  /**
   * How long the answer of a call is held back, in milliseconds, whatever the answer is. Ask once for each call: the
   * question is counted.
   * @param service as in a credential scope: `aoss`
   * @param operation as in IAM: `CreateVpcEndpoint`
   */
  delayOf(service: string, operation: string): number {
    let milliseconds = 0;
    for (const each of this.armed) {
      const { fault } = each;
      if (fault.what !== "slow" || !each.aimsAt(`${service}:${operation}`, isReadName(operation))) continue;
      each.strike();
      milliseconds += fault.milliseconds;
    }
    return milliseconds;
  }

  /**
   * Runs a call, or not, and spoils what comes of it; undefined where the connection is reset instead of an answer.
   * @param service as in a credential scope: `aoss`
   */
  around(service: string, asked: Asked, call: Call, run: Run): ServiceAnswer | undefined {
    const operation = `${service}:${asked.operation}`;
    const aimed: ArmedFault[] = [];
    let stale: ArmedFault | undefined;
    let seen = call;
    for (const each of this.armed) {
      const { fault } = each;
      if (fault.what === "slow") continue;
      if (each.lagging) {
        const earlier = asked.isRead ? each.earlierState(operation, call) : undefined;
        if (!earlier) continue;
        stale = each;
        seen = { ...call, state: earlier };
        continue;
      }
      if (!each.aimsAt(operation, asked.isRead)) continue;
      aimed.push(each);
      // What keeps the call from running is the last that happens to it.
      if (fault.what === "throttle" || fault.what === "error") {
        each.strike();
        throw fault.what === "throttle" ? throttled(service) : failedInside(service);
      }
      if (fault.what === "reset-before") {
        each.strike();
        return undefined;
      }
      if (fault.what === "concurrent-writer" && writeConcurrently(call, run, this.pipelineEndpoint(each))) {
        each.strike();
      }
    }
    stale?.strike();
    const cutOff = aimed.filter(({ fault }) => fault.what === "reset-after");
    let answer: ServiceAnswer | undefined;
    try {
      answer = asked.isRead ? run(seen) : this.write(service, call, run);
    } catch (error) {
      if (cutOff.length === 0) throw error;
    }
    for (const each of aimed) if (answer && this.spoils(each, answer, call)) each.strike();
    for (const each of cutOff) each.strike();
    return cutOff.length > 0 ? undefined : answer;
  }

  /** Writes, and keeps what was before for the reads that lag. */
  private write(service: string, call: Call, run: Run): ServiceAnswer {
    const lagging = isInRegion(service)
      ? this.armed.flatMap(({ lagging: reads, isArmed }) => (reads && isArmed ? [reads] : []))
      : [];
    if (lagging.length === 0) return run(call);
    const before = structuredClone(call.state);
    const answer = run(call);
    for (const reads of lagging) reads.wrote(call, before);
    return answer;
  }

  private spoils({ fault }: ArmedFault, answer: ServiceAnswer, call: Call): boolean {
    if (!isEndpointFault(fault) || !spoilEndpoint(fault, answer, call)) return false;
    if (fault.what === "endpoint-pending") this.holding.add(call.state);
    return true;
  }

  /** The endpoint of another writer: another one each time, and the same ones in each run. */
  private pipelineEndpoint({ struck }: ArmedFault): string {
    return `vpce-0${(this.definition.seed * 1000 + struck + 1).toString(16).padStart(16, "0")}`;
  }
}

/** Faults as a definition says; throws `InvalidFaults` for one that cannot be taken. */
export const faultsFrom = (definition: unknown): FaultSwitch => new FaultSwitch(definition);
