import type { Call } from "../call";
import type { Asked, ServiceAnswer } from "../protocol/service";
import { ArmedFault } from "./armed-fault";
import { writeConcurrently } from "./concurrent-writer";
import { endpointIn, HeldEndpoints } from "./endpoint-faults";
import { type FaultDefinition, readFaults } from "./fault-definition";
import type { Faults, Outcome } from "./faults";
import { failedInside, throttled } from "./refusals";

const nothing: FaultDefinition = { version: 1, seed: 0, faults: [] };

type Run = (call: Call) => ServiceAnswer;

/** Faults that can be set and lifted while the sandbox runs. */
export class FaultSwitch implements Faults {
  private definition = nothing;
  private armed: readonly ArmedFault[] = [];
  private readonly held = new HeldEndpoints();

  /** @param definition as for `set` @default - nothing goes wrong */
  constructor(definition: unknown = nothing) {
    this.set(definition);
  }

  /**
   * Sets faults in place of those before, with counts and dice from the start. Throws `InvalidFaults`, and leaves
   * everything as it was, for a definition that cannot be taken.
   */
  set(definition: unknown): void {
    const read = readFaults(definition);
    this.held.letGo();
    this.definition = read;
    this.armed = read.faults.map((fault, index) => new ArmedFault(fault, read.seed, index));
  }

  /** Lifts all faults; endpoints that were held PENDING settle. */
  clear(): void {
    this.set(nothing);
  }

  /** What is set, with the defaults filled in. */
  active(): FaultDefinition {
    return this.definition;
  }

  /** How often each fault has struck since it was set, in their order. */
  strikes(): readonly number[] {
    return this.armed.map(({ struck }) => struck);
  }

  around(service: string, asked: Asked, call: Call, run: Run): Outcome {
    const operation = `${service}:${asked.operation}`;
    const struck: ArmedFault[] = [];
    let seen = call;
    let delayMs = 0;
    for (const each of this.armed) {
      if (each.lagging) {
        const earlier = asked.isRead ? each.earlierState(operation, call) : undefined;
        if (earlier) seen = { ...call, state: earlier };
        continue;
      }
      if (!each.strikes(operation, asked.isRead)) continue;
      const { fault } = each;
      // What keeps the call from running is the last that happens to it.
      if (fault.what === "throttle") throw throttled(service);
      if (fault.what === "error") throw failedInside(service);
      if (fault.what === "reset-before") return { answer: undefined, delayMs };
      if (fault.what === "slow") delayMs += fault.milliseconds;
      if (fault.what === "concurrent-writer") writeConcurrently(call, run, this.pipelineEndpoint(each));
      struck.push(each);
    }
    const isCutOff = struck.some(({ fault }) => fault.what === "reset-after");
    try {
      const answer = asked.isRead ? run(seen) : this.write(call, run);
      for (const { fault } of struck) this.spoilEndpoint(fault, answer, call);
      return { answer: isCutOff ? undefined : answer, delayMs };
    } catch (error) {
      if (isCutOff) return { answer: undefined, delayMs };
      throw error;
    }
  }

  /** Writes, and keeps what was before for the reads that lag. */
  private write(call: Call, run: Run): ServiceAnswer {
    const lagging = this.armed.flatMap(({ lagging: reads, isArmed }) => (reads && isArmed ? [reads] : []));
    if (lagging.length === 0) return run(call);
    const before = structuredClone(call.state);
    const answer = run(call);
    for (const reads of lagging) reads.wrote(call, before);
    return answer;
  }

  private spoilEndpoint(fault: ArmedFault["fault"], answer: ServiceAnswer, call: Call): void {
    if (fault.what !== "endpoint-fails" && fault.what !== "endpoint-pending") return;
    const endpoint = endpointIn(answer, call);
    if (!endpoint) return;
    if (fault.what === "endpoint-pending") {
      this.held.hold(endpoint, call, fault.milliseconds);
    } else {
      // It shows when the endpoint settles.
      endpoint.failureCode = fault.code;
      endpoint.failureMessage = fault.message;
    }
  }

  /** The endpoint of another writer: another one each time, and the same ones in each run. */
  private pipelineEndpoint({ struck }: ArmedFault): string {
    return `vpce-0${(this.definition.seed * 1000 + struck).toString(16).padStart(16, "0")}`;
  }
}

/** Faults as a definition says; throws `InvalidFaults` for one that cannot be taken. */
export const faultsFrom = (definition: unknown): FaultSwitch => new FaultSwitch(definition);
