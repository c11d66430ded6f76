import { type EndpointEntry, isExisting, type StackEntry } from "./access-file";
import type { Path } from "./positions";

type Stacks = Readonly<Record<string, StackEntry>>;

/** An endpoint of the file that something names. */
export interface NamedEndpoint {
  readonly stack: string;
  readonly key: string;
  readonly entry: EndpointEntry;
}

/**
 * The endpoint that `from` names in a stack: the key of one of its own, or `STACK.KEY` for one of any stack of the
 * file. Nothing if it is an id, or names none.
 */
export function namedEndpoint(from: string, stack: string, stacks: Stacks): NamedEndpoint | undefined {
  const dot = from.indexOf(".");
  return dot < 0
    ? endpointOf(stack, from, stacks)
    : endpointOf(from.slice(0, dot), from.slice(dot + 1), stacks);
}

function endpointOf(stack: string, key: string, stacks: Stacks): NamedEndpoint | undefined {
  const entry = ownValue(ownValue(stacks, stack)?.endpoints, key);
  return entry && { stack, key, entry };
}

function ownValue<Value>(map: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** One endpoint in a `from`, and where that stands in the file. */
export interface FromItem {
  readonly from: string;
  readonly path: Path;
}

/** Everything that a stack's grants and collections name in their `from`. */
export function fromItems(name: string, stack: StackEntry): FromItem[] {
  const at = ["stacks", name];
  const items = (from: readonly string[], path: Path) =>
    from.map((one, index) => ({ from: one, path: [...path, "from", index] }));
  return [
    ...stack.grants.flatMap(({ from }, index) => items(from, [...at, "grants", index])),
    ...Object.entries(stack.collections).flatMap(([key, { from }]) =>
      items(from, [...at, "collections", key]),
    ),
  ];
}

/** A stack whose endpoint another one names, so that it has to be there first. */
export interface StackReference extends FromItem {
  readonly stack: string;
}

/** The other stacks that a stack waits for, each with the first place that names an endpoint it makes. */
export function stackReferences(name: string, stacks: Stacks): StackReference[] {
  const stack = ownValue(stacks, name);
  const references = new Map<string, StackReference>();
  for (const item of stack ? fromItems(name, stack) : []) {
    const named = namedEndpoint(item.from, name, stacks);
    if (!named || named.stack === name || isExisting(named.entry) || references.has(named.stack)) continue;
    references.set(named.stack, { ...item, stack: named.stack });
  }
  return [...references.values()];
}

/** The names of the stacks, each after those it waits for, else as in the file. */
export function inDependencyOrder(stacks: Stacks): string[] {
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const add = (name: string): void => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const { stack } of stackReferences(name, stacks)) add(stack);
    ordered.add(name);
  };
  for (const name of Object.keys(stacks)) add(name);
  return [...ordered];
}
