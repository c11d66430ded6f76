import type { AccessWorld, IdleEndpoint, WorldNetworkPolicy } from "../../service";
import { collectionsOf } from "./collections";
import { endpointsOf, idleEndpointsOf } from "./endpoints";
import { prefixListsOf, vpcsOf } from "./networks";
import { dataPoliciesOf, networkPoliciesOf } from "./policies";
import type { PolicyCache } from "./policy-text";
import { securityGroupsOf } from "./security-groups";
import { type Doubt, ofOneScope, type Scope, type SeenInput, type SeenResource } from "./seen";
import { doubtsOnOwner, unassigned } from "./unassigned";
import type { Unknowns } from "./unknowns";
import { mayBeSame, whoseIs } from "./whose";

/** One account and Region as far as the inputs tell of it. */
export interface ReadWorld {
  readonly world: AccessWorld;
  /** What stacks call endpoints. */
  readonly calledEndpoints: readonly CalledEndpoint[];
  /** What could not be told, one line each. */
  readonly notSeen: readonly string[];
  /** What of it could change an answer. */
  readonly doubts: readonly Doubt[];
  /** The Region, where it is known. */
  readonly region?: string | undefined;
  /** Whether an export lists its VPCs: all that there are. */
  readonly listsVpcs?: boolean;
  /** The inputs that tell of the account and Region. */
  readonly inputs: readonly string[];
  /** Those of them whose policies or collections it has. */
  readonly owners: readonly string[];
}

/** An endpoint as a stack calls it. */
export interface CalledEndpoint {
  readonly id: string;
  /** What the input is called: the stack, or a file. */
  readonly stack: string;
  /** Its key in the access file, or the id of its construct. */
  readonly key: string;
}

/** Joins what the inputs hold: a world for each account and Region that has policies or collections. */
export function assemble(inputs: readonly SeenInput[], unknowns: Unknowns, cache?: PolicyCache): ReadWorld[] {
  const resources = withoutRemoved(inputs.flatMap((input) => input.resources));
  const { scopes, belongs } = whoseIs(
    resources,
    inputs.flatMap(({ doubts }) => doubts),
  );
  return scopes.map((scope) => {
    const own = resources.filter((one) => belongs(one, scope) === "yes");
    const open = resources.filter((one) => !one.removed && belongs(one, scope) === "maybe");
    const here = inputs.filter(
      ({ resources: all }) => all.length === 0 || all.some((one) => belongs(one, scope) !== "no"),
    );
    const notSeen = here.flatMap((input) => input.notSeen);
    const doubts = here.flatMap((input) => input.doubts.filter((one) => mayBeSame(one.scope ?? {}, scope)));
    const world = worldIn(own, scope, unknowns, notSeen, doubts, cache);
    notSeen.push(...unassigned(open));
    doubts.push(...open.flatMap((one) => doubtsOnOwner(one, cache)));
    const told = doubts.filter(({ quiet }) => !quiet).map((doubt) => doubt.text);
    return unknowns.namedIn({
      world,
      calledEndpoints: own.flatMap(calledEndpoint),
      notSeen: [...new Set([...notSeen, ...told])],
      doubts,
      region: scope.region,
      listsVpcs: own.some(({ type, exported }) => exported && type === "aws_vpc"),
      inputs: distinctLabels(here),
      owners: distinctLabels(
        inputs.filter(({ resources: all }) =>
          all.some((one) => ofOneScope.has(one.type) && belongs(one, scope) === "yes"),
        ),
      ),
    });
  });
}

const distinctLabels = (inputs: readonly SeenInput[]) => [...new Set(inputs.map(({ label }) => label))];

function worldIn(
  resources: readonly SeenResource[],
  { account }: Scope,
  unknowns: Unknowns,
  notSeen: string[],
  doubts: Doubt[],
  cache: PolicyCache | undefined,
): AccessWorld {
  const { policies, collections: ofCollections, networks } = sorted(resources);
  const endpoints = endpointsOf(networks, notSeen, doubts);
  const collections = collectionsOf(ofCollections, doubts);
  const known = {
    endpoints: new Set(endpoints.map(({ id }) => id)),
    collections: new Set(collections.map(({ name }) => name)),
  };
  const idleEndpoints = idleEndpointsOf(networks, endpoints);
  const networkPolicies = networkPoliciesOf(policies, known, doubts, notSeen, cache);
  notSeen.push(...namedIdle(idleEndpoints, networkPolicies));
  return {
    ...(account === undefined ? {} : { account }),
    vpcs: vpcsOf(networks, notSeen),
    endpoints,
    ...(idleEndpoints.length > 0 ? { idleEndpoints } : {}),
    securityGroups: securityGroupsOf(resources, unknowns),
    prefixLists: prefixListsOf(networks, notSeen),
    collections,
    networkPolicies,
    dataPolicies: dataPoliciesOf(policies, known, doubts, cache),
  };
}

/** Policies that name an endpoint which opens nothing look as if it did. */
function namedIdle(idle: readonly IdleEndpoint[], policies: readonly WorldNetworkPolicy[]): string[] {
  const byId = new Map<string, string>();
  for (const { name, document } of policies) {
    for (const { SourceVPCEs = [] } of document) for (const id of SourceVPCEs) byId.set(id, name);
  }
  return idle
    .filter(({ id }) => byId.has(id))
    .map(
      ({ id, why }) => `${id}, which network policy ${byId.get(id)} names: it serves no collection, ${why}`,
    );
}

/** What is there, by what it is about: each reader goes through all that it is given. */
function sorted(resources: readonly SeenResource[]) {
  const [policies, collections, networks]: [SeenResource[], SeenResource[], SeenResource[]] = [[], [], []];
  for (const one of resources) {
    if (one.removed) continue;
    const list = !ofOneScope.has(one.type) ? networks : one.type.endsWith("_policy") ? policies : collections;
    list.push(one);
  }
  return { policies, collections, networks };
}

function calledEndpoint({ type, id, label, key, removed }: SeenResource): CalledEndpoint[] {
  return /^aws_(?:opensearchserverless_)?vpc_endpoint$/.test(type) && key !== undefined && !removed
    ? [{ id, stack: label, key }]
    : [];
}

/** Without what a plan takes away and another input still has; one of another account may have the same name. */
function withoutRemoved(resources: readonly SeenResource[]): SeenResource[] {
  const keyOf = ({ type, id, values }: SeenResource) => JSON.stringify([type, id, values["type"]]);
  const removed = new Map<string, SeenResource[]>();
  for (const one of resources) {
    if (one.removed) removed.set(keyOf(one), [...(removed.get(keyOf(one)) ?? []), one]);
  }
  return resources.filter(
    (one) =>
      one.removed ||
      one.rank === 0 ||
      !removed.get(keyOf(one))?.some(({ scope }) => mayBeSame(scope, one.scope)),
  );
}
