import { type AccessRows, accessRows } from "../../service";
import type { ResourceChange } from "../../terraform";
import type { ReadWorld } from "../world";
import type { PathDifference } from "./access-change";
import { dataDifference } from "./data-difference";
import { existenceAfter } from "./existence";
import { GroupsOfEndpoints } from "./groups-of-endpoints";
import { networkDifference, type PathLists } from "./network-difference";
import { type NamesAlike, namesAlike, type OpenedSides, openedSides } from "./opened-names";
import { PathList } from "./path-list";
import type { SameWho } from "./same-who";
import { inScope } from "./scope-names";
import { sourceDifference } from "./source-difference";
import { tellsAll } from "./tells-all";
import { type SideName, WhoTable } from "./who-table";

/** One account and Region before and after a step, compared. */
export interface Step {
  readonly worlds: Readonly<Record<SideName, ReadWorld>>;
  /** All of the matrices but the groups. */
  readonly rows: Readonly<Record<SideName, AccessRows>>;
  readonly same: SameWho;
  readonly who: WhoTable;
  readonly opened: OpenedSides;
  readonly alike: readonly NamesAlike[];
  /** What is open to a name or pattern before and after; undefined for one that nothing mentions. */
  readonly groupOf: (name: string) => NamesAlike | undefined;
  readonly opens: GroupsOfEndpoints;
  readonly paths: PathLists;
  readonly unchanged: number;
  readonly notSeen: readonly string[];
  readonly tellsAll: boolean;
}

/** Compares; `changes` are the changes of resources that lead from one side to the other. */
export function stepBetween(
  worlds: Readonly<Record<SideName, ReadWorld>>,
  changes: readonly ResourceChange[],
  same: SameWho,
): Step {
  const rows = { before: accessRows(worlds.before.world), after: accessRows(worlds.after.world) };
  const who = new WhoTable(rows.before, rows.after, same);
  const { before, after } = worlds;
  const existence = existenceAfter(changes);
  const opened = openedSides({ before: before.world, after: after.world }, who, existence);
  const alike = namesAlike(opened);
  const known = new Set([before, after].flatMap(({ world }) => world.collections.map(({ name }) => name)));
  const paths = { gained: new PathList(known), lost: new PathList(known), unsure: new PathList(known) };
  const groups = new Map(alike.flatMap((group) => group.names.map((name) => [name, group] as const)));
  const doubts = after.doubts;
  const stay = networkDifference(alike, who, doubts, paths);
  const opens = new GroupsOfEndpoints(alike, who);
  const notSeen = sourceDifference(worlds, same, opens, who, paths);
  const permitted = dataDifference(rows.before, rows.after, same, existence, doubts, paths);
  return {
    worlds,
    rows,
    same,
    who,
    opened,
    alike,
    groupOf: (name) => groups.get(name),
    opens,
    paths,
    unchanged: stay + permitted,
    notSeen,
    tellsAll: tellsAll(after, rows),
  };
}

/** What several steps at once come to; `scopeOf` tells what the account and Region of a step is called. */
export function joined(
  steps: readonly Step[],
  scopeOf: (step: Step) => string | undefined,
): PathDifference & { readonly tellsAll: boolean } {
  const pathsOf = (list: keyof PathLists) =>
    steps.flatMap((step) => inScope(step.paths[list].all(), scopeOf(step)));
  return {
    gained: pathsOf("gained"),
    lost: pathsOf("lost"),
    unsure: pathsOf("unsure"),
    tellsAll: steps.every((step) => step.tellsAll),
    unchanged: steps.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}
