import { type LeftPart, leftWidth, type RightPart, type VpcPart, widths } from "./boxes";
import type { Place } from "./layout";
import { type Attributes, element, escaped, escapedLines, rounded } from "./markup";
import { tip } from "./svg-ways";
import type { TextBox } from "./text-box";
import { fitted, textWidth } from "./text-width";

const inset = 10;
const corner = 6;

/** Drawn boxes are groups of the class `box`: their first rectangle holds all their texts. */
function boxGroup(
  kinds: string,
  tooltip: readonly string[],
  data: Attributes,
  ...content: readonly string[]
): string {
  const title = tooltip.length > 0 ? [element("title", {}, escapedLines(tooltip))] : [];
  return element("g", { class: `box ${kinds}`, ...data }, ...title, ...content);
}

function texts({ lines }: TextBox, left: number, top: number): string[] {
  return lines.map(({ text, y, look }) =>
    element("text", { class: look, x: left + inset, y: top + y }, escaped(text)),
  );
}

/** The frame of a VPC, behind its endpoints. */
export function vpcBox({ label, tooltip, holds }: VpcPart, { top, height }: Place): string {
  const face = { size: 13, bold: true };
  const text = fitted(label, leftWidth - 2 * widths.padding, face);
  return boxGroup(
    "vpc",
    tooltip,
    { "data-holds": holds.join(" ") },
    element("rect", { x: 0, y: top, width: leftWidth, height, rx: 8 }),
    element("text", { class: "name", x: widths.padding, y: top + 21 }, escaped(text)),
  );
}

/** An endpoint with its sources, an AWS service, or the internet. */
export function leftBox({ id, box, sources, shape }: LeftPart, { top, height }: Place): string {
  const left = leftWidth - widths.padding - widths.endpoint;
  const own = boxGroup(
    shape,
    box.tooltip,
    { "data-box": id },
    element("rect", { x: left, y: top, width: widths.endpoint, height, rx: corner }),
    ...texts(box, left, top + (height - box.height) / 2),
  );
  if (!sources) return own;
  const middle = top + height / 2;
  const sourceTop = middle - sources.height / 2;
  const sourceEnd = widths.padding + widths.source;
  return [
    boxGroup(
      "source",
      sources.tooltip,
      { "data-box": id },
      element("rect", {
        x: widths.padding,
        y: sourceTop,
        width: widths.source,
        height: sources.height,
        rx: corner,
      }),
      ...texts(sources, widths.padding, sourceTop),
    ),
    element(
      "g",
      { "data-box": id },
      element("path", { class: "way", d: `M${sourceEnd} ${rounded(middle)}H${left - 8}` }),
      tip(left, middle),
      element(
        "text",
        { class: "tiny faint", x: sourceEnd + widths.port / 2 - 3, y: middle - 5, "text-anchor": "middle" },
        "TCP 443",
      ),
    ),
    own,
  ].join("");
}

/** Collections, with a row for each way in which they are reached. */
export function targetBoxes({ id, box }: RightPart, { top, height }: Place, left: number): string {
  const kinds = ["target", ...(box.isPublic ? ["open"] : []), ...(box.known ? [] : ["dashed"])].join(" ");
  const rule = `M${rounded(left + inset)} ${rounded(top + box.rowsAt)}h${widths.target - 2 * inset}`;
  return boxGroup(
    kinds,
    box.tooltip,
    { "data-box": id },
    element("rect", { x: left, y: top, width: widths.target, height, rx: corner }),
    ...texts(box, left, top),
    element("path", { class: "rule", d: rule }),
    ...box.rows.flatMap(({ row, y, badges }) => {
      const middle = top + y;
      let x = left + inset;
      const label = "public:";
      const marks =
        row === "public" ? [element("text", { class: "small name red", x, y: middle + 4 }, label)] : [];
      if (row === "public") x += textWidth(`${label} `, { size: 12, bold: true });
      for (const badge of badges) {
        const width = Math.ceil(textWidth(badge, { size: 11 })) + 16;
        marks.push(badgeBox(badge, x, middle, width));
        x += width + 6;
      }
      return marks;
    }),
  );
}

function badgeBox(text: string, x: number, middle: number, width: number): string {
  return boxGroup(
    text === "dashboards" ? "badge boards" : "badge",
    [],
    {},
    element("rect", { x, y: middle - 9, width, height: 18, rx: 9 }),
    element("text", { class: "tiny", x: x + width / 2, y: middle + 4, "text-anchor": "middle" }, text),
  );
}
