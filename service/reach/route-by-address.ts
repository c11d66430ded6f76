import {
  type AddressSet,
  cidrsOf,
  difference,
  holdsAll,
  intersection,
  isEmpty,
  overlaps,
  union,
} from "./address-set";
import { someOf, verb } from "./gate";
import { not, perhaps, type Route, surely, together } from "./route";
import { addressesOfVpc, type ReachSource, vpcLabel, vpcsOf } from "./source";
import type { AccessWorld, WorldEndpoint } from "./world";

/** The route to an endpoint of addresses that are not said to be in a VPC: the blocks of the known VPCs tell. */
export function routeByAddress(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): Route {
  const { asked, label } = source;
  const { id, vpcId } = endpoint;
  const own = addressesOfVpc(world, vpcId);
  if (vpcId === undefined || !own) {
    const where = vpcId ?? `the VPC of ${id}`;
    return perhaps(asked, `whether ${label} is in ${where}, whose blocks are not known`);
  }
  const others = vpcsOf(world, source).filter((one) => one !== vpcId);
  const here = intersection(asked, own);
  const twice = intersection(here, addressesIn(world, others));
  if (!isEmpty(twice)) return inSeveral(world, source, endpoint, twice, [vpcId, ...others]);
  const sharing = others.filter((one) => endpoint.sharedWithVpcIds?.includes(one));
  const apart = others.filter((one) => !sharing.includes(one));
  const outside = difference(asked, union(own, addressesIn(world, others)));
  return together([
    ...(isEmpty(here)
      ? []
      : [surely(here, `${isOrAre(named(source, here))} in ${vpcLabel(world, vpcId)}, where ${id} is`)]),
    ...(apart.length > 0 ? [inOthers(world, source, id, apart)] : []),
    ...(sharing.length > 0 ? [inSharing(world, source, id, sharing)] : []),
    ...(isEmpty(outside) ? [] : [inNone(source, id, outside)]),
  ]);
}

const addressesIn = (world: AccessWorld, vpcIds: readonly string[]): AddressSet =>
  union(...vpcIds.map((id) => addressesOfVpc(world, id) ?? []));

const labelsOf = (world: AccessWorld, vpcIds: readonly string[]) =>
  someOf(vpcIds.map((id) => vpcLabel(world, id)));

/** What people call a part of a source: the source itself where it is all of it. */
const named = ({ asked, label }: ReachSource, part: AddressSet): readonly string[] =>
  holdsAll(part, asked) ? [label] : cidrsOf(part);

const isOrAre = (names: readonly string[]) => `${someOf(names)} ${verb(names, "is", "are")}`;

function inOthers(world: AccessWorld, source: ReachSource, id: string, vpcIds: readonly string[]): Route {
  const isAll = holdsAll(addressesIn(world, vpcIds), source.asked);
  return not(`${isAll ? source.label : "part"} is in ${labelsOf(world, vpcIds)}, and ${id} is not`);
}

function inSharing(world: AccessWorld, source: ReachSource, id: string, vpcIds: readonly string[]): Route {
  const part = intersection(source.asked, addressesIn(world, vpcIds));
  const which = holdsAll(part, source.asked) ? source.label : "part";
  return sharedRoute(which, part, labelsOf(world, vpcIds), id);
}

/** The route from a VPC, or several, that the endpoint's private hosted zone is shared with. */
export function sharedRoute(which: string, part: AddressSet, vpcs: string, id: string): Route {
  const unknown = `whether peering or a transit gateway leads from ${vpcs} to ${id}`;
  const shares = `${which} is in ${vpcs}, which shares the private hosted zone of ${id}`;
  return perhaps(part, unknown, `${shares}; not known: ${unknown}`);
}

function inNone(source: ReachSource, id: string, outside: AddressSet): Route {
  const which = named(source, outside);
  const are = verb(which, "is", "are");
  return perhaps(
    outside,
    `whether ${someOf(which)}, which ${are} in no known VPC, ${verb(which, "has", "have")} a route to ${id}`,
    `${someOf(which)} ${are} in no known VPC: on premises or peered`,
  );
}

/** What VPCs with the same addresses have in common is surely in one of them, nobody knows in which. */
function inSeveral(
  world: AccessWorld,
  source: ReachSource,
  endpoint: WorldEndpoint,
  twice: AddressSet,
  homes: readonly string[],
): Route {
  const among = homes.filter((id) => overlaps(addressesOfVpc(world, id) ?? [], twice));
  const which = isOrAre(named(source, twice));
  const either = perhaps(
    twice,
    `in which of ${labelsOf(world, among)} ${which}, which have the same addresses`,
  );
  const asked = difference(source.asked, twice);
  if (isEmpty(asked)) return either;
  const rest = { ...source, asked, label: someOf(cidrsOf(asked)) };
  return together([either, routeByAddress(world, rest, endpoint)]);
}
