import { inNaturalOrder, inNaturalOrderBy } from "./natural-order";

/** Names as a reader takes them in: some in full, families of names by what they have in common. */
export interface NameList {
  /** As people count; `orders`, or `logs-… (91)` for 91 names that begin with `logs-`. */
  readonly parts: readonly string[];
  /** How many names are in none of the parts. */
  readonly more: number;
}

/**
 * At most `most` parts that stand for as many of the names as can be: all names where they fit, else families by
 * common beginnings, the coarsest first, and the largest family told in finer ones as long as there is room.
 */
export function collapseNames(sortedNames: readonly string[], most: number): NameList {
  if (sortedNames.length <= most) return { parts: inNaturalOrder(sortedNames), more: 0 };
  let families = familiesOf(sortedNames, 0);
  const whole = new Set<readonly string[]>();
  while (families.length < most) {
    const [largest] = families
      .filter((family) => family.length > 1 && !whole.has(family))
      .sort((a, b) => b.length - a.length);
    if (!largest) break;
    const finer = familiesOf(largest, commonStart(largest).length);
    if (finer.length === 1 || families.length - 1 + finer.length > most) whole.add(largest);
    else families = families.flatMap((family) => (family === largest ? finer : [family]));
  }
  const room = families.length <= most ? families.length : most - 1;
  // large families tell most
  const kept = new Set([...families].sort((a, b) => b.length - a.length).slice(0, room));
  const parts = inNaturalOrderBy([...kept], (family) => inNaturalOrder(family)[0] ?? "").map((family) =>
    family.length === 1 ? String(family[0]) : familyText(family),
  );
  const shown = [...kept].reduce((sum, family) => sum + family.length, 0);
  return { parts, more: sortedNames.length - shown };
}

/** The parts with commas between them, and how many more there are. */
export function listed({ parts, more }: NameList): string[] {
  const all = more > 0 ? [...parts, `… and ${more} more`] : parts;
  return all.map((part, place) => (place < all.length - 1 ? `${part},` : part));
}

/**
 * The names by the next word after `start` characters. Words end at `-`, `_`, `.` or `/`, or before a number; the
 * last numbers of names count as one word, since they tell a reader nothing that the count does not.
 */
function familiesOf(sortedNames: readonly string[], start: number): string[][] {
  const families = new Map<string, string[]>();
  for (const name of sortedNames) {
    const rest = name.slice(start);
    const word = /^\d+$/.test(rest)
      ? "0"
      : (/^(?:\D*?[-_./]|\d+[-_./]|\D+(?=\d)|.+)/su.exec(rest)?.[0] ?? "");
    const family = families.get(word);
    if (family) family.push(name);
    else families.set(word, [name]);
  }
  return [...families.values()];
}

/** Of numbers, a family has no digits in common that say anything: `logs-1… (10)` would be `logs-… (10)`. */
function familyText(family: readonly string[]): string {
  const start = commonStart(family);
  return `${start.replace(/(?<=.)\d+$/, "")}… (${family.length})`;
}

function commonStart(sortedNames: readonly string[]): string {
  const first = sortedNames[0] ?? "";
  const last = sortedNames.at(-1) ?? "";
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}
