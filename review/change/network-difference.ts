import type { Doubt } from "../world";
import { DoubtedNames } from "./doubted-names";
import { gainedBits, type NamesAlike } from "./opened-names";
import type { PathList } from "./path-list";
import type { SideName, WhoTable } from "./who-table";

/** Where differences are put. */
export interface PathLists {
  readonly gained: PathList;
  readonly lost: PathList;
  readonly unsure: PathList;
}

/** Tells who gains and who loses which names by network policies; returns how many paths stay. */
export function networkDifference(
  alike: readonly NamesAlike[],
  who: WhoTable,
  doubtsAfter: readonly Doubt[],
  paths: PathLists,
): number {
  const doubted = new DoubtedNames(doubtsAfter, "network");
  let unchanged = 0;
  const add = (
    list: PathList,
    bits: bigint,
    side: SideName,
    kind: keyof NamesAlike["before"],
    names: readonly string[],
  ) => {
    if (bits === 0n || names.length === 0) return;
    const isLost = list !== paths.gained && names.some((name) => name.endsWith("*"));
    for (const [one, bit] of who.whoWithBits(bits, side)) {
      list.add(one, kind, names, isLost ? { staying: staying(kind, bit) } : {});
    }
  };
  const stayings = {
    collection: new Map<bigint, () => string[]>(),
    dashboard: new Map<bigint, () => string[]>(),
  };
  const staying = (kind: keyof NamesAlike["before"], bit: bigint) => {
    const known = stayings[kind].get(bit);
    const names = known ?? (() => alike.flatMap((one) => ((one.after[kind] & bit) === 0n ? [] : one.names)));
    stayings[kind].set(bit, names);
    return names;
  };
  for (const { names, before, after, namedAfter } of alike) {
    for (const kind of ["collection", "dashboard"] as const) {
      const lost = before[kind] & ~after[kind];
      add(paths.gained, gainedBits(before[kind], after[kind], namedAfter[kind], who), "after", kind, names);
      if (lost === 0n) continue;
      // an endpoint that goes takes its paths along, whatever policies say
      add(paths.lost, lost & who.goneBits, "before", kind, names);
      const rest = lost & ~who.goneBits;
      const isDoubted = names.map((name) => doubted.has(name));
      const some = (doubt: boolean) => names.filter((_, place) => isDoubted[place] === doubt);
      add(paths.lost, rest, "before", kind, some(false));
      add(paths.unsure, rest, "before", kind, some(true));
    }
    unchanged += count(before.collection & after.collection) * names.length;
  }
  return unchanged;
}

function count(bits: bigint): number {
  return bits === 0n ? 0 : bits.toString(2).replaceAll("0", "").length;
}
