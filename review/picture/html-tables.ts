import type { EndpointRow } from "../../service";
import type { BoxIds } from "./box-ids";
import { collapseNames, listed } from "./collapse-names";
import { type Attributes, element, escaped } from "./markup";
import { inNaturalOrderBy } from "./natural-order";
import { type PrincipalGroup, principalGroups } from "./principal-groups";
import { publicText, type ReachedRow, reachedRows } from "./reached-rows";
import { RowPlaces } from "./row-places";
import type { MatrixView } from "./view";
import { endpointDetail, endpointLabel, sourceLabel } from "./words";

/** More names than these stand behind their families, to be opened. */
const mostNames = 12;

/** All of the matrix in tables, nothing left out; `boxes` are those of the picture beside them. */
export function matrixTables(
  view: Pick<MatrixView, "matrix" | "doubts" | "otherwise">,
  boxes: BoxIds,
): string {
  const { matrix } = view;
  const reached = reachedRows(view);
  const places = new RowPlaces(boxes, reached);
  return [
    table(
      "Collections",
      ["collections", "generation", "reached by", "dashboards reached by"],
      reached.map((row) => ({ cells: reachedCells(row), place: places.ofReached(row) })),
    ),
    table(
      "Endpoints",
      ["endpoint", "id", "VPC", "serves", "account", "let in on TCP 443", "configured as"],
      inNaturalOrderBy(matrix.endpoints, endpointLabel).map((endpoint) => ({
        cells: endpointCells(endpoint),
        place: places.ofEndpoint(endpoint.key),
      })),
    ),
    table(
      "Principals",
      ["principals", "permitted by data access policies"],
      principalGroups(matrix).map((group) => ({ cells: principalCells(group) })),
    ),
  ].join("\n");
}

interface Row {
  readonly cells: readonly string[];
  readonly place?: Attributes;
}

function table(title: string, heads: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  const used = heads.map((_, column) => rows.some(({ cells }) => cells[column] !== ""));
  const inUse = <Item>(items: readonly Item[]) => items.filter((_, column) => used[column]);
  const head = element("tr", {}, ...inUse(heads).map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map(
    ({ cells, place = {} }) =>
      `\n${element("tr", place, ...inUse(cells).map((cell) => element("td", {}, cell)))}`,
  );
  return [
    element("h2", {}, title),
    element(
      "div",
      { class: "scroll" },
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
    ),
  ].join("\n");
}

const list = (items: readonly string[], kind?: string) =>
  element("ul", { class: kind }, items.map((item) => element("li", {}, item)).join(" "));
const names = (texts: readonly string[]) => list(texts.map(escaped), "names");
const none = (text: string) => element("span", { class: "faint" }, text);

/** Names in full, where there are many behind a line that says which. */
function foldable(texts: readonly string[]): string {
  if (texts.length <= mostNames) return names(texts);
  const families = listed(collapseNames([...texts].sort(), 6)).join(" ");
  return element("details", {}, element("summary", {}, escaped(families)), names(texts));
}

function reachedCells({
  groups: [group],
  collections,
  reachedBy,
  dashboardsBy,
  doubted,
}: ReachedRow): string[] {
  const open = element("span", { class: "public" }, publicText(group));
  const note = group.known ? "" : none("patterns without a collection:");
  return [
    note + foldable(collections),
    group.generation ?? none("not known"),
    by(reachedBy, group.collection.public ? open : "", doubted.collection),
    by(dashboardsBy, group.dashboard.public ? open : "", doubted.dashboard),
  ];
}

function by(labels: readonly string[], open: string, doubted: boolean): string {
  const notAll = element("span", { class: "warn" }, labels.length > 0 ? "others not known" : "not known");
  if (open !== "") return labels.length > 0 ? open + foldable(labels) : open;
  if (labels.length === 0) return doubted ? notAll : none("nobody");
  return foldable(labels) + (doubted ? notAll : "");
}

function endpointCells(endpoint: EndpointRow): string[] {
  const { name, id, vpcId, account, sources, unknownSources, known, address } = endpoint;
  const letIn = [
    ...sources.map((source) => {
      const by = `, by ${source.securityGroupIds.join(", ")}`;
      return escaped(sourceLabel(source)) + element("span", { class: "faint" }, escaped(by));
    }),
    ...unknownSources.map((what) => element("span", { class: "warn" }, escaped(`not known: ${what}`))),
  ];
  const text = (value: string | undefined) => (value === undefined ? "" : escaped(value));
  return [
    text(name),
    element("code", {}, escaped(id)),
    vpcId === undefined ? "" : element("code", {}, escaped(vpcId)),
    escaped(endpointDetail(endpoint, false).join(" ")),
    text(account),
    letIn.length > 0 ? list(letIn) : known ? none("nobody") : none("not known"),
    address === undefined ? "" : element("code", {}, escaped(address)),
  ];
}

function principalCells({ principals, sameAccount, permits }: PrincipalGroup): string[] {
  if (!sameAccount) {
    const refused = "nothing: of another account, which AWS refuses";
    return [foldable(principals), element("span", { class: "warn" }, refused)];
  }
  const items = permits.map(
    ({ type, resources, permissions }) =>
      `${escaped(`${type}: ${permissions.join(", ")} on`)} ${foldable(resources)}`,
  );
  return [foldable(principals), items.length > 0 ? list(items) : none("nothing")];
}
