import {
  type AddressSet,
  addressesOfAll,
  difference,
  holdsAll,
  intersection,
  isEmpty,
  overlaps,
  union,
} from "./address-set";
import type { AccessTo } from "./explanation";
import { bothGenerations, type JudgedGate } from "./gate";
import { generationGate } from "./generation-gate";
import { addressesOfVpc, type ReachSource, vpcLabel } from "./source";
import type { AccessWorld } from "./world";

/** IPv4 blocks that the internet does not route, and the one IPv6 block that it does (IANA registries). */
const notOnInternet = addressesOfAll([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
]);
const onInternet = difference(addressesOfAll(["0.0.0.0/0", "2000::/3"]), notOnInternet);

/**
 * Whether a source reaches a public collection over the internet. From a VPC with an endpoint it does not: the
 * private hosted zone there leads the collection's name to the endpoint.
 */
export function internetGate(world: AccessWorld, source: ReachSource, to: AccessTo): JudgedGate {
  const { asked, label, vpcId } = source;
  const serving = world.endpoints.filter(
    (endpoint) => !isEmpty(generationGate(world, to, endpoint, asked).passage.maybe),
  );
  const led = serving.find((endpoint) => endpoint.vpcId !== undefined && endpoint.vpcId === vpcId);
  if (led && vpcId) {
    return gate([], [], `in ${vpcLabel(world, vpcId)} the collection's name leads to ${led.id}`);
  }
  const ledAway = union(...serving.map(({ vpcId: id }) => addressesOfVpc(world, id) ?? []));
  const inVpcs = union(...world.vpcs.map(({ id }) => addressesOfVpc(world, id) ?? []));
  const maybe = source.located && !vpcId ? difference(asked, ledAway) : asked;
  const sure = source.located && !vpcId ? intersection(difference(asked, inVpcs), onInternet) : [];
  if (isEmpty(maybe)) {
    const there = serving.filter((one) => overlaps(addressesOfVpc(world, one.vpcId) ?? [], asked));
    const ids = there.map(({ id }) => id).join(", ");
    return gate([], [], `in the VPC of ${label} the collection's name leads to its endpoint (${ids})`);
  }
  return holdsAll(sure, asked)
    ? gate(sure, maybe, `${label} is on the internet`)
    : gate(sure, maybe, `not known: whether ${label} has a way to the internet`, [
        `whether ${label} has a way to the internet`,
      ]);
}

function gate(
  sure: AddressSet,
  maybe: AddressSet,
  reason: string,
  unknown: readonly string[] = [],
): JudgedGate {
  return { gate: "route", passage: { sure, maybe, whole: bothGenerations }, reason, unknown };
}
