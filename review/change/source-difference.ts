import { cidrsLeftOut, type EndpointRow, type SourceRow } from "../../service";
import type { ReadWorld } from "../world";
import type { GroupsOfEndpoints } from "./groups-of-endpoints";
import type { PathLists } from "./network-difference";
import type { PathList } from "./path-list";
import { pathEndpoint, type SameWho } from "./same-who";
import type { SideName, WhoTable } from "./who-table";

/** A side as sources are compared on it. */
interface SourceSide {
  readonly row: EndpointRow;
  readonly byKey: ReadonlyMap<string, SourceRow>;
  /** The blocks of a source; undefined for one without, or whose blocks are not known. */
  blocksOf(source: SourceRow): readonly string[] | undefined;
}

/**
 * Tells which sources gain and lose endpoints that are there before and after. A block that another one covers is no
 * change; of one that is covered in part the rest is told. Returns lines of what was not seen.
 */
export function sourceDifference(
  worlds: Readonly<Record<SideName, ReadWorld>>,
  same: SameWho,
  opens: GroupsOfEndpoints,
  who: WhoTable,
  paths: PathLists,
): string[] {
  const lists = { before: prefixLists(worlds.before), after: prefixLists(worlds.after) };
  const notSeen: string[] = [];
  for (const [index, pair] of who.endpoints.entries()) {
    if (!pair.before?.known || !pair.after?.known) continue;
    const before = sideOf(pair.before, lists.before, (value) => value);
    const after = sideOf(pair.after, lists.after, (value) => same.keyAfter(value) ?? value);
    const open = [...before.row.unknownSources, ...after.row.unknownSources];
    notSeen.push(...open.map((line) => `sources of ${after.row.name ?? after.row.id}: ${line}`));
    const lost = [...changed(before, after)];
    const gained = [...changed(after, before)];
    if (lost.length + gained.length === 0) continue;
    const add = (
      list: PathList,
      side: SideName,
      { row }: SourceSide,
      { source, addresses }: ChangedSource,
    ) => {
      // whoever comes or goes has what the endpoint opens on that side, whatever it opens on the other
      const opened = opens.opened(side, index);
      const path = {
        kind: "source",
        endpoint: pathEndpoint(row),
        source,
        ...(addresses ? { addresses } : {}),
      } as const;
      const isUntold = opened.collection.length === 0 && keepsBack(worlds[side]);
      list.add(path, "collection", opened.collection, isUntold ? { untold: true } : {});
      if (opened.dashboard.length > 0) list.add(path, "dashboard", opened.dashboard);
    };
    for (const one of gained) add(paths.gained, "after", after, one);
    for (const one of lost)
      add(after.row.unknownSources.length > 0 ? paths.unsure : paths.lost, "before", before, one);
  }
  return notSeen;
}

/** Whether there are network policies of which it is not known what they say. */
const keepsBack = ({ doubts }: ReadWorld): boolean =>
  doubts.some(({ kind, quiet }) => kind === "network" && !quiet);

interface ChangedSource {
  readonly source: SourceRow;
  readonly addresses?: readonly string[];
}

/** What of the sources of `here` `there` does not let in. */
function* changed(here: SourceSide, there: SourceSide): Generator<ChangedSource> {
  const isSame = ([key, source]: readonly [string, SourceRow]) => {
    const other = there.byKey.get(key);
    return other && JSON.stringify(here.blocksOf(source)) === JSON.stringify(there.blocksOf(other));
  };
  const rest = [...here.byKey].filter((one) => !isSame(one));
  if (rest.length === 0) return;
  const covering = [...there.byKey.values()].flatMap((source) => there.blocksOf(source) ?? []);
  for (const [key, source] of rest) {
    const blocks = here.blocksOf(source);
    if (!blocks) {
      if (!there.byKey.has(key)) yield { source };
      continue;
    }
    const left = cidrsLeftOut(blocks, covering);
    const whole = cidrsLeftOut(blocks, []);
    if (left.length > 0) yield { source, ...(left.join() === whole.join() ? {} : { addresses: left }) };
  }
}

function sideOf(
  row: EndpointRow,
  lists: ReadonlyMap<string, readonly string[]>,
  keyOf: (value: string) => string,
): SourceSide {
  return {
    row,
    byKey: new Map(row.sources.map((source) => [`${source.kind} ${keyOf(source.value)}`, source])),
    blocksOf: ({ kind, value }) =>
      kind === "cidr" ? [value] : kind === "prefix-list" ? lists.get(value) : undefined,
  };
}

const prefixLists = ({ world }: ReadWorld): ReadonlyMap<string, readonly string[]> =>
  new Map(world.prefixLists.map(({ id, cidrs }) => [id, cidrs]));
