import { type AddressSet, difference, isEmpty, overlaps, union } from "./address-set";
import { someOf } from "./gate";
import { addressesOfVpc, type ReachSource, vpcLabel, withinItsVpc } from "./source";
import type { AccessWorld, Generation, WorldEndpoint } from "./world";

/**
 * Whether the names of collections lead to an endpoint in its VPC; undefined: not known. A managed endpoint has a
 * private hosted zone, an interface endpoint has one while its private DNS is on (developer guide, serverless-vpc).
 */
export const takesNames = ({ generation, privateDns }: WorldEndpoint): boolean | undefined =>
  generation === "classic" ? true : privateDns;

/** What of a source does not find the collections' names lead to a known endpoint of its VPC. */
export interface NotLed {
  readonly addresses: AddressSet;
  /** Why there are none: where the name leads. */
  readonly reason: string;
}

/**
 * Leaves out of a source what is in a VPC with an endpoint for these generations: the private hosted zone there
 * leads the names of collections to that endpoint, so they are reached through it or not at all. An endpoint without
 * private DNS, or of which that is not known, leaves out nothing.
 */
export function notLed(world: AccessWorld, source: ReachSource, generations: readonly Generation[]): NotLed {
  const { asked, label, vpcId, located } = source;
  const serving = world.endpoints.filter(
    (endpoint) => generations.includes(endpoint.generation) && takesNames(endpoint) === true,
  );
  if (vpcId !== undefined) {
    const within = withinItsVpc(world, source);
    const here = vpcLabel(world, vpcId);
    if (isEmpty(within)) return { addresses: [], reason: `${label} is not in ${here}` };
    const led = serving.filter((endpoint) => endpoint.vpcId === vpcId).map(({ id }) => id);
    return led.length > 0
      ? { addresses: [], reason: `in ${here} the collection's name leads to ${someOf(led)}` }
      : { addresses: within, reason: "" };
  }
  if (!located) return { addresses: asked, reason: "" };
  const blocks = (id: string | undefined) => addressesOfVpc(world, id) ?? [];
  const there = serving.filter((one) => overlaps(blocks(one.vpcId), asked));
  return {
    addresses: difference(asked, union(...there.map((one) => blocks(one.vpcId)))),
    reason: `in the VPC of ${label} the collection's name leads to its endpoint (${someOf(there.map(({ id }) => id))})`,
  };
}
