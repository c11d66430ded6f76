import type { CollectionEntry, LoadedAccess, StackEntry } from "../../config";
import { parseCidr } from "../../service";
import type { Acceptance } from "./acceptance";
import type { AccessFileOfStack } from "./review";
import type { Subject } from "./rule";

type Path = readonly (string | number)[];

/** What an access file says of one of its stacks; undefined where it has no such stack. */
export function accessFileOfStack(
  { access, placeOf }: Pick<LoadedAccess, "access" | "placeOf">,
  stack: string,
): AccessFileOfStack | undefined {
  const entry = Object.hasOwn(access.stacks, stack) ? access.stacks[stack] : undefined;
  if (!entry) return undefined;
  const top = ["stacks", stack];
  return {
    acceptances: entry.accept.map(
      (one, index): Acceptance => ({ ...one, place: placeOf([...top, "accept", index]) }),
    ),
    placeOf: (subject) => {
      const path = pathOf(subject, entry) ?? [];
      const isKey = typeof path.at(-1) !== "number" && path.length < 3;
      return placeOf([...top, ...path], isKey);
    },
  };
}

/** Where in a stack something stands, as near as can be told; undefined: nowhere in particular. */
function pathOf(subject: Subject, entry: StackEntry): Path | undefined {
  switch (subject.kind) {
    case "endpoint":
      return endpointPath(subject.address, subject.source, entry);
    case "collection":
      return collectionPath([subject.name], entry);
    case "grant":
      return fromPath(subject.from ?? [], entry) ?? grantPath(subject.collections, entry);
    case "data-access":
      return dataAccessPath(subject, entry);
    case "encryption":
      return (
        itemPath("encryption", "collections", entry.encryption, subject.patterns) ??
        collectionPath(subject.patterns, entry)
      );
  }
}

/** Endpoints have their key as the name in their address. */
function endpointPath(address: string | undefined, source: string | undefined, { endpoints }: StackEntry) {
  const key = address?.split(".").at(-1) ?? "";
  const endpoint = Object.hasOwn(endpoints, key) ? endpoints[key] : undefined;
  if (!endpoint) return undefined;
  const path = ["endpoints", key];
  if (source === undefined || !("allow" in endpoint)) return path;
  const index = endpoint.allow.findIndex(({ cidr }) => cidr !== undefined && sameBlock(cidr, source));
  return index < 0 ? path : [...path, "allow", index];
}

function sameBlock(given: string, block: string): boolean {
  const parsed = parseCidr(given);
  return !("problem" in parsed) && parsed.text === block;
}

function collectionPath(names: readonly string[], { collections }: StackEntry): Path | undefined {
  const name = names.find((one) => Object.hasOwn(collections, one));
  return name === undefined ? undefined : ["collections", name];
}

const grantPath = (names: readonly string[], entry: StackEntry): Path | undefined =>
  itemPath("grants", "collections", entry.grants, names) ?? collectionPath(names, entry);

/** Where an endpoint is named by its id: as one that exists, or in a list. */
function fromPath(ids: readonly string[], entry: StackEntry): Path | undefined {
  if (ids.length === 0) return undefined;
  const key = Object.keys(entry.endpoints).find((one) => {
    const endpoint = entry.endpoints[one];
    return endpoint !== undefined && "id" in endpoint && ids.includes(endpoint.id);
  });
  if (key !== undefined) return ["endpoints", key];
  return (
    itemPath("grants", "from", entry.grants, ids) ??
    inCollections(entry, ({ from }) => {
      const index = from.findIndex((one) => ids.includes(one));
      return index < 0 ? undefined : ["from", index];
    })
  );
}

function dataAccessPath(
  subject: Extract<Subject, { kind: "data-access" }>,
  entry: StackEntry,
): Path | undefined {
  const { principals, permission } = subject;
  const wanted = permission === undefined ? principals : [permission];
  const keys =
    permission === undefined
      ? (["principals"] as const)
      : (["collectionPermissions", "indexPermissions"] as const);
  for (const key of keys) {
    const path = itemPath("dataAccess", key, entry.dataAccess, wanted);
    if (path) return path;
  }
  const inner =
    permission === undefined ? (["principals"] as const) : (["permissions", "indexPermissions"] as const);
  return inCollections(entry, ({ access }) => {
    for (const key of inner) {
      const path = itemPath("access", key, access, wanted);
      if (path) return path;
    }
    return undefined;
  });
}

/** The first of the items whose list has one of the values. */
function itemPath<Key extends string>(
  list: string,
  key: Key,
  items: readonly { readonly [key in Key]: readonly string[] }[],
  values: readonly string[],
): Path | undefined {
  for (const [index, item] of items.entries()) {
    const place = item[key].findIndex((one) => values.includes(one));
    if (place >= 0) return [list, index, key, place];
  }
  return undefined;
}

function inCollections(
  { collections }: StackEntry,
  find: (collection: CollectionEntry) => Path | undefined,
): Path | undefined {
  for (const [name, collection] of Object.entries(collections)) {
    const path = find(collection);
    if (path) return ["collections", name, ...path];
  }
  return undefined;
}
