import type { Action, Plan, ResourceChange, StateResource, Values } from "../../../terraform";

/** A resource before and after a plan; one side missing: it is made or deleted. */
export interface Planned {
  readonly address: string;
  readonly before?: Values;
  readonly after?: Values;
  /** @default - what the two sides tell */
  readonly actions?: readonly Action[];
  /** True where the value is known after the apply. */
  readonly unknown?: Values;
  readonly sensitive?: Values;
  readonly replacedFor?: readonly string[];
  readonly movedFrom?: string;
  /** As the last run left it, where somebody changed it since. */
  readonly recorded?: Values;
}

/** A plan as Terraform writes it, with these resources. */
export function planOf(planned: readonly Planned[], data: readonly StateResource[] = []): Plan {
  const resources = (side: "before" | "after") =>
    planned.flatMap((one): StateResource[] => {
      const values = one[side];
      const sensitive = one.sensitive ? { sensitive_values: one.sensitive } : {};
      return values ? [{ ...placeOf(one.address), values, ...sensitive }] : [];
    });
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources: resources("after") } },
    prior_state: { values: { root_module: { resources: [...data, ...resources("before")] } } },
    resource_changes: planned.map(changeOf),
    resource_drift: planned.flatMap(driftOf),
    output_changes: {},
  };
}

/** A plan that leaves everything as it is. */
export const unchanged = (resources: Readonly<Record<string, Values>>): Planned[] =>
  Object.entries(resources).map(([address, values]) => ({ address, before: values, after: values }));

/** A plan that makes everything. */
export const made = (resources: Readonly<Record<string, Values>>): Planned[] =>
  Object.entries(resources).map(([address, after]) => ({ address, after }));

function changeOf(one: Planned): ResourceChange {
  const { before = null, after = null, unknown = {}, sensitive, movedFrom, replacedFor } = one;
  const isSame = JSON.stringify(before) === JSON.stringify(after) && Object.keys(unknown).length === 0;
  const told: readonly Action[] =
    before === null ? ["create"] : after === null ? ["delete"] : isSame ? ["no-op"] : ["update"];
  return {
    ...placeOf(one.address),
    ...(movedFrom === undefined ? {} : { previous_address: movedFrom }),
    change: {
      actions: one.actions ?? told,
      before,
      after,
      after_unknown: unknown,
      ...(sensitive ? { before_sensitive: sensitive, after_sensitive: sensitive } : {}),
      ...(replacedFor ? { replace_paths: replacedFor.map((name) => [name]) } : {}),
    },
  };
}

function driftOf({ address, recorded, before }: Planned): ResourceChange[] {
  if (!recorded) return [];
  const actions: readonly Action[] = before === undefined ? ["delete"] : ["update"];
  return [{ ...placeOf(address), change: { actions, before: recorded, after: before ?? null } }];
}

/** `data.` before it and an index behind it are read as Terraform writes them. */
function placeOf(address: string) {
  const [, data, type = "", name = "", index] =
    /^(?:.*?module\.[^.]+\.)?(data\.)?([a-z0-9_]+)\.([\w-]+)(?:\[(.+)\])?$/.exec(address) ?? [];
  return {
    address,
    mode: data ? ("data" as const) : ("managed" as const),
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) as string | number }),
    provider_name: "registry.terraform.io/hashicorp/aws",
  };
}

/** A data source that was read already. */
export const read = (address: string, values: Values): StateResource => ({ ...placeOf(address), values });
