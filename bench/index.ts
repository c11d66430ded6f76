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

const use = "use: npm run bench -- [--only a|b|c|d|e|f|g|h] [--runs N] [--json]";

interface Options {
  readonly parts: readonly string[];
  readonly runs: number | undefined;
  readonly json: boolean;
}

const say = (text: string) => console.error(text);

async function main(): Promise<number> {
  const options = readOptions();
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

/** The options, or what is wrong with them. */
function readOptions(): Options | string {
  const known = {
    only: { type: "string" },
    runs: { type: "string" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { only, runs, json } = parseArgs({ options: known }).values;
    if (only !== undefined && !/^[a-h]$/.test(only))
      return `--only ${only}: a, b, c, d, e, f, g or h is allowed`;
    if (runs !== undefined && !(/^\d{1,3}$/.test(runs) && Number(runs) >= leastRuns))
      return `--runs ${runs}: ${leastRuns} to 999 are allowed`;
    const parts = only === undefined ? ["a", "b", "c", "d", "e", "f", "g", "h"] : [only];
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
