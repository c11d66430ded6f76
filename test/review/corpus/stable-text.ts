/** Ids of the built-in world are the same in every sandbox. */
const ofTheWorld = /-0a1b2c3d4e5f607\d\d$/;
const ec2Id = /\b(?:vpce|vpc|subnet|sgr|sg|pl|eni|rtb|acl|dopt)-0[0-9a-f]{16}\b/g;
const keyId = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const time = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What `name_prefix` is followed by: the time to a ten-thousandth of a second, and a counter. */
const uniqueSuffix = /\b20\d{16}[0-9a-f]{8}\b/g;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * The text of a plan with ids and times that are the same in every run: ids are numbered in the order of the
 * addresses of the resources that have them, and sets of ids sorted again, as Terraform does. What comes in no order
 * (relevant attributes, the blocks of a group's rules) is sorted.
 */
export function stableText(plan: string): string {
  const names = new Names();
  const parsed = JSON.parse(plan) as Json;
  for (const { id, collection } of idsIn(parsed)) {
    if (collection) names.collection(id);
    else for (const [found] of id.matchAll(ec2Id)) names.ec2(found);
  }
  const versions = new Map<string, string>();
  const text = JSON.stringify(parsed, (key, value: Json) => {
    if (key === "policy_version" && typeof value === "string")
      return numbered(versions, value, policyVersion);
    if (/^(?:created|last_modified)_date$/.test(key) && value) return dateLike(value);
    return value;
  })
    .replace(ec2Id, (id) => names.ec2(id))
    .replace(keyId, (id) => names.key(id))
    .replace(time, "2026-11-25T12:00:00Z")
    .replace(uniqueSuffix, "20261125120000000000000001");
  const stable = JSON.parse(names.inPlaceOfCollections(text)) as Json;
  return JSON.stringify(stable, (key, value: Json) => {
    if (isSetOfIds(value) || (key === "cidr_blocks" && isTexts(value))) return [...value].sort();
    if (key === "relevant_attributes" && Array.isArray(value)) return sortedByText(value);
    return value;
  });
}

class Names {
  private readonly ids = new Map<string, Map<string, string>>();

  ec2(id: string): string {
    if (ofTheWorld.test(id)) return id;
    const prefix = id.slice(0, id.indexOf("-"));
    return this.numbered(prefix, id, (number) => `${prefix}-0${hex(number, 16)}`);
  }

  key(id: string): string {
    return this.numbered("key", id, (number) => `0a1b2c3d-0000-4000-8000-${hex(number, 12)}`);
  }

  collection(id: string): string {
    return this.numbered("collection", id, (number) => `c${hex(number, 19)}`);
  }

  inPlaceOfCollections(text: string): string {
    let changed = text;
    for (const [id, name] of this.ids.get("collection") ?? []) changed = changed.replaceAll(id, name);
    return changed;
  }

  private numbered(kind: string, id: string, name: (number: number) => string): string {
    const known = this.ids.get(kind) ?? new Map<string, string>();
    this.ids.set(kind, known);
    return numbered(known, id, name);
  }
}

function numbered(known: Map<string, string>, one: string, name: (number: number) => string): string {
  const named = known.get(one) ?? name(known.size + 1);
  known.set(one, named);
  return named;
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");

/** In the form of AWS's: base64 of at least 20 characters. */
const policyVersion = (number: number) => `MTc2NDA3MjAwMDAwM${hex(number, 2)}x`.padEnd(20, "A");

const dateLike = (value: Json): Json => (typeof value === "number" ? 1_764_072_000 : "2026-11-25T12:00:00Z");

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

const isSetOfIds = (value: Json): value is string[] =>
  isTexts(value) && value.every((one) => /^[a-z]+-0[0-9a-f]{16}$/.test(one));

/** Terraform lists them in no order. */
const sortedByText = (list: Json[]): Json[] =>
  list
    .map((value) => [JSON.stringify(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

/** Ids of resources before and after, in the order of their addresses. */
function idsIn(plan: Json): { id: string; collection: boolean }[] {
  const found: { address: string; id: string; collection: boolean }[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const { address, type, values, change } = value;
    if (typeof address === "string") {
      const { before = null, after = null } = (change ?? {}) as Record<string, Json>;
      for (const state of [values, before, after]) {
        const id = (state as Record<string, Json> | null | undefined)?.["id"];
        const collection = type === "aws_opensearchserverless_collection";
        if (typeof id === "string") found.push({ address, id, collection });
      }
    }
    Object.values(value).forEach(visit);
  };
  visit(plan);
  return found.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}
