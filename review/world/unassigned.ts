import { type PolicyCache, readPolicy } from "./policy-text";
import { type Doubt, placeOf, type SeenResource, text } from "./seen";
import { hasUnknown } from "./unknowns";

const what: Readonly<Record<string, readonly [one: string, several: string]>> = {
  network: ["network policy", "network policies"],
  data: ["data access policy", "data access policies"],
  collection: ["collection", "collections"],
};

/** What may be of one account and Region or of another: one line for each file or stack that has it. */
export function unassigned(resources: readonly SeenResource[]): string[] {
  const byLabel = new Map<string, SeenResource[]>();
  for (const one of resources) byLabel.set(one.label, [...(byLabel.get(one.label) ?? []), one]);
  return [...byLabel].flatMap(([label, own]) => {
    const told = Object.entries(what).flatMap(([kind, [one, several]]) => {
      const names = own.filter((resource) => kindOf(resource) === kind).map(nameOf);
      const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
      const which = `${names.slice(0, 3).join(", ")}${more}`;
      return names.length === 0 ? [] : [`${names.length === 1 ? one : several} ${which}`];
    });
    if (told.length === 0) return [];
    const isAccountKnown = own.every(({ scope }) => scope.account !== undefined);
    const open = isAccountKnown ? "Region" : "account and Region";
    const remedy = !own.some(({ exported }) => exported)
      ? `the ${open} of its provider tells`
      : isAccountKnown
        ? "a folder for each Region tells, with what `batch-get-collection` prints there"
        : "a folder for each account tells, with what `aws sts get-caller-identity` prints there";
    return [`${label}: of which ${open} it is: ${told.join("; ")}; ${remedy}`];
  });
}

/** A policy that may be of this account and Region may open the collections that it covers. */
export function doubtsOnOwner(resource: SeenResource, cache: PolicyCache | undefined): Doubt[] {
  const kind = kindOf(resource);
  if (kind !== "network" && kind !== "data") return [];
  const line = `${placeOf(resource)}: of which account and Region this ${what[kind]?.[0]} is`;
  return [{ kind, text: line, quiet: true, ...read(kind, resource, cache) }];
}

/** Names and patterns that a policy covers, and what it would add; nothing where it may open any. */
function read(kind: "network" | "data", resource: SeenResource, cache?: PolicyCache): Partial<Doubt> {
  const policy = resource.values["policy"];
  if (typeof policy !== "string" || hasUnknown(policy)) return {};
  const name = nameOf(resource);
  const added =
    kind === "network"
      ? withDocument(name, readPolicy("network", policy, cache))
      : withDocument(name, readPolicy("data", policy, cache));
  if (!added) return {};
  const resources = added.document.flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource));
  const collections = [...new Set(resources.map((one) => one.split("/")[1] ?? one))];
  const policies = kind === "network" ? { networkPolicies: [added] } : { dataPolicies: [added] };
  return { collections, mayAdd: policies as NonNullable<Doubt["mayAdd"]> };
}

const withDocument = <Document>(
  name: string,
  read: { readonly document: Document } | { readonly wrong: string },
) => ("document" in read ? { name, document: read.document } : undefined);

/** Of other policies and groups nothing depends. */
function kindOf({ type, values }: SeenResource): string | undefined {
  if (type === "aws_opensearchserverless_access_policy") return "data";
  if (type === "aws_opensearchserverless_collection") return "collection";
  if (type !== "aws_opensearchserverless_security_policy") return undefined;
  return values["type"] === "encryption" ? undefined : "network";
}

const nameOf = (resource: SeenResource): string => text(resource.values["name"]) ?? placeOf(resource);
