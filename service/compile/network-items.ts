import { compareText, policyKinds, shown } from "../policy-document";
import { type Problem, RuleError } from "../problem";
import type { NetworkUnit, Opened } from "./network-unit";
import type { BlockSize, Item } from "./partition";
import { comparePositions, hashing, type Position } from "./position";

/** One collection of one unit, with what its block needs. */
export interface NetworkItem extends Item {
  readonly pattern: string;
  readonly block: NetworkBlockSize;
}

interface NetworkBlockSize extends BlockSize {
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
  readonly description: string | undefined;
  readonly opened: Opened;
}

/** How many bytes the texts of a document take. */
export interface TextBytes {
  readonly of: (text: string) => number;
  readonly ofEndpoint: (id: string) => number;
}

const rules = { collection: 1, both: 2, dashboard: 1 } as const satisfies Record<Opened, number>;
/** What opens the same of its collections stands together. */
const rowOf = { collection: 0, both: 1, dashboard: 2 } as const satisfies Record<Opened, number>;
const rowsOfPart = 4;

/** Bytes of the brackets around all blocks; each block counts the comma behind it, the last one has none. */
export const bytesAroundBlocks = "[]".length - 1;

/** `"collection/orders",` in each rule that it stands in. */
export const itemBytes = (bytes: TextBytes, pattern: string, opened: Opened): number =>
  rules[opened] * ('"collection/",'.length + bytes.of(pattern));

const listBytes = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + '"",'.length + value, '"":[],'.length - 1);

const ruleBytes = '{"Resource":[],"ResourceType":"collection"},'.length - 1;
const dashboardRuleBytes = '{"Resource":[],"ResourceType":"dashboard"},'.length - 1;

/** A block without collections, as `serialiseNetworkPolicy` writes it, and the comma behind it. */
function blockBytes(
  bytes: TextBytes,
  { endpoints, services, description, opened }: Omit<NetworkBlockSize, keyof BlockSize>,
): number {
  const inRules =
    (opened === "dashboard" ? 0 : ruleBytes) + (opened === "collection" ? 0 : dashboardRuleBytes);
  return (
    '{"AllowFromPublic":false,"Rules":[]},'.length +
    inRules -
    1 +
    (description === undefined ? 0 : '"Description":"",'.length + bytes.of(description)) +
    (services.length === 0 ? 0 : "SourceServices".length + listBytes(services.map(bytes.of))) +
    (endpoints.length === 0 ? 0 : "SourceVPCEs".length + listBytes(endpoints.map(bytes.ofEndpoint)))
  );
}

/**
 * The items of units, each with its place: units with the same sources and description stand together, a unit in one
 * row. A unit's place among those is the one of the collection of it that comes first by its hash, so it stays where
 * it is when other collections join it. A list (`isList`) has its place by that collection and one of its sources
 * instead, so it stays where it is when sources join it.
 *
 * Sources that take more than half of a policy are dealt out to several blocks, each with a row of its own. Throws a
 * `RuleError` where one source and one collection do not fit into `room`.
 */
export function networkItems(units: readonly NetworkUnit[], bytes: TextBytes, room: number): NetworkItem[] {
  const hash = hashing();
  const blocks = new Blocks(bytes);
  const lists = new ListPlaces(units, hash);
  return units.flatMap((unit) => {
    const { description, opened, patterns } = unit;
    const { block, within } = unit.isList ? lists.of(unit) : placeOf(unit, hash);
    return sourcesInParts(unit, bytes, room).flatMap((sources, part) => {
      const kind = sources.endpoints.length === 0 ? "collection" : opened;
      const size = blocks.of({ ...sources, description, opened: kind });
      const row: Position = [...block, part * rowsOfPart + rowOf[kind], ...within];
      return patterns.map((pattern): NetworkItem => {
        const position = [...row, ...hash(pattern)];
        return { position, pattern, block: size, bytes: itemBytes(bytes, pattern, kind) };
      });
    });
  });
}

type Hash = ReturnType<typeof hashing>;

/** The place of a block among all, and of a unit among those of its block. */
interface Place {
  readonly block: Position;
  readonly within: Position;
}

function placeOf({ endpoints, services, description, patterns }: NetworkUnit, hash: Hash): Place {
  const block = hash(JSON.stringify(["sources", description, services, endpoints]));
  // Other units may begin with the same collection.
  const rest = patterns.length === 1 ? [0, 0] : hash(JSON.stringify(patterns));
  return { block, within: [...hash(first(patterns, hash)), ...rest] };
}

class ListPlaces {
  /** By the key that their place is made from: nearly always one alone. */
  private readonly lists = new Map<string, NetworkUnit[]>();

  constructor(
    units: readonly NetworkUnit[],
    private readonly hash: Hash,
  ) {
    for (const unit of units) {
      if (!unit.isList) continue;
      const key = this.keyOf(unit);
      this.lists.set(key, [...(this.lists.get(key) ?? []), unit]);
    }
    // The longest one stays where it is when another one comes to stand beside it.
    for (const lists of this.lists.values()) {
      lists.sort(
        (a, b) =>
          b.patterns.length - a.patterns.length ||
          compareText(JSON.stringify(a.patterns), JSON.stringify(b.patterns)),
      );
    }
  }

  of(unit: NetworkUnit): Place {
    const key = this.keyOf(unit);
    return { block: this.hash(key), within: [this.lists.get(key)?.indexOf(unit) ?? 0, 0, 0, 0] };
  }

  private keyOf({ endpoints, services, description, opened, patterns }: NetworkUnit): string {
    const source = first([...services, ...endpoints], this.hash);
    return JSON.stringify(["list", description, opened, first(patterns, this.hash), source]);
  }
}

/** The text whose hash is the smallest. */
const first = (texts: readonly string[], hash: Hash) =>
  texts.reduce((least, text) => (comparePositions(hash(text), hash(least)) < 0 ? text : least));

interface Sources {
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
}

function sourcesInParts(unit: NetworkUnit, bytes: TextBytes, room: number): Sources[] {
  const { endpoints, services, description, opened, patterns } = unit;
  const largest = patterns.reduce((most, one) => Math.max(most, itemBytes(bytes, one, opened)), 0);
  const bytesWith = (sources: Sources) => blockBytes(bytes, { ...sources, description, opened }) + largest;
  const left =
    room - bytesWith({ endpoints: [], services: [] }) - '"SourceServices":[],"SourceVPCEs":[],'.length;
  const most = Math.min(left, room / 2);
  const parts: { readonly endpoints: string[]; readonly services: string[] }[] = [];
  let used = Number.POSITIVE_INFINITY;
  const deal = (kind: keyof Sources, source: string, size: number) => {
    const over = bytesWith({ endpoints: [], services: [], [kind]: [source] }) - room;
    if (over > 0) throw new RuleError(tooLong(unit, over, room));
    if (used + size > most) {
      parts.push({ endpoints: [], services: [] });
      used = 0;
    }
    parts.at(-1)?.[kind].push(source);
    used += size;
  };
  for (const service of services) deal("services", service, bytes.of(service) + '"",'.length);
  for (const endpoint of endpoints) deal("endpoints", endpoint, bytes.ofEndpoint(endpoint) + '"",'.length);
  return parts;
}

function tooLong({ patterns, description }: NetworkUnit, over: number, room: number): Problem {
  const limit = room + bytesAroundBlocks;
  const allowed = limit === policyKinds.network.bytes.limit ? `AWS takes ${limit}` : `${limit} are allowed`;
  return {
    problem: `the grant of ${shown(patterns[0])} takes ${limit + over} bytes with one collection and one source alone, ${allowed} in a policy: ${over} too many`,
    remedy: description === undefined ? "use shorter names" : "shorten its description",
  };
}

/** One object for each block, so that items of one block are known by it. */
class Blocks {
  private readonly known = new Map<string, NetworkBlockSize>();

  constructor(private readonly bytes: TextBytes) {}

  of(block: Omit<NetworkBlockSize, keyof BlockSize>): NetworkBlockSize {
    const family = JSON.stringify([block.services, block.endpoints, block.description]);
    const key = block.opened + family;
    const found = this.known.get(key);
    if (found) return found;
    const joining = block.opened === "collection" ? ruleBytes : dashboardRuleBytes;
    const made = { ...block, family, bytes: blockBytes(this.bytes, block), joining };
    this.known.set(key, made);
    return made;
  }
}
