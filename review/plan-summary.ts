import { diffLines } from "diff";
import type { Plan, ResourceChange, SynthesizedConfig } from "../terraform";
import { type KnownValues, symbolic } from "./symbolic";

export type PlannedAction =
  | "move"
  | "create"
  | "update"
  | "replace"
  | "delete"
  | "read"
  | "forget"
  | "import";

/** One attribute that a plan sets, changes or removes; values are short texts for a reader. */
export interface AttributeChange {
  readonly name: string;
  /** Missing when there was none. */
  readonly before?: string;
  /** Missing when there will be none. */
  readonly after?: string;
  /** Whether Terraform replaces the resource because of it. */
  readonly forcesReplacement: boolean;
}

/** A policy document before and after, indented; references not known yet are symbolic. */
export interface PolicyChange {
  readonly before?: string;
  readonly after?: string;
  /** All lines, each with "+", "-" or " " before it. */
  readonly lines: readonly string[];
}

/** What Terraform will do to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly action: PlannedAction;
  /** The address it had before, when the configuration moves it. */
  readonly movedFrom?: string;
  readonly attributes: readonly AttributeChange[];
  readonly policy?: PolicyChange;
}

/** What Terraform will do to one stack. */
export interface PlanSummary {
  readonly changes: readonly PlannedChange[];
  /** What somebody else changed since the last run. */
  readonly drift: readonly PlannedChange[];
  /** Outputs that change. */
  readonly outputs: readonly string[];
  readonly counts: { readonly add: number; readonly change: number; readonly destroy: number };
}

/** Of a plan that does nothing. */
export const emptySummary: PlanSummary = {
  changes: [],
  drift: [],
  outputs: [],
  counts: { add: 0, change: 0, destroy: 0 },
};

/** Reads out of a plan what a reviewer looks at: address, action, the attributes that change, policies in full. */
export function summarisePlan(plan: Plan, config: SynthesizedConfig): PlanSummary {
  const known = knownValues(plan);
  const changes = plan.resource_changes.flatMap((change) => describe(change, config, known) ?? []);
  const count = (...actions: PlannedAction[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return {
    changes,
    drift: plan.resource_drift.flatMap((change) => ownDrift(change, config, known)),
    outputs: Object.entries(plan.output_changes)
      .filter(([, { actions }]) => !actions.includes("no-op"))
      .map(([name]) => name),
    counts: { add: count("create", "replace"), change: count("update"), destroy: count("delete", "replace") },
  };
}

/** What is known of the resources that stay: all that the plan does not leave to the apply. */
function knownValues(plan: Plan): KnownValues {
  const staying = new Map(
    plan.resource_changes
      .filter(({ change, deposed }) => !change.actions.includes("create") && deposed === undefined)
      .map(({ address, change }) => [address, asValues(change.after)]),
  );
  return (address, attribute) => {
    const value = staying.get(address)?.[attribute];
    return typeof value === "string" ? value : undefined;
  };
}

function describe(
  resource: ResourceChange,
  config: SynthesizedConfig,
  known: KnownValues,
): PlannedChange | undefined {
  const action = actionOf(resource);
  if (!action) return undefined;
  const attributes = attributesOf(resource, action, config, known);
  const policy = attributes.find(({ name }) => name === "policy" && resource.type.endsWith("_policy"));
  return {
    // What is left of a replacement that did not finish is not the resource that lives on under its address.
    address: resource.deposed === undefined ? resource.address : `${resource.address} (deposed)`,
    action,
    ...(resource.previous_address === undefined ? {} : { movedFrom: resource.previous_address }),
    attributes: attributes.filter((attribute) => attribute !== policy),
    ...(policy ? { policy: policyChange(policy) } : {}),
  };
}

/**
 * What somebody else changed of what the configuration says. The rest, such as the rules that a security group
 * lists because rule resources made them, is Terraform catching up with itself.
 */
function ownDrift(resource: ResourceChange, config: SynthesizedConfig, known: KnownValues): PlannedChange[] {
  const change = describe(resource, config, known);
  const configured = config.get(resource.address)?.attributes ?? {};
  if (!change) return [];
  if (change.action !== "update") return [change];
  // After new default tags the provider reads all tags anew, which looks as if somebody had changed them.
  const attributes = change.attributes.filter(({ name }) => name in configured && name !== "tags");
  return attributes.length > 0 || change.policy ? [{ ...change, attributes }] : [];
}

function actionOf({ change, mode, previous_address }: ResourceChange): PlannedAction | undefined {
  const [first, second] = change.actions;
  if (second !== undefined) return "replace";
  if (first === "no-op" || first === undefined) {
    if (change.importing) return "import";
    return previous_address === undefined ? undefined : "move";
  }
  return mode === "data" ? "read" : first;
}

type Values = Readonly<Record<string, unknown>>;

function attributesOf(
  resource: ResourceChange,
  action: PlannedAction,
  config: SynthesizedConfig,
  known: KnownValues,
): AttributeChange[] {
  const { change } = resource;
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(asValues);
  if (!before || !after || !unknown || action === "delete" || action === "forget") return [];
  const configured = config.get(resource.address)?.attributes ?? {};
  // Of a new resource only what the configuration says is news; the rest are defaults and computed values.
  const names = Object.keys({ ...before, ...after, ...unknown }).filter((name) =>
    action === "create" && Object.keys(configured).length > 0 ? name in configured : true,
  );
  return names.sort().flatMap((name) => {
    const isUnknown = unknown[name] !== undefined && unknown[name] !== false && !isEmpty(unknown[name]);
    const expression = configured[name];
    if (isUnknown && expression === undefined && action !== "create") return [];
    const later =
      expression === undefined ? "(known after apply)" : symbolic(shown(expression), config, known);
    let was = absent(before[name]) ? undefined : shown(before[name]);
    let will = isUnknown ? later : absent(after[name]) ? undefined : shown(after[name]);
    if (was === will && !isUnknown) {
      // A list that only changes its order looks the same where lists are shown sorted.
      [was, will] = [before[name], after[name]].map((value) => JSON.stringify(value));
      if (was === will || (absent(before[name]) && absent(after[name]))) return [];
    }
    const sensitive = isSensitive(change.before_sensitive, name) || isSensitive(change.after_sensitive, name);
    return [
      {
        name,
        ...(was === undefined ? {} : { before: sensitive ? "(sensitive)" : was }),
        ...(will === undefined ? {} : { after: sensitive ? "(sensitive)" : will }),
        forcesReplacement: (change.replace_paths ?? []).some((path) => path[0] === name),
      },
    ];
  });
}

function policyChange({ before, after }: AttributeChange): PolicyChange {
  const [was, will] = [before, after].map((text) => (text === undefined ? undefined : indented(text)));
  const lines = diffLines(was ? `${was}\n` : "", will ? `${will}\n` : "").flatMap(
    ({ value, added, removed }) =>
      value
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => `${added ? "+" : removed ? "-" : " "} ${line}`),
  );
  return {
    ...(was === undefined ? {} : { before: was }),
    ...(will === undefined ? {} : { after: will }),
    lines,
  };
}

/** An array of texts, as JSON.stringify breaks it into lines. */
const shortArray = /\[\n\s*"(?:[^"\\\n]|\\.)*"(?:,\n\s*"(?:[^"\\\n]|\\.)*")*\n\s*\]/g;
const longestArrayLine = 70;

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).replace(shortArray, (array) => {
      const line = array.replace(/\n\s*/g, " ");
      return line.length <= longestArrayLine ? line : array;
    });
  } catch {
    return text;
  }
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.map(String).sort().join(", ");
  return JSON.stringify(value);
}

const asValues = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && !JSON.stringify(value).includes("true");

const absent = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

function isSensitive(marks: unknown, name: string): boolean {
  return marks === true || (asValues(marks)[name] !== undefined && !isEmpty(asValues(marks)[name]));
}
