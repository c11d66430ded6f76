import { collectionOf, type NamePattern, namePattern, overlap } from "../name-pattern";
import type { NetworkPolicyBlock } from "../network-policy";
import type { AccessTo, PolicyPlace } from "./explanation";
import {
  type Asked,
  bothGenerations,
  distinctPlaces,
  type JudgedGate,
  passageTo,
  someOf,
  type TouchingBlock,
  verb,
  verdictOf,
} from "./gate";
import { commonNames, type NameSet, nameSet, overlapsNames } from "./name-set";
import type { AccessWorld } from "./world";

/** Who comes to the network policies: an endpoint, a service, or anybody on the internet. */
export interface Comer {
  /** As a reason names it. */
  readonly label: string;
  readonly admittedBy: (block: NetworkPolicyBlock) => boolean;
  /** What a block of one's own would take. */
  readonly remedy: string;
}

/** An endpoint is admitted where it is named, and by every public block: public beats private. */
export const endpointComer = (id: string): Comer => ({
  label: id,
  admittedBy: (block) => block.AllowFromPublic || (block.SourceVPCEs ?? []).includes(id),
  remedy: `name ${id} in SourceVPCEs`,
});

export const publicComer: Comer = {
  label: "the internet",
  admittedBy: (block) => block.AllowFromPublic,
  remedy: "rather than opening it to everybody, name an endpoint of the client's VPC in SourceVPCEs",
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

/** The blocks with a rule that touches what is asked for. */
export function touchingBlocks({ networkPolicies }: AccessWorld, asked: NamePattern): TouchingBlock[] {
  return networkPolicies.flatMap(({ name: policy, address, document }) =>
    document.flatMap((block, index): TouchingBlock[] => {
      const patterns: Record<AccessTo["kind"], NamePattern[]> = { collection: [], dashboard: [] };
      for (const { ResourceType, Resource } of block.Rules) {
        for (const resource of Resource) {
          const collections = collectionOf(resource);
          const pattern = collections === undefined ? undefined : namePattern(collections);
          if (pattern && overlap(pattern, asked)) patterns[ResourceType].push(pattern);
        }
      }
      if (patterns.collection.length + patterns.dashboard.length === 0) return [];
      return [{ block, place: { policy, ...(address ? { address } : {}), block: index }, patterns }];
    }),
  );
}

/** All rules for one resource type that admit the comer and touch what is asked for. Rules add up. */
function grantsOf(kind: AccessTo["kind"], { blocks }: Asked, comer: Comer): Grant[] {
  return blocks
    .filter(({ block }) => comer.admittedBy(block))
    .flatMap(({ block, place, patterns }) =>
      patterns[kind].map((pattern) => ({ pattern, place, isPublic: block.AllowFromPublic })),
    );
}

const namesIn = (grants: readonly Grant[]): NameSet => nameSet(grants.map(({ pattern }) => pattern));

/** How network policies judge a comer: per resource type, and for dashboards both types. */
export function networkGate(asked: Asked, comer: Comer): JudgedGate {
  const collections = grantsOf("collection", asked, comer);
  if (asked.to.kind === "collection") return judged(asked, comer, collections, namesIn(collections));
  const dashboards = grantsOf("dashboard", asked, comer);
  const names = commonNames(namesIn(dashboards), namesIn(collections));
  if (dashboards.length > 0 && names.length === 0) return dashboardsAlone(asked, comer, dashboards);
  const grants = [...dashboards, ...collections].filter(({ pattern }) => overlapsNames(names, pattern));
  return judged(asked, comer, grants, names);
}

function judged(asked: Asked, comer: Comer, grants: readonly Grant[], names: NameSet): JudgedGate {
  const { to } = asked;
  const what = to.kind === "collection" ? `collection/${to.name}` : `the dashboards of ${to.name}`;
  const passage = passageTo(asked, names, bothGenerations);
  const verdict = verdictOf(asked, passage);
  const rules =
    to.kind === "collection"
      ? "a rule for collection that covers"
      : "a rule for dashboard and one for collection that cover";
  return {
    gate: "network-policy",
    passage,
    reason:
      verdict === "shut"
        ? `no network policy opens ${what} to ${comer.label}`
        : `${opened(grants)} ${verdict === "open" ? "" : "part of "}${what} to ${comer.label}`,
    remedy: `${comer.remedy}, in a block with ${rules} collection/${to.name}`,
    places: verdict === "shut" ? [] : distinctPlaces(grants.map(({ place }) => place)),
  };
}

/** Shut to dashboards that are opened, since the collection is not. */
function dashboardsAlone(asked: Asked, comer: Comer, dashboards: readonly Grant[]): JudgedGate {
  return {
    ...judged(asked, comer, [], []),
    reason: `${opened(dashboards)} the dashboards to ${comer.label}, but no block opens the collection itself, which dashboards need too`,
  };
}

function opened(grants: readonly Grant[]): string {
  const policies = [...new Set(grants.map(told))];
  return `${someOf(policies)} ${verb(policies, "opens", "open")}`;
}

function told({ place, pattern, isPublic }: Grant): string {
  const resource = `collection/${pattern.text}${pattern.wildcard ? "*" : ""}`;
  const how = isPublic ? "AllowFromPublic, which admits every VPC too: " : "";
  return `network policy ${place.policy} $[${place.block}] (${how}${resource})`;
}
