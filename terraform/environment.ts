import { existsSync } from "node:fs";
import { resolve } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment for every Terraform process: the caller's, without prompts, without the version check over
 * the network, and without a `TF_CLI_CONFIG_FILE` that names a missing file (Terraform would warn on each run).
 *
 * A relative `TF_CLI_CONFIG_FILE` becomes absolute, since Terraform runs in the stack's folder and the user
 * meant it from theirs.
 */
export function terraformEnvironment(env: Environment = process.env): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) result[name] = value;
  }
  for (const name of ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"]) {
    const file = result[name];
    if (file === undefined) continue;
    if (file !== "" && existsSync(file)) result[name] = resolve(file);
    else delete result[name];
  }
  // without CHECKPOINT_DISABLE every run asks a host on the internet whether Terraform is current
  // Terraform and its providers spend a fifth of a plan on collecting garbage. With more room they do it less often,
  // up to a limit that a machine fit for the AWS provider has.
  if (result["GOGC"] === undefined && result["GOMEMLIMIT"] === undefined) {
    Object.assign(result, { GOGC: "400", GOMEMLIMIT: "2GiB" });
  }
  return { ...result, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
}
