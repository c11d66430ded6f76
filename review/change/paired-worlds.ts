import type { ReadWorld } from "../world";

/** One account and Region on both sides. */
interface WorldPair {
  readonly before: ReadWorld;
  readonly after: ReadWorld;
}

/**
 * Each account and Region with itself. One that a side does not have is empty there: a policy that moves to another
 * Region closes what it opened here. What a side does not tell (no account, no Region) is that of the other side.
 */
export function pairedWorlds(before: readonly ReadWorld[], after: readonly ReadWorld[]): WorldPair[] {
  const left = new Set(after);
  const partners = new Map<ReadWorld, ReadWorld>();
  for (const fits of [isSame, mayBeSame]) {
    for (const one of before) {
      if (partners.has(one)) continue;
      const partner = [...left].find((other) => fits(one, other));
      if (!partner) continue;
      partners.set(one, partner);
      left.delete(partner);
    }
  }
  return [
    ...before.map((one) => ({ before: one, after: partners.get(one) ?? emptied(one) })),
    ...[...left].map((one) => ({ before: emptied(one), after: one })),
  ];
}

const isSame = (one: ReadWorld, other: ReadWorld): boolean =>
  one.region === other.region && one.world.account === other.world.account;

const mayBeSame = (one: ReadWorld, other: ReadWorld): boolean =>
  isAlike(one.region, other.region) && isAlike(one.world.account, other.world.account);

const isAlike = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const emptied = (of: ReadWorld): ReadWorld => ({
  ...of,
  world: { ...of.world, collections: [], networkPolicies: [], dataPolicies: [] },
  doubts: [],
  notSeen: [],
});
