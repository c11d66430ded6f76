import type { Row } from "./access-picture";
import { leftWidth } from "./boxes";
import type { Point } from "./layout";
import { element, rounded } from "./markup";

const tipLength = 9;
const cornerRadius = 7;

/** The head of an arrow that points right to `x`. */
export const tip = (x: number, y: number, kind = "") =>
  element("path", { class: `tip${kind}`, d: `M${rounded(x)} ${rounded(y)}l-${tipLength} -4.5v9z` });

/** A link with the ids of the boxes that it joins. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly row: Row;
  readonly some: boolean;
  readonly points: readonly Point[];
}

/**
 * Ways that arrive at the same row of the same box run together and are drawn as one; where others cross it, they
 * pass over or under it, which a gap shows.
 */
export function wayLines(ways: readonly Way[]): string[] {
  const bundles = new Map<string, Way[]>();
  for (const way of ways) {
    const key = `${way.to} ${way.row}`;
    const bundle = bundles.get(key);
    if (bundle) bundle.push(way);
    else bundles.set(key, [way]);
  }
  return [...bundles.values()].map(bundleLines);
}

function bundleLines(ways: readonly Way[]): string {
  const [first] = ways;
  const end = first?.points.at(-1);
  if (!first || !end) return "";
  const kind = { collection: "", dashboard: " both", public: " public" }[first.row];
  const path = (shape: string, draw: (points: readonly Point[], some: boolean) => string) =>
    ways.flatMap(({ from, to, some, points }) => {
      const d = draw(untilTip(points), some);
      return d === "" ? [] : [element("path", { class: shape, d, "data-from": from, "data-to": to })];
    });
  // of what only some reach, the part that no other line shares is dotted
  const whole = (points: readonly Point[], some: boolean) => curve(some ? points.slice(1) : points);
  return element(
    "g",
    { class: "ways" },
    ...path(`halo${kind}`, (points) => curve(outsideOfVpc(points))),
    ...path("way some", (points, some) => (some ? curve(points.slice(0, 2)) : "")),
    ...path(`way${kind}`, whole),
    ...(kind === " both" ? path("core", whole) : []),
    tip(end.x, end.y, `${kind} end`),
  );
}

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
