import type { AccessRows } from "../../service";
import type { ReadWorld } from "../world";
import type { SideName } from "./who-table";

/**
 * Whether a step tells what every policy will say, and whom every endpoint lets in that is there before and after: what
 * is not known of both sides alike changes nothing.
 */
export function tellsAll(after: ReadWorld, rows: Readonly<Record<SideName, AccessRows>>): boolean {
  if (after.doubts.some(({ kind, quiet }) => kind !== "generation" && !quiet)) return false;
  const unknownOf = ({ endpoints }: AccessRows) =>
    endpoints.flatMap(({ id, address, known, unknownSources }) =>
      known ? [[address ?? id, unknownSources.join("\n")] as const] : [],
    );
  const then = new Map(unknownOf(rows.after));
  return unknownOf(rows.before).every(([key, unknown]) => unknown === (then.get(key) ?? unknown));
}
