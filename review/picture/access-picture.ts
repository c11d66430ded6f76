import type { AccessMatrix, CollectionGroup, EndpointRow } from "../../service";
import { type Doubted, type DoubtOn, groupsByDoubt } from "./doubted";
import { type Foldable, fold } from "./fold";
import { inNaturalOrder, inNaturalOrderBy } from "./natural-order";
import { endpointLabel } from "./words";

/**
 * What a picture shows of an access matrix: a graph of two columns that is small enough to be read. Where the
 * matrix has more than the limits, rows of it that are reached alike stand folded in one box.
 */
export interface AccessPicture {
  /** Endpoints, services and the internet. */
  readonly entrances: readonly Entrance[];
  /** Collections. */
  readonly targets: readonly Target[];
  readonly links: readonly Link[];
  /** Whether some box stands for rows that are not reached alike. */
  readonly folded: boolean;
}

/** Who gets in: one endpoint or several folded together, AWS services, or anybody. */
export type Entrance =
  | { readonly key: string; readonly kind: "endpoint"; readonly endpoints: readonly EndpointRow[] }
  | { readonly key: string; readonly kind: "service"; readonly services: readonly string[] }
  | { readonly key: "public"; readonly kind: "public" };

/** One group of collections, or several of the same class (known, public, generation) folded together. */
export interface Target {
  readonly key: string;
  readonly groups: readonly [CollectionGroup, ...CollectionGroup[]];
  /** Of what it is not known who else reaches it: never folded with those of which it is. */
  readonly doubted: Doubted;
}

/** What of a target is reached: the collections, or the dashboards as well. */
export type Row = "public" | "collection" | "dashboard";

export interface Link {
  readonly from: string;
  readonly to: string;
  /** `collection`: the collections alone; `dashboard`: both; `public`: what the group says is public. */
  readonly row: Row;
  /** Whether only some of those folded together are joined this way. */
  readonly some: boolean;
}

export interface PictureLimits {
  readonly entrances: number;
  readonly targets: number;
  readonly links: number;
}

/** One row of the matrix on either side, before it is folded; `tokens` are what it is joined to. */
interface Unit<Row> extends Foldable {
  readonly row: Row;
}

/**
 * Folds the matrix as little as the limits ask for. What everybody may reach is joined to the internet alone, not
 * to each endpoint as well.
 */
export function accessPicture(
  whole: AccessMatrix,
  limits: PictureLimits,
  doubtOn: DoubtOn = () => sure,
): AccessPicture {
  const split = groupsByDoubt(whole, doubtOn);
  const doubted = new Map(split.map((one) => [one.group.key, one.doubted]));
  const matrix = { ...whole, groups: split.map(({ group }) => group) };
  const rowsOf = new Map(matrix.groups.map((group) => [group.key, rowsInto(group)]));
  let { entrances, targets } = limits;
  for (;;) {
    const picture = foldedPicture(matrix, rowsOf, entrances, targets, doubted);
    if (picture.links.length <= limits.links || (entrances <= 4 && targets <= 4)) return picture;
    entrances = Math.max(4, Math.floor(entrances * 0.8));
    targets = Math.max(4, Math.floor(targets * 0.8));
  }
}

const sure: Doubted = { collection: false, dashboard: false };

type RowsOf = ReadonlyMap<string, ReadonlyMap<string, Row>>;

function foldedPicture(
  matrix: AccessMatrix,
  rowsOf: RowsOf,
  mostEntrances: number,
  mostTargets: number,
  doubted: ReadonlyMap<string, Doubted>,
): AccessPicture {
  const entrances = entrancesOf(matrix, rowsOf, mostEntrances);
  const targets = targetsOf(matrix, rowsOf, mostTargets, doubted);
  const links = targets.flatMap((target) =>
    entrances.flatMap((entrance) => linkOf(entrance, target, rowsOf) ?? []),
  );
  return { entrances, targets, links, folded: links.some(({ some }) => some) };
}

/** By key of an entrance, what it reaches of the group; nothing for what goes without saying. */
function rowsInto({ collection, dashboard }: CollectionGroup): Map<string, Row> {
  const dashboards = new Set(dashboard.endpoints);
  const rows = new Map<string, Row>();
  if (collection.public) rows.set("public", "public");
  for (const id of collection.endpoints) {
    // the internet reaches as much
    if (collection.public && (dashboard.public || !dashboards.has(id))) continue;
    rows.set(`endpoint/${id}`, dashboards.has(id) ? "dashboard" : "collection");
  }
  for (const service of collection.services) rows.set(`service/${service}`, "collection");
  return rows;
}

function entrancesOf(matrix: AccessMatrix, rowsOf: RowsOf, most: number): Entrance[] {
  const tokens = new Map<string, string[]>();
  for (const [group, rows] of rowsOf) {
    for (const [key, row] of rows) {
      const list = tokens.get(key);
      if (list) list.push(`${group} ${row}`);
      else tokens.set(key, [`${group} ${row}`]);
    }
  }
  const endpoints: Unit<EndpointRow>[] = matrix.endpoints.map((row) => ({
    row,
    key: row.key,
    class: `${row.known} ${row.generation} ${row.privateDns}`,
    tokens: tokens.get(row.key) ?? [],
  }));
  const services: Unit<string>[] = matrix.services.map(({ key, service }) => ({
    row: service,
    key,
    class: "service",
    tokens: tokens.get(key) ?? [],
  }));
  const isPublic = tokens.has("public");
  const labelOf = ({ row }: Unit<EndpointRow>) => `${endpointLabel(row)} ${row.id}`;
  // a few services do not push endpoints together, nor the other way round
  const mostServices = Math.min(services.length, Math.max(2, Math.floor(most / 4)));
  return [
    ...(isPublic ? [{ key: "public", kind: "public" } as const] : []),
    ...inOrder(fold(endpoints, Math.max(1, most - mostServices - Number(isPublic))), labelOf).map(
      (units): Entrance => ({
        key: keyOf(units),
        kind: "endpoint",
        endpoints: units.map(({ row }) => row),
      }),
    ),
    ...inOrder(fold(services, mostServices), ({ row }) => row).map(
      (units): Entrance => ({ key: keyOf(units), kind: "service", services: units.map(({ row }) => row) }),
    ),
  ];
}

/** Lists, and what is in them, by label: where nothing else decides, boxes stand in this order. */
function inOrder<Item>(lists: readonly Item[][], labelOf: (item: Item) => string): Item[][] {
  return inNaturalOrderBy(
    lists.map((list) => inNaturalOrderBy(list, labelOf)),
    ([first]) => (first === undefined ? "" : labelOf(first)),
  );
}

function targetsOf(
  matrix: AccessMatrix,
  rowsOf: RowsOf,
  most: number,
  doubted: ReadonlyMap<string, Doubted>,
): Target[] {
  const units: Unit<CollectionGroup>[] = matrix.groups.map((group) => {
    const rows = [...(rowsOf.get(group.key) ?? [])];
    return {
      row: group,
      key: group.key,
      class: [
        group.collection.public,
        group.dashboard.public,
        group.known,
        rows.length > 0,
        JSON.stringify(doubted.get(group.key)),
        group.generation,
      ].join(" "),
      tokens: rows.map(([key, row]) => `${key} ${row}`).sort(),
    };
  });
  const labelOf = ({ row, tokens }: Unit<CollectionGroup>) =>
    [
      row.collection.public ? "0" : !row.known ? "3" : tokens.length === 0 ? "2" : "1",
      // the one that is shown first
      inNaturalOrder(row.collections)[0],
      row.key,
    ].join(" ");
  return inOrder(fold(units, most), labelOf).flatMap((list) => {
    const [first, ...others] = list.map(({ row }) => row);
    return first
      ? [{ key: keyOf(list), groups: [first, ...others], doubted: doubted.get(first.key) ?? sure }]
      : [];
  });
}

const keyOf = (units: readonly Foldable[]) => units.map(({ key }) => key).join(" ");

/** The keys of the matrix that an entrance stands for. */
export function keysOf(entrance: Entrance): string[] {
  if (entrance.kind === "endpoint") return entrance.endpoints.map(({ key }) => key);
  if (entrance.kind === "service") return entrance.services.map((service) => `service/${service}`);
  return [entrance.key];
}

function linkOf(entrance: Entrance, target: Target, rowsOf: RowsOf): Link | undefined {
  const keys = keysOf(entrance);
  const rows = target.groups.flatMap(({ key }) => keys.map((from) => rowsOf.get(key)?.get(from)));
  const found = rows.find((row) => row === "dashboard" || row === "public") ?? rows.find((row) => row);
  if (!found) return undefined;
  return { from: entrance.key, to: target.key, row: found, some: rows.some((row) => row !== found) };
}
