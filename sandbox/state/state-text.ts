import type { WorldState } from "./state";

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
  if (!(state?.accounts instanceof Map)) throw new UnreadableState("no accounts in it");
  return state;
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
