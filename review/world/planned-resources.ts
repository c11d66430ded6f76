import { type Plan, resourcesIn, type StateResource, type StateValues } from "../../terraform";

/** What there will be after a plan: what it plans, what data sources were read, and what it leaves alone. */
export function plannedResources(plan: Plan): ReadonlyMap<string, StateResource> {
  const before = resourcesOf(plan.prior_state?.values);
  const data = before.filter(({ mode }) => mode === "data");
  const leftAlone = notPlanned(plan, before);
  const forgotten = new Set(
    plan.resource_changes.flatMap(({ address, change }) =>
      change.actions.includes("forget") ? [address] : [],
    ),
  );
  const all = [
    ...data,
    ...leftAlone,
    ...resourcesOf(plan.planned_values),
    // planned with no values at all
    ...leftAlone.filter(({ address }) => forgotten.has(address)),
  ];
  return new Map(all.map((resource) => [resource.address, resource]));
}

/** What a plan of some targets says nothing of, and what it only forgets: both go on to exist. */
function notPlanned(plan: Plan, before: readonly StateResource[]): StateResource[] {
  const changed = new Set<string | undefined>();
  for (const { address, previous_address: previous, deposed, change } of plan.resource_changes) {
    if (deposed !== undefined || change.actions.includes("forget")) continue;
    changed.add(address);
    changed.add(previous);
  }
  return before.filter(
    ({ mode, address, deposed_key: deposed }) =>
      mode === "managed" && deposed === undefined && !changed.has(address),
  );
}

export const resourcesOf = (values: StateValues | undefined): StateResource[] =>
  values?.root_module ? [...resourcesIn(values.root_module)] : [];
