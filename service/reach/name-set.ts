import { coversAll, type NamePattern } from "../name-pattern";
import { compareText } from "../policy-document";

/** A set of names: patterns in order of their text, none of which covers another. */
export type NameSet = readonly NamePattern[];

/** The names that any of the patterns covers. */
export function nameSet(patterns: readonly NamePattern[]): NameSet {
  // a prefix comes right before all that it covers, so the last one kept is the only one that can cover the next
  const inOrder = [...patterns].sort(
    (a, b) => compareText(a.text, b.text) || Number(b.wildcard) - Number(a.wildcard),
  );
  const kept: NamePattern[] = [];
  for (const pattern of inOrder) {
    const last = kept.at(-1);
    if (!last || !coversAll(last, pattern)) kept.push(pattern);
  }
  return kept;
}

/** The names in both: of two patterns with a common name one covers the other, and the narrower one stays. */
export const commonNames = (a: NameSet, b: NameSet): NameSet =>
  nameSet([
    ...a.filter((pattern) => holdsNames(b, pattern)),
    ...b.filter((pattern) => holdsNames(a, pattern)),
  ]);

/** Whether every name that the pattern covers is in the set. */
export function holdsNames(set: NameSet, pattern: NamePattern): boolean {
  const last = set[placeAfter(set, pattern.text) - 1];
  return last !== undefined && coversAll(last, pattern);
}

/** Whether some name that the pattern covers is in the set. */
export function overlapsNames(set: NameSet, pattern: NamePattern): boolean {
  if (holdsNames(set, pattern)) return true;
  // what it covers itself stands right behind it, or at its very text
  const after = placeAfter(set, pattern.text);
  return [set[after - 1], set[after]].some((one) => one !== undefined && coversAll(pattern, one));
}

/** The place of the first pattern whose text comes after `text`. */
function placeAfter(set: NameSet, text: string): number {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] as NamePattern).text <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}
