import Table from "cli-table3";
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

const borderless = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((part) => [part, ""]),
);

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

function table(changes: readonly PlannedChange[]): string {
  const cells = changes.map(({ action, address, attributes, movedFrom, policy }) => {
    const [mark, paint] = marks[action];
    const lines = attributes.map((one) => attributeText(one, action));
    if (movedFrom !== undefined) lines.unshift(`moved from ${movedFrom}`);
    if (policy) lines.push("policy, below");
    return { action: paint(`  ${mark} ${action}`), address, lines };
  });
  const rows = new Table({
    chars: { ...borderless, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, border: [], head: [] },
  });
  rows.push(...cells.map(({ action, address, lines }) => [action, address, lines.join("\n")]));
  const text = rows.toString().replace(/ +$/gm, "");
  const { columns } = process.stdout;
  // Where three columns do not fit a terminal, the attributes stand below their address.
  if (columns === undefined || rows.width <= columns) return text;
  return cells
    .map(({ action, address, lines }) =>
      [`${action}  ${address}`, ...lines.map((line) => `      ${line}`)].join("\n"),
    )
    .join("\n");
}

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
