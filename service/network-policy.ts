import { networkPolicyResource } from "./collection-pattern";
import { idForms } from "./ids";
import {
  checkPolicySize,
  compareText,
  type DocumentProblem,
  type Findings,
  findingsOf,
  mergeRules,
  shown,
  sortedUnique,
} from "./policy-document";
import type { Problem } from "./problem";
import { refusedServices, servicePattern } from "./services";

/** One rule of a block: the collections, as `collection/NAME`, that it covers for one kind of access. */
export interface NetworkPolicyRule {
  readonly ResourceType: "collection" | "dashboard";
  readonly Resource: readonly string[];
}

/** One block of a network policy: who may reach what. */
export interface NetworkPolicyBlock {
  readonly Description?: string;
  readonly Rules: readonly NetworkPolicyRule[];
  readonly AllowFromPublic: boolean;
  readonly SourceVPCEs?: readonly string[];
  readonly SourceServices?: readonly string[];
}

/** A network policy as OpenSearch Serverless takes it: an array of blocks that add up. */
export type NetworkPolicyDocument = readonly NetworkPolicyBlock[];

/** Private access wanted: which collections, with or without dashboards, from which endpoints and services. */
export interface PrivateAccessWish {
  /** Collection names, prefixes (`logs-*`) or `*`. */
  readonly collections: readonly string[];
  /** Whether the endpoints reach the collections' dashboards too; services never do. */
  readonly dashboards: boolean;
  /** Endpoint ids; what stands for an id not known yet may be given. */
  readonly endpoints: readonly string[];
  /** AWS services, such as `bedrock.amazonaws.com`. */
  readonly services: readonly string[];
  readonly description?: string | undefined;
}

/** The block that gives the access wanted and nothing more. It is never public. */
export function privateBlock(wish: PrivateAccessWish): NetworkPolicyBlock {
  const resources = wish.collections.map((pattern) => `collection/${pattern}`);
  return {
    AllowFromPublic: false,
    ...(wish.description ? { Description: wish.description } : {}),
    Rules: [
      { ResourceType: "collection", Resource: resources },
      ...(wish.dashboards ? [{ ResourceType: "dashboard", Resource: resources } as const] : []),
    ],
    ...(wish.services.length > 0 ? { SourceServices: wish.services } : {}),
    ...(wish.endpoints.length > 0 ? { SourceVPCEs: wish.endpoints } : {}),
  };
}

function canonicalBlock(block: NetworkPolicyBlock): NetworkPolicyBlock {
  return {
    AllowFromPublic: block.AllowFromPublic,
    ...(block.Description ? { Description: block.Description } : {}),
    Rules: mergeRules(block.Rules, ({ ResourceType }, Resource) => ({ Resource, ResourceType })),
    ...(block.SourceServices?.length ? { SourceServices: sortedUnique(block.SourceServices) } : {}),
    ...(block.SourceVPCEs?.length ? { SourceVPCEs: sortedUnique(block.SourceVPCEs) } : {}),
  };
}

/** Blocks are ordered by who is let in, so that one keeps its place when it opens one collection more or less. */
function blockOrder({ SourceVPCEs = [], SourceServices = [], Description = "" }: NetworkPolicyBlock): string {
  return JSON.stringify([SourceVPCEs, SourceServices, Description]);
}

/**
 * The one text of a policy: minified, keys in alphabetical order, arrays sorted and unique, rules for the same
 * resource type made one, no nulls. Terraform compares policies with the order of arrays, so the same access always
 * has to give the same bytes.
 */
export function serialiseNetworkPolicy(document: NetworkPolicyDocument): string {
  const blocks = document
    .map(canonicalBlock)
    .map((block) => ({ key: blockOrder(block), text: JSON.stringify(block) }));
  blocks.sort((a, b) => compareText(a.key, b.key) || compareText(a.text, b.text));
  return `[${[...new Set(blocks.map(({ text }) => text))].join(",")}]`;
}

/**
 * Checks the size of a policy's one text as AWS counts it: 10,240 bytes of UTF-8 at most (quota table). Let
 * `longestEndpointId` stand in it for ids not known yet.
 */
export function checkNetworkPolicySize(text: string): Problem | undefined {
  return checkPolicySize("network", text);
}

const blockKeys = ["Rules", "AllowFromPublic", "SourceVPCEs", "SourceServices", "Description"];
const ruleKeys = ["ResourceType", "Resource"];

/**
 * Checks a whole network policy, also one that somebody else wrote, against every rule AWS is known to apply
 * (developer guide and probes): shape, known keys, resource form, public or private but not both, endpoint id
 * form, services, size. Returns all that is wrong; nothing means AWS should take it.
 */
export function validateNetworkPolicy(document: unknown): DocumentProblem[] {
  return findingsOf("network", document, (findings) => {
    if (typeof document === "object" && document !== null && !Array.isArray(document)) {
      findings.add("a network policy is an array of blocks, an object found", "put the block into [ ]");
    } else {
      findings.each(document, "one block", "{ Rules, AllowFromPublic, … }", checkBlock);
    }
  });
}

function checkBlock(block: unknown, at: Findings): void {
  const members = at.members(block, "a block", blockKeys);
  if (!members) return;
  const { AllowFromPublic, Description, Rules, SourceServices, SourceVPCEs } = members;
  at.description(Description);
  at.at("Rules").each(Rules, "one rule", "{ ResourceType, Resource }", checkRule);
  checkOpenness(AllowFromPublic, [SourceVPCEs, SourceServices], at.at("AllowFromPublic"));
  checkSources(SourceVPCEs, at.at("SourceVPCEs"), (id, place) => {
    place.text(id, "an endpoint id", idForms.endpoint.pattern);
  });
  checkSources(SourceServices, at.at("SourceServices"), (service, place) => {
    if (typeof service !== "string" || !servicePattern.test(service) || refusedServices.includes(service)) {
      place.add(
        `AWS does not take ${shown(service)} as a service`,
        'name one such as "bedrock.amazonaws.com"',
      );
    }
  });
}

function checkOpenness(isPublic: unknown, sources: readonly unknown[], at: Findings): void {
  if (typeof isPublic !== "boolean") {
    at.add(
      `AllowFromPublic is ${isPublic === undefined ? "missing" : `${shown(isPublic)}, not true or false`}`,
      "write AllowFromPublic: false, and who is let in",
    );
  } else if (isPublic && sources.some((source) => source !== undefined)) {
    at.add("public and private sources in one block", "make it false, or drop the sources");
  } else if (!isPublic && sources.every((source) => source === undefined || isEmpty(source))) {
    at.add("private with no source", "add SourceVPCEs or SourceServices");
  }
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

/** An empty list of sources is in answers of AWS, beside the list that is not. */
function checkSources(value: unknown, at: Findings, check: (item: unknown, at: Findings) => void): void {
  if (value !== undefined && !isEmpty(value)) at.each(value, "one source", '"…"', check);
}

function checkRule(rule: unknown, at: Findings): void {
  const members = at.members(rule, "a rule", ruleKeys);
  if (!members) return;
  at.at("ResourceType").word(members["ResourceType"], "a ResourceType", ["collection", "dashboard"]);
  at.at("Resource").each(members["Resource"], "one collection", '"collection/NAME"', (resource, place) => {
    place.text(resource, "a collection resource", networkPolicyResource);
  });
}
