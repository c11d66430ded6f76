import path from "node:path";
import { parseArgs } from "node:util";
import { Interrupted } from "../terraform";
import { lifeCycle } from "./life-cycle";
import { deployActions, provePermissions } from "./permissions/command";
import { proveExamples } from "./permissions/examples";
import { type Project, prepareProject } from "./project";
import { scenarioOf } from "./scenario";
import { endingOf, type Run, runText, summaryText } from "./text";

const use =
  "use: npm run soak -- [--seed N] [--runs N]\n  or:  npm run soak -- permissions [--action SERVICE:NAME … | --examples]";
const defaultRuns = 200;

interface Options {
  /** the first seed; each run takes the next one */
  readonly seed: number;
  readonly runs: number;
  /** Prove the permissions instead; without which actions to run. @default - faults */
  readonly permissions?: { readonly actions?: readonly string[]; readonly examples?: boolean };
}

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === "string") {
    console.error(`error: ${options}\n  npm run soak\n  ${use}`);
    return 2;
  }
  // A bundle has no place of its own, but is told which file it was made from.
  const home = path.resolve(path.dirname(process.argv[1] ?? ""), "..");
  let isStopped = false;
  // Terraform is told by itself, and ends in its own way; a second signal ends this process as usual.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      isStopped = true;
    });
  }
  if (options.permissions?.examples) return proveExamples(home, () => isStopped);
  if (options.permissions)
    return provePermissions(home, { ...options.permissions, isStopped: () => isStopped });
  const project = await prepareProject(home);
  process.once("exit", () => project.close());
  const runs: Run[] = [];
  const end = options.seed + options.runs;
  for (let seed = options.seed; seed < end && !isStopped; seed += 1) {
    const run = await oneRun(project, seed);
    if (!run) break;
    runs.push(run);
    console.log(runText(run));
  }
  console.log(`\n${summaryText(runs)}`);
  const rest = options.runs - runs.length;
  if (rest > 0) {
    console.error(`stopped; go on with: npm run soak -- --seed ${end - rest} --runs ${rest}`);
    return 130;
  }
  return runs.every(({ report }) => endingOf(report) !== "not recovered") ? 0 : 1;
}

/** Undefined if a signal arrived meanwhile. */
async function oneRun(project: Project, seed: number): Promise<Run | undefined> {
  const scenario = scenarioOf(seed);
  try {
    return { seed, scenario, report: await lifeCycle(project, scenario) };
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
}

/** The options, or what is wrong with them. */
function readOptions(): Options | string {
  try {
    const { values, positionals } = parseArgs({
      options: {
        seed: { type: "string", default: "1" },
        runs: { type: "string", default: String(defaultRuns) },
        action: { type: "string", multiple: true },
        examples: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const { seed, runs, action: actions, examples } = values;
    const [subject, ...more] = positionals;
    if (more.length > 0 || (subject !== undefined && subject !== "permissions"))
      return `${positionals.join(" ")}: the one thing that can stand there is "permissions"`;
    if (actions !== undefined && subject === undefined) return "--action: goes with permissions only";
    if (examples && (subject === undefined || actions !== undefined))
      return "--examples: goes with permissions only, and without --action";
    const unknown = actions?.find((action) => !deployActions().includes(action));
    if (unknown !== undefined)
      return `--action ${unknown}: not in the policies; those are ${deployActions().join(", ")}`;
    if (!/^\d{1,9}$/.test(seed)) return `--seed ${seed}: a number from 0 to 999999999 is expected`;
    if (!/^[1-9]\d{0,4}$/.test(runs)) return `--runs ${runs}: 1 to 99999 are allowed`;
    const permissions =
      subject === undefined
        ? {}
        : { permissions: { examples, ...(actions === undefined ? {} : { actions }) } };
    return { seed: Number(seed), runs: Number(runs), ...permissions };
  } catch (error) {
    return (error as Error).message;
  }
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
