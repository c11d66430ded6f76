import { addressesOf, cidrsOf, difference, holdsAll, isEmpty, union } from "./address-set";
import type { AccessFrom } from "./explanation";
import { type JudgedGate, someOf } from "./gate";
import { takesNames } from "./private-name";
import { not, perhaps, type Route, surely } from "./route";
import { routeByAddress, sharedRoute } from "./route-by-address";
import { addressesOfVpc, type ReachSource, securityGroupOf, vpcLabel, vpcsOf, withinItsVpc } from "./source";
import type { AccessWorld, WorldEndpoint } from "./world";

/**
 * Whether what opens connections gets as far as an endpoint: it is in the endpoint's VPC, where the collections'
 * names lead to it. AWS recommends an endpoint in each VPC that needs one; what comes from elsewhere needs a route
 * and a resolver of the VPC (developer guide, serverless-vpc).
 */
export function routeGate(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): JudgedGate {
  const packets = source.vpcId
    ? fromVpc(world, source, source.vpcId, endpoint)
    : source.located
      ? routeByAddress(world, source, endpoint)
      : notLocated(world, source, endpoint);
  const isShut = isEmpty(packets.sure) && isEmpty(packets.maybe);
  const route = isShut || takesNames(endpoint) ? packets : withoutNames(packets, endpoint);
  return {
    gate: "route",
    passage: { sure: route.sure, maybe: union(route.sure, route.maybe) },
    reason: route.reason,
    remedy: remedyOf(world, source, endpoint),
    ...(route.unknown.length > 0 ? { unknown: route.unknown } : {}),
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

function remedyOf(world: AccessWorld, source: ReachSource, endpoint: WorldEndpoint): string {
  const home = source.vpcId ?? homeOf(world, source);
  if (home === undefined || home === endpoint.vpcId) {
    return home !== undefined && !takesNames(endpoint)
      ? `turn on private DNS of ${endpoint.id} (private_dns_enabled)`
      : `from on premises or a peered VPC: a route into ${endpoint.vpcId ?? "the endpoint's VPC"}, and DNS through a Route 53 inbound resolver endpoint there`;
  }
  const own = world.endpoints.filter(
    ({ vpcId, generation }) => vpcId === home && generation === endpoint.generation,
  );
  return own.length > 0
    ? `from ${vpcLabel(world, home)} go through its own endpoint, ${someOf(own.map(({ id }) => id))}`
    : `make an endpoint in ${vpcLabel(world, home)}: AWS recommends one in each VPC that needs it`;
}

/** Packets would get there, and nothing known leads the collections' names there. */
function withoutNames({ sure, maybe, reason, unknown }: Route, { id, privateDns }: WorldEndpoint): Route {
  const names =
    privateDns === false
      ? `whether a private hosted zone of your own leads the collection's name to ${id}, whose private DNS is off`
      : `whether the collection's name leads to ${id}: whether its private DNS is on`;
  return {
    sure: [],
    maybe: union(sure, maybe),
    reason: `${reason}; not known: ${names}`,
    unknown: [...unknown, names],
  };
}

/** The VPC whose blocks hold all the addresses, where exactly one known VPC does. */
function homeOf(world: AccessWorld, source: ReachSource): string | undefined {
  const homes = vpcsOf(world, source);
  return homes.length === 1 ? homes[0] : undefined;
}

function fromVpc(world: AccessWorld, source: ReachSource, vpcId: string, endpoint: WorldEndpoint): Route {
  const { asked, label } = source;
  const within = withinItsVpc(world, source);
  const here = vpcLabel(world, vpcId);
  if (isEmpty(within)) {
    const blocks = someOf(cidrsOf(addressesOfVpc(world, vpcId) ?? []));
    return not(`${label} is not in ${here}, which has ${blocks}`);
  }
  const part = isEmpty(difference(asked, within)) ? "" : ` in part (${someOf(cidrsOf(within))})`;
  const isHere = `${label} is${part} in ${here}`;
  if (endpoint.vpcId === vpcId) return surely(within, `${isHere}, where ${endpoint.id} is`);
  if (endpoint.vpcId === undefined) {
    const unknown = `in which VPC ${endpoint.id} is`;
    return perhaps(within, unknown, `${isHere}; not known: ${unknown}`);
  }
  if (endpoint.sharedWithVpcIds?.includes(vpcId)) return sharedRoute(label, within, here, endpoint.id);
  return not(
    `${isHere}, ${endpoint.id} in ${vpcLabel(world, endpoint.vpcId)}, and no private hosted zone of it is known to be shared`,
  );
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
    return perhaps(
      asked,
      unknown,
      `a security group of ${endpoint.id} names ${label}; not known: ${unknown}`,
    );
  }
  return perhaps(
    asked,
    kind === "security-group" ? `in which VPC ${label} is` : `the entries of ${label}, and so where they are`,
  );
}

function isNamedBy(world: AccessWorld, id: string, endpoint: WorldEndpoint): boolean {
  return (endpoint.securityGroupIds ?? []).some((own) =>
    securityGroupOf(world, own)?.rules?.some((rule) => rule.securityGroupId === id),
  );
}
