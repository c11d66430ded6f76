import type { Diagnostic } from "./diagnostics";

export interface TerraformErrorFields {
  readonly problem: string;
  readonly where: string;
  readonly remedy: string;
  readonly command?: string;
  readonly exitCode?: number;
  readonly diagnostics?: readonly Diagnostic[];
  readonly cause?: unknown;
}

/**
 * Terraform could not be run, or ran and failed.
 *
 * `problem`, `where` and `remedy` are one line each: what is wrong, where, how to mend it. `diagnostics` holds
 * everything that Terraform said, `command` the subcommand ("plan") and `exitCode` what it ended with; the
 * last two are missing where no Terraform process is to blame.
 */
export class TerraformError extends Error {
  readonly problem: string;
  readonly where: string;
  readonly remedy: string;
  readonly command: string | undefined;
  readonly exitCode: number | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(fields: TerraformErrorFields) {
    super([fields.problem, fields.where, fields.remedy].join("\n"), { cause: fields.cause });
    this.name = "TerraformError";
    this.problem = fields.problem;
    this.where = fields.where;
    this.remedy = fields.remedy;
    this.command = fields.command;
    this.exitCode = fields.exitCode;
    this.diagnostics = fields.diagnostics ?? [];
  }
}

/**
 * A signal arrived while Terraform ran. Thrown only after Terraform has ended, so that its state lock is
 * released by then, unless `forced`: the user asked a second time and Terraform stopped at once.
 */
export class Interrupted extends Error {
  /** What the command should end with: 128 + SIGINT. */
  readonly exitCode = 130;
  readonly problem: string;
  readonly where: string;
  readonly remedy: string;

  constructor(
    readonly command: string,
    cwd: string,
    readonly forced: boolean,
  ) {
    const problem = `interrupted: ${command} was stopped before its end`;
    const remedy = forced
      ? "a state lock may be left behind; the next run names its id for `terraform force-unlock ID`"
      : "run it again; what had been applied by then is in the state";
    super([problem, cwd, remedy].join("\n"));
    this.name = "Interrupted";
    this.problem = problem;
    this.where = cwd;
    this.remedy = remedy;
  }
}
