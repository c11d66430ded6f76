import { existsSync } from "node:fs";
import path from "node:path";
import { AccessFileError, accessFilePath, loadAccessFile, permissionScopeOf } from "../config";
import { denialText, explainFailure, explainsNothing, type FailedRun } from "../review";
import type { PermissionScope } from "../service";
import {
  type Diagnostic,
  lostEndpointsIn,
  readSynthesizedConfig,
  type State,
  type SynthesizedConfig,
  Terraform,
  type TerraformBinary,
  TerraformError,
} from "../terraform";
import type { SynthesizedStack } from "./run-app";

/** What the app is given besides its code. */
type Context = Readonly<Record<string, unknown>>;

/** A stack in which Terraform failed. */
export interface FailedStack {
  readonly stack: SynthesizedStack;
  readonly diagnostics: readonly Diagnostic[];
  readonly binary: TerraformBinary;
  readonly context: Context;
}

/**
 * Explains on standard error which permissions the run lacked, and after an apply which endpoints the state lacks.
 * Returns whether there was anything to say.
 */
export async function explainOnError(
  { stack, diagnostics, binary, context }: FailedStack,
  after: "plan" | "apply",
): Promise<boolean> {
  const config = configOf(stack);
  const file = accessFilePath({ ...process.env, CDKTF_CONTEXT_JSON: JSON.stringify(context) });
  const scope = scopeOf(file, stack.name);
  const region = config?.sections.providers.find(({ key }) => key === "aws")?.attributes["region"];
  const isLost = after === "apply" && lostEndpointsIn(diagnostics).length > 0;
  const state = isLost ? await stateOf(stack, binary) : undefined;
  const run: FailedRun = {
    folder: stack.folder,
    ...(process.env["TERRAFORM_BINARY_NAME"] ? { binary: process.env["TERRAFORM_BINARY_NAME"] } : {}),
    ...(config === undefined ? {} : { config }),
    ...(scope === undefined ? {} : { scope }),
    ...(typeof region === "string" && !region.includes("${") ? { region } : {}),
    ...(state === undefined ? {} : { state }),
  };
  const { denials, endpoints } = explainFailure(diagnostics, run);
  // What is planned is in the state: a read that was denied has lost nothing.
  const explanation = { denials, endpoints: isLost ? endpoints : [] };
  if (explainsNothing(explanation)) return false;
  const told = context["accessFile"] === undefined ? "" : ` --file ${file}`;
  const wholePolicy = scope && `aoss-privatelink permissions ${stack.name}${told}`;
  console.error(
    `\n${denialText(explanation, { stack: stack.name, ...(wholePolicy ? { wholePolicy } : {}) })}\n`,
  );
  return true;
}

/** What the access file takes permissions for in a stack; an app of somebody's own has none. */
function scopeOf(file: string, stack: string): PermissionScope | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const entry = loadAccessFile(file).access.stacks[stack];
    return entry && permissionScopeOf({ [stack]: entry });
  } catch (error) {
    if (error instanceof AccessFileError) return undefined;
    throw error;
  }
}

function configOf({ folder }: SynthesizedStack): SynthesizedConfig | undefined {
  try {
    return readSynthesizedConfig(path.join(folder, "cdk.tf.json"));
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    throw error;
  }
}

/** The state may be out of reach for the same reason that the run failed. */
async function stateOf({ folder }: SynthesizedStack, binary: TerraformBinary): Promise<State | undefined> {
  try {
    return await new Terraform({ cwd: folder, binary }).showState();
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    throw error;
  }
}
