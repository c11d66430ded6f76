/** Colours of the picture: as in docs/private-access.svg. Texts have a contrast of 4.5 and lines of 3 at least. */
interface Palette {
  readonly page: string;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly vpc: readonly [fill: string, stroke: string, text: string];
  readonly endpoint: readonly [fill: string, stroke: string];
  readonly service: readonly [fill: string, stroke: string];
  readonly public: readonly [fill: string, stroke: string, text: string];
  readonly collection: readonly [fill: string, stroke: string];
  readonly badge: readonly [fill: string, stroke: string, text: string];
  readonly dashboards: readonly [fill: string, stroke: string, text: string];
}

const light: Palette = {
  page: "#ffffff",
  text: "#1f2937",
  faint: "#4b5563",
  line: "#475569",
  vpc: ["#eff6ff", "#2563eb", "#1d4ed8"],
  endpoint: ["#f5f3ff", "#6d28d9"],
  service: ["#f0fdfa", "#0f766e"],
  public: ["#fef2f2", "#b91c1c", "#b91c1c"],
  collection: ["#f9fafb", "#4b5563"],
  badge: ["#ffffff", "#6b7280", "#374151"],
  dashboards: ["#fff7ed", "#b45309", "#92400e"],
};

const dark: Palette = {
  page: "#111827",
  text: "#e5e7eb",
  faint: "#a8b1bf",
  line: "#94a3b8",
  vpc: ["#172443", "#60a5fa", "#93c5fd"],
  endpoint: ["#251e42", "#a78bfa"],
  service: ["#0f2e2b", "#2dd4bf"],
  public: ["#3b1518", "#f87171", "#fca5a5"],
  collection: ["#1b2433", "#9ca3af"],
  badge: ["#111827", "#9ca3af", "#d1d5db"],
  dashboards: ["#33210c", "#f59e0b", "#fcd34d"],
};

/** Literal colours, since not every program that shows SVG knows custom properties. */
function rules(colours: Palette): string {
  const box = (name: string, [fill, stroke]: readonly [string, string, ...string[]]) =>
    `.${name}>rect{fill:${fill};stroke:${stroke}}`;
  return [
    `.page{fill:${colours.page}}`,
    `text{fill:${colours.text}}`,
    `.faint{fill:${colours.faint}}`,
    box("vpc", colours.vpc),
    `.vpc>text{fill:${colours.vpc[2]}}`,
    `.source>rect{fill:${colours.page};stroke:${colours.vpc[1]}}`,
    box("endpoint", colours.endpoint),
    box("service", colours.service),
    box("internet", colours.public),
    `.internet>text,.red{fill:${colours.public[2]}}`,
    box("target", colours.collection),
    `.target.open>rect{fill:${colours.public[0]};stroke:${colours.public[1]}}`,
    `.rule{stroke:${colours.collection[1]}}`,
    box("badge", colours.badge),
    `.badge>text{fill:${colours.badge[2]}}`,
    box("boards", colours.dashboards),
    `.boards>text{fill:${colours.dashboards[2]}}`,
    `.way{stroke:${colours.line}}`,
    `.halo,.core{stroke:${colours.page}}`,
    `.tip{fill:${colours.line}}`,
    `.way.public{stroke:${colours.public[1]}}`,
    `.tip.public{fill:${colours.public[1]}}`,
  ].join("");
}

/** The style sheet of the picture, in light and dark. */
export const svgStyle = [
  "text{font-size:13px}.name{font-weight:bold}.small,.note{font-size:12px}.note{font-style:italic}",
  ".title{font-size:18px;font-weight:bold}.head{font-size:12px;font-weight:bold}.tiny{font-size:11px}",
  "rect{stroke-width:1.5}.badge>rect{stroke-width:1}.dashed>rect{stroke-dasharray:6 4}",
  "path{fill:none;stroke-linejoin:round}.way{stroke-width:1.75}.way.both{stroke-width:5}.core{stroke-width:1.75}",
  ".halo{stroke-width:5}.halo.both{stroke-width:8}.way.public{stroke-width:2.5}.way.some{stroke-dasharray:2 4}.rule{stroke-width:.75;opacity:.5}",
  rules(light),
  `@media (prefers-color-scheme:dark){${rules(dark)}}`,
].join("");
