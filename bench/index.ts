import { parseArgs } from "node:util";
import { type CompileResult, compilation, compileText } from "./compile";
import { loadComparison } from "./load";
import { type Comparison, compare, leastRuns, type Result } from "./paired";
import { planComparisons } from "./plan";
import { processComparison } from "./process";
import { deployProject } from "./project";
import { type ReachResult, reachability, reachText } from "./reach";
import { type ReviewResult, reviewBenchText, reviews } from "./review";
import { type ReadsResult, readsText, sandboxReads } from "./sandbox-reads";
import { synthComparisons } from "./synth";
import { resultText } from "./text";

const partNames = {
  a: "synthesis, beside the bindings alone",
  b: "plan, beside cdktf diff",
  c: "our process of plan, beside node alone",
  d: "reads of the sandbox",
  e: "network policies compiled from grants",
  f: "who reaches what, all of it and one answer",
  g: "the review of large plans",
  h: "loading the package, beside the bindings alone",
} as const;
const letters = Object.keys(partNames);

const use = `use: npm run bench -- [--only ${letters.join("|")}] [--runs N] [--json]`;
const help = [
  use,
  "",
  ...Object.entries(partNames).map(([letter, name]) => `  ${letter}  ${name}`),
  "",
  `Each is run ${leastRuns} times or more; it ends with 1 where a target is missed.`,
].join("\n");

interface Options {
  readonly parts: readonly string[];
  readonly runs: number | undefined;
  readonly json: boolean;
}

const say = (text: string) => console.error(text);

async function main(): Promise<number> {
  const options = readOptions();
  if (options === "help") {
    console.log(help);
    return 0;
  }
  if (typeof options === "string") {
    console.error(`error: ${options}\n  npm run bench\n  ${use}`);
    return 2;
  }
  const results: (Result | ReadsResult | CompileResult | ReachResult | ReviewResult)[] = [];
  const add = async (comparison: Comparison) => {
    const result = await compare(comparison, options.runs ?? comparison.runs, say);
    results.push(result);
    if (!options.json) console.log(resultText(result));
  };
  const wants = (part: string) => options.parts.includes(part);
  if (wants("a")) for (const comparison of await synthComparisons(say)) await add(comparison);
  if (wants("b") || wants("c")) {
    const project = await deployProject(say);
    try {
      if (wants("b")) for (const comparison of planComparisons(project)) await add(comparison);
      if (wants("c")) await add(await processComparison(project, say));
    } finally {
      await project.close();
    }
  }
  if (wants("d")) {
    const reads = await sandboxReads(options.runs ?? leastRuns, say);
    results.push(reads);
    if (!options.json) console.log(readsText(reads));
  }
  if (wants("e")) {
    const compiled = await compilation(options.runs ?? leastRuns, say);
    results.push(compiled);
    if (!options.json) console.log(compileText(compiled));
  }
  if (wants("f")) {
    const reach = await reachability(options.runs ?? leastRuns, say);
    results.push(reach);
    if (!options.json) console.log(reachText(reach));
  }
  if (wants("g")) {
    const reviewed = await reviews(options.runs ?? leastRuns, say);
    results.push(reviewed);
    if (!options.json) console.log(reviewBenchText(reviewed));
  }
  if (wants("h")) await add(await loadComparison(say));
  if (options.json) console.log(JSON.stringify({ version: 1, node: process.version, results }, null, 2));
  return results.every(({ met }) => met) ? 0 : 1;
}

/** The options, "help", or what is wrong with them. */
function readOptions(): Options | string {
  const known = {
    only: { type: "string" },
    runs: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    const { only, runs, json, help: wantsHelp } = parseArgs({ options: known }).values;
    if (wantsHelp) return "help";
    if (only !== undefined && !letters.includes(only))
      return `--only ${only}: one of ${letters.join(", ")} is allowed`;
    if (runs !== undefined && !(/^\d{1,3}$/.test(runs) && Number(runs) >= leastRuns))
      return `--runs ${runs}: ${leastRuns} to 999 are allowed`;
    const parts = only === undefined ? letters : [only];
    return { parts, runs: runs === undefined ? undefined : Number(runs), json };
  } catch (error) {
    return (error as Error).message;
  }
}

// A signal ends the process as usual, but not before temporary folders are gone.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
