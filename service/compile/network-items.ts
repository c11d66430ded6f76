import { policyKinds, shown } from "../policy-document";
import { RuleError } from "../problem";
import type { NetworkUnit, Opened } from "./network-unit";
import type { BlockSize, Item } from "./partition";
import { hashing, type Position } from "./position";

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
const placeOf = { collection: 0, both: 1, dashboard: 2 } as const satisfies Record<Opened, number>;

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
 * Sources that take more than half of a policy are dealt out to several blocks, one after the other.
 */
export function networkItems(units: readonly NetworkUnit[], bytes: TextBytes, room: number): NetworkItem[] {
  const hash = hashing();
  const first = (texts: readonly string[]) =>
    texts.reduce((least, text) => (before(hash(text), hash(least)) ? text : least));
  const blocks = new Blocks(bytes);
  return units.flatMap((unit) => {
    const { endpoints, services, description, opened, patterns } = unit;
    const anchor = first(patterns);
    const block = unit.isList
      ? hash(JSON.stringify(["list", description, opened, anchor, first([...services, ...endpoints])]))
      : hash(JSON.stringify(["sources", description, services, endpoints]));
    return sourcesInParts(unit, bytes, room).flatMap((sources, part) => {
      const kind = sources.endpoints.length === 0 ? "collection" : opened;
      const size = blocks.of({ ...sources, description, opened: kind });
      // The part comes before what is opened: else the parts of a unit were not in one row.
      const word = part * 4 + placeOf[opened];
      const within = unit.isList ? [0, 0] : hash(anchor);
      return patterns.map((pattern): NetworkItem => {
        const position: Position = [...block, word, ...within, ...hash(pattern)];
        return { position, pattern, block: size, bytes: itemBytes(bytes, pattern, kind) };
      });
    });
  });
}

const before = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]) =>
  a < c || (a === c && b < d);

interface Sources {
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
}

function sourcesInParts(unit: NetworkUnit, bytes: TextBytes, room: number): Sources[] {
  const { endpoints, services, description, opened, patterns } = unit;
  const none = blockBytes(bytes, { endpoints: [], services: [], description, opened });
  const largest = patterns.reduce((most, one) => Math.max(most, itemBytes(bytes, one, opened)), 0);
  const bothLists = '"SourceServices":[],"SourceVPCEs":[],'.length;
  const left = room - none - largest - bothLists;
  const most = Math.min(left, room / 2);
  const parts: { endpoints: string[]; services: string[] }[] = [];
  let used = Number.POSITIVE_INFINITY;
  const deal = (kind: "endpoints" | "services", source: string, size: number) => {
    if (size > left) throw new RuleError(tooLong(unit, size - left, room));
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

function tooLong({ patterns, description }: NetworkUnit, over: number, room: number) {
  const limit = policyKinds.network.bytes.limit;
  const takes =
    room + bytesAroundBlocks === limit ? `AWS takes ${limit}` : `${room + bytesAroundBlocks} are allowed`;
  return {
    problem: `the grant of ${shown(patterns[0])} does not fit into a network policy with one collection and one source alone: ${over} bytes too many, ${takes}`,
    remedy: description === undefined ? "shorten its texts" : "shorten its description",
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
    const joining = block.opened === "collection" ? 0 : dashboardRuleBytes + 1;
    const made = { ...block, family, bytes: blockBytes(this.bytes, block), joining };
    this.known.set(key, made);
    return made;
  }
}
