import {
  type AddressSet,
  addressesOfAll,
  difference,
  holdsAll,
  intersection,
  isEmpty,
  union,
} from "./address-set";
import { type Asked, type JudgedGate, passageToAll } from "./gate";
import { namesOf } from "./generation-gate";
import { notLed } from "./private-name";
import { addressesOfVpc, type ReachSource } from "./source";
import type { AccessWorld, Generation } from "./world";

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
 * Whether a source reaches public collections of these generations over the internet. From a VPC with an endpoint
 * that serves them it does not: the private hosted zone there leads the collection's name to the endpoint.
 */
export function internetGate(
  world: AccessWorld,
  source: ReachSource,
  asked: Asked,
  generations: readonly Generation[],
): JudgedGate {
  const { sure, maybe, reason, unknown } = wayOut(world, source, generations);
  const among = generations.length < asked.possible.length ? `${namesOf(generations)} collections: ` : "";
  return {
    gate: "route",
    passage: { sure, maybe, names: passageToAll(asked, generations).names },
    reason: `${among}${reason}`,
    ...(unknown ? { unknown: [unknown] } : {}),
  };
}

interface WayOut {
  readonly sure: AddressSet;
  readonly maybe: AddressSet;
  readonly reason: string;
  readonly unknown?: string;
}

function wayOut(world: AccessWorld, source: ReachSource, generations: readonly Generation[]): WayOut {
  const { asked, label, vpcId, located } = source;
  const { addresses: maybe, reason } = notLed(world, source, generations);
  if (isEmpty(maybe)) return { sure: [], maybe, reason };
  const isAnywhere = located && vpcId === undefined;
  const inVpcs = union(...world.vpcs.map(({ id }) => addressesOfVpc(world, id) ?? []));
  const sure = isAnywhere ? intersection(difference(asked, inVpcs), onInternet) : [];
  if (holdsAll(sure, asked)) return { sure, maybe, reason: `${label} is on the internet` };
  const part = isEmpty(sure) ? "" : "part is on the internet; ";
  const unknown = `whether ${part && "the rest of "}${label} has a way to the internet`;
  return { sure, maybe, reason: `${part}not known: ${unknown}`, unknown };
}
