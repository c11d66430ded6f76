import type { AccessMatrix } from "../../service";
import { leftWidth, widths } from "./boxes";
import { element, escaped, escapedLines } from "./markup";
import { fitted, wrapped } from "./text-width";
import { summaryOf } from "./words";

/** Around the picture. */
export const margin = 28;
const lineHeight = 17;
const mostNotSeen = 12;

interface Drawn {
  readonly markup: string;
  readonly height: number;
}

/** The title, what the picture holds, and what the columns are. */
export function heading(title: string, matrix: AccessMatrix, width: number, rightStart: number): Drawn {
  const { text, publicText } = summaryOf(matrix);
  const heads: readonly (readonly [string, number])[] = [
    ["VPCs and sources let in", 0],
    ["endpoints, AWS services", leftWidth - widths.padding - widths.endpoint],
    ["collections", rightStart],
  ];
  return {
    height: 116,
    markup: element(
      "g",
      {},
      element(
        "text",
        { class: "title", x: margin, y: 40 },
        escaped(fitted(title, width - 2 * margin, { size: 18, bold: true })),
      ),
      element(
        "text",
        { x: margin, y: 64 },
        escaped(text),
        ...(publicText === undefined ? [] : [" · ", element("tspan", { class: "name red" }, publicText)]),
      ),
      ...heads.map(([label, x]) => element("text", { class: "head faint", x: margin + x, y: 102 }, label)),
    ),
  };
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
