import { sortedUnique } from "../policy-document";
import { isEmpty } from "./address-set";
import { dataAccessGate, dataAccessNeeded, iamNeeded } from "./data-access-gate";
import type { AccessFrom, AccessPath, AccessTo, NetworkFrom } from "./explanation";
import { farGates, farGenerationGate, idleGate } from "./far-endpoint";
import { type Asked, type JudgedGate, type Passage, passageToAll, someOf, through } from "./gate";
import { askedFor, generationGate } from "./generation-gate";
import { internetGate } from "./internet-gate";
import { endpointComer, networkGate, publicComer, serviceComer } from "./network-gate";
import { noEndpointGate, routeGate } from "./route-gate";
import { securityGroupGate } from "./security-group-gate";
import { asOne, type ReachSource, type SourceFrom, sourceOf, vpcsOf } from "./source";
import type { AccessWorld } from "./world";

/** One way in with its gates in order. */
export interface Way extends Pick<AccessPath, "via" | "endpoint"> {
  readonly gates: readonly JudgedGate[];
  /** Whether blocks of the addresses that get in are worth telling. */
  readonly located?: boolean;
}

/** All ways that a question leads, and what to tell besides. */
export interface Ways {
  readonly asked: Asked;
  readonly ways: readonly Way[];
  readonly alsoNeeded: readonly string[];
  readonly notes: readonly string[];
}

/** What gets through all gates of a way. */
export const passageThrough = ({ gates }: Way): Passage =>
  gates.map(({ passage }) => passage).reduce(through);

/** The ways from `from` to `to`. Throws a `RuleError` for a CIDR block that is none. */
export function waysOf(world: AccessWorld, from: AccessFrom, to: AccessTo): Ways {
  if (from.kind === "principal") {
    const asked = askedFor(world, to, asOne);
    const gates = [dataAccessGate(world, asked, from.principal)];
    const alsoNeeded = [networkNeeded(world, asked), iamNeeded(to)];
    return { asked, ways: [{ via: "principal", gates }], alsoNeeded, notes: [] };
  }
  const { asked, ways, notes = [] } = networkWays(world, from, to);
  if (from.as === undefined) return { asked, ways, alsoNeeded: dataAccessNeeded(world, asked), notes };
  const dataAccess = dataAccessGate(world, asked, from.as);
  return {
    asked,
    ways: ways.map((way) => ({ ...way, gates: [...way.gates, dataAccess] })),
    alsoNeeded: [iamNeeded(to)],
    notes,
  };
}

function networkWays(
  world: AccessWorld,
  from: NetworkFrom,
  to: AccessTo,
): Omit<Ways, "alsoNeeded" | "notes"> & Partial<Ways> {
  switch (from.kind) {
    case "cidr":
    case "security-group":
    case "prefix-list":
      return fromSource(world, from, to);
    case "endpoint": {
      const asked = askedFor(world, to, asOne);
      return { asked, ways: [throughEndpoint(world, asked, from.id)] };
    }
    case "service": {
      const asked = askedFor(world, to, asOne);
      return { asked, ways: fromService(asked, from.service) };
    }
    case "public": {
      const asked = askedFor(world, to, asOne);
      return { asked, ways: [{ via: "internet", gates: [networkGate(asked, publicComer)] }] };
    }
  }
}

function fromSource(world: AccessWorld, from: SourceFrom, to: AccessTo) {
  const source = sourceOf(world, from);
  const asked = askedFor(world, to, source.asked);
  const { located } = source;
  const ways: Way[] = world.endpoints.map((endpoint) => ({
    via: "endpoint",
    endpoint: endpoint.id,
    located,
    gates: [
      routeGate(world, source, endpoint),
      securityGroupGate(world, source, endpoint),
      generationGate(world, asked, endpoint),
      networkGate(asked, endpointComer(endpoint.id)),
    ],
  }));
  if (ways.length === 0) ways.push({ via: "endpoint", gates: [noEndpointGate(world, source)] });
  const open = networkGate(asked, publicComer);
  const far = farEndpoints(world).map((id) => ({ id, gate: networkGate(asked, endpointComer(id)) }));
  // an endpoint leads the names of one generation to itself; those not known are taken to be of that one
  const apart = asked.known.size > 0 ? asked.possible.map((one) => [one]) : [asked.possible];
  for (const generations of apart) {
    const isOpened = (gate: JudgedGate) =>
      !isEmpty(through(passageToAll(asked, generations), gate.passage).maybe);
    if (isOpened(open)) {
      const gates = [internetGate(world, source, asked, generations), open];
      ways.push({ via: "internet", located, gates });
    }
    for (const { id, gate } of far.filter((one) => isOpened(one.gate))) {
      const gates = [...farGates(world, source, asked, id, generations), gate];
      ways.push({ via: "endpoint", endpoint: id, located, gates });
    }
  }
  return { asked, ways, notes: sourceNotes(world, source) };
}

/** The endpoints that policies name and of which the world does not tell. */
function farEndpoints(world: AccessWorld): string[] {
  const known = new Set([...world.endpoints, ...(world.idleEndpoints ?? [])].map(({ id }) => id));
  return endpointsNamed(world).filter((id) => !known.has(id));
}

/** The endpoints that private blocks of policies name. */
function endpointsNamed(world: AccessWorld): string[] {
  const blocks = world.networkPolicies.flatMap(({ document }) => document);
  return sortedUnique(
    blocks.flatMap(({ AllowFromPublic, SourceVPCEs = [] }) => (AllowFromPublic ? [] : SourceVPCEs)),
  );
}

function sourceNotes(world: AccessWorld, source: ReachSource): string[] {
  const homes = source.vpcId ? [] : vpcsOf(world, source);
  return [
    ...(homes.length > 1
      ? [`${source.label} has addresses in ${someOf(homes)}: name the VPC to ask about one`]
      : []),
    ...(source.located && source.label.includes(":")
      ? ["IPv6 needs an endpoint whose subnets all have IPv6"]
      : []),
  ];
}

function throughEndpoint(world: AccessWorld, asked: Asked, id: string): Way {
  const endpoint = world.endpoints.find((one) => one.id === id);
  const idle = endpoint ? undefined : world.idleEndpoints?.find((one) => one.id === id);
  const far = () => (idle ? idleGate(idle) : farGenerationGate(asked, id));
  const gates = [
    endpoint ? generationGate(world, asked, endpoint) : far(),
    networkGate(asked, endpointComer(id)),
  ];
  return { via: "endpoint", endpoint: id, gates };
}

function fromService(asked: Asked, service: string): Way[] {
  if (asked.to.kind === "dashboard") {
    const gate: JudgedGate = {
      gate: "network-policy",
      passage: { sure: [], maybe: [] },
      reason: "AWS services reach the collection endpoint only, never dashboards",
      remedy: "people open dashboards through an endpoint",
    };
    return [{ via: "service", gates: [gate] }];
  }
  const ways: Way[] = [{ via: "service", gates: [networkGate(asked, serviceComer(service))] }];
  const open = networkGate(asked, publicComer);
  if (isPassed(open)) ways.push({ via: "internet", gates: [open] });
  return ways;
}

/** What besides data access is needed: one line. */
function networkNeeded(world: AccessWorld, asked: Asked): string {
  const { kind, name } = asked.to;
  if (isPassed(networkGate(asked, publicComer))) {
    return "a network path: it is open to the public";
  }
  const blocks = world.networkPolicies.flatMap(({ document }) => document);
  const endpoints = endpointsNamed(world).filter(
    (id) => !isEmpty(passageThrough(throughEndpoint(world, asked, id)).maybe),
  );
  const services = sortedUnique(blocks.flatMap(({ SourceServices = [] }) => SourceServices)).filter(
    (service) => kind === "collection" && isPassed(networkGate(asked, serviceComer(service))),
  );
  const ways = [...endpoints, ...services];
  return ways.length > 0
    ? `a network path: through ${someOf(ways)}`
    : `a network path: no network policy known here opens ${name} to any endpoint that serves it`;
}

const isPassed = ({ passage }: JudgedGate) => !isEmpty(passage.maybe);
