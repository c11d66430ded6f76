import {
  type AddressSet,
  addressesOf,
  cidrsOf,
  difference,
  holdsAll,
  intersection,
  isEmpty,
  overlaps,
  union,
} from "./address-set";
import type { AccessFrom } from "./explanation";
import { type JudgedGate, someOf } from "./gate";
import { addressesOfVpc, type ReachSource, securityGroupOf, vpcLabel, withinItsVpc } from "./source";
import type { AccessWorld, WorldEndpoint } from "./world";

interface Route {
  readonly sure: AddressSet;
  readonly maybe: AddressSet;
  readonly reason: string;
  readonly unknown?: string | readonly string[];
}

/**
 * Whether what opens connections gets as far as an endpoint: it is in the endpoint's VPC. AWS recommends an
 * endpoint in each VPC that needs one; what comes from elsewhere needs a route and a resolver of the VPC
 * (developer guide, serverless-vpc).
 */
export function routeGate(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): JudgedGate {
  const route = source.vpcId
    ? fromVpc(world, source, source.vpcId, endpoint)
    : source.located
      ? byAddress(world, source, endpoint)
      : notLocated(world, source, endpoint);
  const home = source.vpcId ?? homeOf(world, source);
  return {
    gate: "route",
    passage: { sure: route.sure, maybe: union(route.sure, route.maybe) },
    reason: route.reason,
    remedy:
      home && home !== endpoint.vpcId
        ? `make an endpoint in ${vpcLabel(world, home)}: AWS recommends one in each VPC that needs it`
        : `from on premises or a peered VPC: a route into ${endpoint.vpcId ?? "the endpoint's VPC"}, and DNS through a Route 53 inbound resolver endpoint there`,
    ...(route.unknown ? { unknown: [route.unknown].flat() } : {}),
  };
}

/** The route of a world in which no endpoint is known. */
export function noEndpointGate(world: AccessWorld, source: ReachSource): JudgedGate {
  const home = source.vpcId ?? homeOf(world, source);
  return {
    gate: "route",
    passage: { sure: [], maybe: [] },
    reason: "no endpoint is known",
    remedy: `make an endpoint in ${home ? vpcLabel(world, home) : "the client's VPC"}`,
  };
}

/** The VPC whose blocks hold all the addresses, where exactly one known VPC does. */
function homeOf(world: AccessWorld, source: ReachSource): string | undefined {
  const homes = vpcsOf(world, source);
  return homes.length === 1 ? homes[0] : undefined;
}

/** The known VPCs that hold at least some of the addresses. */
export function vpcsOf(world: AccessWorld, source: ReachSource): string[] {
  if (!source.located) return [];
  return world.vpcs
    .map(({ id }) => id)
    .filter((id) => overlaps(addressesOfVpc(world, id) ?? [], source.asked));
}

function fromVpc(world: AccessWorld, source: ReachSource, vpcId: string, endpoint: WorldEndpoint): Route {
  const { asked, label } = source;
  const within = withinItsVpc(world, source);
  const here = vpcLabel(world, vpcId);
  if (isEmpty(within)) {
    const blocks = someOf(cidrsOf(addressesOfVpc(world, vpcId) ?? []));
    return { sure: [], maybe: [], reason: `${label} is not in ${here}, which has ${blocks}` };
  }
  const part = isEmpty(difference(asked, within)) ? "" : ` in part (${someOf(cidrsOf(within))})`;
  const isHere = `${label} is${part} in ${here}`;
  if (endpoint.vpcId === vpcId) {
    return { sure: within, maybe: within, reason: `${isHere}, where ${endpoint.id} is` };
  }
  if (endpoint.vpcId === undefined) {
    const unknown = `in which VPC ${endpoint.id} is`;
    return { sure: [], maybe: within, reason: `${isHere}; not known: ${unknown}`, unknown };
  }
  if (endpoint.sharedWithVpcIds?.includes(vpcId)) return shared(source, within, here, endpoint);
  return {
    sure: [],
    maybe: [],
    reason: `${isHere}, ${endpoint.id} in ${vpcLabel(world, endpoint.vpcId)}, and no private hosted zone of it is known to be shared`,
  };
}

function shared(source: ReachSource, part: AddressSet, here: string, endpoint: WorldEndpoint): Route {
  const unknown = `whether peering or a transit gateway leads from ${here} to ${endpoint.id}`;
  const reason = `${source.label} is in ${here}, which shares the private hosted zone of ${endpoint.id}; not known: ${unknown}`;
  return { sure: [], maybe: part, reason, unknown };
}

function byAddress(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): Route {
  const { asked, label } = source;
  const own = addressesOfVpc(world, endpoint.vpcId);
  if (!own) {
    const unknown = `whether ${label} is in ${endpoint.vpcId ?? `the VPC of ${endpoint.id}`}, whose blocks are not known`;
    return { sure: [], maybe: asked, reason: `not known: ${unknown}`, unknown };
  }
  const vpcId = endpoint.vpcId ?? "";
  const here = vpcLabel(world, vpcId);
  const sure = intersection(asked, own);
  const others = vpcsOf(world, source).filter((id) => id !== vpcId);
  const addressesIn = (ids: readonly string[]) => union(...ids.map((id) => addressesOfVpc(world, id) ?? []));
  const twice = intersection(sure, addressesIn(others));
  if (!isEmpty(twice)) return inSeveral(world, source, endpoint, twice, [vpcId, ...others]);
  if (isEmpty(difference(asked, sure))) {
    return { sure, maybe: sure, reason: `${label} is in ${here}, where ${endpoint.id} is` };
  }
  const sharing = others.filter((id) => endpoint.sharedWithVpcIds?.includes(id));
  const bySharing = difference(intersection(asked, addressesIn(sharing)), sure);
  const outside = difference(asked, union(sure, addressesIn(others)));
  const parts = [
    ...(isEmpty(sure) ? [] : [`${cidrsOf(sure).join(", ")} is in ${here}, where ${endpoint.id} is`]),
    ...(others.length > sharing.length
      ? [
          `${isEmpty(outside) && isEmpty(sure) ? label : "part"} is in ${someOf(others.filter((id) => !sharing.includes(id)).map((id) => vpcLabel(world, id)))}, and ${endpoint.id} is not`,
        ]
      : []),
  ];
  if (!isEmpty(bySharing)) {
    const through = shared(source, bySharing, someOf(sharing.map((id) => vpcLabel(world, id))), endpoint);
    const reason = [...parts, through.reason].join("; ");
    return { ...through, sure, maybe: union(bySharing, outside), reason };
  }
  if (isEmpty(outside)) return { sure, maybe: [], reason: parts.join("; ") };
  const which = isEmpty(difference(asked, outside)) ? label : someOf(cidrsOf(outside));
  const unknown = `whether ${which}, which is in no known VPC, has a route to ${endpoint.id}`;
  return {
    sure,
    maybe: outside,
    reason: [...parts, `${which} is in no known VPC: on premises or peered`].join("; "),
    unknown,
  };
}

/** What VPCs with the same addresses have in common is surely in one of them, nobody knows in which. */
function inSeveral(
  world: AccessWorld,
  source: ReachSource,
  endpoint: WorldEndpoint,
  twice: AddressSet,
  homes: readonly string[],
): Route {
  const isIn = (id: string) => overlaps(addressesOfVpc(world, id) ?? [], twice);
  const which = isEmpty(difference(source.asked, twice)) ? source.label : someOf(cidrsOf(twice));
  const among = someOf(homes.filter(isIn).map((id) => vpcLabel(world, id)));
  const unknown = `in which of ${among} ${which} is, which have the same addresses`;
  const asked = difference(source.asked, twice);
  if (isEmpty(asked)) return { sure: [], maybe: twice, reason: `not known: ${unknown}`, unknown };
  const rest = byAddress(world, { ...source, asked, label: someOf(cidrsOf(asked)) }, endpoint);
  return {
    sure: rest.sure,
    maybe: union(rest.maybe, twice),
    reason: `not known: ${unknown}; ${rest.reason}`,
    unknown: [unknown, ...[rest.unknown ?? []].flat()],
  };
}

/** The VPCs each of which has all the addresses of a block, where there are several; nothing where one is named. */
export function sameHomes(world: AccessWorld, from: AccessFrom): string[] {
  if (from.kind !== "cidr" || from.vpcId !== undefined) return [];
  const asked = addressesOf(from.cidr) ?? [];
  const homes = world.vpcs.filter(({ id }) => holdsAll(addressesOfVpc(world, id) ?? [], asked));
  return homes.length > 1 ? homes.map(({ id }) => id).sort() : [];
}

function notLocated(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): Route {
  const { asked, label, kind } = source;
  if (kind === "security-group" && isNamedBy(world, label, endpoint)) {
    // EC2 takes a rule that names a group of a peered VPC too, where the endpoint's private hosted zone is not seen
    const unknown = `whether ${label} is in the VPC of ${endpoint.id} or in a peered one`;
    const reason = `a security group of ${endpoint.id} names ${label}; not known: ${unknown}`;
    return { sure: [], maybe: asked, reason, unknown };
  }
  const unknown =
    kind === "security-group" ? `in which VPC ${label} is` : `the entries of ${label}, and so where they are`;
  return { sure: [], maybe: asked, reason: `not known: ${unknown}`, unknown };
}

function isNamedBy(world: AccessWorld, id: string, endpoint: WorldEndpoint): boolean {
  return (endpoint.securityGroupIds ?? []).some((own) =>
    securityGroupOf(world, own)?.rules?.some((rule) => rule.securityGroupId === id),
  );
}
