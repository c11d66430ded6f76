import type { Plan, ResourceChange, StateResource, StateValues, SynthesizedConfig } from "../../terraform";
import { resourcesIn } from "../../terraform";
import { type NamedAttribute, type PolicyCache, type ReadWorld, readAll, type SeenResource } from "../world";

/** One state of things, read. */
export interface Side {
  /** One for each account and Region, at least one. */
  readonly worlds: readonly ReadWorld[];
  readonly resources: readonly SeenResource[];
  /** Names such as `<id of apps>` and what they stand for. */
  readonly symbols: ReadonlyMap<string, NamedAttribute>;
}

/** A plan read three times. */
export interface Sides {
  /** As Terraform left it after its last run; the same as `before` where nobody changed anything since. */
  readonly recorded: Side;
  /** As it is now. */
  readonly before: Side;
  /** As it is once the plan is applied. */
  readonly after: Side;
}

/** Reads a plan as what was left, what is, and what there will be. */
export function sidesOf(plan: Plan, config?: SynthesizedConfig): Sides {
  const cache: PolicyCache = new Map();
  const there = resourcesBefore(plan);
  const before = readSide(planOf(plan, there), "before the plan", cache);
  const drifted = plan.resource_drift.filter(({ mode, deposed }) => mode === "managed" && !deposed);
  const recorded =
    drifted.length === 0
      ? before
      : readSide(planOf(plan, withDriftUndone(there, drifted)), "the last run", cache);
  return { recorded, before, after: readSide(plan, "the plan", cache, config) };
}

function readSide(plan: Plan, label: string, cache: PolicyCache, config?: SynthesizedConfig): Side {
  const { worlds, resources, symbols } = readAll([{ kind: "plan", label, plan, config }], cache);
  return { worlds: worlds(), resources: resources(), symbols: symbols() };
}

/** A plan that changes nothing of these resources; what data sources read is in its state. */
function planOf(plan: Plan, resources: ReadonlyMap<string, StateResource>): Plan {
  const data = [...resourcesOf(plan.prior_state?.values)].filter(({ mode }) => mode === "data");
  const values = (some: readonly StateResource[]): StateValues => ({ root_module: { resources: some } });
  return {
    ...plan,
    planned_values: values([...resources.values()]),
    prior_state: { values: values(data) },
    resource_changes: [],
    errored: false,
    complete: true,
  };
}

const resourcesOf = (values: StateValues | undefined) =>
  values?.root_module ? resourcesIn(values.root_module) : [];

/**
 * What is there, by the address that it has in the plan: as the state says, else as the changes say. What is left of a
 * replacement that did not finish has an address of its own.
 */
function resourcesBefore({
  prior_state: state,
  resource_changes: changes,
}: Plan): Map<string, StateResource> {
  const moved = new Map(changes.map((one) => [one.previous_address ?? one.address, one.address]));
  const resources = new Map<string, StateResource>();
  for (const resource of resourcesOf(state?.values)) {
    if (resource.mode !== "managed") continue;
    const { deposed_key: deposed } = resource;
    const address =
      deposed === undefined
        ? (moved.get(resource.address) ?? resource.address)
        : deposedAddress(resource, deposed);
    if (address === resource.address) resources.set(address, resource);
    else {
      const { deposed_key: _, ...rest } = resource;
      resources.set(address, { ...rest, address });
    }
  }
  for (const one of changes) {
    const address = one.deposed === undefined ? one.address : deposedAddress(one, one.deposed);
    if (one.mode === "managed" && !resources.has(address)) {
      const resource = asItWas({ ...one, address });
      if (resource) resources.set(address, resource);
    }
  }
  return resources;
}

const deposedAddress = ({ address }: { readonly address: string }, key: string) =>
  `${address} (deposed ${key})`;

function withDriftUndone(
  resources: ReadonlyMap<string, StateResource>,
  drifted: readonly ResourceChange[],
): ReadonlyMap<string, StateResource> {
  const undone = new Map(resources);
  for (const one of drifted) {
    const resource = asItWas(one);
    if (resource) undone.set(one.address, resource);
  }
  return undone;
}

function asItWas({ change, ...resource }: ResourceChange): StateResource | undefined {
  const { address, mode, type, name, index, provider_name } = resource;
  if (typeof change.before !== "object" || change.before === null) return undefined;
  const values = change.before as StateResource["values"];
  const sensitive =
    change.before_sensitive === undefined ? {} : { sensitive_values: change.before_sensitive };
  const place = index === undefined ? {} : { index };
  return { address, mode, type, name, provider_name, values, ...place, ...sensitive };
}
