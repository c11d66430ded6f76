import path from "node:path";
import {
  doubtedNames,
  type MatrixView,
  matrixHtml,
  matrixMermaid,
  matrixSvg,
  matrixTable,
  printable,
  type ReadWorld,
  readWorlds,
  withOtherGeneration,
} from "../review";
import { type AccessVerdict, accessMatrix } from "../service";
import { CommandError, Ended } from "./command-error";
import type { ReachFormat } from "./reach-formats";
import { type ReachInputOptions, reachInputs } from "./reach-inputs";
import { answerQuestion, refuseStrangers } from "./reach-question";
import { explanationText } from "./reach-text";
import { writeReport } from "./write-report";

export interface ReachCommandOptions extends ReachInputOptions {
  readonly format?: ReachFormat;
  readonly json?: boolean;
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
  readonly vpc?: string;
  readonly as?: string;
  readonly require?: "open" | "shut";
}

/** `--require` was not met. */
const notAsRequired = 3;

/** `reach [stack…]`: who reaches what, as a table or a picture; with `--from` and `--to` one answer gate by gate. */
export async function reachCommand(
  names: readonly string[],
  options: ReachCommandOptions,
  builtInApp: readonly string[],
): Promise<void> {
  const format = formatOf(options);
  checkTogether(options, format);
  const { inputs, shown } = await reachInputs(names, options, builtInApp);
  const worlds = worldsOf(readWorlds(inputs), shown);
  if (options.from === undefined) return printMatrix(worlds, format, options);
  const [read] = oneWorld(worlds, "--from and --to ask about one");
  const explanation = answerQuestion(read, options.from, options.to ?? "", { ...options, stacks: shown });
  const { verdict } = explanation;
  if (format === "json") {
    writeReport(JSON.stringify({ version: 1, ...explanation, notSeen: read.notSeen }, null, 2), options.out);
  } else {
    tellNotSeen(read);
    writeReport(explanationText(explanation, read.world, isColored(options)), options.out);
  }
  if (verdict === "shut" && options.require === "shut") {
    refuseStrangers(read, options.from, options.to ?? "", { ...options, stacks: shown });
  }
  requireVerdict(verdict, options.require);
}

/** The accounts and Regions whose policies and collections some of the inputs have; else what they tell of. */
function worldsOf(
  worlds: readonly ReadWorld[],
  shown: ReadonlySet<string> | undefined,
): readonly ReadWorld[] {
  if (!shown) return worlds;
  const own = worlds.filter(({ owners }) => owners.some((label) => shown.has(label)));
  return own.length > 0 ? own : worlds.filter(({ inputs }) => inputs.some((label) => shown.has(label)));
}

const wholeTable = "shortened: --json and --out reach.html have every name";

async function printMatrix(
  worlds: readonly ReadWorld[],
  format: ReachFormat,
  options: ReachCommandOptions,
): Promise<void> {
  const views = worlds.map((read) => viewOf(read, worlds.length > 1));
  if (format === "table") {
    const width = options.out === undefined ? process.stdout.columns : undefined;
    const table = { color: isColored(options), whole: wholeTable, ...(width === undefined ? {} : { width }) };
    return writeReport(views.map((view) => matrixTable(view, table)).join("\n\n\n"), options.out);
  }
  for (const read of worlds) tellNotSeen(read);
  if (format === "json") {
    const json = worlds.map(({ world, region, notSeen }, index) => ({
      title: views[index]?.title,
      ...(world.account === undefined ? {} : { account: world.account }),
      ...(region === undefined ? {} : { region }),
      matrix: views[index]?.matrix,
      notSeen,
      notAllKnown: views.slice(index, index + 1).flatMap(doubtedNames),
    }));
    return writeReport(JSON.stringify({ version: 1, worlds: json }, null, 2), options.out);
  }
  oneWorld(worlds, `a picture (${format}) shows one`);
  for (const view of views.slice(0, 1)) writeReport(await pictureOf(view, format), options.out);
}

async function pictureOf(view: MatrixView, format: "mermaid" | "svg" | "html"): Promise<string> {
  if (format === "mermaid") return matrixMermaid(view);
  return format === "svg" ? matrixSvg(view) : matrixHtml(view);
}

function viewOf({ world, region, inputs, notSeen, doubts }: ReadWorld, isOneOfSeveral: boolean): MatrixView {
  const scope = [world.account === undefined ? "" : `account ${world.account}`, region ?? ""].filter(Boolean);
  const other = withOtherGeneration(world, doubts);
  const title = `who reaches what: ${inputs.join(", ") || "nothing"}`;
  return {
    title: isOneOfSeveral && scope.length > 0 ? `${title} (${scope.join(", ")})` : title,
    matrix: accessMatrix(world),
    notSeen,
    doubts,
    ...(other ? { otherwise: accessMatrix(other) } : {}),
  };
}

/** Endings of pictures and documents, whose readers would find a table in them. */
const otherEndings: ReadonlySet<string> = new Set([
  ".png",
  ".jpg",
  ".jpeg",
  ".gif",
  ".webp",
  ".pdf",
  ".csv",
  ".yaml",
  ".yml",
]);

/** By `--format`, `--json`, or the name of the file that `--out` names. */
function formatOf({ format: named, json, out }: ReachCommandOptions): ReachFormat {
  if (json && named !== undefined && named !== "json") {
    throw new CommandError(
      `--json and --format ${named} are two formats`,
      "the command line",
      "give one of them",
      2,
    );
  }
  const format = json ? "json" : named;
  const byEnding: Readonly<Record<string, ReachFormat>> = {
    ".json": "json",
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
  };
  const ending = path.extname(out ?? "").toLowerCase();
  const told = byEnding[ending];
  const refuse = (problem: string, remedy: string) => {
    throw new CommandError(problem, `--out ${out}`, remedy, 2);
  };
  if (told !== undefined && format !== undefined && told !== format) {
    refuse(
      `${ending} is the ending of another format than --format ${format}`,
      `leave out --format for ${told}, or name a file that ends otherwise`,
    );
  }
  if (told === undefined && otherEndings.has(ending)) {
    refuse(
      `${ending} is no format that is written here`,
      "name a file that ends in .svg, .html, .mmd, .json or .txt",
    );
  }
  return format ?? told ?? "table";
}

function checkTogether({ from, to, vpc, as, require }: ReachCommandOptions, format: ReachFormat): void {
  const refuse = (problem: string, remedy: string) => {
    throw new CommandError(problem, "the command line", remedy, 2);
  };
  if (from === undefined && to !== undefined)
    refuse("--to without --from", "add --from: who asks for access");
  if (from !== undefined && to === undefined) refuse("--from without --to", "add --to collection/NAME");
  if (from !== undefined && format !== "table" && format !== "json") {
    refuse(`--format ${format} draws the whole matrix`, "leave out --from and --to, or take table or json");
  }
  if (from !== undefined) return;
  const lost = Object.entries({ "--vpc": vpc, "--as": as, "--require": require }).find(([, given]) => given);
  if (lost) refuse(`${lost[0]} without --from and --to`, "add --from and --to, which it belongs to");
}

function oneWorld(worlds: readonly ReadWorld[], why: string): readonly [ReadWorld] {
  const [only, ...others] = worlds;
  if (only && others.length === 0) return [only];
  const scopes = worlds.map(
    ({ world, region, inputs }) =>
      `${world.account ?? "account not known"} ${region ?? "Region not known"} (${inputs.join(", ")})`,
  );
  throw new CommandError(
    `${worlds.length} accounts or Regions, and ${why}`,
    scopes.join("; "),
    "name the stacks, or give the files, of one",
    2,
  );
}

const isColored = ({ out }: ReachCommandOptions): boolean =>
  out === undefined && Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"];

function tellNotSeen({ notSeen }: ReadWorld): void {
  for (const line of notSeen) console.error(printable(`not seen: ${line}`));
}

function requireVerdict(verdict: AccessVerdict, required: "open" | "shut" | undefined): void {
  if (required === undefined || verdict === required) return;
  console.error(`required: ${required}, found: ${verdict}`);
  throw new Ended(notAsRequired);
}
