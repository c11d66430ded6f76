import type { AccessPath } from "../change";
import type { Finding, Severity } from "../findings";
import { escaped } from "../picture/markup";
import { accessRows, whatPieces } from "./access-rows";
import { type Block, cutTo } from "./cut";
import { findingGroups, placeText } from "./finding-groups";
import { code, prose } from "./markdown-text";
import type { NamedReview } from "./named-review";
import { countsText, headline, interruptionText } from "./verdict";

/** What GitHub takes as a comment; other forges take more. */
const mostCharacters = 65_536;

/** By this a bot finds its earlier comment, to write it anew. */
const marker = "<!-- aoss-privatelink review -->\n";

const most = { names: 12, topFindings: 10 };
const icons: Readonly<Record<Severity, string>> = { error: "🔴", warning: "🟡", note: "🔵" };

/**
 * Reviews as a comment on a pull request: for each plan the verdict, interruptions and the gravest findings; the rest
 * folded. At most 65,536 characters; where more would be, the end of the details is left out and it says so. Names
 * from outside are never Markdown, HTML, links or mentions.
 */
export function reviewMarkdown(reviews: readonly NamedReview[]): string {
  const blocks = [
    { head: marker, lines: [], tail: "" },
    ...reviews.map(topOf),
    ...reviews.flatMap((one) => detailsOf(one, reviews.length > 1)),
  ];
  return cutTo(
    mostCharacters,
    blocks,
    (lines) =>
      `\n**Cut here: ${lines} more lines did not fit into a comment.** The whole report: \`aoss-privatelink review --format html\`.\n`,
  );
}

function topOf({ name, review }: NamedReview): Block {
  const open = review.findings.filter(({ accepted }) => accepted === undefined);
  const grave = open.filter(({ severity }) => severity !== "note");
  const told = grave.slice(0, most.topFindings);
  const left = open.length - told.length;
  return {
    head: `### ${code(name)}: ${prose(headline(review.change))}\n\n`,
    lines: [
      ...review.change.interruptions.map((one) => `- ⛔ ${prose(interruptionText(one))}\n`),
      `- ${prose(countsText(review))}\n`,
      ...told.map((finding) => `- ${icons[finding.severity]} ${findingLine(finding)}\n`),
      ...(left > 0 ? [`- … ${left} more below\n`] : []),
    ],
    tail: "\n",
  };
}

function findingLine(finding: Finding): string {
  const { severity, id, message } = finding;
  return `**${severity}** ${code(id)}: ${prose(message)}${placed(finding)}`;
}

function placed(finding: Finding): string {
  const place = placeText(finding);
  return place === "" ? "" : ` (${code(place)})`;
}

function detailsOf({ name, review }: NamedReview, several: boolean): Block[] {
  const { gained, lost, unsure, drift, notSeen } = review.change;
  const of = several ? ` · ${name}` : "";
  const accepted = review.findings.filter((one) => one.accepted !== undefined);
  return [
    folded(`Gained${of}`, rowLines("🟢", gained)),
    folded(`Lost${of}`, rowLines("🔴", lost)),
    folded(`May be lost: the plan does not tell${of}`, rowLines("🟡", unsure)),
    folded(`Findings: why, and how to mend them${of}`, findingLines(review.findings)),
    folded(
      `Accepted findings${of}`,
      accepted.map(
        (one) =>
          `- ${findingLine(one)}: until ${prose(one.accepted?.until ?? "")}, ${prose(one.accepted?.reason ?? "")}\n`,
      ),
    ),
    folded(`Changed outside Terraform since the last run${of}`, [
      ...drift.resources.map(({ address, action, attributes, overwritten }) => {
        const what = action === "delete" ? "gone" : attributes.map(code).join(", ");
        return `- ${code(address)}: ${what}${overwritten ? "; this plan sets it back" : ""}\n`;
      }),
      ...rowLines("🟢 gained:", drift.gained),
      ...rowLines("🔴 lost:", drift.lost),
      ...rowLines("🟡 may be lost:", drift.unsure),
    ]),
    folded(
      `Not seen${of}`,
      notSeen.map((line) => `- ${prose(line)}\n`),
    ),
  ].flat();
}

/** Between the tags is Markdown again, since an empty line comes first. */
function folded(summary: string, lines: readonly string[]): Block[] {
  if (lines.length === 0) return [];
  return [
    {
      head: `<details><summary>${escaped(summary)}</summary>\n\n`,
      lines,
      tail: "\n</details>\n\n",
    },
  ];
}

const rowLines = (mark: string, paths: readonly AccessPath[]): string[] =>
  accessRows(paths).map((row) => {
    const who = row.who.map(row.isPublic ? (text) => `**${prose(text)}**` : code).join(", ");
    return `- ${mark} ${who}: ${prose(whatPieces(row, most.names).join(" "))}\n`;
  });

function findingLines(findings: readonly Finding[]): string[] {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  return findingGroups(open).flatMap(({ first, findings: own }) => [
    `- ${icons[first.severity]} **${first.severity}** ${code(first.id)}: ${prose(first.title)}\n`,
    `  - why: ${prose(first.why)}\n`,
    `  - mend: ${prose(first.remedy)}\n`,
    ...own.map((one) => `  - ${prose(one.message)}${placed(one)}\n`),
  ]);
}
