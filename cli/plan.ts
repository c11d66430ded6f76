import path from "node:path";
import {
  emptySummary,
  type PlanSummary,
  type Review,
  review,
  reviewJson,
  reviewText,
  summarisePlan,
} from "../review";
import {
  findTerraform,
  readSynthesizedConfig,
  Terraform,
  type TerraformBinary,
  TerraformError,
} from "../terraform";
import { accessFileOfApp } from "./access-files";
import type { FailedStack } from "./failed-run";
import { namedStacks } from "./named-stacks";
import { planText } from "./plan-text";
import { progressLine } from "./progress-line";
import type { FailLevel } from "./review-options";
import { failOn, today } from "./review-verdict";
import { findApp, type SynthesizedStack, synthesize } from "./run-app";

export interface PlanCommandOptions {
  readonly file?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly failOn: FailLevel;
  readonly verbose?: boolean;
}

/**
 * Where a plan is left for `terraform apply`, beside the configuration it was made of; as cdktf names it. A plan for
 * another workspace, as the sandbox has one, never takes the place of the real one.
 */
const planFile = process.env["TF_WORKSPACE"] ? "plan.workspace" : "plan";

/** `plan [stack…]`: synthesizes, plans with Terraform, prints what it will do and who gains and loses access by it. */
export async function planCommand(
  names: readonly string[],
  options: PlanCommandOptions,
  builtInApp: readonly string[],
): Promise<void> {
  const terraformBinary = findTerraform();
  // Looked for while the app runs; when the app fails first, its error is the one to show.
  terraformBinary.catch(() => undefined);
  const app = findApp(builtInApp);
  const stacks = namedStacks(await synthesize(app, options), names, "plan");
  const context = { ...app.context, ...(options.file === undefined ? {} : { accessFile: options.file }) };
  const binary = await terraformBinary;
  const results: StackPlan[] = [];
  for (const stack of stacks) {
    const planned = await plannedUnlessWaiting(stack, results, binary, context).catch(async (error) => {
      if (error instanceof TerraformError) await explain({ stack, binary, context }, error);
      throw error;
    });
    results.push(planned);
    if (options.json) continue;
    console.log(planned.waitsFor ? waitingText(planned) : planText(stack.name, planned.summary));
    if (planned.review) console.log(`\n${reviewText(stack.name, planned.review, terminal(options))}\n`);
  }
  if (options.json) {
    console.log(JSON.stringify({ version: 1, stacks: results.map(stackJson) }, null, 2));
  }
  failOn(
    results.flatMap(({ name, review: ofStack }) => (ofStack ? [{ name, review: ofStack }] : [])),
    options.failOn,
  );
}

function stackJson({ summary, review: ofStack, ...stack }: StackPlan): object {
  if (!ofStack) return { ...stack, ...summary };
  const { name: _, ...json } = reviewJson({ name: stack.name, review: ofStack });
  return { ...stack, ...summary, review: json };
}

const terminal = ({ verbose }: PlanCommandOptions) => ({
  color: Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"],
  width: process.stdout.columns,
  verbose,
});

/** What the app is given besides its code. */
type Context = Readonly<Record<string, unknown>>;

/** What is known of one stack. */
interface StackPlan {
  readonly name: string;
  readonly summary: PlanSummary;
  /** Missing where the plan changes nothing, or there is none yet. */
  readonly review?: Review;
  /** The stacks that have to be deployed before this one can be planned. */
  readonly waitsFor?: readonly string[];
}

/** Loaded when it is called: a plan that succeeds needs none of it. */
async function explain(
  failed: Omit<FailedStack, "diagnostics">,
  { diagnostics }: TerraformError,
): Promise<void> {
  const { explainOnError } = await import("./failed-run");
  await explainOnError({ ...failed, diagnostics }, "plan");
}

/** @param before the plans of the stacks that come before this one */
async function plannedUnlessWaiting(
  stack: SynthesizedStack,
  before: readonly StackPlan[],
  binary: TerraformBinary,
  context: Context,
): Promise<StackPlan> {
  const { name, dependencies } = stack;
  try {
    return { name, ...(await plannedStack(stack, binary, context)) };
  } catch (error) {
    const waitsFor = before
      .filter((other) => dependencies.includes(other.name))
      .filter(({ summary, waitsFor }) => waitsFor || summary !== emptySummary)
      .map((other) => other.name);
    if (waitsFor.length === 0 || !lacksOtherState(error)) throw error;
    return { name, summary: emptySummary, waitsFor };
  }
}

/** Whether all that keeps Terraform from planning is that the state of another stack, or an output in it, is missing. */
function lacksOtherState(error: unknown): boolean {
  if (!(error instanceof TerraformError)) return false;
  const errors = error.diagnostics.filter(({ severity }) => severity === "error");
  const missing = ["Unable to find remote state", "Unsupported attribute"];
  return errors.length > 0 && errors.every(({ summary }) => missing.includes(summary));
}

const waitingText = ({ name, waitsFor = [] }: StackPlan): string =>
  `${name}: waits for ${waitsFor.join(", ")}; deploy ${waitsFor.length === 1 ? "it" : "them"}, then plan again`;

async function plannedStack(
  { name, folder }: SynthesizedStack,
  binary: TerraformBinary,
  context: Context,
): Promise<Pick<StackPlan, "summary" | "review">> {
  const progress = progressLine(name);
  try {
    const terraform = new Terraform({ cwd: folder, binary, onProgress: progress.show });
    const { warnings, isEmpty } = await terraform.planFresh({ out: planFile });
    for (const { summary, detail } of warnings) {
      console.error(`${name}: warning: ${summary}\n${detail}`.trimEnd());
    }
    // Reading a plan starts the provider again, for as long as half a plan takes.
    if (isEmpty) return { summary: emptySummary };
    progress.show({ command: "show", text: "reading the plan" });
    const plan = await terraform.show(planFile);
    const config = readSynthesizedConfig(path.join(folder, "cdk.tf.json"));
    const accessFile = accessFileOfApp(context, name);
    return {
      summary: summarisePlan(plan, config),
      review: review({ plan, config, accessFile, today: today() }),
    };
  } finally {
    progress.end();
  }
}
