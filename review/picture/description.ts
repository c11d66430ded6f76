import type { AccessMatrix } from "../../service";
import type { AccessPicture, Entrance, Link, Target } from "./access-picture";
import { isAny } from "./doubted";
import { namesIn, toldApart } from "./names-apart";
import { count, endpointLabel, notAllKnown, summaryOf } from "./words";

const most = { names: 8, entrances: 12 };

/** The picture in sentences, for those who do not see it: one for each box of collections. */
export function description(picture: AccessPicture, matrix: AccessMatrix): string {
  const { text, publicText } = summaryOf(matrix);
  const labels = new Map(picture.entrances.map((entrance) => [entrance.key, labelOf(entrance)]));
  const told = namesOfTargets(picture.targets);
  const sentences = picture.targets.map((target, place) => {
    const links = picture.links.filter(({ to }) => to === target.key);
    return sentence(target, told[place] ?? "", links, labels);
  });
  return [`${text}.`, ...(publicText === undefined ? [] : [`${publicText}.`]), ...sentences].join(" ");
}

function sentence(
  { groups, doubted: doubtedOf }: Target,
  names: string,
  links: readonly Link[],
  labels: ReadonlyMap<string, string>,
): string {
  const [{ known, dashboard }] = groups;
  const doubted = isAny(doubtedOf);
  const subject = `${known ? "" : "Without a collection: "}${names}`;
  const reachedBy = (row: Link["row"]) => {
    const all = links.filter((link) => link.row === row);
    const shown = all.length <= most.entrances ? all : all.slice(0, most.entrances - 1);
    const more = all.length - shown.length;
    return [
      ...shown.map(({ from, some }) => `${labels.get(from) ?? from}${some ? " in part" : ""}`),
      ...(more > 0 ? [`${more} more`] : []),
    ].join(", ");
  };
  const parts = [
    ...(links.some(({ row }) => row === "public")
      ? [`open to the public internet${dashboard.public ? " with dashboards" : ""}`]
      : []),
    ...(reachedBy("dashboard") ? [`reached with dashboards by ${reachedBy("dashboard")}`] : []),
    ...(reachedBy("collection") ? [`reached by ${reachedBy("collection")}`] : []),
  ];
  const all = parts.length > 0 ? parts.join("; ") : doubted ? "" : "reached by nobody";
  const rest = doubted ? `${all === "" ? "" : "; "}${notAllKnown(all !== "")}` : "";
  return `${subject}: ${all}${rest}.`;
}

/** The names of each box of collections in one line, no two the same. */
export const namesOfTargets = (targets: readonly Target[]): string[] =>
  toldApart(
    targets.map(({ groups }) => groups.flatMap(({ collections }) => collections)),
    (names, how) => namesIn(names, most.names, how),
  ).map((parts) => parts.join(" "));

/** All names, or their families, in one line. */
export const namesText = (names: readonly string[]) => namesIn(names, most.names, "families").join(" ");

function labelOf(entrance: Entrance): string {
  if (entrance.kind === "public") return "the public internet";
  const labels = entrance.kind === "service" ? entrance.services : entrance.endpoints.map(endpointLabel);
  const [first] = labels;
  if (first !== undefined && labels.length === 1) return first;
  return `${count(labels.length, entrance.kind)} (${namesText(labels)})`;
}
