import type { EndpointRow } from "../../service";
import type { Entrance } from "./access-picture";
import { collapseNames, listed } from "./collapse-names";
import { faces, type Look, roomIn, type TextBox, textBox } from "./text-box";
import { wrapped } from "./text-width";
import { count, endpointDetail, endpointLabel, sourceLabel } from "./words";

type Lines = readonly (readonly [Look, string])[];

const most = { sources: 5, names: 6, nameLines: 3, services: 4 };

/** What may open connections to the endpoints of one box. */
export function sourceBox(endpoints: readonly EndpointRow[], width: number): TextBox {
  const labels = [...new Set(endpoints.flatMap(({ sources }) => sources.map(sourceLabel)))];
  const unknown = endpoints.flatMap(({ unknownSources }) => unknownSources);
  const note: Lines =
    unknown.length > 0
      ? [["note", labels.length > 0 ? "others are not known" : "not known"]]
      : labels.length === 0
        ? [["note", "nobody is let in"]]
        : [];
  return textBox([...some(labels, most.sources - note.length, "small"), ...note], width, [
    ...labels.map((label) => `${label} is let in on TCP 443`),
    ...unknown.map((what) => `not known: ${what}`),
    ...(labels.length + unknown.length === 0 ? ["no security group lets in TCP 443"] : []),
  ]);
}

/** As many as there is room for, and how many more. */
function some(labels: readonly string[], room: number, look: Look): Lines {
  const shown = labels.length <= room ? labels : labels.slice(0, room - 1);
  const more = labels.length - shown.length;
  return [
    ...shown.map((label) => [look, label] as const),
    ...(more > 0 ? [["small", `… and ${more} more`] as const] : []),
  ];
}

/** Who gets in. `reach` says what no line shows, such as that nothing is reached. */
export function entranceBox(
  entrance: Entrance,
  width: number,
  reach: string | undefined,
  withAccount: boolean,
): TextBox {
  const note: Lines = reach === undefined ? [] : [["note", reach]];
  if (entrance.kind === "public") {
    const lines: Lines = [
      ["name", "public internet"],
      ["small", "anybody, from anywhere"],
    ];
    return textBox(lines, width, ["network policies let anybody in"]);
  }
  if (entrance.kind === "service") {
    const { services } = entrance;
    const head = services.length === 1 ? "AWS service" : count(services.length, "AWS service");
    return textBox([["small", head], ...some(services, most.services, "name"), ...note], width, services);
  }
  const { endpoints } = entrance;
  const [first] = endpoints;
  if (!first) return textBox(note, width, []);
  const head: Lines =
    endpoints.length === 1
      ? [["name", endpointLabel(first)], ...(first.name === undefined ? [] : [["small", first.id] as const])]
      : [["name", count(endpoints.length, "endpoint")], ...namesOf(endpoints, width)];
  const detail = endpointDetail(first, withAccount && endpoints.length === 1);
  return textBox(
    [...head, ...detail.map((text) => ["small", text] as const), ...note],
    width,
    endpoints.map(inFull),
  );
}

function namesOf(endpoints: readonly EndpointRow[], width: number): Lines {
  const labels = endpoints.map(endpointLabel).sort();
  for (let parts = most.names; ; parts -= 1) {
    const lines = wrapped(listed(collapseNames(labels, parts)), roomIn(width), faces.small);
    if (lines.length <= most.nameLines || parts === 2) return lines.map((line) => ["small", line]);
  }
}

function inFull(endpoint: EndpointRow): string {
  const { name, id, vpcId, address } = endpoint;
  return [
    endpointLabel(endpoint),
    name === undefined ? undefined : id,
    vpcId,
    ...endpointDetail(endpoint, true),
    address,
  ]
    .filter(Boolean)
    .join(", ");
}
