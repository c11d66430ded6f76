import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { type Diagnostic, parseLoggedErrors } from "../terraform";

/**
 * The errors of Terraform processes that somebody else starts, with the terminal left to them: each writes a log of
 * its errors, and nothing else, into the folder it runs in, which is that of its stack.
 */
export class TerraformLog {
  private readonly name = `.aoss-privatelink-${process.pid}.log`;
  /** Whoever logs has a use for it of his own, which comes first. */
  readonly isTaken = ["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", "TF_LOG_PATH"].some(
    (name) => process.env[name],
  );

  /** For the environment of the program that starts Terraform. */
  get environment(): Readonly<Record<string, string>> {
    return this.isTaken ? {} : { TF_LOG: "ERROR", TF_LOG_PATH: this.name };
  }

  errorsIn(folder: string): readonly Diagnostic[] {
    if (this.isTaken) return [];
    try {
      return parseLoggedErrors(readFileSync(path.join(folder, this.name), "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /** @param folders all that Terraform may have run in */
  remove(folders: readonly string[]): void {
    for (const folder of folders) rmSync(path.join(folder, this.name), { force: true });
  }
}
