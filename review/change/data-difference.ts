import type { AccessRows, Permit } from "../../service";
import type { Doubt } from "../world";
import { DoubtedNames } from "./doubted-names";
import type { Existence } from "./existence";
import type { PathLists } from "./network-difference";
import type { PathList } from "./path-list";
import { Permitted, type PrincipalPermits, permitsByPrincipal } from "./permitted";
import type { SameWho } from "./same-who";

/** Tells what principals gain and lose by data access policies; returns on how many resources nothing changes. */
export function dataDifference(
  before: AccessRows,
  after: AccessRows,
  same: SameWho,
  existence: Existence,
  doubtsAfter: readonly Doubt[],
  paths: PathLists,
): number {
  const doubted = new DoubtedNames(doubtsAfter, "data");
  const was = permitsByPrincipal(before, (principal) => principal);
  const will = permitsByPrincipal(after, (principal) => same.keyAfter(principal) ?? principal);
  let unchanged = 0;
  for (const key of new Set([...was.keys(), ...will.keys()])) {
    const [one, other] = [was.get(key), will.get(key)];
    const [oldPermits, newPermits] = [there(one, existence.made), there(other, existence.gone)];
    const isWhole = oldPermits.length === one?.permits.length && newPermits.length === other?.permits.length;
    if (isWhole && one?.digest === other?.digest) {
      unchanged += oldPermits.length;
      continue;
    }
    const [old, now] = [new Permitted(oldPermits), new Permitted(newPermits)];
    const lost = old.without(now);
    const gained = now.without(old);
    unchanged += oldPermits.length - lost.length;
    for (const permit of gained) addPermit(paths.gained, other?.principal ?? key, permit);
    for (const permit of lost) {
      const list = doubted.has(permit.collections) ? paths.unsure : paths.lost;
      for (const { permissions, except } of now.staying(permit)) {
        addPermit(list, one?.principal ?? key, { ...permit, permissions }, except);
      }
    }
  }
  return unchanged;
}

/** What is permitted on collections that are there; those that others keep are taken to be. */
const there = (permitted: PrincipalPermits | undefined, absent: ReadonlySet<string>): readonly Permit[] =>
  permitted?.permits.filter(({ collections }) => !absent.has(collections)) ?? [];

/** One path for each resource; those that differ in the collection alone are joined. */
export function addPermit(
  list: PathList,
  principal: string,
  { type, collections, within, permissions }: Permit,
  except: readonly string[] = [],
): void {
  const place = within === undefined ? {} : { within };
  const who = { kind: "principal", principal, on: type, permissions, ...place } as const;
  list.add(who, "collection", [collections], { except });
}
