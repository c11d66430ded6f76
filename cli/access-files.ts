import { existsSync } from "node:fs";
import { AccessFileError, accessFilePath, loadAccessFile } from "../config";
import { type AccessFileOfStack, accessFileOfStack } from "../review";
import { CommandError } from "./command-error";
import type { PlanInput } from "./plan-input";

/**
 * What the access file says of the stack that each plan is of. A file that `--file` names has to be of one of them; the
 * one that is looked for otherwise counts where it is there and has the stack.
 */
export function accessFilesOf(
  plans: readonly Pick<PlanInput, "label" | "config">[],
  named: string | undefined,
): readonly (AccessFileOfStack | undefined)[] {
  if (named === undefined && plans.every(({ config }) => config === undefined)) return [];
  const file = named ?? accessFilePath();
  if (named === undefined && !existsSync(file)) return [];
  const loaded = loadAccessFile(file);
  const stacks = Object.keys(loaded.access.stacks);
  const found = plans.map(({ label, config }) => {
    const [only, ...others] = stacks;
    // of whoever names the file and has one plan that does not tell, its only stack is meant
    const isOnly = config === undefined && named !== undefined && plans.length === 1 && others.length === 0;
    return accessFileOfStack(loaded, isOnly && only !== undefined ? only : label);
  });
  if (named === undefined || found.some((one) => one !== undefined)) return found;
  const known = plans.filter(({ config }) => config !== undefined).map(({ label }) => label);
  throw new CommandError(
    known.length > 0
      ? `no stack ${known.map((name) => `"${name}"`).join(", ")} in this access file`
      : "of which stack of this access file the plan is, is not known",
    file,
    known.length > 0
      ? `its stacks: ${stacks.join(", ")}`
      : "add --config: the folder with the cdk.tf.json of the stack",
    2,
  );
}

/** For stacks that were synthesized from it just now; an app of somebody's own may have none, or another of that name. */
export function accessFileOfApp(
  context: Readonly<Record<string, unknown>>,
  stack: string,
): AccessFileOfStack | undefined {
  const file = accessFilePath({ ...process.env, CDKTF_CONTEXT_JSON: JSON.stringify(context) });
  try {
    return existsSync(file) ? accessFileOfStack(loadAccessFile(file), stack) : undefined;
  } catch (error) {
    if (error instanceof AccessFileError) return undefined;
    throw error;
  }
}
