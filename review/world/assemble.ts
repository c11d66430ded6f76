import { type AccessWorld, compareText } from "../../service";
import { collectionsOf } from "./collections";
import { endpointsOf } from "./endpoints";
import { prefixListsOf, vpcsOf } from "./networks";
import { dataPoliciesOf, networkPoliciesOf } from "./policies";
import type { PolicyCache } from "./policy-text";
import { bothScopes, commonScope } from "./provider-scope";
import { securityGroupsOf } from "./security-groups";
import type { Doubt, Scope, SeenInput, SeenResource } from "./seen";
import type { Unknowns } from "./unknowns";

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

/** These belong to one account and Region; networks and endpoints are the same seen from any. */
const ofOneScope = new Set([
  "aws_opensearchserverless_security_policy",
  "aws_opensearchserverless_access_policy",
  "aws_opensearchserverless_collection",
  "aws_opensearchserverless_collection_group",
]);

/** Joins what the inputs hold: a world for each account and Region that has policies or collections. */
export function assemble(inputs: readonly SeenInput[], unknowns: Unknowns, cache?: PolicyCache): ReadWorld[] {
  const resources = withoutRemoved(inputs.flatMap((input) => input.resources));
  const { scopes, fallback } = scopesIn(resources);
  return scopes.map((scope) => {
    const own = resources.filter((one) => isWithin(one, scope, fallback));
    const here = inputs.filter(
      ({ resources: all }) => all.length === 0 || all.some((one) => isWithin(one, scope, fallback)),
    );
    const notSeen = here.flatMap((input) => input.notSeen);
    const doubts = here.flatMap((input) => input.doubts);
    const world = worldIn(own, scope, unknowns, notSeen, doubts, cache);
    const told = doubts.filter(({ quiet }) => !quiet).map((doubt) => doubt.text);
    return unknowns.namedIn({
      world,
      calledEndpoints: own.flatMap(calledEndpoint),
      notSeen: [...new Set([...notSeen, ...told])],
      doubts,
      region: scope.region,
      inputs: distinctLabels(here),
      owners: distinctLabels(
        inputs.filter(({ resources: all }) =>
          all.some((one) => ofOneScope.has(one.type) && isWithin(one, scope, fallback)),
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
  return {
    ...(account === undefined ? {} : { account }),
    vpcs: vpcsOf(networks, notSeen),
    endpoints,
    securityGroups: securityGroupsOf(resources, unknowns),
    prefixLists: prefixListsOf(networks, notSeen),
    collections,
    networkPolicies: networkPoliciesOf(policies, known, doubts, cache),
    dataPolicies: dataPoliciesOf(policies, known, doubts, cache),
  };
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

/** Without what a plan takes away and another input still has. */
function withoutRemoved(resources: readonly SeenResource[]): SeenResource[] {
  const keyOf = ({ type, id, values }: SeenResource) => JSON.stringify([type, id, values["type"]]);
  const removed = new Set(resources.filter((one) => one.removed).map(keyOf));
  return resources.filter((one) => one.removed || one.rank === 0 || !removed.has(keyOf(one)));
}

/**
 * The accounts and Regions that policies and collections are of. What does not tell is of the only one that others
 * tell of; where they tell of several, it counts as of another.
 */
function scopesIn(resources: readonly SeenResource[]): { scopes: Scope[]; fallback: Scope } {
  const bound = resources.filter(({ type, removed }) => ofOneScope.has(type) && !removed);
  const fallback = commonScope((bound.length > 0 ? bound : resources).map(({ scope }) => scope));
  const filled = bound.map(({ scope }) => bothScopes(scope, fallback));
  const distinct = new Map(
    // neither can hold a space
    filled.map((scope) => [`${scope.account ?? ""} ${scope.region ?? ""}`, scope]),
  );
  const inOrder = [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, scope]) => scope);
  return { scopes: inOrder.length > 0 ? inOrder : [fallback], fallback };
}

/** Policies and collections are of one account and Region; the rest is of a Region, or may be of any. */
function isWithin({ type, scope }: SeenResource, wanted: Scope, fallback: Scope): boolean {
  if (!ofOneScope.has(type)) {
    return scope.region === undefined || wanted.region === undefined || scope.region === wanted.region;
  }
  const { account = fallback.account, region = fallback.region } = scope;
  return account === wanted.account && region === wanted.region;
}
