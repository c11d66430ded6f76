import type { WorldDataPolicy, WorldNetworkPolicy } from "../../service";
import type { Value } from "./evaluate";
import { type PolicyCache, readPolicy } from "./policy-text";
import { type Doubt, members, placeOf, type SeenResource, text } from "./seen";
import { hasUnknown, isUnknown } from "./unknowns";

/** What is known elsewhere: ids of the endpoints and names of the collections, marks among them. */
export interface KnownIds {
  readonly endpoints: ReadonlySet<string>;
  readonly collections: ReadonlySet<string>;
}

/** The network policies. One that cannot be read, or not wholly, is a doubt on every answer it could change. */
export function networkPoliciesOf(
  resources: readonly SeenResource[],
  known: KnownIds,
  doubts: Doubt[],
  notSeen: string[],
  cache?: PolicyCache,
): WorldNetworkPolicy[] {
  return distinct(resources, "aws_opensearchserverless_security_policy", doubts).flatMap((resource) => {
    const type = resource.values["type"];
    if (type === "encryption" && !isOfNetwork(resource.values["policy"])) return [];
    if (type !== "network") {
      const what =
        type === "encryption"
          ? "whether it is a network policy: it is said to be one for encryption, and its text is that of a network policy"
          : "whether it is a network policy";
      doubts.push({ kind: "network", text: `${placeOf(resource)}: ${what}` });
      return [];
    }
    const document = documentOf("network", resource, doubts, cache, notSeen);
    if (!document) return [];
    for (const { Rules, SourceVPCEs = [] } of document) {
      const resources = Rules.flatMap(({ Resource }) => Resource);
      const collections = resources.map((one) => one.replace(/^collection\//, ""));
      const ids = SourceVPCEs.filter((id) => hasUnknown(id) && !known.endpoints.has(id));
      if (ids.length > 0) {
        const open = collections.some(isOpaque(known)) ? undefined : collections;
        doubts.push({
          kind: "network",
          text: `${placeOf(resource)}: which endpoint ${ids.join(", ")} is`,
          collections: open,
        });
      }
      doubtCollections("network", resource, collections, known, doubts);
    }
    return [{ ...named(resource), document }];
  });
}

/** The data access policies. */
export function dataPoliciesOf(
  resources: readonly SeenResource[],
  known: KnownIds,
  doubts: Doubt[],
  cache?: PolicyCache,
): WorldDataPolicy[] {
  return distinct(resources, "aws_opensearchserverless_access_policy", doubts).flatMap((resource) => {
    const document = documentOf("data", resource, doubts, cache);
    if (!document) return [];
    for (const { Rules, Principal } of document) {
      const collections = Rules.flatMap(({ Resource }) => Resource).map((one) => one.split("/")[1] ?? one);
      const principals = Principal.filter(hasUnknown);
      if (principals.length > 0) {
        const open = collections.some(isOpaque(known)) ? undefined : collections;
        doubts.push({
          kind: "data",
          text: `${placeOf(resource)}: which principal ${principals.join(", ")} is`,
          collections: open,
          quiet: true,
        });
      }
      doubtCollections("data", resource, collections, known, doubts);
    }
    return [{ ...named(resource), document }];
  });
}

function documentOf<Kind extends "network" | "data">(
  kind: Kind,
  resource: SeenResource,
  doubts: Doubt[],
  cache: PolicyCache | undefined,
  notSeen: string[] = [],
): Extract<ReturnType<typeof readPolicy<Kind>>, { document: unknown }>["document"] | undefined {
  const policy = resource.values["policy"];
  const what = kind === "network" ? "network policy" : "data access policy";
  if (typeof policy !== "string" || isUnknown(policy)) {
    const why = typeof policy === "string" ? `: ${policy}` : "";
    const unread = { ...named(resource), why: String(policy), isPublic: false };
    doubts.push({ kind, text: `${placeOf(resource)}: what this ${what} says${why}`, unread });
    return undefined;
  }
  const read = readPolicy(kind, policy, cache);
  const wrong = "wrong" in read ? read.wrong : (read.refused ?? "");
  // what is there already AWS has taken; what is only wanted it would refuse
  if ("document" in read && (wrong === "" || resource.rank > 0)) {
    if (wrong) notSeen.push(`${placeOf(resource)}: read as public, though AWS would refuse it now: ${wrong}`);
    return read.document;
  }
  const unread = { ...named(resource), why: wrong, isPublic: mayBePublic(policy) };
  doubts.push({ kind, text: `${placeOf(resource)}: this ${what} is left out: ${wrong}`, unread });
  return undefined;
}

/** Whether a block lets in the public, whatever else is wrong with the text. */
const mayBePublic = (policy: string): boolean =>
  blocksIn(policy).some((block) => String(members(block)["AllowFromPublic"]) === "true");

/** Whether a text is that of a network policy: one for encryption is an object, and says nothing of sources. */
const isOfNetwork = (policy: Value): boolean =>
  typeof policy === "string" &&
  blocksIn(policy).some((block) => "AllowFromPublic" in members(block) || "SourceVPCEs" in members(block));

function blocksIn(policy: string): readonly Value[] {
  try {
    const document: Value = JSON.parse(policy);
    return Array.isArray(document) ? document : [document];
  } catch {
    return [];
  }
}

/** Whether a name or pattern is not known and not that of a collection either. */
const isOpaque = (known: KnownIds) => (name: string) =>
  hasUnknown(name) && !known.collections.has(name.replace(/\*$/, ""));

function doubtCollections(
  kind: Doubt["kind"],
  resource: SeenResource,
  names: readonly string[],
  known: KnownIds,
  doubts: Doubt[],
): void {
  const opaque = [...new Set(names.filter(isOpaque(known)))];
  if (opaque.length === 0) return;
  doubts.push({ kind, text: `${placeOf(resource)}: which collections ${opaque.join(", ")} covers` });
}

function named(resource: SeenResource): { name: string; address?: string } {
  const { address, values } = resource;
  return { name: text(values["name"]) ?? placeOf(resource), ...(address === undefined ? {} : { address }) };
}

/** Names are unique for a kind of policy: of two with one name, the one of the lower rank counts. */
function distinct(resources: readonly SeenResource[], type: string, doubts: Doubt[]): SeenResource[] {
  const byName = new Map<string, SeenResource>();
  for (const resource of resources) {
    if (resource.type !== type) continue;
    const key = JSON.stringify([text(resource.values["name"]) ?? placeOf(resource), resource.values["type"]]);
    const other = byName.get(key);
    if (!other || resource.rank < other.rank) byName.set(key, resource);
    else if (resource.rank === other.rank && !saysTheSame(resource, other)) {
      const kind = type === "aws_opensearchserverless_access_policy" ? "data" : "network";
      doubts.push({ kind, text: `${placeOf(resource)}: left out, ${placeOf(other)} has the same name` });
    }
  }
  return [...byName.values()];
}

const saysTheSame = (a: SeenResource, b: SeenResource) => a.values["policy"] === b.values["policy"];
