import { type AccessMatrix, accessMatrix } from "../../service";
import type { Plan, ResourceChange, SynthesizedConfig } from "../../terraform";
import type { AccessChange, Drift, ScopeChange } from "./access-change";
import { driftedResources } from "./drift";
import { interruptionsOf } from "./interruptions";
import { pairedWorlds } from "./paired-worlds";
import { type Side, type Sides, sidesOf } from "./plan-sides";
import { endpointsTaken, SameWho } from "./same-who";
import { inScope, scopeNames } from "./scope-names";
import { joined, type Step, stepBetween } from "./step";

/** What a plan changes, and what was read to tell it. */
export interface ReadChange {
  readonly change: AccessChange;
  readonly sides: Sides;
  readonly steps: readonly Step[];
}

/**
 * What a plan changes of who reaches what; any plan, of whichever configuration. `config` is the synthesized
 * configuration it was made of: it tells what the plan leaves to the apply. Time grows with the size of the plan, as n
 * log n at most.
 */
export const changeOfPlan = (plan: Plan, config?: SynthesizedConfig): AccessChange =>
  readChange(plan, config).change;

/** The same with what rules look at besides. */
export function readChange(plan: Plan, config?: SynthesizedConfig): ReadChange {
  const sides = sidesOf(plan, config);
  const taken = endpointsTaken(plan.resource_drift);
  const steps = stepsBetween(sides.before, sides.after, plan.resource_changes, taken);
  const drifted = driftSteps(plan, sides);
  const scopeOf = scopeNames([...steps, ...drifted]);
  const change: AccessChange = {
    scopes: steps.map((step) => scopeChange(step, scopeOf(step))),
    ...joined(steps, scopeOf),
    interruptions: steps.flatMap((step) =>
      interruptionsOf(step, plan.resource_changes).map((one) => ({
        ...one,
        loses: inScope(one.loses, scopeOf(step)),
      })),
    ),
    drift: driftOf(plan, sides, drifted, scopeOf),
    notSeen: notSeenIn(sides, [...steps, ...drifted]),
  };
  return { change, sides, steps };
}

/** Matrices are drawn, and asked for by nothing else: they are made when somebody asks. */
function scopeChange({ worlds: { before, after }, rows }: Step, scope: string | undefined): ScopeChange {
  let matrixBefore: AccessMatrix | undefined;
  let matrixAfter: AccessMatrix | undefined;
  return {
    scope,
    before,
    after,
    get matrixBefore() {
      matrixBefore ??= accessMatrix(before.world, rows.before);
      return matrixBefore;
    },
    get matrixAfter() {
      matrixAfter ??= accessMatrix(after.world, rows.after);
      return matrixAfter;
    },
  };
}

function driftOf(
  plan: Plan,
  sides: Sides,
  steps: readonly Step[],
  scopeOf: (step: Step) => string | undefined,
): Drift {
  const { gained, lost, unsure, unchanged } = joined(steps, scopeOf);
  return { resources: driftedResources(plan, sides), gained, lost, unsure, unchanged };
}

function driftSteps(plan: Plan, { recorded, before }: Sides): Step[] {
  return recorded === before ? [] : stepsBetween(recorded, before, plan.resource_drift);
}

/** Each account and Region compared with itself. */
function stepsBetween(
  before: Side,
  after: Side,
  changes: readonly ResourceChange[],
  missing?: ReadonlySet<string>,
): Step[] {
  const same = new SameWho(changes, before, after, missing);
  return pairedWorlds(before, after).map((worlds) => stepBetween(worlds, changes, same));
}

/** One line each; what is not seen of both sides is told once. */
function notSeenIn({ before, after }: Sides, steps: readonly Step[]): string[] {
  const linesOf = ({ worlds }: Side) => worlds.flatMap(({ notSeen }) => notSeen);
  const withoutLabel = (line: string) => line.replace(/^(?:before the plan|the plan): /, "");
  const later = linesOf(after).map(withoutLabel);
  const known = new Set(later);
  const earlier = linesOf(before).filter((line) => !known.has(withoutLabel(line)));
  return [...new Set([...later, ...steps.flatMap(({ notSeen }) => notSeen), ...earlier])];
}
