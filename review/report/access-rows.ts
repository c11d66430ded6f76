import type { AccessPath, Who } from "../change";
import { collapseNames, listed } from "../picture/collapse-names";
import { whoText } from "./who-words";

/** What one or several gain or lose alike. */
export interface AccessRow {
  /** In words, in the order of the paths. */
  readonly who: readonly string[];
  /** Whether it is everybody on the internet. */
  readonly isPublic: boolean;
  /** Names and patterns, sorted. */
  readonly collections: readonly string[];
  /** Those whose dashboards it is about, sorted. */
  readonly dashboards: readonly string[];
  /** What stays of the patterns among the collections, and among the dashboards. */
  readonly except: { readonly collections: readonly string[]; readonly dashboards: readonly string[] };
  /** Whether it is not known what the endpoint opens, where nothing stands in the lists. */
  readonly isUntold: boolean;
  /** The Region, or account and Region, where the plan is of several. */
  readonly scope: string | undefined;
  /** What data access policies permit a principal. */
  readonly permits: readonly RowPermit[];
}

export interface RowPermit {
  /** `aoss:ReadDocument, aoss:WriteDocument` */
  readonly permissions: readonly string[];
  /** `index`, `collection` … */
  readonly on: string;
  /** `orders/*`, or names of collections where nothing in them is meant. */
  readonly resources: readonly string[];
  /** What stays of them. */
  readonly except: readonly string[];
}

/** The paths by who has them, the public first; those that have exactly the same are one row. */
export function accessRows(paths: readonly AccessPath[]): AccessRow[] {
  const single = new Map<string, { who: Who; paths: AccessPath[] }>();
  for (const path of paths) {
    const key = JSON.stringify([path.scope, whoText(path.who)]);
    const entry = single.get(key);
    if (entry) entry.paths.push(path);
    else single.set(key, { who: path.who, paths: [path] });
  }
  const rows = new Map<string, AccessRow>();
  for (const { who: first, paths: own } of single.values()) {
    const row = rowOf(whoText(first), first, own);
    const { who: _, ...what } = row;
    const key = JSON.stringify([first.kind, what]);
    const before = rows.get(key);
    rows.set(key, before ? { ...before, who: [...before.who, ...row.who] } : row);
  }
  return [...rows.values()].sort((a, b) => Number(b.isPublic) - Number(a.isPublic));
}

function rowOf(who: string, { kind }: Who, paths: readonly AccessPath[]): AccessRow {
  const names = (of: AccessPath["kind"]) =>
    kind === "principal"
      ? []
      : sortedUnique(paths.filter((path) => path.kind === of).flatMap(({ collections }) => collections));
  const exceptions = (of: AccessPath["kind"]) =>
    kind === "principal"
      ? []
      : sortedUnique(paths.filter((path) => path.kind === of).flatMap(({ except = [] }) => except));
  return {
    who: [who],
    isPublic: kind === "public",
    collections: names("collection"),
    dashboards: names("dashboard"),
    except: { collections: exceptions("collection"), dashboards: exceptions("dashboard") },
    isUntold: paths.some(({ untold }) => untold === true),
    scope: paths[0]?.scope,
    permits: paths.flatMap((path) => permitOf(path) ?? []),
  };
}

function permitOf({ who, collections, except = [] }: AccessPath): RowPermit | undefined {
  if (who.kind !== "principal") return undefined;
  const { on, permissions, within } = who;
  return {
    on,
    permissions,
    except,
    resources: within === undefined ? collections : collections.map((name) => `${name}/${within}`),
  };
}

/** What stands where no collections are told. */
export const opensNothing = ({ isUntold }: Pick<AccessRow, "isUntold">): string =>
  isUntold ? "what the endpoint opens, which the plan does not tell" : "nothing: the endpoint opens nothing";

/** Texts that stay whole where lines are broken; more than `most` names stand as families of names. */
export function whatPieces(row: AccessRow, most: number): string[] {
  return [...(row.scope === undefined ? [] : [`${row.scope}:`]), ...namesPieces(row, most)];
}

function namesPieces(row: AccessRow, most: number): string[] {
  const { collections, dashboards, permits, except } = row;
  const names = (list: readonly string[], except: readonly string[]) => [
    ...listed(collapseNames(list, most)),
    ...exceptPieces(except, most),
  ];
  if (permits.length > 0) {
    return permits.flatMap(({ permissions, on, resources, except: kept }, at) => [
      ...listed({ parts: permissions, more: 0 }),
      `on ${on}`,
      ...ended(names(resources, kept), at < permits.length - 1 ? ";" : ""),
    ]);
  }
  if (collections.length === 0 && dashboards.length === 0) return [opensNothing(row)];
  if (dashboardsAlike(row)) return [...ended(names(collections, except.collections), ","), "with dashboards"];
  return [
    ...ended(
      names(collections, except.collections),
      collections.length > 0 && dashboards.length > 0 ? ";" : "",
    ),
    ...(dashboards.length > 0 ? ["dashboards of", ...names(dashboards, except.dashboards)] : []),
  ];
}

/** Whether the dashboards are those of just the collections. */
export const dashboardsAlike = ({ collections, dashboards, except }: AccessRow): boolean =>
  JSON.stringify([collections, except.collections]) === JSON.stringify([dashboards, except.dashboards]);

/** `(but logs-app, logs-b* stay)`; nothing where nothing stays. */
export function exceptPieces(except: readonly string[], most: number): string[] {
  if (except.length === 0) return [];
  const [first = "", ...others] = listed(collapseNames(except, most));
  return [`(but ${first}`, ...others, `${except.length === 1 ? "stays" : "stay"})`];
}

const ended = (pieces: readonly string[], end: string): string[] =>
  pieces.map((piece, at) => (at === pieces.length - 1 ? `${piece}${end}` : piece));

const sortedUnique = (names: readonly string[]): string[] => [...new Set(names)].sort();
