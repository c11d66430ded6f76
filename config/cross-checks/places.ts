import type { StackEntry } from "../access-file";

export type Stacks = Readonly<Record<string, StackEntry>>;

/**
 * The stacks of each account and Region, where names and policies are one set. Stacks of one Region that name no
 * account count as one account.
 */
export function byPlace(stacks: Stacks): Map<string, [name: string, stack: StackEntry][]> {
  const places = new Map<string, [string, StackEntry][]>();
  for (const [name, stack] of Object.entries(stacks)) {
    const place = stack.account ? `account ${stack.account}, ${stack.region}` : stack.region;
    const members = places.get(place) ?? [];
    places.set(place, members);
    members.push([name, stack]);
  }
  return places;
}
