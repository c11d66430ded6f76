import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { accountsInOneFolder, type ExportFile, isExport, jsonProblem, type WorldInput } from "../review";
import { decodeText, parseState, readSynthesizedConfig, type SynthesizedConfig } from "../terraform";
import { CommandError } from "./command-error";
import { namedStacks } from "./named-stacks";
import { configOfPlan, contentOf, planInput, refusing } from "./plan-input";
import { findApp, synthesize } from "./run-app";

/** Where to read who reaches what. */
export interface ReachInputOptions {
  readonly file?: string;
  readonly debug?: boolean;
  readonly plan?: readonly string[];
  readonly config?: string;
  readonly state?: readonly string[];
  readonly policies?: readonly string[];
}

/** What is read, and what of it is asked for. */
export interface ReachInputs {
  readonly inputs: readonly WorldInput[];
  /** Labels of the inputs whose accounts and Regions are shown; undefined: all. */
  readonly shown?: ReadonlySet<string>;
}

/**
 * What the options name; without any, and for stacks that are named, the app is synthesized. Policies of one account
 * and Region add up, so all stacks of the app are read: those named limit what is shown, not what is known.
 */
export async function reachInputs(
  names: readonly string[],
  options: ReachInputOptions,
  builtInApp: readonly string[],
): Promise<ReachInputs> {
  const files = filesNamed(options);
  if (files.length > 0 && names.length === 0) {
    if (options.file === undefined) return { inputs: files };
    throw new CommandError(
      `--file beside ${files.map(({ label }) => label).join(", ")}, and no stack is named: the access file would not be read`,
      `--file ${options.file}`,
      "name the stacks that are to be read too, or leave --file out",
      2,
    );
  }
  const stacks = await synthesize(findApp(builtInApp), options);
  if (stacks.length === 0) {
    throw new CommandError("the app has no stacks", "aoss-privatelink reach", "add one, or name files", 2);
  }
  const chosen = namedStacks(stacks, names, "reach").map(({ name }) => name);
  const synthesized = stacks.map(({ name, folder }) => ({
    kind: "synthesis" as const,
    label: name,
    config: readSynthesizedConfig(path.join(folder, "cdk.tf.json")),
  }));
  const read = files.flatMap((file) => withStack(file, synthesized));
  // a plan of a stack goes before what was synthesized of it
  const planned = new Set(read.map(({ label }) => label));
  const inputs = [...synthesized.filter(({ label }) => !planned.has(label)), ...read];
  return names.length === 0 ? { inputs } : { inputs, shown: new Set([...chosen, ...planned]) };
}

/** A plan with the stack that it was made of, where that is read too and nothing else told the configuration. */
function withStack(
  file: WorldInput,
  stacks: readonly { readonly label: string; readonly config: SynthesizedConfig }[],
): WorldInput[] {
  const stack = file.kind === "plan" && !file.config ? configOfPlan(file.plan, stacks) : undefined;
  if (file.kind !== "plan" || !stack) return [file];
  const { label, config } = stack;
  console.error(`${file.label}: what it leaves open is read in the stack ${label}`);
  return [
    { kind: "existing", label, config },
    { ...file, label, config },
  ];
}

function filesNamed({ plan = [], state = [], policies = [], config }: ReachInputOptions): WorldInput[] {
  if (config !== undefined && plan.length === 0) {
    throw new CommandError(
      "--config without --plan",
      "the command line",
      "add --plan: the configuration tells what a plan leaves open",
      2,
    );
  }
  return [
    ...plan.flatMap((file): WorldInput[] => {
      const read = planInput(file, config);
      const { label, config: existing } = read;
      return [
        ...(existing ? [{ kind: "existing", label, config: existing } as const] : []),
        { kind: "plan", ...read },
      ];
    }),
    ...state.map((file): WorldInput => {
      const parsed = refusing(() => parseState(contentOf(file), file));
      return { kind: "state", label: file, state: parsed };
    }),
    ...exportInputs(policies),
  ];
}

function exportInputs(places: readonly string[]): WorldInput[] {
  const inputs = places.map(exportInput);
  const mixed = accountsInOneFolder(inputs);
  if (!mixed) return inputs;
  throw new CommandError(
    `two accounts in one folder, ${mixed.accounts.join(" and ")}: it is not known whose its policies are`,
    mixed.files.join(", "),
    "make a folder for each account",
    2,
  );
}

function exportInput(place: string): Extract<WorldInput, { kind: "export" }> {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) {
    const file = exportFile(place);
    checkExport(file);
    return { kind: "export", label: place, files: [file] };
  }
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map(exportFile);
  for (const file of files) checkJson(file);
  if (!files.some(isExport)) {
    throw new CommandError(
      files.length === 0 ? "no *.json in this folder" : "nothing in this folder tells who reaches what",
      place,
      exportRemedy,
      2,
    );
  }
  return { kind: "export", label: place, files };
}

const exportFile = (name: string): ExportFile => ({
  path: name,
  text: refusing(() => decodeText(contentOf(name), name)),
});

const exportRemedy =
  "put what the AWS CLI prints there, such as `aws opensearchserverless get-security-policy --type network --name NAME`";

function checkExport(file: ExportFile): void {
  checkJson(file);
  if (isExport(file)) return;
  const { format_version: format, planned_values: planned, lineage } = keysOf(file.text);
  if (format !== undefined || lineage !== undefined) {
    const option = planned === undefined ? "--state" : "--plan";
    throw new CommandError(
      `this is a Terraform ${planned === undefined ? "state" : "plan"}`,
      file.path,
      `name it with ${option}`,
      2,
    );
  }
  throw new CommandError("nothing in this file tells who reaches what", file.path, exportRemedy, 2);
}

/** Whether it is one JSON value or several is the reader's matter. */
function checkJson({ path: where, text }: ExportFile): void {
  const wrong = jsonProblem(text);
  if (!wrong) return;
  const { problem, place } = wrong;
  const at = place ? `${where}:${place.line}:${place.column}` : where;
  throw new CommandError(problem, at, "mend it, or leave the file out", 2);
}

function keysOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
