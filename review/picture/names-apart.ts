import { collapseNames, listed } from "./collapse-names";
import { inNaturalOrder } from "./natural-order";

/** How one list of names is told: by families, or by its first names. */
export type TellNames = (names: readonly string[], how: "families" | "first") => readonly string[];

/**
 * Tells each of several lists, so that no two read the same but for their sizes: `events-… (22)` beside
 * `events-… (21)` says less than the first names of both.
 */
export function toldApart(lists: readonly (readonly string[])[], tell: TellNames): (readonly string[])[] {
  const told = lists.map((names) => tell(names, "families"));
  const reads = told.map((parts) => parts.join(" ").replace(/\(\d+\)|and \d+ more/g, ""));
  const times = new Map<string, number>();
  for (const text of reads) times.set(text, (times.get(text) ?? 0) + 1);
  return told.map((parts, place) =>
    (times.get(reads[place] ?? "") ?? 0) > 1 ? tell(lists[place] ?? [], "first") : parts,
  );
}

/** In at most `most` parts, with commas between them. */
export function namesIn(names: readonly string[], most: number, how: "families" | "first"): string[] {
  if (how === "families") return listed(collapseNames([...names].sort(), most));
  const kept = names.length <= most ? names.length : most - 1;
  return listed({ parts: inNaturalOrder(names).slice(0, kept), more: names.length - kept });
}
