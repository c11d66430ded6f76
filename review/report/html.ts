import type { AccessPath, ScopeChange } from "../change";
import type { Review } from "../findings";
import { collapseNames, listed } from "../picture/collapse-names";
import { element, escaped } from "../picture/markup";
import { htmlPage } from "../picture/page";
import { pictureSvg } from "../picture/svg";
import { count } from "../picture/words";
import { type AccessRow, accessRows, dashboardsAlike, exceptPieces, opensNothing } from "./access-rows";
import { findingGroups, placeText } from "./finding-groups";
import { reviewStyle } from "./html-style";
import type { NamedReview } from "./named-review";
import { countsText, headline, interruptionText } from "./verdict";

/** More names than these stand behind their families, to be opened. */
const mostNames = 12;

/**
 * One page that needs nothing else, asks for nothing and has no script: for each plan the verdict, what was found, who
 * gains and who loses, and the access picture before and after. Light and dark. The same reviews give the same bytes.
 */
export async function reviewHtml(reviews: readonly NamedReview[]): Promise<string> {
  const title =
    reviews.length === 1 ? `Review of ${reviews[0]?.name}` : `Review of ${count(reviews.length, "plan")}`;
  const sections: string[] = [];
  for (const [at, one] of reviews.entries()) sections.push(await sectionOf(one, `plan${at}`));
  return htmlPage({
    title,
    style: reviewStyle,
    contentPolicy,
    body: [element("h1", {}, escaped(title)), ...sections],
  });
}

/** Nothing is loaded from anywhere, and no script runs. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

async function sectionOf({ name, review }: NamedReview, id: string): Promise<string> {
  const { change } = review;
  const { interruptions, gained, lost, unsure } = change;
  return element(
    "section",
    {},
    ...[
      element("h2", {}, escaped(name)),
      element("p", { class: "verdict" }, escaped(headline(change))),
      ...interruptions.map((one) => element("p", { class: "cut" }, escaped(interruptionText(one)))),
      element("p", {}, escaped(countsText(review))),
      ...findingParts(review),
      ...rowsPart("Gained", "+", "green", gained),
      ...rowsPart("Lost", "-", "red", lost),
      ...rowsPart("May be lost: the plan does not tell", "?", "warn", unsure),
      ...driftParts(review),
      ...(await pictures(review, id)),
      ...listPart("Not seen", change.notSeen),
    ].map((part) => `\n${part}`),
    "\n",
  );
}

/** A pair for each account and Region, since nobody reaches one through the policies of another. */
async function pictures({ change }: Review, id: string): Promise<string[]> {
  const parts: string[] = [];
  for (const [at, one] of change.scopes.entries()) {
    const paths = [...change.gained, ...change.lost, ...change.unsure];
    const stays = !paths.some(({ scope }) => scope === one.scope);
    parts.push(...(await picturesOf(one, stays, at === 0 ? id : `${id}-${at}`)));
  }
  return parts;
}

async function picturesOf(
  { scope, matrixBefore, matrixAfter }: ScopeChange,
  stays: boolean,
  id: string,
): Promise<string[]> {
  const start = `Who reaches what${scope === undefined ? "" : ` in ${scope}`}`;
  const views = stays
    ? [{ title: `${start}, before and after`, matrix: matrixAfter, key: "after" }]
    : [
        { title: `${start} before`, matrix: matrixBefore, key: "before" },
        { title: `${start} after`, matrix: matrixAfter, key: "after" },
      ];
  const parts: string[] = [];
  for (const { title, matrix, key } of views) {
    parts.push(element("h3", {}, escaped(title)));
    parts.push(
      matrix.endpoints.length + matrix.services.length + matrix.groups.length === 0
        ? element("p", { class: "faint" }, "nothing is there")
        : element("figure", {}, await pictureSvg({ title, matrix }, { heading: false, id: `${id}-${key}` })),
    );
  }
  return parts;
}

const table = (heads: readonly string[], rows: readonly string[]): string =>
  element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, ...rows.map((row) => `\n${row}`)),
    ),
  );

function findingParts({ findings }: Review): string[] {
  if (findings.length === 0) return [];
  const open = findingGroups(findings.filter(({ accepted }) => accepted === undefined));
  const accepted = findings.flatMap(({ id, message, accepted: by }) =>
    by === undefined ? [] : [`${id}: ${message} (until ${by.until}: ${by.reason})`],
  );
  const rows = open.map(({ first, findings: own }) => {
    const places = own.map((finding) => {
      const place = placeText(finding);
      const code =
        place === "" ? "" : element("br", {}) + element("code", { class: "faint" }, escaped(place));
      return element("p", {}, escaped(finding.message), code);
    });
    return element(
      "tr",
      {},
      element("td", { class: "severity" }, element("span", { class: first.severity }, first.severity)),
      element("td", {}, element("code", {}, escaped(first.id)), element("p", {}, escaped(first.title))),
      element("td", {}, foldedAfter(places, "findings")),
      element(
        "td",
        {},
        element("p", {}, escaped(first.why)),
        element("p", {}, escaped(`Mend: ${first.remedy}`)),
      ),
    );
  });
  return [
    element("h3", {}, "Findings"),
    ...(rows.length > 0
      ? [table(["severity", "rule", "what and where", "why, and how to mend it"], rows)]
      : []),
    ...listPart("Accepted", accepted),
  ];
}

/** The first ones, and the others to be opened. */
function foldedAfter(parts: readonly string[], what: string): string {
  const first = parts.length <= mostNames ? parts : parts.slice(0, mostNames - 1);
  const others = parts.slice(first.length);
  const more = element("summary", {}, `${others.length} more ${what}`);
  return [...first, ...(others.length > 0 ? [element("details", {}, more, ...others)] : [])].join("");
}

function rowsPart(title: string, mark: string, color: string, paths: readonly AccessPath[]): string[] {
  if (paths.length === 0) return [];
  const rows = accessRows(paths).map((row) => {
    const painted = row.isPublic && mark === "+" ? "public" : color;
    return element(
      "tr",
      {},
      element("td", { class: `mark ${painted}` }, mark),
      element("td", { class: painted }, names(row.who)),
      element("td", {}, row.scope === undefined ? "" : element("div", {}, escaped(row.scope)), what(row)),
    );
  });
  return [element("h3", {}, title), table(["", "who", "what"], rows)];
}

/** Names in full, where there are many behind a line that says which. */
function names(texts: readonly string[]): string {
  const list = element(
    "ul",
    { class: "names" },
    texts.map((text) => element("li", {}, escaped(text))).join(" "),
  );
  if (texts.length <= mostNames) return list;
  const families = listed(collapseNames([...texts].sort(), 6)).join(" ");
  return element("details", {}, element("summary", {}, escaped(families)), list);
}

function what(row: AccessRow): string {
  const { collections, dashboards, permits, except } = row;
  const labelled = (label: string, texts: readonly string[], kept: readonly string[]) =>
    texts.length === 0
      ? ""
      : element("div", {}, element("span", { class: "faint" }, label), names(texts), butPart(kept));
  if (permits.length > 0) {
    return permits
      .map(({ permissions, on, resources, except: kept }) =>
        labelled(escaped(`${permissions.join(", ")} on ${on}`), resources, kept),
      )
      .join("");
  }
  if (collections.length + dashboards.length === 0) {
    return element("span", { class: "faint" }, opensNothing(row));
  }
  if (dashboardsAlike(row)) return labelled("collections, with dashboards", collections, except.collections);
  return (
    labelled("collections", collections, except.collections) +
    labelled("dashboards of", dashboards, except.dashboards)
  );
}

/** What stays of the patterns above it. */
const butPart = (kept: readonly string[]): string =>
  kept.length === 0
    ? ""
    : element("span", { class: "faint" }, escaped(exceptPieces(kept, mostNames).join(" ")));

function driftParts({ change: { drift } }: Review): string[] {
  const { resources, gained, lost, unsure } = drift;
  if (resources.length + gained.length + lost.length + unsure.length === 0) return [];
  const lines = resources.map(({ address, action, attributes, overwritten }) => {
    const changed = action === "delete" ? "gone" : attributes.join(", ");
    return `${address}: ${changed}${overwritten ? "; this plan sets it back" : ""}`;
  });
  return [
    ...listPart("Changed outside Terraform since the last run", lines),
    ...rowsPart("Gained by that", "+", "green", gained),
    ...rowsPart("Lost by that", "-", "red", lost),
    ...rowsPart("May be lost by that", "?", "warn", unsure),
  ];
}

function listPart(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [
    element("h3", {}, title),
    element("ul", {}, ...lines.map((line) => element("li", {}, escaped(line)))),
  ];
}
