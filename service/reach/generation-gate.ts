import type { AddressSet } from "./address-set";
import type { AccessTo } from "./explanation";
import { bothGenerations, type JudgedGate, passageOf, someOf } from "./gate";
import { coversAll, namePattern } from "./name-pattern";
import type { AccessWorld, Generation, WorldEndpoint } from "./world";

const named: Record<Generation, string> = { classic: "Classic", nextgen: "NEXTGEN" };
const endpointFor: Record<Generation, string> = {
  classic: "an endpoint managed by OpenSearch Serverless (aws_opensearchserverless_vpc_endpoint)",
  nextgen: "an interface endpoint for com.amazonaws.REGION.aoss-data (aws_vpc_endpoint)",
};

export const generationOf = ({ generation }: { readonly generation?: Generation | undefined }): Generation =>
  generation ?? "classic";

/** The generations of what is asked for, by the known collections; both where none is known. */
export function generationsAsked(world: AccessWorld, to: AccessTo): readonly Generation[] {
  const asked = namePattern(to.name);
  const known = world.collections.filter(({ name }) => coversAll(asked, namePattern(name)));
  return known.length > 0 ? [...new Set(known.map(generationOf))] : bothGenerations;
}

/**
 * Whether an endpoint serves the collections' generation (developer guide, serverless-vpc, 2026). Collections
 * that are not known are taken to be of the endpoint's, since policies may be there before the collections.
 */
export function generationGate(
  world: AccessWorld,
  to: AccessTo,
  endpoint: WorldEndpoint,
  addresses: AddressSet,
): JudgedGate {
  const asked = namePattern(to.name);
  const known = world.collections.filter(({ name }) => coversAll(asked, namePattern(name)));
  const served = known.filter((one) => generationOf(one) === endpoint.generation);
  const others = known.filter((one) => generationOf(one) !== endpoint.generation);
  const some = others.length === 0 || served.length > 0;
  const kind = `${endpoint.id} is a ${named[endpoint.generation]} endpoint`;
  const other = endpoint.generation === "classic" ? "nextgen" : "classic";
  const otherNames = someOf(others.map(({ name }) => name).sort());
  return {
    gate: "generation",
    passage: {
      sure: some ? addresses : [],
      maybe: some ? addresses : [],
      whole: others.length === 0 ? bothGenerations : [endpoint.generation],
    },
    reason:
      known.length === 0
        ? `${kind}; ${to.name} is not among the known collections and taken to be ${named[endpoint.generation]}`
        : others.length === 0
          ? `${kind} and serves ${named[endpoint.generation]} collections such as ${served[0]?.name}`
          : `${kind} and does not serve ${named[other]} collections: ${otherNames}`,
    remedy: `for ${named[other]} collections make ${endpointFor[other]}`,
  };
}

/** The gate of an endpoint that only policies name: of another stack or account. */
export function unknownGenerationGate(id: string, addresses: AddressSet): JudgedGate {
  const unknown = `the generation of ${id}, which is of another stack or account`;
  return {
    gate: "generation",
    passage: passageOf("unknown", addresses),
    reason: `not known: ${unknown}`,
    unknown: [unknown],
  };
}
