import type { CollectionGroup } from "../../service";
import type { Link, Row, Target } from "./access-picture";
import { isAny } from "./doubted";
import { namesIn, toldApart } from "./names-apart";
import { inNaturalOrder } from "./natural-order";
import { faces, roomIn, type TextBox, type TextLine, textBox } from "./text-box";
import { wrapped } from "./text-width";
import { count, notAllKnown } from "./words";

/** One row at the left side of a box of collections, at which lines arrive. */
export interface TargetRow {
  readonly row: Row;
  /** Distance of its middle from the top of the box. */
  readonly y: number;
  /** What is reached there. */
  readonly badges: readonly string[];
}

export interface TargetBox extends TextBox {
  readonly rows: readonly TargetRow[];
  readonly isPublic: boolean;
  readonly known: boolean;
  /** Distance from the top at which the names end and the rows begin. */
  readonly rowsAt: number;
}

const mostNames = 12;
const rowHeight = 24;

/** The collections, `told` as `targetNames` does, and a row for each way in which one of the links reaches them. */
export function targetBox(
  { groups, doubted }: Target,
  width: number,
  told: readonly string[],
  links: readonly Link[],
): TargetBox {
  const [first] = groups;
  const names = inNaturalOrder(groups.flatMap(({ collections }) => collections));
  const { height: rowsAt, ...texts } = textBox(
    [["small", headOf(first, names.length, groups.length)], ...told.map((line) => ["name", line] as const)],
    width,
    names,
  );
  const noun = first.known && names.length === 1 ? "collection" : "collections";
  const kinds = (["public", "dashboard", "collection"] as const).filter((row) =>
    links.some((link) => link.row === row),
  );
  const rows = kinds.map((row, place): TargetRow => {
    const dashboards = row === "dashboard" || (row === "public" && first.dashboard.public);
    return {
      row,
      y: rowsAt + 2 + (place + 0.5) * rowHeight,
      badges: [noun, ...(dashboards ? ["dashboards"] : [])],
    };
  });
  const isReached = rows.length > 0;
  const nobody = isReached ? undefined : "no endpoint or service reaches this";
  const note = isAny(doubted) ? notAllKnown(isReached) : nobody;
  const noteLine = (text: string): TextLine => ({
    look: "note",
    text,
    y: rowsAt + rows.length * rowHeight + 18,
  });
  return {
    ...texts,
    lines: note === undefined ? texts.lines : [...texts.lines, noteLine(note)],
    height: rowsAt + (rows.length + (note === undefined ? 0 : 1)) * rowHeight + 4,
    rows,
    rowsAt,
    isPublic: first.collection.public,
    known: first.known,
  };
}

function headOf({ known, generation }: CollectionGroup, names: number, groups: number): string {
  const plural = known ? count(names, "collection") : `${count(names, "pattern")} without a collection`;
  return [
    known && names === 1 ? "collection" : plural,
    groups > 1 ? `in ${groups} groups` : undefined,
    generation,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The names of each box in as many lines as it has; where they do not fit, families of names, or the first of them. */
export function targetNames(
  targets: readonly Target[],
  width: number,
  mostLines: number,
): (readonly string[])[] {
  const lists = targets.map(({ groups }) => groups.flatMap(({ collections }) => collections));
  return toldApart(lists, (names, how) => {
    for (let parts = mostNames; ; parts -= 1) {
      const lines = wrapped(namesIn(names, parts, how), roomIn(width), faces.name);
      if (lines.length <= mostLines || parts === 2) return lines;
    }
  });
}
