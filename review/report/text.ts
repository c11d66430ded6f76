import { createColors } from "picocolors";
import type { Review, Severity } from "../findings";
import { shown } from "../picture/markup";
import { type AccessRow, accessRows, whatPieces } from "./access-rows";
import { findingGroups, placeText } from "./finding-groups";
import { countsText, headline, interruptionText } from "./verdict";

export interface ReviewTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. @default 100 */
  readonly width?: number | undefined;
  /** All names and findings, where otherwise many stand as families of names or are counted. */
  readonly verbose?: boolean | undefined;
}

type Paint = (text: string) => string;

/** More are counted. */
const most = { names: 8, rows: 30, who: 4, places: 5, lines: 12 };

/** A review for a terminal: the verdict first, then who gains, who loses, what is interrupted, what was found. */
export function reviewText(name: string, review: Review, options: ReviewTextOptions): string {
  return new TextReport(options).text(name, review);
}

class TextReport {
  private readonly pc;
  private readonly width: number;
  private readonly most: typeof most;

  constructor({ color, width = 100, verbose = false }: ReviewTextOptions) {
    this.pc = createColors(color);
    this.width = Math.max(40, width);
    const all = Number.POSITIVE_INFINITY;
    this.most = verbose ? { names: all, rows: all, who: all, places: all, lines: all } : most;
  }

  text(name: string, review: Review): string {
    const { pc } = this;
    const { change } = review;
    const { gained, lost, unsure, interruptions, drift } = change;
    return [
      this.lines("", `${name}: ${headline(change)}`, pc.bold),
      ...interruptions.map((one) => this.lines("  ! ", interruptionText(one), pc.red)),
      this.lines("  ", countsText(review)),
      ...this.section("gained", this.rows("+", gained, pc.green)),
      ...this.section("lost", this.rows("-", lost, pc.red)),
      ...this.section("may be lost: the plan does not tell", this.rows("?", unsure, pc.yellow)),
      ...this.section("changed outside Terraform since the last run", [
        ...this.few(drift.resources).map(({ address, action, attributes, overwritten }) => {
          const what = action === "delete" ? "gone" : attributes.join(", ");
          return this.lines("  ~ ", `${address}: ${what}${overwritten ? "; this plan sets it back" : ""}`);
        }),
        ...this.left(drift.resources.length),
        ...this.rows("+", drift.gained, pc.green),
        ...this.rows("-", drift.lost, pc.red),
        ...this.rows("?", drift.unsure, pc.yellow),
      ]),
      ...this.section("findings", this.findings(review)),
      ...this.section("not seen", [
        ...this.few(change.notSeen).map((line) => this.lines("  - ", line)),
        ...this.left(change.notSeen.length),
      ]),
    ].join("\n");
  }

  private section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : ["", this.lines("", title, this.pc.bold), ...lines];
  }

  /** Who stands in a column of its own where that leaves room for what. Nobody should miss what goes public. */
  private rows(mark: string, paths: Parameters<typeof accessRows>[0], paint: Paint): string[] {
    const rows = accessRows(paths);
    const told = rows.slice(0, this.most.rows);
    const who = told.map((row) => this.whoPieces(row));
    const column = Math.max(0, ...who.map((pieces) => pieces.join(" ").length));
    const sideBySide = column <= this.width * 0.45;
    const lines = told.flatMap((row, at) => {
      const paintRow = (text: string) =>
        row.isPublic && mark === "+" ? this.pc.bold(this.pc.red(text)) : paint(text);
      const what = whatPieces(row, this.most.names).map(shown);
      if (!sideBySide) {
        return [
          ...this.wrapped(`  ${mark} `, who[at] ?? [], paintRow),
          ...this.wrapped("      ", what, paintRow),
        ];
      }
      const label = (who[at] ?? []).join(" ").padEnd(column);
      return this.wrapped(`  ${mark} ${label}  `, what, paintRow);
    });
    const left = rows.length - told.length;
    return left > 0 ? [...lines, `  ${mark} … and ${left} more`] : lines;
  }

  private whoPieces({ who }: AccessRow): string[] {
    const told = who.length <= this.most.who ? who : who.slice(0, this.most.who - 1);
    const parts = [...told, ...(told.length < who.length ? [`… and ${who.length - told.length} more`] : [])];
    return parts.map((part, at) => shown(at < parts.length - 1 ? `${part},` : part));
  }

  private findings({ findings }: Review): string[] {
    const { pc } = this;
    const paints: Readonly<Record<Severity, Paint>> = { error: pc.red, warning: pc.yellow, note: pc.cyan };
    const groups = findingGroups(findings.filter(({ accepted }) => accepted === undefined));
    return [
      ...groups.flatMap(({ first, findings: own }) => [
        `  ${pc.bold(paints[first.severity](first.severity))} ${pc.bold(first.id)}`,
        ...own.slice(0, this.most.places).flatMap((finding) => {
          const place = placeText(finding);
          return [
            ...(place === "" ? [] : [this.lines("      ", place, pc.dim)]),
            this.lines("      ", finding.message),
          ];
        }),
        ...(own.length > this.most.places ? [`      … and ${own.length - this.most.places} more`] : []),
        this.lines("      why:  ", first.why),
        this.lines("      mend: ", first.remedy),
      ]),
      ...findings.flatMap(({ id, message, accepted }) =>
        accepted === undefined
          ? []
          : [
              this.lines(
                "  ",
                `accepted until ${accepted.until}: ${id}: ${message} (${accepted.reason})`,
                pc.dim,
              ),
            ],
      ),
    ];
  }

  private few<Item>(items: readonly Item[]): readonly Item[] {
    return items.slice(0, this.most.lines);
  }

  private left(all: number): string[] {
    return all > this.most.lines ? [`  … and ${all - this.most.lines} more`] : [];
  }

  private lines(start: string, text: string, paint: Paint = String): string {
    return this.wrapped(start, shown(text).split(" "), paint).join("\n");
  }

  /** Later lines begin below the text of the first. */
  private wrapped(start: string, pieces: readonly string[], paint: Paint): string[] {
    const room = Math.max(20, this.width - start.length);
    return inWholeLines(pieces, room).map((line, at) =>
      paint(`${at === 0 ? start : " ".repeat(start.length)}${line}`),
    );
  }
}

/**
 * Pieces in lines of at most `room` characters; those that are longer are broken at spaces alone, since ids, addresses
 * and blocks that are cut in two cannot be read, copied or searched for: one that is longer itself goes over the edge.
 */
function inWholeLines(pieces: readonly string[], room: number): string[] {
  const lines: string[] = [];
  for (const part of pieces.flatMap((piece) => (piece.length > room ? piece.split(" ") : [piece]))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= room) {
      lines[lines.length - 1] = `${last} ${part}`;
    } else lines.push(part);
  }
  return lines;
}
