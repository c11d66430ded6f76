import type { Link } from "./access-picture";
import { leftWidth } from "./boxes";
import type { Point } from "./layout";
import { element, rounded } from "./markup";

const tipLength = 9;
const cornerRadius = 7;

/** The head of an arrow that points right to `x`. */
export const tip = (x: number, y: number, kind = "") =>
  element("path", { class: `tip${kind}`, d: `M${rounded(x)} ${rounded(y)}l-${tipLength} -4.5v9z` });

/**
 * Lines that arrive at the same row of the same box run together and are drawn as one; where others cross it, they
 * pass over or under it, which a gap shows.
 */
export function ways(links: readonly Link[], routes: readonly (readonly Point[])[]): string[] {
  const bundles = new Map<string, { link: Link; points: readonly Point[] }[]>();
  for (const [place, link] of links.entries()) {
    const points = routes[place];
    if (!points) continue;
    const key = `${link.to} ${link.row}`;
    bundles.set(key, [...(bundles.get(key) ?? []), { link, points: untilTip(points) }]);
  }
  return [...bundles.values()].map(bundle);
}

function bundle(lines: readonly { link: Link; points: readonly Point[] }[]): string {
  const [first] = lines;
  const end = first?.points.at(-1);
  if (!first || !end) return "";
  const kind = { collection: "", dashboard: " both", public: " public" }[first.link.row];
  // of what only some reach, the part that no other line shares is dotted
  const whole = distinct(lines.map(({ link, points }) => curve(link.some ? points.slice(1) : points)));
  const dotted = distinct(lines.map(({ link, points }) => (link.some ? curve(points.slice(0, 2)) : "")));
  const halo = distinct(lines.map(({ points }) => curve(outsideOfVpc(points))));
  return element(
    "g",
    {},
    ...halo.map((d) => element("path", { class: `halo${kind}`, d })),
    ...dotted.map((d) => element("path", { class: "way some", d })),
    ...whole.map((d) => element("path", { class: `way${kind}`, d })),
    ...(kind === " both" ? whole.map((d) => element("path", { class: "core", d })) : []),
    tip(end.x + tipLength - 2, end.y, kind),
  );
}

const distinct = (paths: readonly string[]) => [...new Set(paths)].filter((d) => d !== "");

const untilTip = (points: readonly Point[]) =>
  points.map(({ x, y }, place) => ({ x: place === points.length - 1 ? x - tipLength + 2 : x, y }));

const outsideOfVpc = (points: readonly Point[]) =>
  points.map(({ x, y }, place) => ({ x: place === 0 ? Math.max(x, leftWidth + 2) : x, y }));

/** A line through the points with round corners; nothing for less than two points. */
function curve(points: readonly Point[]): string {
  if (points.length < 2) return "";
  return points
    .map((point, place) => {
      const before = points[place - 1];
      const after = points[place + 1];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2);
      return `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, after, radius))}`;
    })
    .join("");
}

const at = ({ x, y }: Point) => `${rounded(x)} ${rounded(y)}`;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const share = by / (distance(from, to) || 1);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
