import path from "node:path";
import { emptySummary, type PlanSummary, summarisePlan } from "../review";
import { didYouMean } from "../service";
import { findTerraform, readSynthesizedConfig, Terraform, type TerraformBinary } from "../terraform";
import { CommandError } from "./command-error";
import { planText } from "./plan-text";
import { progressLine } from "./progress-line";
import { findApp, type SynthesizedStack, synthesize } from "./run-app";

export interface PlanCommandOptions {
  readonly file?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/**
 * Where a plan is left for `terraform apply`, beside the configuration it was made of; as cdktf names it. A plan for
 * another workspace, as the sandbox has one, never takes the place of the real one.
 */
const planFile = process.env["TF_WORKSPACE"] ? "plan.workspace" : "plan";

/** `plan [stack…]`: synthesizes, plans with Terraform, prints what it will do. */
export async function planCommand(
  names: readonly string[],
  options: PlanCommandOptions,
  builtInApp: readonly string[],
): Promise<void> {
  const terraformBinary = findTerraform();
  // Looked for while the app runs; when the app fails first, its error is the one to show.
  terraformBinary.catch(() => undefined);
  const stacks = chosen(await synthesize(findApp(builtInApp), options), names);
  const binary = await terraformBinary;
  const results: { readonly name: string; readonly summary: PlanSummary }[] = [];
  for (const stack of stacks) {
    const summary = await plannedSummary(stack, binary);
    results.push({ name: stack.name, summary });
    if (!options.json) console.log(planText(stack.name, summary));
  }
  if (options.json) {
    const output = { version: 1, stacks: results.map(({ name, summary }) => ({ name, ...summary })) };
    console.log(JSON.stringify(output, null, 2));
  }
}

async function plannedSummary(
  { name, folder }: SynthesizedStack,
  binary: TerraformBinary,
): Promise<PlanSummary> {
  const progress = progressLine(name);
  try {
    const terraform = new Terraform({ cwd: folder, binary, onProgress: progress.show });
    const { warnings, isEmpty } = await terraform.planFresh({ out: planFile });
    for (const { summary, detail } of warnings) {
      console.error(`${name}: warning: ${summary}\n${detail}`.trimEnd());
    }
    // Reading a plan starts the provider again, for as long as half a plan takes.
    if (isEmpty) return emptySummary;
    progress.show({ command: "show", text: "reading the plan" });
    const plan = await terraform.show(planFile);
    return summarisePlan(plan, readSynthesizedConfig(path.join(folder, "cdk.tf.json")));
  } finally {
    progress.end();
  }
}

function chosen(stacks: readonly SynthesizedStack[], names: readonly string[]): readonly SynthesizedStack[] {
  const known = stacks.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = didYouMean(name, known);
    throw new CommandError(
      `no stack "${name}"`,
      "aoss-privatelink plan",
      `${meant ? `did you mean "${meant}"? ` : ""}stacks: ${known.join(", ")}`,
      2,
    );
  }
  return names.length === 0 ? stacks : stacks.filter(({ name }) => names.includes(name));
}
