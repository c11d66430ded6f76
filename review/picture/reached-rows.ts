import type { CollectionGroup } from "../../service";
import { accessPicture, type Entrance, type Link } from "./access-picture";
import { type Doubted, doubtOn } from "./doubted";
import { inNaturalOrder } from "./natural-order";
import type { MatrixView } from "./view";
import { endpointLabels } from "./words";

/** One row of a table of who reaches what. */
export interface ReachedRow {
  readonly groups: readonly [CollectionGroup, ...CollectionGroup[]];
  /** Names or patterns, as people count. */
  readonly collections: readonly string[];
  /** Endpoints and services that reach the collections; `apps (some)` where not all of the row. */
  readonly reachedBy: readonly string[];
  /** The keys of these in the matrix, and `public`: what a line of the picture tells. */
  readonly by: readonly string[];
  /** Endpoints that reach their dashboards. */
  readonly dashboardsBy: readonly string[];
  /** Of what it is not known who else reaches it. */
  readonly doubted: Doubted;
}

/** The groups of the matrix as rows of a table; where there are more than `most`, those reached alike are folded. */
export function reachedRows(
  view: Pick<MatrixView, "matrix" | "doubts" | "otherwise">,
  most = Number.POSITIVE_INFINITY,
): ReachedRow[] {
  const { matrix } = view;
  const without = Number.POSITIVE_INFINITY;
  const {
    entrances,
    targets,
    links: all,
  } = accessPicture(matrix, { entrances: without, targets: most, links: without }, doubtOn(view));
  const endpoints = endpointLabels(matrix);
  const labels = new Map(entrances.map((entrance) => [entrance.key, labelOf(entrance, endpoints)]));
  const into = new Map<string, Link[]>();
  for (const link of all) into.set(link.to, [...(into.get(link.to) ?? []), link]);
  return targets.map(({ key, groups, doubted }) => {
    const links = into.get(key) ?? [];
    const own = links.filter(({ row }) => row !== "public");
    const label = ({ from, some }: Link) => `${labels.get(from) ?? from}${some ? " (some)" : ""}`;
    return {
      groups,
      collections: inNaturalOrder(groups.flatMap(({ collections }) => collections)),
      reachedBy: own.map(label),
      by: links.map(({ from }) => from),
      dashboardsBy: own.filter(({ row }) => row === "dashboard").map(label),
      doubted,
    };
  });
}

function labelOf(entrance: Entrance, endpoints: ReadonlyMap<string, string>): string {
  if (entrance.kind === "public") return "public internet";
  if (entrance.kind === "service") return entrance.services.join(", ");
  return entrance.endpoints.map(({ id }) => endpoints.get(id) ?? id).join(", ");
}

/** What is said of a row besides who reaches it: public access includes every endpoint of the generation. */
export function publicText({ generation }: CollectionGroup): string {
  return `public internet, and every ${generation === undefined ? "" : `${generation} `}endpoint`;
}
