import type { NetworkPolicyBlock } from "../network-policy";
import type { AddressSet } from "./address-set";
import type { AccessTo, AccessVerdict, PolicyPlace } from "./explanation";
import { type JudgedGate, passageOf, someOf } from "./gate";
import { generationOf } from "./generation-gate";
import { collectionOf, coversAll, type NamePattern, namePattern, overlap } from "./name-pattern";
import type { AccessWorld, Generation } from "./world";

/** Who comes to the network policies: an endpoint, a service, or anybody on the internet. */
export interface Comer {
  /** As a reason names it. */
  readonly label: string;
  readonly admittedBy: (block: NetworkPolicyBlock) => boolean;
  /** The generation it serves; undefined: either. */
  readonly generation?: Generation | undefined;
  /** What a block of one's own would take. */
  readonly remedy: string;
}

/** An endpoint is admitted where it is named, and by every public block: public beats private. */
export const endpointComer = (id: string, generation?: Generation): Comer => ({
  label: id,
  generation,
  admittedBy: (block) => block.AllowFromPublic || (block.SourceVPCEs ?? []).includes(id),
  remedy: `name ${id} in SourceVPCEs`,
});

export const publicComer: Comer = {
  label: "the internet",
  admittedBy: (block) => block.AllowFromPublic,
  remedy: "put an endpoint into the client's VPC rather than AllowFromPublic",
};

export const serviceComer = (service: string): Comer => ({
  label: service,
  admittedBy: (block) => !block.AllowFromPublic && (block.SourceServices ?? []).includes(service),
  remedy: `name ${service} in SourceServices`,
});

interface Grant {
  readonly pattern: NamePattern;
  readonly place: PolicyPlace;
  readonly isPublic: boolean;
}

/** All rules for one resource type that admit the comer and touch what is asked for. Rules add up. */
function grantsOf(world: AccessWorld, kind: AccessTo["kind"], asked: NamePattern, comer: Comer): Grant[] {
  // of a single collection the generation gate tells; among several, one that is not served is no part of them
  const isOfOtherGeneration = ({ text, wildcard }: NamePattern) =>
    asked.wildcard &&
    !wildcard &&
    comer.generation !== undefined &&
    world.collections.some((one) => one.name === text && generationOf(one) !== comer.generation);
  return world.networkPolicies.flatMap(({ name, address, document }) =>
    document.flatMap((block, index) => {
      if (!comer.admittedBy(block)) return [];
      const place = { policy: name, ...(address ? { address } : {}), block: index };
      return block.Rules.filter((rule) => rule.ResourceType === kind)
        .flatMap((rule) => rule.Resource)
        .flatMap((resource) => collectionOf(resource) ?? [])
        .map(namePattern)
        .filter((pattern) => overlap(pattern, asked) && !isOfOtherGeneration(pattern))
        .map((pattern) => ({ pattern, place, isPublic: block.AllowFromPublic }));
    }),
  );
}

/** How network policies judge a comer: per resource type, and for dashboards both types. */
export function networkGate(
  world: AccessWorld,
  to: AccessTo,
  comer: Comer,
  addresses: AddressSet,
): JudgedGate {
  const asked = namePattern(to.name);
  const collections = grantsOf(world, "collection", asked, comer);
  if (to.kind === "collection") return judged(collections, verdictOn(asked, collections));
  const dashboards = grantsOf(world, "dashboard", asked, comer);
  const both = dashboards.filter(({ pattern }) => collections.some((one) => overlap(one.pattern, pattern)));
  if (dashboards.length > 0 && both.length === 0) {
    return judged(
      [],
      "shut",
      `${someOf(dashboards.map(told))} opens the dashboards to ${comer.label}, but no block opens the collection itself, which dashboards need too`,
    );
  }
  const worse = [verdictOn(asked, dashboards), verdictOn(asked, collections)];
  const verdict = both.length === 0 ? "shut" : worse.includes("partly") ? "partly" : "open";
  return judged([...both, ...collections], verdict);

  function judged(grants: readonly Grant[], verdict: AccessVerdict, shutReason?: string): JudgedGate {
    const what = to.kind === "collection" ? `collection/${to.name}` : `the dashboards of ${to.name}`;
    const reasons: Record<string, string> = {
      open: `${someOf(grants.map(told))} opens ${what} to ${comer.label}`,
      partly: `${someOf(grants.map(told))} opens part of ${what} to ${comer.label}`,
      shut: shutReason ?? `no network policy opens ${what} to ${comer.label}`,
    };
    const missing = to.kind === "collection" ? "collection" : "dashboard and one for collection";
    return {
      gate: "network-policy",
      passage: passageOf(verdict, addresses),
      reason: reasons[verdict] ?? "",
      remedy: `${comer.remedy}, in a block with a rule for ${missing} that covers collection/${to.name}`,
      places: verdict === "shut" ? [] : distinctPlaces(grants.map(({ place }) => place)),
    };
  }
}

function verdictOn(asked: NamePattern, grants: readonly Grant[]): AccessVerdict {
  if (grants.some(({ pattern }) => coversAll(pattern, asked))) return "open";
  return grants.length > 0 ? "partly" : "shut";
}

function told({ place, pattern, isPublic }: Grant): string {
  const resource = `collection/${pattern.text}${pattern.wildcard ? "*" : ""}`;
  const how = isPublic ? "AllowFromPublic, which admits every VPC too: " : "";
  return `network policy ${place.policy} $[${place.block}] (${how}${resource})`;
}

function distinctPlaces(places: readonly PolicyPlace[]): PolicyPlace[] {
  return [...new Map(places.map((place) => [`${place.policy}#${place.block}`, place])).values()];
}
