import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { findTerraform, type TerraformBinary } from "./binary";
import { overridesProviders } from "./cli-configuration";
import type { UiMessage } from "./diagnostics";
import { type Diagnostic, parseDiagnostic, parseDiagnosticsText, parseUiMessage } from "./diagnostics";
import { type Environment, terraformEnvironment } from "./environment";
import { headline, type InitResult, init } from "./init";
import { asInstalled } from "./installed-providers";
import type { SignalSource } from "./interrupts";
import { isObject } from "./is-object";
import type { SearchFolders } from "./mirror-folders";
import { type Plan, parsePlan, parseState, type State } from "./plan-json";
import { remedyFor } from "./remedies";
import { type RunResult, run } from "./run";
import { TerraformError } from "./terraform-error";

/** Something to show while Terraform works. */
export interface Progress {
  readonly command: string;
  readonly text: string;
  /** The message behind the text, for `plan`, `apply` and `destroy`. */
  readonly message?: UiMessage;
}

export interface TerraformOptions {
  /** The folder of the stack: where `cdk.tf.json` or the `*.tf` files are. */
  readonly cwd: string;
  /** @default - this process's environment */
  readonly env?: Environment;
  /** @default - found and checked when first needed; pass it when several stacks share it */
  readonly binary?: TerraformBinary;
  readonly onProgress?: (progress: Progress) => void;
  /** Where a mirror is looked for if the registry cannot be reached. @default - `mirrorSearchFolders` */
  readonly search?: SearchFolders;
  /** @default - this process */
  readonly signals?: SignalSource;
}

export interface PlanOptions {
  /** Where the plan is saved; relative paths count from the stack's folder. */
  readonly out?: string;
  readonly destroy?: boolean;
  /** Further arguments, such as `-var-file=x` or `-refresh=false`. */
  readonly args?: readonly string[];
}

export interface PlanResult {
  readonly hasChanges: boolean;
  /**
   * True if nothing would happen to any resource or output, not even a move. What somebody else changed of what the
   * configuration says would have to be changed back, so `show` has nothing to tell then.
   */
  readonly isEmpty: boolean;
  readonly warnings: readonly Diagnostic[];
}

export interface Output {
  readonly value: unknown;
  readonly type?: unknown;
  readonly sensitive: boolean;
}

/**
 * Terraform in one folder. Nothing prompts, and state locking stays on. Every method throws a `TerraformError`
 * with all diagnostics if Terraform fails, and `Interrupted` if a signal arrived meanwhile; both only after
 * Terraform has ended. Run one method at a time.
 */
export class Terraform {
  readonly cwd: string;
  private readonly env: Record<string, string>;
  private binary: Promise<TerraformBinary> | undefined;
  /** Whether this object ran a plan: Terraform then found the checksums of all providers right. */
  private hasVerifiedProviders = false;

  constructor(private readonly options: TerraformOptions) {
    this.cwd = resolve(options.cwd);
    this.env = terraformEnvironment(options.env);
    if (options.binary) this.binary = Promise.resolve(options.binary);
  }

  /** Installs providers and modules; falls back to a filesystem mirror if the registry cannot be reached. */
  async init(): Promise<InitResult> {
    const { search, signals } = this.options;
    return await init({
      binary: await this.binaryPath(),
      cwd: this.cwd,
      env: this.env,
      onLine: (text) => this.options.onProgress?.({ command: "init", text }),
      ...(search ? { search } : {}),
      ...(signals ? { signals } : {}),
    });
  }

  /** Checks the configuration without calling AWS. Returns the warnings. */
  async validate(): Promise<readonly Diagnostic[]> {
    const result = await this.collect(["validate", "-json"]);
    const answer = parseJson(result.stdout);
    const list = isObject(answer) && Array.isArray(answer["diagnostics"]) ? answer["diagnostics"] : [];
    const diagnostics = list.flatMap((item) => parseDiagnostic(item) ?? []);
    if (!isObject(answer)) throw this.failure("validate", result.exitCode, textDiagnostics(result));
    if (result.exitCode !== 0 || answer["valid"] !== true) {
      throw this.failure("validate", result.exitCode, diagnostics);
    }
    return diagnostics;
  }

  async plan(options: PlanOptions = {}): Promise<PlanResult> {
    const { exitCode, diagnostics, types } = await this.stream([
      "plan",
      "-json",
      "-input=false",
      // 2 for "changes": the UI messages alone do not tell, since their summary leaves out changed outputs
      "-detailed-exitcode",
      ...(options.out === undefined ? [] : [`-out=${options.out}`]),
      ...(options.destroy ? ["-destroy"] : []),
      ...(options.args ?? []),
    ]);
    const failed = diagnostics.some(({ severity }) => severity === "error");
    if (failed || (exitCode !== 0 && exitCode !== 2)) throw this.failure("plan", exitCode, diagnostics);
    this.hasVerifiedProviders = true;
    const isEmpty = exitCode === 0 && !types.has("planned_change");
    return { hasChanges: exitCode === 2, isEmpty, warnings: diagnostics };
  }

  /** `plan`, preceded by `init` only if it is needed. */
  planFresh(options: PlanOptions = {}): Promise<PlanResult> {
    return this.whenInitialised(() => this.plan(options));
  }

  /**
   * Does `work`, running `init` first if the folder never saw one, or when Terraform asks for it. `work` must be
   * harmless to repeat: Terraform refuses before it does anything.
   */
  async whenInitialised<Result>(work: () => Promise<Result>): Promise<Result> {
    // asking Terraform would be as good but costs a start; init itself costs 0.9 s
    if (!existsSync(this.dataFolder)) {
      await this.init();
      return await work();
    }
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TerraformError) || !needsInit(error.diagnostics)) throw error;
      await this.init();
      return await work();
    }
  }

  /** Reads a saved plan. */
  async show(planFile: string): Promise<Plan> {
    return parsePlan(await this.showPlan(planFile), resolve(this.cwd, planFile));
  }

  /** Reads the current state; `values` is missing if there is none. */
  async showState(): Promise<State> {
    return parseState(await this.showJson([]), this.cwd);
  }

  /** Applies a saved plan, or, without one, whatever a plan made now says: nobody is asked. */
  async apply(planFile?: string): Promise<void> {
    const what = planFile === undefined ? ["-auto-approve"] : [planFile];
    await this.change("apply", ["apply", "-json", "-input=false", ...what]);
  }

  /** Destroys everything in the state; nobody is asked. */
  async destroy(): Promise<void> {
    await this.change("destroy", ["destroy", "-json", "-input=false", "-auto-approve"]);
  }

  async output(): Promise<Readonly<Record<string, Output>>> {
    const result = await this.collect(["output", "-json", "-no-color"]);
    const answer = result.exitCode === 0 ? parseJson(result.stdout) : undefined;
    if (!isObject(answer)) throw this.failure("output", result.exitCode, textDiagnostics(result));
    const outputs = Object.entries(answer).flatMap(([name, item]) =>
      isObject(item)
        ? [
            [
              name,
              { value: item["value"], type: item["type"], sensitive: item["sensitive"] === true },
            ] as const,
          ]
        : [],
    );
    return Object.fromEntries(outputs);
  }

  private async change(command: string, args: readonly string[]): Promise<void> {
    const { exitCode, diagnostics } = await this.stream(args);
    if (exitCode !== 0) throw this.failure(command, exitCode, diagnostics);
  }

  private async showPlan(planFile: string): Promise<Buffer> {
    const mayStartAsInstalled = this.hasVerifiedProviders && !overridesProviders(this.env);
    const installed = mayStartAsInstalled ? asInstalled(this.dataFolder) : undefined;
    if (!installed) return await this.showJson([planFile]);
    try {
      const options = await this.runOptions(["show", "-json", "-no-color", planFile]);
      const { exitCode, stdout } = await run({ ...options, env: { ...options.env, ...installed.env } });
      // A provider that does not work without the user's own settings is no reason to fail.
      return exitCode === 0 ? stdout : await this.showJson([planFile]);
    } finally {
      installed.dispose();
    }
  }

  private get dataFolder(): string {
    return resolve(this.cwd, this.env["TF_DATA_DIR"] || ".terraform");
  }

  private async showJson(args: readonly string[]): Promise<Buffer> {
    const result = await this.collect(["show", "-json", "-no-color", ...args]);
    if (result.exitCode !== 0) throw this.failure("show", result.exitCode, textDiagnostics(result));
    return result.stdout;
  }

  private async collect(args: readonly string[]): Promise<RunResult> {
    return await run(await this.runOptions(args));
  }

  /** Runs a command that writes UI messages, passing them on as they come. */
  private async stream(args: readonly string[]) {
    const command = args[0] ?? "";
    const diagnostics: Diagnostic[] = [];
    const plain: string[] = [];
    const types = new Set<string>();
    const { exitCode, stderr } = await run({
      ...(await this.runOptions(args)),
      onLine: (line) => {
        const message = parseUiMessage(line);
        if (!message) {
          if (line.trim()) plain.push(line);
          return;
        }
        types.add(message.type);
        if (message.type === "version") return;
        const diagnostic = parseDiagnostic(message.fields["diagnostic"]);
        if (diagnostic) diagnostics.push(diagnostic);
        this.options.onProgress?.({ command, text: message.text.trim(), message });
      },
    });
    if (exitCode !== 0 && !diagnostics.some(({ severity }) => severity === "error")) {
      // plan's 2 is no failure, and what is on standard error then are warnings
      if (exitCode !== 2)
        diagnostics.push(...textDiagnostics({ stderr, stdout: Buffer.from(plain.join("\n")) }));
    }
    return { exitCode, diagnostics, types };
  }

  private async runOptions(args: readonly string[]) {
    const { signals } = this.options;
    return {
      binary: await this.binaryPath(),
      args,
      cwd: this.cwd,
      env: this.env,
      ...(signals ? { signals } : {}),
    };
  }

  private async binaryPath(): Promise<string> {
    this.binary ??= findTerraform({ env: this.env, cwd: this.cwd });
    return (await this.binary).path;
  }

  private failure(command: string, exitCode: number, diagnostics: readonly Diagnostic[]): TerraformError {
    const first = diagnostics.find(({ severity }) => severity === "error");
    const line = first?.file === undefined ? undefined : `${first.file}${first.line ? `:${first.line}` : ""}`;
    return new TerraformError({
      problem: `terraform ${command}: ${headline(diagnostics)}`,
      where: [this.cwd, line, first?.address].filter(Boolean).join(" "),
      remedy: remedyFor(command, this.cwd, diagnostics),
      command,
      exitCode,
      diagnostics,
    });
  }
}

/** True if Terraform refused because `init` has to run first (again). */
export function needsInit(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    ({ severity, summary, detail }) =>
      severity === "error" &&
      (/^(Required plugins are not installed|Missing required provider)/.test(summary) ||
        /\b(terraform|tofu) init\b/.test(`${summary} ${detail}`)),
  );
}

function textDiagnostics({ stderr, stdout }: Pick<RunResult, "stderr" | "stdout">): readonly Diagnostic[] {
  const text = `${stdout.subarray(0, 65_536).toString("utf8")}\n${stderr}`;
  const diagnostics = parseDiagnosticsText(text);
  if (diagnostics.length > 0) return diagnostics;
  return text.trim() ? [{ severity: "error", summary: text.trim(), detail: "" }] : [];
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
