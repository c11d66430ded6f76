import { type AccessPicture, accessPicture, type Entrance, type Link, type Target } from "./access-picture";
import { namesOfTargets, namesText } from "./description";
import { doubtOn, isAny } from "./doubted";
import { shown } from "./markup";
import type { MatrixView } from "./view";
import { count, endpointDetail, endpointLabel, notAllKnown, sourceLabel, summaryOf } from "./words";

/** Mermaid refuses more unless it is configured to take it (`maxTextSize` and `maxEdges`, Mermaid 11). */
const limits = { characters: 50_000, edges: 500 };
const mostSources = 5;

/** The matrix as the text of a Mermaid flowchart; folded until Mermaid takes it. */
export function matrixMermaid(view: MatrixView): string {
  let most = { entrances: 40, targets: 80, links: limits.edges - 40 };
  for (;;) {
    const text = flowchart(view, accessPicture(view.matrix, most, doubtOn(view)));
    if (text.length <= limits.characters || most.targets <= 4) return text;
    const { entrances, targets, links } = most;
    most = {
      entrances: Math.max(4, Math.floor(entrances * 0.8)),
      targets: Math.max(4, Math.floor(targets * 0.8)),
      links,
    };
  }
}

/** Text in quotes. Mermaid reads entities written with #, and its own directives wherever they stand. */
const quoted = (lines: readonly string[]) => `"${lines.map(entities).join("<br>")}"`;

/** A longer text says nothing that its beginning does not. */
const longest = 300;

function entities(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown(cut).replace(/[^\p{L}\p{N} .,:/*()…–·_-]/gu, (character) => `#${character.codePointAt(0)};`);
}

function flowchart({ title, matrix }: MatrixView, picture: AccessPicture): string {
  const { entrances, targets, links } = picture;
  const idOf = new Map([
    ...entrances.map(({ key }, place) => [key, `entrance${place}`] as const),
    ...targets.map(({ key }, place) => [key, `target${place}`] as const),
  ]);
  const { text, publicText } = summaryOf(matrix);
  const reached = new Set(links.map(({ to }) => to));
  const told = namesOfTargets(targets);
  const entered = entranceLines(entrances);
  const edges = links.map((link) => edge(link, idOf));
  const open = links.flatMap(({ row }, place) => (row === "public" ? [place] : []));
  const known = entrances.flatMap((one, place) =>
    one.kind === "endpoint" && one.endpoints[0]?.known ? [place] : [],
  );
  return `${[
    "---",
    `title: ${yamlText(title)}`,
    "---",
    "flowchart LR",
    `  accDescr: ${entities([text, ...(publicText === undefined ? [] : [publicText])].join(", "))}`,
    ...entered.lines,
    ...targets.map(
      (target, place) => `  target${place}${targetNode(target, told[place] ?? "", reached.has(target.key))}`,
    ),
    // the lines that a later style names by number stand first
    ...edges,
    ...known.map((place) => `  sources${place} -->|TCP 443| entrance${place}`),
    ...entered.vpcs.map((vpc) => `  class ${vpc} vpc`),
    "  classDef vpc fill:#eff6ff,stroke:#2563eb,color:#1d4ed8",
    "  classDef source fill:#ffffff,stroke:#2563eb,color:#1f2937",
    "  classDef endpoint fill:#f5f3ff,stroke:#6d28d9,color:#1f2937",
    "  classDef elsewhere fill:#f5f3ff,stroke:#6d28d9,color:#1f2937,stroke-dasharray:6 4",
    "  classDef service fill:#f0fdfa,stroke:#0f766e,color:#1f2937",
    "  classDef internet fill:#fef2f2,stroke:#b91c1c,color:#b91c1c,stroke-width:2px",
    "  classDef collection fill:#f9fafb,stroke:#4b5563,color:#1f2937",
    "  classDef pattern fill:#f9fafb,stroke:#4b5563,color:#1f2937,stroke-dasharray:6 4",
    "  classDef open fill:#fef2f2,stroke:#b91c1c,color:#1f2937,stroke-width:2px",
    ...(open.length > 0 ? [`  linkStyle ${open.join(",")} stroke:#b91c1c,stroke-width:3px`] : []),
  ].join("\n")}\n`;
}

/** JSON is YAML; what Mermaid takes for a directive or for the end of the heading stands as an escape. */
const yamlText = (text: string) =>
  JSON.stringify(shown(text)).replace(
    /[%<>&#-]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function entranceLines(entrances: readonly Entrance[]): { lines: string[]; vpcs: string[] } {
  const lines: string[] = [];
  const vpcs = new Map<string, string[]>();
  for (const [place, entrance] of entrances.entries()) {
    const own = `entrance${place}${entranceNode(entrance)}`;
    if (entrance.kind !== "endpoint" || !entrance.endpoints[0]?.known) {
      lines.push(`  ${own}`);
      continue;
    }
    const ids = [...new Set(entrance.endpoints.map(({ vpcId }) => vpcId))].sort();
    const label =
      ids.length === 1
        ? ids[0] === undefined
          ? "VPC not known"
          : `VPC ${ids[0]}`
        : count(ids.length, "VPC");
    const key = JSON.stringify([label, ids]);
    const inVpc = vpcs.get(key) ?? [`  subgraph vpc${vpcs.size}[${quoted([label])}]`];
    vpcs.set(key, inVpc);
    inVpc.push(`    sources${place}[${quoted(sourcesOf(entrance.endpoints))}]:::source`, `    ${own}`);
  }
  return {
    lines: [...lines, ...[...vpcs.values()].flatMap((inVpc) => [...inVpc, "  end"])],
    vpcs: [...vpcs.keys()].map((_, place) => `vpc${place}`),
  };
}

function sourcesOf(endpoints: Extract<Entrance, { kind: "endpoint" }>["endpoints"]): string[] {
  const labels = [...new Set(endpoints.flatMap(({ sources }) => sources.map(sourceLabel)))];
  const unknown = endpoints.some(({ unknownSources }) => unknownSources.length > 0);
  const shownLabels = labels.length <= mostSources ? labels : labels.slice(0, mostSources - 1);
  const more = labels.length - shownLabels.length;
  const lines = [
    ...shownLabels,
    ...(more > 0 ? [`… and ${more} more`] : []),
    ...(unknown ? [labels.length > 0 ? "others are not known" : "sources not known"] : []),
  ];
  return lines.length > 0 ? lines : ["nobody is let in"];
}

function entranceNode(entrance: Entrance): string {
  if (entrance.kind === "public") return `((${quoted(["public internet"])})):::internet`;
  if (entrance.kind === "service") {
    const { services } = entrance;
    return `([${quoted([services.length === 1 ? "AWS service" : "AWS services", namesText(services)])}]):::service`;
  }
  const { endpoints } = entrance;
  const [first] = endpoints;
  const label =
    endpoints.length === 1 && first
      ? [endpointLabel(first), ...(first.name === undefined ? [] : [first.id])]
      : [count(endpoints.length, "endpoint"), namesText(endpoints.map(endpointLabel))];
  const detail = first ? endpointDetail(first, false) : [];
  return `[${quoted([...label, ...detail])}]:::${first?.known ? "endpoint" : "elsewhere"}`;
}

function targetNode({ groups, doubted }: Target, told: string, isReached: boolean): string {
  const [{ known, generation, collection }] = groups;
  const names = groups.flatMap(({ collections }) => collections);
  const head = known
    ? count(names.length, "collection")
    : `${count(names.length, "pattern")} without a collection`;
  const detail = generation === undefined ? head : `${head} · ${generation}`;
  const shape = collection.public ? "open" : known ? "collection" : "pattern";
  const note = isAny(doubted) ? notAllKnown(isReached) : isReached ? undefined : "nobody reaches this";
  return `[${quoted([told, detail, ...(note === undefined ? [] : [note])])}]:::${shape}`;
}

function edge({ from, to, row, some }: Link, idOf: ReadonlyMap<string, string>): string {
  const [start, end] = [idOf.get(from), idOf.get(to)];
  const what = { public: "public", dashboard: "and dashboards", collection: "" }[row];
  const label = [what, some ? "some" : ""].filter(Boolean).join(", ");
  const arrow = some ? "-.->" : row === "collection" ? "-->" : "==>";
  return `  ${start} ${arrow}${label === "" ? "" : `|${label}|`} ${end}`;
}
