import { coversAll, type NamePattern, namePattern } from "../name-pattern";
import type { AddressSet } from "./address-set";
import type { AccessTo } from "./explanation";
import { type Asked, bothGenerations, type JudgedGate, passageToAll, someOf } from "./gate";
import { nameSet, overlapsNames } from "./name-set";
import { touchingBlocks } from "./network-gate";
import { mentionedNames } from "./opened-to-names";
import type { AccessWorld, Generation, WorldEndpoint } from "./world";

const named: Record<Generation, string> = { classic: "Classic", nextgen: "NEXTGEN" };
const endpointFor: Record<Generation, string> = {
  classic: "an endpoint managed by OpenSearch Serverless (aws_opensearchserverless_vpc_endpoint)",
  nextgen: "an interface endpoint for com.amazonaws.REGION.aoss-data (aws_vpc_endpoint)",
};

/** As AWS writes them. */
export const namesOf = (generations: readonly Generation[]): string =>
  someOf(generations.map((generation) => named[generation]));

export const generationOf = ({ generation }: { readonly generation?: Generation | undefined }): Generation =>
  generation ?? "classic";

/** What a question asks for, as the gates see it. */
export function askedFor(world: AccessWorld, to: AccessTo, addresses: AddressSet): Asked {
  const name = namePattern(to.name);
  const known = new Map(
    world.collections
      .filter((one) => coversAll(name, namePattern(one.name)))
      .map((one) => [one.name, generationOf(one)]),
  );
  const generations = known.size > 0 ? [...new Set(known.values())] : bothGenerations;
  const possible = namesToCome(world, name) ? bothGenerations : generations;
  const blocks = touchingBlocks(world, name);
  return { to, addresses, name, known, generations, possible, blocks };
}

/** Whether policies open names that are asked for and that no known collection has: policies may be there before. */
function namesToCome({ networkPolicies, collections }: AccessWorld, asked: NamePattern): boolean {
  if (!asked.wildcard) return false;
  const known = nameSet(collections.map(({ name }) => namePattern(name)));
  return mentionedNames(networkPolicies)
    .map(namePattern)
    .some((opened) => coversAll(asked, opened) && !overlapsNames(known, opened));
}

/**
 * Whether an endpoint serves the collections' generation (developer guide, serverless-vpc, 2026). Collections
 * that are not known are taken to be of the endpoint's, since policies may be there before the collections.
 */
export function generationGate(
  world: AccessWorld,
  asked: Asked,
  { id, generation, vpcId }: WorldEndpoint,
): JudgedGate {
  const { known, to } = asked;
  const [served] = [...known.keys()].filter((name) => known.get(name) === generation);
  const others = [...known.keys()].filter((name) => known.get(name) !== generation);
  const kind = `${id} is a ${named[generation]} endpoint`;
  const other = generation === "classic" ? "nextgen" : "classic";
  const beside = world.endpoints.filter(
    (one) => vpcId !== undefined && one.vpcId === vpcId && one.generation === other,
  );
  return {
    gate: "generation",
    passage: passageToAll(asked, known.size === 0 ? bothGenerations : [generation]),
    reason:
      known.size === 0
        ? `${kind}; ${to.name} is not among the known collections and taken to be ${named[generation]}`
        : others.length === 0
          ? `${kind} and serves ${named[generation]} collections such as ${served}`
          : `${kind} and does not serve ${named[other]} collections: ${someOf(others)}`,
    remedy:
      beside.length > 0
        ? `for ${named[other]} collections go through ${someOf(beside.map((one) => one.id))}, in the same VPC`
        : `for ${named[other]} collections make ${endpointFor[other]}`,
  };
}
