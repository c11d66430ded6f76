import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type Plan,
  parsePlan,
  readSynthesizedConfig,
  type SynthesizedConfig,
  TerraformError,
} from "../terraform";
import { CommandError } from "./command-error";

/** A plan that a file holds, with the configuration that it was made of where that is known. */
export interface PlanInput {
  /** The stack where it is known, so that other stacks' references find it; else the file. */
  readonly label: string;
  readonly plan: Plan;
  readonly config?: SynthesizedConfig;
}

/** Reads a plan in JSON, `-` from standard input. The configuration is the one given, else `cdk.tf.json` beside the plan if it fits. */
export function planInput(file: string, config: string | undefined): PlanInput {
  if (file === "") {
    throw new CommandError(
      "--plan names no file",
      "the command line",
      "name a plan in JSON, or - for standard input",
      2,
    );
  }
  const isPiped = file === "-";
  const plan = refusing(() => parsePlan(contentOf(isPiped ? 0 : file), isPiped ? "standard input" : file));
  if (config !== undefined) {
    const given = refusing(() => readSynthesizedConfig(config));
    checkConfig(given, config, plan);
    return withConfig(file, plan, given);
  }
  if (isPiped) return { label: "standard input", plan };
  const beside = path.join(path.dirname(file), "cdk.tf.json");
  const found = existsSync(beside) ? refusing(() => readSynthesizedConfig(beside)) : undefined;
  if (!found || !isOf(found, plan)) return { label: file, plan };
  console.error(`${file}: what it leaves open is read in ${beside}`);
  return withConfig(file, plan, found);
}

const withConfig = (file: string, plan: Plan, config: SynthesizedConfig): PlanInput => ({
  label: config.sections.stackName ?? (file === "-" ? "standard input" : file),
  plan,
  config,
});

/** What a plan plans in the root module; all of it stands in the configuration that the plan was made of. */
const plannedIn = (plan: Plan): readonly string[] =>
  (plan.planned_values?.root_module.resources ?? []).map(
    ({ mode, type, name }) => `${mode === "data" ? "data." : ""}${type}.${name}`,
  );

/** Whether a plan can have been made of a configuration that nobody named. */
function isOf(config: SynthesizedConfig, plan: Plan): boolean {
  const planned = plannedIn(plan);
  return planned.length > 0 && planned.every((address) => config.get(address) !== undefined);
}

/**
 * Which of several configurations a plan was made of: the only one that has all it plans, under the same names, since
 * stacks of one shape have the same addresses.
 */
export function configOfPlan<Named extends { readonly config: SynthesizedConfig }>(
  plan: Plan,
  candidates: readonly Named[],
): Named | undefined {
  const fitting = candidates.filter(({ config }) => isOf(config, plan) && hasNamesOf(config, plan));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function hasNamesOf(config: SynthesizedConfig, plan: Plan): boolean {
  return (plan.planned_values?.root_module.resources ?? []).every(({ mode, type, name, values }) => {
    const planned = values["name"];
    const written = config.get(`${mode === "data" ? "data." : ""}${type}.${name}`)?.attributes["name"];
    const isTold = (one: unknown) => typeof one === "string" && !one.includes("${");
    return !isTold(planned) || !isTold(written) || planned === written;
  });
}

/** Refuses a configuration that the plan was not made of: what it tells would be of something else. */
function checkConfig(config: SynthesizedConfig, where: string, plan: Plan): void {
  const { resources, sections } = config;
  const isEmpty = resources.length === 0 && Object.keys(sections.modules).length === 0;
  const [missing] = plannedIn(plan).filter((address) => config.get(address) === undefined);
  if (!isEmpty && missing === undefined) return;
  throw new CommandError(
    isEmpty
      ? "no configuration: it has neither resources nor modules"
      : `the plan was not made of this configuration: it has no ${missing}`,
    `--config ${where}`,
    "name the cdk.tf.json that the plan was made of, or the folder that it is in",
    2,
  );
}

/** A file that the command line names; 0 is standard input. */
export function contentOf(file: string | 0): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "this is a folder, not a file"
          : message;
    throw new CommandError(problem, file === 0 ? "standard input" : file, "name a file that can be read", 2);
  }
}

/** A file that is not what its option takes is wrong input, not a failure of Terraform. */
export function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    throw new CommandError(error.problem, error.where, error.remedy, 2);
  }
}
