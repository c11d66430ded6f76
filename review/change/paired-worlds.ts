import type { ReadWorld } from "../world";
import type { Side } from "./plan-sides";

/** One account and Region on both sides. */
export interface WorldPair {
  readonly before: ReadWorld;
  readonly after: ReadWorld;
}

/**
 * Each account and Region with itself. One that a side does not have is empty there: a policy that moves to another
 * Region closes what it opened here. What a side does not tell (no account, no Region) is that of the other side.
 */
export function pairedWorlds(before: Side, after: Side): WorldPair[] {
  const left = new Set(after.worlds);
  const partners = new Map<ReadWorld, ReadWorld>();
  for (const fits of [isSame, mayBeSame]) {
    for (const one of before.worlds) {
      if (partners.has(one)) continue;
      const partner = [...left].find((other) => fits(one, other));
      if (!partner) continue;
      partners.set(one, partner);
      left.delete(partner);
    }
  }
  return [
    ...before.worlds.map((one) => ({ before: one, after: partners.get(one) ?? emptied(one, after) })),
    ...[...left].map((one) => ({ before: emptied(one, before), after: one })),
  ];
}

const isSame = (one: ReadWorld, other: ReadWorld): boolean =>
  one.region === other.region && one.world.account === other.world.account;

const mayBeSame = (one: ReadWorld, other: ReadWorld): boolean =>
  isAlike(one.region, other.region) && isAlike(one.world.account, other.world.account);

const isAlike = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** With those endpoints alone that the side has too. */
function emptied(of: ReadWorld, side: Side): ReadWorld {
  const there = new Set(side.resources.filter(({ removed }) => !removed).map(({ id }) => id));
  const endpoints = of.world.endpoints.filter(({ id }) => there.has(id));
  const world = { ...of.world, endpoints, collections: [], networkPolicies: [], dataPolicies: [] };
  return { ...of, world, doubts: [], notSeen: [] };
}
