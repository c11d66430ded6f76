import { type AddressSet, cidrsOf, holdsAll, isEmpty } from "./address-set";
import { dataAccessGate, dataAccessNeeded, iamNeeded } from "./data-access-gate";
import type { AccessExplanation, AccessFrom, AccessPath, AccessTo, AccessVerdict } from "./explanation";
import {
  type Asked,
  type JudgedGate,
  type Passage,
  passageOf,
  shown,
  someOf,
  through,
  verdictOf,
} from "./gate";
import { generationGate, generationsAsked, unknownGenerationGate } from "./generation-gate";
import { internetGate } from "./internet-gate";
import { coversAll, namePattern } from "./name-pattern";
import { endpointComer, networkGate, publicComer, serviceComer } from "./network-gate";
import { noEndpointGate, routeGate, vpcsOf } from "./route-gate";
import { securityGroupGate } from "./security-group-gate";
import { asOne, type ReachSource, type SourceFrom, sourceOf } from "./source";
import type { AccessWorld } from "./world";

/**
 * Whether `from` reaches `to`, by which paths, and where not, which gate is shut and what would open it. Shut
 * means by what the world holds: further policies would add up. Throws a `RuleError` for a CIDR block that is none.
 */
export function explain(world: AccessWorld, from: AccessFrom, to: AccessTo): AccessExplanation {
  const { asked: addresses, paths, alsoNeeded, notes } = question(world, from, to);
  const asked: Asked = { addresses, generations: generationsAsked(world, to) };
  const judged = paths
    .map((path) => ({ path, passage: path.gates.map(({ passage }) => passage).reduce(through) }))
    .map((one) => ({ ...one, answer: answered(asked, one.path, one.passage) }));
  const verdict = verdictOf(asked, ...judged.map(({ passage }) => passage));
  const deciding = judged.filter(({ passage }) => !isEmpty(passage.maybe));
  const unknown =
    verdict === "unknown" || verdict === "partly"
      ? deciding.flatMap(({ path }) => path.gates.flatMap((gate) => gate.unknown ?? []))
      : [];
  return {
    from,
    to,
    verdict,
    paths: judged.map(({ answer }) => answer).sort(byVerdictThenEndpoint),
    unknown: [...new Set(unknown)],
    alsoNeeded,
    notes: [...notes, ...notesOn(world, to)],
  };
}

interface Way extends Pick<AccessPath, "via" | "endpoint"> {
  readonly gates: readonly JudgedGate[];
  /** Whether blocks of the addresses that get in are worth telling. */
  readonly located?: boolean;
}

interface Question {
  readonly asked: AddressSet;
  readonly paths: readonly Way[];
  readonly alsoNeeded: readonly string[];
  readonly notes: readonly string[];
}

function question(world: AccessWorld, from: AccessFrom, to: AccessTo): Question {
  const network = { asked: asOne, alsoNeeded: dataAccessNeeded(world, to), notes: [] };
  switch (from.kind) {
    case "cidr":
    case "security-group":
    case "prefix-list":
      return fromSource(world, from, to);
    case "endpoint":
      return { ...network, paths: [fromEndpoint(world, from.id, to)] };
    case "service":
      return { ...network, paths: fromService(world, from.service, to) };
    case "public": {
      const gates = [networkGate(world, to, publicComer, asOne)];
      return { ...network, paths: [{ via: "internet", gates }] };
    }
    case "principal": {
      const gates = [dataAccessGate(world, to, from.principal, asOne)];
      const alsoNeeded = [networkNeeded(world, to), iamNeeded(to)];
      return { asked: asOne, paths: [{ via: "principal", gates }], alsoNeeded, notes: [] };
    }
  }
}

function fromSource(world: AccessWorld, from: SourceFrom, to: AccessTo): Question {
  const source = sourceOf(world, from);
  const { asked, located } = source;
  const ways: Way[] = world.endpoints.map((endpoint) => ({
    via: "endpoint",
    endpoint: endpoint.id,
    located,
    gates: [
      routeGate(world, source, endpoint),
      securityGroupGate(world, source, endpoint),
      generationGate(world, to, endpoint, asked),
      networkGate(world, to, endpointComer(endpoint.id, endpoint.generation), asked),
    ],
  }));
  if (ways.length === 0) {
    ways.push({ via: "endpoint", gates: [noEndpointGate(world, source)] });
  }
  const open = networkGate(world, to, publicComer, asked);
  if (!isEmpty(open.passage.maybe)) {
    ways.push({ via: "internet", located, gates: [internetGate(world, source, to), open] });
  }
  return { asked, paths: ways, alsoNeeded: dataAccessNeeded(world, to), notes: sourceNotes(world, source) };
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

function fromEndpoint(world: AccessWorld, id: string, to: AccessTo): Way {
  const endpoint = world.endpoints.find((one) => one.id === id);
  const generation = endpoint ? generationGate(world, to, endpoint, asOne) : unknownGenerationGate(id, asOne);
  return {
    via: "endpoint",
    endpoint: id,
    gates: [generation, networkGate(world, to, endpointComer(id, endpoint?.generation), asOne)],
  };
}

function fromService(world: AccessWorld, service: string, to: AccessTo): Way[] {
  if (to.kind === "dashboard") {
    const gate: JudgedGate = {
      gate: "network-policy",
      passage: passageOf("shut", asOne),
      reason: "AWS services reach the collection endpoint only, never dashboards",
      remedy: "people open dashboards through an endpoint",
    };
    return [{ via: "service", gates: [gate] }];
  }
  const ways: Way[] = [{ via: "service", gates: [networkGate(world, to, serviceComer(service), asOne)] }];
  const open = networkGate(world, to, publicComer, asOne);
  if (!isEmpty(open.passage.maybe)) ways.push({ via: "internet", gates: [open] });
  return ways;
}

function networkNeeded(world: AccessWorld, to: AccessTo): string {
  const open = (gate: JudgedGate) => !isEmpty(gate.passage.maybe);
  if (open(networkGate(world, to, publicComer, asOne))) return "a network path: it is open to the public";
  const blocks = world.networkPolicies.flatMap(({ document }) => document);
  const distinct = (values: readonly string[]) => [...new Set(values)].sort();
  const endpoints = distinct(blocks.flatMap(({ SourceVPCEs = [] }) => SourceVPCEs)).filter((id) =>
    fromEndpoint(world, id, to).gates.every(open),
  );
  const services = distinct(blocks.flatMap(({ SourceServices = [] }) => SourceServices)).filter(
    (service) => to.kind === "collection" && open(networkGate(world, to, serviceComer(service), asOne)),
  );
  const ways = [...endpoints, ...services];
  return ways.length > 0
    ? `a network path: through ${someOf(ways)}`
    : `a network path: no network policy known here opens ${to.name} to any endpoint that serves it`;
}

function notesOn(world: AccessWorld, to: AccessTo): string[] {
  const asked = namePattern(to.name);
  const known = world.collections.some(({ name }) => coversAll(asked, namePattern(name)));
  return known ? [] : [`no known collection is called ${to.name}; policies may be there before collections`];
}

function answered(asked: Asked, way: Way, passage: Passage): AccessPath {
  const verdict = verdictOf(asked, passage);
  const { via, endpoint, gates, located } = way;
  return {
    via,
    ...(endpoint === undefined ? {} : { endpoint }),
    verdict,
    gates: gates.map((gate) => shown(asked, gate)),
    ...(verdict === "shut" ? { shutAt: firstShut(gates) } : {}),
    ...(located && !isEmpty(passage.sure) && !holdsAll(passage.sure, asked.addresses)
      ? { cidrs: cidrsOf(passage.sure) }
      : {}),
  };
}

/** The gate behind which nothing is left, be it shut itself or to just what the gates before let through. */
function firstShut(gates: readonly JudgedGate[]): AccessPath["shutAt"] {
  let left: Passage | undefined;
  for (const { gate, passage } of gates) {
    left = left ? through(left, passage) : passage;
    if (isEmpty(left.maybe)) return gate;
  }
  return undefined;
}

const order: readonly AccessVerdict[] = ["open", "partly", "unknown", "shut"];

function byVerdictThenEndpoint(a: AccessPath, b: AccessPath): number {
  return (
    order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
    a.via.localeCompare(b.via, "en") ||
    (a.endpoint ?? "").localeCompare(b.endpoint ?? "", "en")
  );
}
