import { isObject } from "./is-object";
import { decodeText, parseJsonObject } from "./json-text";
import { TerraformError } from "./terraform-error";

/** Of "JSON Output Format" in Terraform's documentation. */
const MAJOR = "1";

export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";
export type Values = Readonly<Record<string, unknown>>;

export interface Change {
  /** Two actions mean a replacement, in the order in which they happen. */
  readonly actions: readonly Action[];
  readonly before: unknown;
  readonly after: unknown;
  /** True, or an object in the shape of `after` with true where the value is known after apply. */
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: Values;
}

export interface ResourceChange {
  readonly address: string;
  /** Set by a `moved` block. */
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  /** Set for an object left over from a replacement that did not finish. */
  readonly deposed?: string;
  readonly change: Change;
  readonly action_reason?: string;
}

export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly values: Values;
  readonly sensitive_values?: unknown;
  readonly depends_on?: readonly string[];
  readonly tainted?: boolean;
  readonly deposed_key?: string;
}

export interface StateModule {
  readonly address?: string;
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateValues {
  readonly root_module: StateModule;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown; readonly sensitive?: boolean }>>;
}

/** What `terraform show -json` prints for the state. */
export interface State {
  readonly format_version?: string;
  readonly terraform_version?: string;
  /** Missing if nothing was applied yet. */
  readonly values?: StateValues;
}

/** What `terraform show -json PLANFILE` prints. Lists that Terraform leaves out when empty are there. */
export interface Plan {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly planned_values?: StateValues;
  readonly resource_changes: readonly ResourceChange[];
  /** What changed outside of Terraform since the last run. */
  readonly resource_drift: readonly ResourceChange[];
  readonly output_changes: Readonly<Record<string, Change>>;
  readonly prior_state?: State;
  /** The configuration with its expressions and references; its shape is left to who reads it. */
  readonly configuration?: Values;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  /** True if planning failed half-way: such a plan is incomplete. */
  readonly errored?: boolean;
  readonly complete?: boolean;
  readonly timestamp?: string;
}

const SHOW = "make one with `terraform plan -out=plan.bin` and `terraform show -json plan.bin > plan.json`";

/**
 * Reads a plan in JSON. `where` names its file in errors.
 *
 * @throws {TerraformError} if it is no JSON, no plan, or of a format that is not known
 */
export function parsePlan(content: string | Uint8Array, where: string): Plan {
  const text = decodeText(content, where);
  if (text.startsWith("PK\u0003\u0004")) {
    throw refuse(
      "this is a plan in Terraform's own format, not JSON",
      where,
      "terraform show -json FILE > plan.json",
    );
  }
  if (/^\s*\{"@level":/.test(text)) {
    throw refuse("this is the log that `terraform plan -json` prints, not a plan", where, SHOW);
  }
  const plan = parseJsonObject(text, where, SHOW);
  const isPlan = isObject(plan["planned_values"]) || Array.isArray(plan["resource_changes"]);
  if (!isPlan && isObject(plan["values"])) throw refuse("this is a state, not a plan", where, SHOW);
  if (!isPlan || typeof plan["format_version"] !== "string") {
    throw refuse("this is JSON, but not a Terraform plan", where, SHOW);
  }
  checkFormat(plan["format_version"], where);
  const changes = readChanges(plan, "resource_changes", where);
  const drift = readChanges(plan, "resource_drift", where);
  for (const part of [
    plan["planned_values"],
    isObject(plan["prior_state"]) && plan["prior_state"]["values"],
  ]) {
    checkValues(part, where, SHOW);
  }
  const outputs = isObject(plan["output_changes"]) ? plan["output_changes"] : {};
  return {
    ...(plan as unknown as Plan),
    resource_changes: changes,
    resource_drift: drift,
    output_changes: outputs as Plan["output_changes"],
  };
}

/**
 * Reads a state as `terraform show -json` prints it.
 *
 * @throws {TerraformError} if it is no JSON, no such state, or of a format that is not known
 */
export function parseState(content: string | Uint8Array, where: string): State {
  const remedy = "make one with `terraform show -json > state.json`";
  const state = parseJsonObject(decodeText(content, where), where, remedy);
  if (typeof state["lineage"] === "string") {
    throw refuse("this is a state file, not the output of `terraform show -json`", where, remedy);
  }
  if (isObject(state["planned_values"]) || Array.isArray(state["resource_changes"])) {
    throw refuse("this is a plan, not a state", where, remedy);
  }
  if (state["format_version"] === undefined && state["values"] === undefined) {
    throw refuse("this is JSON, but not a Terraform state", where, remedy);
  }
  if (state["format_version"] !== undefined) checkFormat(String(state["format_version"]), where);
  if (state["values"] !== undefined && !isObject(state["values"])) {
    throw refuse("this is JSON, but not a Terraform state", where, remedy);
  }
  checkValues(state["values"], where, remedy);
  return state as State;
}

/** All resources of a module and the modules below it. */
export function* resourcesIn(module: StateModule): Generator<StateResource> {
  yield* module.resources ?? [];
  for (const child of module.child_modules ?? []) yield* resourcesIn(child);
}

function readChanges(plan: Values, key: string, where: string): readonly ResourceChange[] {
  const list = plan[key] ?? [];
  const isSound = (item: unknown) =>
    isObject(item) &&
    typeof item["address"] === "string" &&
    typeof item["type"] === "string" &&
    isObject(item["change"]) &&
    Array.isArray(item["change"]["actions"]) &&
    areValues(item["change"]["before"]) &&
    areValues(item["change"]["after"]);
  if (!Array.isArray(list) || !list.every(isSound)) {
    throw refuse(`${key}: not a list of resource changes`, where, SHOW);
  }
  return list as ResourceChange[];
}

/** The values of a resource, or none where it is not there. */
const areValues = (side: unknown): boolean => side === undefined || side === null || isObject(side);

/** That modules and their resources have the form that `resourcesIn` counts on. */
function checkValues(values: unknown, where: string, remedy: string): void {
  const root = isObject(values) ? values["root_module"] : undefined;
  if (root !== undefined) checkModule(root, where, remedy);
}

function checkModule(module: unknown, where: string, remedy: string): void {
  const wrong = (what: string) => refuse(`${what}: not as Terraform writes it`, where, remedy);
  if (!isObject(module)) throw wrong("root_module or child_modules");
  const { resources = [], child_modules: children = [] } = module;
  const isResource = (one: unknown) =>
    isObject(one) &&
    ["address", "mode", "type", "name"].every((key) => typeof one[key] === "string") &&
    isObject(one["values"] ?? {});
  if (!Array.isArray(resources) || !resources.every(isResource)) throw wrong("resources");
  if (!Array.isArray(children)) throw wrong("child_modules");
  for (const child of children) checkModule(child, where, remedy);
}

function checkFormat(version: string, where: string): void {
  if (version.split(".")[0] === MAJOR) return;
  const remedy = "update this program, or use a Terraform release that writes version 1";
  throw refuse(`format_version ${version}: only version ${MAJOR} is understood`, where, remedy);
}

function refuse(problem: string, where: string, remedy: string): TerraformError {
  return new TerraformError({ problem, where, remedy });
}
