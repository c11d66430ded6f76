import { networkPolicyResource } from "./collection-pattern";
import { idForms } from "./ids";
import type { Problem } from "./problem";
import { quotas } from "./quotas";

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

const sortedUnique = (values: readonly string[]) => [...new Set(values)].sort();

function canonicalBlock(block: NetworkPolicyBlock): NetworkPolicyBlock {
  const rules = block.Rules.map((rule) => ({
    Resource: sortedUnique(rule.Resource),
    ResourceType: rule.ResourceType,
  }));
  return {
    AllowFromPublic: block.AllowFromPublic,
    ...(block.Description ? { Description: block.Description } : {}),
    Rules: rules.sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))),
    ...(block.SourceServices?.length ? { SourceServices: sortedUnique(block.SourceServices) } : {}),
    ...(block.SourceVPCEs?.length ? { SourceVPCEs: sortedUnique(block.SourceVPCEs) } : {}),
  };
}

/** Blocks are ordered by who is let in, so that one keeps its place when it opens one collection more or less. */
function blockOrder({ SourceVPCEs = [], SourceServices = [], Description = "" }: NetworkPolicyBlock): string {
  return JSON.stringify([SourceVPCEs, SourceServices, Description]);
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The one text of a policy: minified, keys in alphabetical order, arrays sorted and unique, no nulls. Terraform
 * compares policies with the order of arrays, so the same access always has to give the same bytes.
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
  const bytes = Buffer.byteLength(text);
  const { limit } = quotas.networkPolicyBytes;
  if (bytes <= limit) return undefined;
  return {
    problem: `the network policy would take ${bytes} bytes, AWS takes ${limit}`,
    remedy:
      "use prefixes instead of single collections, shorten descriptions, or move grants to a second stack",
  };
}

/** A place in a policy document and what is wrong there. */
export interface DocumentProblem extends Problem {
  /** Keys and indexes from the top of the document, as in `[0, "Rules", 1]`. */
  readonly path: readonly (string | number)[];
}

const blockKeys = ["AllowFromPublic", "Description", "Rules", "SourceServices", "SourceVPCEs"];
const ruleKeys = ["Resource", "ResourceType"];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Checks a whole network policy, also one that somebody else wrote, against every rule AWS is known to apply
 * (developer guide and probes): shape, known keys, resource form, public or private but not both, endpoint id
 * form, size. Returns all that is wrong; nothing means AWS should take it.
 */
export function validateNetworkPolicy(document: unknown): DocumentProblem[] {
  if (!Array.isArray(document)) {
    return [
      { path: [], problem: "a network policy is an array of blocks", remedy: "put the block into [ ]" },
    ];
  }
  const problems = document.flatMap((block, index) => blockProblems(block, [index]));
  if (document.length === 0) {
    problems.push({ path: [], problem: "no block", remedy: "add a block with Rules and a source" });
  }
  if (problems.length > 0) return problems;
  const size = checkNetworkPolicySize(serialiseNetworkPolicy(document as NetworkPolicyDocument));
  return size ? [{ path: [], ...size }] : [];
}

type Path = readonly (string | number)[];

function blockProblems(block: unknown, path: Path): DocumentProblem[] {
  if (!isObject(block)) return [{ path, problem: "a block is an object", remedy: "write { Rules, … }" }];
  const problems = unknownKeys(block, blockKeys, path);
  const add = (key: string, problem: string, remedy: string) =>
    problems.push({ path: [...path, key], problem, remedy });
  const { AllowFromPublic, Description, Rules, SourceServices, SourceVPCEs } = block as Record<
    string,
    unknown
  >;
  if (Description !== undefined && typeof Description !== "string") {
    add("Description", "Description is a text", "put it into quotes, or leave it out");
  }
  if (!Array.isArray(Rules) || Rules.length === 0) {
    add("Rules", "Rules is an array with at least one rule", "add a rule with ResourceType and Resource");
  } else {
    problems.push(...Rules.flatMap((rule, index) => ruleProblems(rule, [...path, "Rules", index])));
  }
  const sources = (value: unknown) => (Array.isArray(value) ? value.length : value === undefined ? 0 : -1);
  if (typeof AllowFromPublic !== "boolean") {
    add("AllowFromPublic", "AllowFromPublic is missing or not true or false", "write AllowFromPublic: false");
  } else if (AllowFromPublic && (SourceVPCEs !== undefined || SourceServices !== undefined)) {
    add("AllowFromPublic", "public and private sources in one block", "make it false, or drop the sources");
  } else if (!AllowFromPublic && sources(SourceVPCEs) === 0 && sources(SourceServices) === 0) {
    add("AllowFromPublic", "private with no source", "add SourceVPCEs or SourceServices");
  }
  problems.push(
    ...textListProblems(SourceVPCEs, [...path, "SourceVPCEs"], idForms.endpoint.pattern, "an endpoint id"),
    ...textListProblems(SourceServices, [...path, "SourceServices"], /^[a-z0-9.-]+$/, "a service"),
  );
  return problems;
}

function ruleProblems(rule: unknown, path: Path): DocumentProblem[] {
  if (!isObject(rule))
    return [{ path, problem: "a rule is an object", remedy: "write { ResourceType, Resource }" }];
  const problems = unknownKeys(rule, ruleKeys, path);
  const { ResourceType, Resource } = rule as Record<string, unknown>;
  if (ResourceType !== "collection" && ResourceType !== "dashboard") {
    problems.push({
      path: [...path, "ResourceType"],
      problem: `ResourceType ${JSON.stringify(ResourceType) ?? "missing"}: "collection" or "dashboard" is allowed`,
      remedy: 'write "collection", or "dashboard" for OpenSearch Dashboards',
    });
  }
  if (!Array.isArray(Resource) || Resource.length === 0) {
    problems.push({
      path: [...path, "Resource"],
      problem: "Resource is an array with at least one collection",
      remedy: 'write ["collection/NAME"]',
    });
  }
  problems.push(
    ...textListProblems(Resource, [...path, "Resource"], networkPolicyResource, "a collection resource"),
  );
  return problems;
}

function unknownKeys(
  value: Record<string, unknown>,
  known: readonly string[],
  path: Path,
): DocumentProblem[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      path: [...path, key],
      problem: `unknown key ${key}`,
      remedy: `allowed: ${known.join(", ")}`,
    }));
}

function textListProblems(list: unknown, path: Path, pattern: RegExp, what: string): DocumentProblem[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [{ path, problem: "not an array", remedy: "put the value into [ ]" }];
  return list.flatMap((value: unknown, index) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : [
          {
            path: [...path, index],
            problem: `${JSON.stringify(value)} is not ${what}`,
            remedy: `it must match ${pattern.source}`,
          },
        ],
  );
}
