import { createColors } from "picocolors";
import type { AttributeChange, PlannedAction, PlannedChange, PlanSummary } from "../review";

/** On a terminal only, whatever CI or FORCE_COLOR say: what is piped is read by programs. */
const pc = createColors(Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"]);

type Paint = (text: string) => string;

/** The mark and colour Terraform itself gives each action. */
const marks: Readonly<Record<PlannedAction, readonly [mark: string, paint: Paint]>> = {
  move: ["=>", pc.cyan],
  create: ["+", pc.green],
  update: ["~", pc.yellow],
  replace: ["-/+", pc.red],
  delete: ["-", pc.red],
  read: ["<=", pc.cyan],
  forget: [".", pc.dim],
  import: ["&", pc.cyan],
};

/** The plan of one stack as a compact table: action, address, the attributes that change; policies in full. */
export function planText(stack: string, summary: PlanSummary): string {
  const { add, change, destroy } = summary.counts;
  const none = summary.changes.length === 0 && summary.outputs.length === 0;
  const verdict = none ? "no changes" : `${add} to add, ${change} to change, ${destroy} to destroy`;
  return [
    pc.bold(`${stack}: ${verdict}`),
    ...(summary.changes.length > 0 ? [table(summary.changes)] : []),
    ...summary.changes.flatMap(policyText),
    ...(summary.drift.length > 0
      ? [`changed outside Terraform since the last run:\n${table(summary.drift)}`]
      : []),
    ...(summary.changes.length === 0 && summary.outputs.length > 0
      ? [`only outputs change: ${summary.outputs.join(", ")}`]
      : []),
  ].join("\n");
}

/** Columns as wide as what is in them; where three do not fit a terminal, the attributes stand below their address. */
function table(changes: readonly PlannedChange[]): string {
  const rows = changes.map(({ action, address, attributes, movedFrom, policy }) => {
    const lines = attributes.map((one) => attributeText(one, action));
    if (movedFrom !== undefined) lines.unshift(`moved from ${movedFrom}`);
    if (policy) lines.push("policy, below");
    const [mark, paint] = marks[action];
    return { label: `  ${mark} ${action}`, paint, address, lines };
  });
  const widest = (widths: readonly number[]) => widths.reduce((most, width) => Math.max(most, width), 0);
  const labels = widest(rows.map(({ label }) => label.length));
  const addresses = widest(rows.map(({ address }) => address.length));
  const attributes = widest(rows.flatMap(({ lines }) => lines.map(visibleLength)));
  const { columns } = process.stdout;
  if (columns !== undefined && labels + addresses + attributes + 4 > columns) {
    return rows
      .flatMap(({ label, paint, address, lines }) => [
        `${paint(label)}  ${address}`,
        ...lines.map((line) => `      ${line}`),
      ])
      .join("\n");
  }
  const indent = " ".repeat(labels + addresses + 4);
  return rows
    .flatMap(({ label, paint, address, lines: [first = "", ...others] }) => [
      `${paint(label)}${" ".repeat(labels - label.length)}  ${address.padEnd(addresses)}  ${first}`.trimEnd(),
      ...others.map((line) => `${indent}${line}`.trimEnd()),
    ])
    .join("\n");
}

/** Colours take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what colours begin with
const visibleLength = (text: string) => text.replace(/\u001b\[\d+m/g, "").length;

/** A value from AWS may hold line ends and what terminals take for commands. */
const printable = (text: string) =>
  text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));

function attributeText(
  { name, before, after, forcesReplacement }: AttributeChange,
  action: PlannedAction,
): string {
  const why = forcesReplacement ? pc.red("  (forces replacement)") : "";
  const will = printable(after ?? (before === undefined ? "" : "(none)"));
  if (action === "create" || before === undefined) return `${name} = ${will}${why}`;
  return `${name}: ${printable(before)} -> ${will}${why}`;
}

function policyText({ address, policy }: PlannedChange): string[] {
  if (!policy) return [];
  const paint = (line: string) =>
    (line.startsWith("+") ? pc.green : line.startsWith("-") ? pc.red : String)(line);
  return [`policy of ${address}:`, ...policy.lines.map((line) => `  ${paint(line)}`)];
}
