import type { AccessMatrix, CollectionGroup } from "../../service";
import type { Doubt } from "../world";

/** Whether it is not known who else reaches a collection, or a pattern, of this name. */
export type IsDoubted = (name: string) => boolean;

/**
 * By what was not seen: a network policy that may open a collection, or a generation that may be another. Time grows
 * with the number of names, not with their product with the doubts.
 */
export function doubtedBy(doubts: readonly Doubt[] = []): IsDoubted {
  const deciding = doubts.filter(({ kind }) => kind !== "data");
  if (deciding.some(({ collections }) => collections === undefined)) return () => true;
  const texts = new Set(deciding.flatMap(({ collections = [] }) => collections));
  const startOf = (text: string) => text.replace(/\*$/, "");
  const prefixes = [...texts].filter((text) => text.endsWith("*")).map(startOf);
  return (name) =>
    texts.has(name) ||
    prefixes.some((prefix) => startOf(name).startsWith(prefix)) ||
    (name.endsWith("*") && [...texts].some((text) => text.startsWith(startOf(name))));
}

interface DoubtedGroup {
  readonly group: CollectionGroup;
  readonly doubted: boolean;
}

/** The groups of a matrix, each in two where only some of its collections are doubted. */
export function groupsByDoubt({ groups }: AccessMatrix, isDoubted: IsDoubted): DoubtedGroup[] {
  return groups.flatMap((group): DoubtedGroup[] => {
    const doubted = group.collections.filter(isDoubted);
    if (doubted.length === 0) return [{ group, doubted: false }];
    const own = new Set(doubted);
    const sure = group.collections.filter((name) => !own.has(name));
    const others = sure.length > 0 ? [{ group: { ...group, collections: sure }, doubted: false }] : [];
    const key = `${group.key}/doubted`;
    return [...others, { group: { ...group, key, collections: doubted }, doubted: true }];
  });
}
