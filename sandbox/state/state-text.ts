import { emptyRegion, type RegionState, type WorldState } from "./state";

const version = 1;

/** A state that cannot be read, in words for people. */
export class UnreadableState extends Error {}

/** The state as JSON text. Maps and sets are written as `{"map": [[key, value], ...]}` and `{"set": [...]}`. */
export function stateText(state: WorldState): string {
  return JSON.stringify({ version, state }, (_key, value: unknown) => {
    if (value instanceof Map) return { map: [...value] };
    if (value instanceof Set) return { set: [...value] };
    return value;
  });
}

/** Reads what `stateText` wrote. Throws `UnreadableState` for anything else. */
export function parseState(text: string): WorldState {
  let file: unknown;
  try {
    file = JSON.parse(text, (_key, value: unknown) => revived(value));
  } catch (error) {
    throw new UnreadableState(`not JSON: ${(error as Error).message}`);
  }
  const { version: written, state } = (file ?? {}) as {
    readonly version?: unknown;
    readonly state?: WorldState;
  };
  if (written !== version)
    throw new UnreadableState(`version ${JSON.stringify(written)}, ${version} is read`);
  if (!(state?.accounts instanceof Map) || state.accounts.size === 0) {
    throw new UnreadableState("no accounts in it");
  }
  for (const [id, account] of state.accounts) {
    if (!(account?.regions instanceof Map)) throw new UnreadableState(`no Regions in account ${id}`);
    for (const [name, region] of account.regions) requireSameParts(region, `${id} ${name}`);
  }
  return state;
}

/** Every table is there, and is a table: a file that somebody edited shows now and not in the middle of a call. */
function requireSameParts(region: RegionState | undefined, where: string): void {
  for (const [part, empty] of Object.entries(emptyRegion())) {
    const found: unknown = region?.[part as keyof RegionState];
    if (empty instanceof Map && !(found instanceof Map)) throw new UnreadableState(`no ${part} in ${where}`);
    if (empty instanceof Set && !(found instanceof Set)) throw new UnreadableState(`no ${part} in ${where}`);
  }
}

/** A policy document of a user's may look like a map or a set, but never with these keys alone and this content. */
function revived(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const [key] = keys;
  if (keys.length !== 1 || (key !== "map" && key !== "set")) return value;
  const content = (value as Record<string, unknown>)[key];
  if (!Array.isArray(content)) return value;
  return key === "map" ? new Map(content as [unknown, unknown][]) : new Set(content);
}
