import { addressesOfAll, cidrsOf, difference } from "./address-set";

/** The fewest CIDR blocks that hold what is in `cidrs` and in none of `covering`; what is no CIDR block counts as empty. */
export function cidrsLeftOut(cidrs: readonly string[], covering: readonly string[]): string[] {
  return cidrsOf(difference(addressesOfAll(cidrs), addressesOfAll(covering)));
}
