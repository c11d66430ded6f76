import { collectionTypes, type Generation } from "../service";
import type {
  CollectionAccessEntry,
  CollectionEntry,
  DataAccessEntry,
  EncryptionEntry,
  EndpointEntry,
  GrantEntry,
  RetentionEntry,
  StackEntry,
} from "./access-file";

/**
 * What can be told of a stack whose parts may be wrong: all that stands in the file is in its place, so that what
 * parts are to each other can be judged although one of them is wrong by itself. What has the wrong type is empty.
 */
export function stackAsWritten(raw: unknown): StackEntry {
  const account = fieldOf(raw, "account");
  return {
    region: String(fieldOf(raw, "region") ?? ""),
    ...(account === undefined ? {} : { account: String(account) }),
    tags: textMap(raw, "tags"),
    endpoints: mapped(raw, "endpoints", endpoint),
    grants: listOf(raw, "grants").map(grant),
    collections: mapped(raw, "collections", collection),
    dataAccess: listOf(raw, "dataAccess").map(dataAccess),
    encryption: listOf(raw, "encryption").map(encryption),
    lifecycle: listOf(raw, "lifecycle").map(retention),
    // nothing else is judged by it
    accept: [],
  };
}

/** A value in a map, if there is a map and its own key. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** What stands in a map; nothing if it is none. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A map without a prototype, in which every key is a key. */
export function newMap<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

/** What stands in a list; nothing if it is none. */
export function listOf(value: unknown, key: string): unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}

function mapped<Value>(raw: unknown, key: string, read: (entry: unknown) => Value): Record<string, Value> {
  const map = newMap<Value>();
  for (const [name, entry] of entriesOf(fieldOf(raw, key))) map[name] = read(entry);
  return map;
}

function textMap(raw: unknown, key: string): Record<string, string> {
  const map = newMap<string>();
  for (const [name, value] of entriesOf(fieldOf(raw, key))) map[name] = String(value);
  return map;
}

/** The field if it is a text, to be spread into an entry that may go without. */
function text<Key extends string>(of: unknown, key: Key): { readonly [key in Key]?: string } {
  const value = fieldOf(of, key);
  return (typeof value === "string" ? { [key]: value } : {}) as { readonly [key in Key]?: string };
}

/** Texts of a list, each in its place; an empty one stands for what is no text. */
const texts = (of: unknown, key: string): string[] =>
  listOf(of, key).map((one) => (typeof one === "string" ? one : ""));

/** Nothing if another word stands there. */
function generationOf(of: unknown, byDefault?: Generation): Generation | undefined {
  const given = fieldOf(of, "generation");
  return given === undefined ? byDefault : given === "classic" || given === "nextgen" ? given : undefined;
}

function endpoint(entry: unknown): EndpointEntry {
  const id = fieldOf(entry, "id");
  if (id !== undefined) return { id: typeof id === "string" ? id : "", generation: generationOf(entry) };
  return {
    generation: generationOf(entry, "classic"),
    vpc: "",
    ...text(entry, "vpc"),
    ...text(entry, "name"),
    subnets: texts(entry, "subnets"),
    allow: listOf(entry, "allow").map((source) => ({
      ...text(source, "cidr"),
      ...text(source, "securityGroup"),
      ...text(source, "prefixList"),
    })),
    securityGroups: texts(entry, "securityGroups"),
    tags: textMap(entry, "tags"),
    shareZoneWith: texts(entry, "shareZoneWith"),
  };
}

const grant = (entry: unknown): GrantEntry => ({
  collections: texts(entry, "collections"),
  dashboards: fieldOf(entry, "dashboards") === true,
  from: texts(entry, "from"),
  services: texts(entry, "services"),
  ...text(entry, "description"),
});

function collection(entry: unknown): CollectionEntry {
  const opened = {
    from: texts(entry, "from"),
    services: texts(entry, "services"),
    dashboards: fieldOf(entry, "dashboards") === true,
    access: listOf(entry, "access").map(access),
    retention: listOf(entry, "retention").map(retention),
  } as const;
  if (fieldOf(entry, "exists") === true) {
    return { ...opened, exists: true, generation: generationOf(entry) };
  }
  return {
    ...opened,
    generation: generationOf(entry, fieldOf(entry, "group") === undefined ? "classic" : undefined),
    type: collectionTypes.find((type) => type === fieldOf(entry, "type")) ?? "search",
    tags: textMap(entry, "tags"),
    standbyReplicas: fieldOf(entry, "standbyReplicas") !== false,
    ...text(entry, "group"),
    ...text(entry, "kmsKey"),
  };
}

const access = (entry: unknown): CollectionAccessEntry => ({
  principals: texts(entry, "principals"),
  permissions: texts(entry, "permissions"),
  indexes: texts(entry, "indexes"),
  indexPermissions: texts(entry, "indexPermissions"),
  ...text(entry, "description"),
});

const dataAccess = (entry: unknown): DataAccessEntry => ({
  principals: texts(entry, "principals"),
  collections: texts(entry, "collections"),
  collectionPermissions: texts(entry, "collectionPermissions"),
  indexes: texts(entry, "indexes"),
  indexPermissions: texts(entry, "indexPermissions"),
  ...text(entry, "description"),
});

const encryption = (entry: unknown): EncryptionEntry => ({
  collections: texts(entry, "collections"),
  ...text(entry, "kmsKey"),
});

function retention(entry: unknown): RetentionEntry {
  const keepDays = fieldOf(entry, "keepDays");
  return { indexes: texts(entry, "indexes"), ...(typeof keepDays === "number" ? { keepDays } : {}) };
}
