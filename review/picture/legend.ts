import type { AccessPicture } from "./access-picture";
import { element } from "./markup";
import { textWidth } from "./text-width";

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const face = { size: 12 };
const sample = 40;

/** What the shapes and lines mean: of those that are in the picture, in lines of the width. `whole` is what names all. */
export function legend(
  picture: AccessPicture,
  area: Area,
  whole: string,
): { markup: string; height: number } {
  const items = itemsOf(picture, whole);
  if (items.length === 0) return { markup: "", height: 0 };
  const markup: string[] = [];
  let [x, y] = [area.left, area.top + 12];
  for (const [draw, text] of items) {
    const wide = sample + 8 + textWidth(text, face) + 26;
    if (x > area.left && x + wide - 26 > area.left + area.width) [x, y] = [area.left, y + 26];
    markup.push(draw(x, y), element("text", { class: "small", x: x + sample + 8, y: y + 4 }, text));
    x += wide;
  }
  return { markup: element("g", {}, ...markup), height: y - area.top + 22 };
}

type Draw = (x: number, y: number) => string;

const box =
  (shape: string): Draw =>
  (x, y) =>
    element("g", { class: shape }, element("rect", { x: x + 6, y: y - 8, width: 28, height: 16, rx: 4 }));
const line =
  (...kinds: readonly string[]): Draw =>
  (x, y) =>
    element(
      "g",
      {},
      ...kinds.map((kind) => element("path", { class: kind, d: `M${x} ${y}h33` })),
      element("path", {
        class: kinds[0]?.includes("public") ? "tip public" : "tip",
        d: `M${x + 40} ${y}l-9 -4.5v9z`,
      }),
    );

/** The endpoints that reach what is public. */
function servingOf(targets: AccessPicture["targets"]): string {
  const open = targets.filter(({ groups }) => groups[0].collection.public);
  const generations = new Set(open.map(({ groups }) => groups[0].generation));
  const [only] = generations;
  return generations.size === 1 && only !== undefined ? `${only} endpoint` : "endpoint of its generation";
}

function itemsOf({ entrances, links, targets }: AccessPicture, whole: string): [Draw, string][] {
  const has = (row: string) => links.some((link) => link.row === row);
  const item = (there: boolean, draw: Draw, text: string): [Draw, string][] => (there ? [[draw, text]] : []);
  return [
    ...item(has("collection"), line("way"), "reaches the collections"),
    ...item(has("dashboard"), line("way both", "core"), "reaches collections and dashboards"),
    ...item(has("public"), line("way public"), `open to anybody, and to every ${servingOf(targets)}`),
    ...item(
      links.some(({ some }) => some),
      line("way some"),
      `some of those in one box: ${whole} tells which`,
    ),
    ...item(
      entrances.some((one) => one.kind === "endpoint" && !one.endpoints[0]?.known),
      box("endpoint dashed"),
      "endpoint only named in policies",
    ),
    ...item(
      targets.some(({ groups }) => !groups[0].known),
      box("target dashed"),
      "pattern that matches no known collection",
    ),
    ...item(
      entrances.some(({ kind }) => kind === "service"),
      box("service"),
      "AWS service named in a policy: needs no endpoint",
    ),
  ];
}
