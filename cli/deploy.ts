import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isatty } from "node:tty";
import { findTerraform, Interrupted } from "../terraform";
import { cdktfCommand } from "./cdktf-command";
import { checkCdktfOptions } from "./cdktf-options";
import { CommandError, Ended } from "./command-error";
import { explainOnError } from "./failed-run";
import { runForeign } from "./foreign-command";
import { namedStacks } from "./named-stacks";
import { providerSource } from "./provider-source";
import { findApp, type SynthesizedStack, synthesize } from "./run-app";
import { TerraformLog } from "./terraform-log";

export interface DeployCommandOptions {
  readonly file?: string;
  readonly autoApprove?: boolean;
  readonly debug?: boolean;
}

/** `deploy` or `destroy`: what cdktf has under the same name. */
export type ChangingCommand = "deploy" | "destroy";

/**
 * `deploy [stack…] [-- cdktf options]`: synthesizes, lets the project's own cdktf plan, ask and apply with the
 * terminal passed through, and explains what permissions it lacked if it fails.
 */
export async function changeCommand(
  command: ChangingCommand,
  names: readonly string[],
  options: DeployCommandOptions,
  cdktfOptions: readonly string[],
  builtInApp: readonly string[],
): Promise<void> {
  checkOptions(command, options, cdktfOptions);
  checkProject(builtInApp);
  const cdktf = cdktfCommand();
  checkCdktfOptions(command, cdktfOptions, cdktf);
  const binary = await findTerraform();
  const app = findApp(builtInApp);
  const all = await synthesize(app, options);
  const stacks = namedStacks(all, names, command);
  if (command === "destroy" && names.length === 0 && stacks.length > 1) {
    throw new CommandError(
      `which of ${stacks.length} stacks? destroy takes no stack that is not named`,
      "the command line",
      `name them: ${stacks.map(({ name }) => name).join(", ")}`,
      2,
    );
  }
  const log = new TerraformLog();
  const providers = await providerSource();
  try {
    const { exitCode, wasInterrupted } = await runForeign({
      file: cdktf.file,
      shell: cdktf.shell,
      args: [
        ...cdktf.args,
        command,
        ...stacks.map(({ name }) => name),
        "--skip-synth",
        ...(options.autoApprove ? ["--auto-approve"] : []),
        ...(providers.isMirror && !cdktfOptions.includes("--skip-provider-lock")
          ? ["--skip-provider-lock"]
          : []),
        ...cdktfOptions,
      ],
      env: { ...process.env, CHECKPOINT_DISABLE: "1", ...providers.environment, ...log.environment },
    });
    if (exitCode === 0 && !wasInterrupted) return;
    const context = { ...app.context, ...(options.file === undefined ? {} : { accessFile: options.file }) };
    let isExplained = false;
    for (const stack of stacks) {
      const diagnostics = log.errorsIn(stack.folder);
      if (await explainOnError({ stack, diagnostics, binary, context }, "apply")) isExplained = true;
    }
    if (wasInterrupted) throw new Interrupted(`cdktf ${command}`, process.cwd(), false);
    if (!isExplained) tellWhereElse(stacks, log);
    throw new Ended(1);
  } finally {
    log.remove([process.cwd(), ...all.map(({ folder }) => folder)]);
    providers.dispose();
  }
}

/** What this command says to cdktf by itself cannot be said otherwise. */
const taken: ReadonlySet<string> = new Set([
  "--skip-synth",
  "--app",
  "-a",
  "--output",
  "-o",
  "--auto-approve",
]);

function checkOptions(
  command: ChangingCommand,
  { autoApprove }: DeployCommandOptions,
  cdktfOptions: readonly string[],
): void {
  const found = cdktfOptions.find((option) => taken.has(option.replace(/=.*/, "")));
  if (found !== undefined) {
    const isApproval = found.startsWith("--auto-approve");
    throw new CommandError(
      `${found} stands after --`,
      "the command line",
      isApproval
        ? `put it before --: aoss-privatelink ${command} --auto-approve`
        : "it is told by cdktf.json: leave it out",
      2,
    );
  }
  if (!autoApprove && !isatty(0)) {
    throw new CommandError(
      "without a terminal nobody can approve the plan",
      "the command line",
      `add --auto-approve; aoss-privatelink plan shows what it would do`,
      2,
    );
  }
}

/** cdktf does nothing without its file; the app of this package is named as it is seen from the project. */
function checkProject(builtInApp: readonly string[]): void {
  if (existsSync("cdktf.json")) return;
  const files = builtInApp.map((file) => path.relative(process.cwd(), file).split(path.sep).join("/"));
  throw new CommandError(
    "there is no cdktf.json here, without which cdktf does nothing",
    process.cwd(),
    `write one: ${JSON.stringify({ language: "typescript", app: ["node", ...files].join(" ") })}`,
    2,
  );
}

/** Where errors of AWS may stand that the log of this machine does not have. */
function tellWhereElse(stacks: readonly SynthesizedStack[], log: TerraformLog): void {
  const hint = "if AWS denied a call, give what was printed to aoss-privatelink explain-denial";
  if (log.isTaken) console.error(`TF_LOG is set, so errors were not read; ${hint}`);
  else if (stacks.some(({ folder }) => isElsewhere(folder))) {
    console.error(`what happens where the state is kept is not in Terraform's log; ${hint}`);
  }
}

/** Whether HCP Terraform or the like runs the stack, or AWS keeps its state: only what is printed tells of errors there. */
function isElsewhere(folder: string): boolean {
  const { terraform } = JSON.parse(readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as {
    readonly terraform?: {
      readonly cloud?: unknown;
      readonly backend?: { readonly remote?: unknown; readonly s3?: unknown };
    };
  };
  return Boolean(terraform?.cloud ?? terraform?.backend?.remote ?? terraform?.backend?.s3);
}
