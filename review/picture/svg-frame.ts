import { leftWidth, widths } from "./boxes";
import { element, escaped, escapedLines } from "./markup";
import { fitted, wrapped } from "./text-width";
import type { MatrixView } from "./view";
import { summaryOf } from "./words";

/** Around the picture. */
export const margin = 28;
const lineHeight = 17;
const mostNotSeen = 12;

interface Drawn {
  readonly markup: string;
  readonly height: number;
}

/** What the columns are; above them, where a view is given, its title and what it holds. */
export function heading(
  view: Pick<MatrixView, "title" | "matrix"> | undefined,
  width: number,
  rightStart: number,
): Drawn {
  const top = view ? 78 : 0;
  const heads: readonly (readonly [string, number])[] = [
    ["VPCs and sources let in", 0],
    ["endpoints, AWS services", leftWidth - widths.padding - widths.endpoint],
    ["collections", rightStart],
  ];
  return {
    height: top + 38,
    markup: element(
      "g",
      {},
      ...(view ? titleTexts(view, width - 2 * margin) : []),
      ...heads.map(([label, x]) =>
        element("text", { class: "head faint", x: margin + x, y: top + 24 }, label),
      ),
    ),
  };
}

function titleTexts({ title, matrix }: Pick<MatrixView, "title" | "matrix">, room: number): string[] {
  const { text, publicText } = summaryOf(matrix);
  const open = publicText === undefined ? [] : [" · ", element("tspan", { class: "name red" }, publicText)];
  return [
    element(
      "text",
      { class: "title", x: margin, y: 40 },
      escaped(fitted(title, room, { size: 18, bold: true })),
    ),
    element("text", { x: margin, y: 64 }, escaped(text), ...open),
  ];
}

/** What could not be told: as many lines as a picture bears, all of them in the tooltip. */
export function footer(notSeen: readonly string[], top: number, width: number): Drawn {
  if (notSeen.length === 0) return { markup: "", height: 0 };
  const room = width - 2 * margin;
  const shown = notSeen.length <= mostNotSeen ? notSeen : notSeen.slice(0, mostNotSeen - 1);
  const more = notSeen.length - shown.length;
  const lines = [
    ...shown.flatMap((text) => wrapped(`– ${text}`.split(/\s+/), room, { size: 12 })),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
  return {
    height: 28 + lines.length * lineHeight,
    markup: element(
      "g",
      {},
      element("title", {}, escapedLines(notSeen)),
      element("text", { class: "head", x: margin, y: top + 18 }, "Not seen"),
      ...lines.map((line, place) =>
        element("text", { class: "small faint", x: margin, y: top + 38 + place * lineHeight }, escaped(line)),
      ),
    ),
  };
}
