import Table from "cli-table3";
import { createColors } from "picocolors";
import type { AccessMatrix } from "../../service";
import { shown } from "./markup";
import { namesIn, toldApart } from "./names-apart";
import { inNaturalOrderBy } from "./natural-order";
import { type PrincipalGroup, principalGroups } from "./principal-groups";
import { publicText, type ReachedRow, reachedRows } from "./reached-rows";
import type { MatrixView } from "./view";
import { endpointDetail, endpointLabel, severalAccounts, sourceLabel, summaryOf } from "./words";

export interface TableOptions {
  /** Columns of the terminal. @default 100 */
  readonly width?: number;
  readonly color: boolean;
  /** Said where something is shortened: where all of it stands. @default - nothing is said */
  readonly whole?: string;
}

/** More rows than these are folded; more names in a cell stand for families. */
const most = { rows: 60, sources: 8 };
const namesOf = (rows: number) => (rows > 20 ? 5 : 10);
/** Of rows that would read the same. */
const firstNames = 4;
const gap = "  ";

type Paint = (text: string) => string;
interface Cell {
  /** Stay whole where they are not longer than a line. */
  readonly pieces: readonly string[];
  readonly paint?: Paint;
}

/**
 * The matrix as tables for a terminal: who reaches which collections and dashboards, what the endpoints let in,
 * what data access policies permit, what was not seen. Long lists of names stand as families of names.
 */
export function matrixTable(view: MatrixView, options: TableOptions): string {
  const { title, matrix, notSeen = [] } = view;
  const width = Math.max(40, options.width ?? 100);
  const pc = createColors(options.color);
  const { text, publicText: open } = summaryOf(matrix);
  const reached = reachedRows(view, most.rows);
  const many = namesOf(reached.length);
  const told = toldApart(
    reached.map(({ collections }) => collections),
    (list, how) => namesIn(list, how === "first" ? Math.min(many, firstNames) : many, how),
  );
  const principals = principalGroups(matrix);
  const isShortened =
    reached.some(
      (row) => row.groups.length > 1 || Math.max(row.collections.length, row.reachedBy.length) > many,
    ) ||
    matrix.endpoints.some(({ sources }) => sources.length > most.sources) ||
    principals.some((one) => one.principals.length > namesOf(principals.length));
  const table = (heads: readonly string[], shares: readonly number[], rows: readonly (readonly Cell[])[]) =>
    tableText([heads.map((head): Cell => ({ pieces: [head], paint: pc.bold })), ...rows], shares, width);
  const paragraph = (line: string) => inLines(shown(line).split(" "), width);
  const sections = [
    [
      ...paragraph(title).map((line) => pc.bold(line)),
      ...paragraph(text),
      ...(open === undefined ? [] : paragraph(open).map((line) => pc.red(pc.bold(line)))),
    ].join("\n"),
    ...(matrix.groups.length > 0
      ? [
          table(
            ["collections", "reached by", "dashboards reached by"],
            [36, 36, 28],
            reached.map((row, place) => reachedCells(row, told[place] ?? [], many, pc)),
          ),
        ]
      : []),
    ...(matrix.endpoints.length > 0
      ? [table(["endpoints", "where", "let in on TCP 443"], [32, 32, 36], endpointCells(matrix, pc.dim))]
      : []),
    ...(principals.length > 0
      ? [
          table(
            ["principals", "permitted"],
            [45, 55],
            principals.map((one) => principalCells(one, namesOf(principals.length), pc.yellow)),
          ),
        ]
      : []),
    ...(isShortened && options.whole !== undefined ? [paragraph(options.whole).join("\n")] : []),
    ...(notSeen.length > 0
      ? [[pc.bold("not seen"), ...notSeen.flatMap((line) => paragraph(`- ${line}`))].join("\n")]
      : []),
  ];
  return sections.join("\n\n");
}

const names = (list: readonly string[], many: number) => namesIn(list, many, "families");

function reachedCells(
  { groups: [group, ...others], reachedBy, dashboardsBy, doubted }: ReachedRow,
  collections: readonly string[],
  many: number,
  { red, dim, yellow }: Pick<ReturnType<typeof createColors>, "red" | "dim" | "yellow">,
): Cell[] {
  const notes = [
    ...(group.known ? [] : ["(no collection yet)"]),
    ...(others.length > 0 ? [`(${others.length + 1} groups)`] : []),
  ];
  const by = (labels: readonly string[], open: boolean, doubted: boolean, nobody: string): Cell => {
    const pieces = names(labels, many);
    if (open) return { pieces: inOneList(publicText(group).split(" "), pieces), paint: red };
    if (pieces.length > 0)
      return { pieces: doubted ? inOneList(pieces, ["others", "not", "known"]) : pieces };
    return doubted ? { pieces: ["not", "known"], paint: yellow } : { pieces: [nobody], paint: dim };
  };
  const isPublic = group.collection.public;
  return [
    { pieces: [...collections, ...notes], ...(isPublic ? { paint: red } : {}) },
    by(reachedBy, isPublic, doubted.collection, "nobody"),
    by(dashboardsBy, group.dashboard.public, doubted.dashboard, "–"),
  ];
}

/** The pieces of one list and those of the next, with a comma between them. */
const inOneList = (pieces: readonly string[], next: readonly string[]): readonly string[] =>
  next.length === 0 ? pieces : [...pieces.slice(0, -1), `${pieces.at(-1)},`, ...next];

function endpointCells({ endpoints }: AccessMatrix, dim: Paint): Cell[][] {
  const withAccount = severalAccounts(endpoints);
  return inNaturalOrderBy(endpoints, endpointLabel).map((endpoint) => {
    const { name, id, vpcId, sources, unknownSources, known } = endpoint;
    const labels = sources.map(sourceLabel);
    const shownLabels = labels.length <= most.sources ? labels : labels.slice(0, most.sources - 1);
    const more = labels.length - shownLabels.length;
    const all = [
      ...shownLabels,
      ...(more > 0 ? [`… and ${more} more`] : []),
      ...(known ? unknownSources.map((what) => `not known: ${what}`) : ["not known"]),
    ];
    return [
      { pieces: name === undefined ? [id] : [name, id] },
      { pieces: [...(vpcId === undefined ? [] : [vpcId]), ...endpointDetail(endpoint, withAccount)] },
      all.length > 0
        ? { pieces: all.flatMap((line, place) => (place < all.length - 1 ? `${line},` : line).split(" ")) }
        : { pieces: ["nobody"], paint: dim },
    ];
  });
}

function principalCells(
  { principals, sameAccount, permits }: PrincipalGroup,
  many: number,
  warn: Paint,
): Cell[] {
  if (!sameAccount) {
    const refused = "nothing: of another account, which AWS refuses";
    return [{ pieces: names(principals, many) }, { pieces: refused.split(" "), paint: warn }];
  }
  const pieces = permits.flatMap(({ type, resources, permissions }, place) => {
    const last = permissions.length - 1;
    return [
      type,
      ...names(resources, many).map((part, at, all) => (at === all.length - 1 ? `${part}:` : part)),
      ...permissions.map((one, at) => (at < last ? `${one},` : place < permits.length - 1 ? `${one};` : one)),
    ];
  });
  return [{ pieces: names(principals, many) }, { pieces: pieces.length > 0 ? pieces : ["nothing"] }];
}

const noChars = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((part) => [part, ""]),
);

/** Columns that share the width; a cell has as many lines as it needs. */
function tableText(rows: readonly (readonly Cell[])[], shares: readonly number[], width: number): string {
  const room = width - gap.length * (shares.length - 1);
  const widths = columnWidths(rows, shares, room);
  const table = new Table({
    chars: { ...noChars, middle: gap },
    style: { "padding-left": 0, "padding-right": 0, border: [], head: [] },
  });
  table.push(
    ...rows.map((row) =>
      row.map(({ pieces, paint = String }, column) =>
        inLines(pieces.map(shown), widths[column] ?? room)
          .map((line) => paint(line))
          .join("\n"),
      ),
    ),
  );
  return table.toString().replace(/ +$/gm, "");
}

/** Each column gets what its longest piece needs, if all do; what is left is shared by those that need more. */
function columnWidths(rows: readonly (readonly Cell[])[], shares: readonly number[], room: number): number[] {
  const most = (ofCell: (pieces: readonly string[]) => number) =>
    shares.map((_, column) => rows.reduce((so, row) => Math.max(so, ofCell(row[column]?.pieces ?? [])), 0));
  const least = most((pieces) => Math.max(0, ...pieces.map(({ length }) => length)));
  const inOneLine = most((pieces) => pieces.join(" ").length);
  let left = room - least.reduce((sum, width) => sum + width, 0);
  if (left < 0) return shares.map((share) => Math.floor((room * share) / 100));
  const widths = [...least];
  while (left > 0) {
    const short = shares.flatMap((_, column) =>
      (widths[column] ?? 0) < (inOneLine[column] ?? 0) ? [column] : [],
    );
    if (short.length === 0) break;
    const all = short.reduce((sum, column) => sum + (shares[column] ?? 0), 0);
    const before = left;
    for (const column of short) {
      const part = Math.max(1, Math.floor((before * (shares[column] ?? 0)) / all));
      const more = Math.min(part, left, (inOneLine[column] ?? 0) - (widths[column] ?? 0));
      widths[column] = (widths[column] ?? 0) + more;
      left -= more;
    }
  }
  return widths;
}

/** What is longer than a line goes on in the next; nothing is left out. */
function inLines(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= width) {
      lines[lines.length - 1] = `${last} ${piece}`;
      continue;
    }
    for (let start = 0; start < piece.length || start === 0; start += width) {
      lines.push(piece.slice(start, start + width));
    }
  }
  return lines;
}
