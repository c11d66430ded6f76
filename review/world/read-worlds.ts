import type { Plan, State, SynthesizedConfig } from "../../terraform";
import { assemble, type ReadWorld } from "./assemble";
import type { ConfigContext } from "./config-reader";
import type { Value } from "./evaluate";
import { readOnlyExisting } from "./existing";
import { type ExportFile, type ExportsTogether, exportsTogether, readExport } from "./export";
import { PlanReader } from "./plan";
import type { PolicyCache } from "./policy-text";
import type { SeenInput, SeenResource } from "./seen";
import { readState } from "./state";
import { readSynthesis } from "./synthesis";
import { type NamedAttribute, Unknowns } from "./unknowns";

/** Something to read; `label` is what it is called: a stack by its name, a file by its path. */
export type WorldInput = { readonly label: string } & (
  | { readonly kind: "synthesis"; readonly config: SynthesizedConfig }
  /** What a stack whose plan is read tells of what exists already, and no plan does. */
  | { readonly kind: "existing"; readonly config: SynthesizedConfig }
  | { readonly kind: "plan"; readonly plan: Plan; readonly config?: SynthesizedConfig | undefined }
  | { readonly kind: "state"; readonly state: State }
  | { readonly kind: "export"; readonly files: readonly ExportFile[] }
);

type OutputReader = (name: string) => Value | undefined;

/** A stack reads another by a remote state of its name; cdktf puts this before it, and before its own outputs that. */
const crossStackState = "cross-stack-reference-input-";
const crossStackOutput = "cross-stack-output-";

/**
 * Reads several inputs as one: ids are joined, and a reference to another stack's output leads to its value where
 * that stack is among them. One world for each account and Region that has policies or collections, at least one.
 */
export function readWorlds(inputs: readonly WorldInput[]): ReadWorld[] {
  return readAll(inputs).worlds();
}

/** What is read of inputs. */
export interface Reading {
  readonly worlds: () => ReadWorld[];
  /** The resources that tell who reaches what, with names for what is not known. */
  readonly resources: () => readonly SeenResource[];
  /** The names that stand for an attribute of a resource, which the apply will tell. */
  readonly symbols: () => ReadonlyMap<string, NamedAttribute>;
}

/** The same, to be asked for more than the worlds; `worlds` has to be asked for first, since it gives the names. */
export function readAll(inputs: readonly WorldInput[], cache?: PolicyCache): Reading {
  const unknowns = new Unknowns();
  const outputs = new Map<string, OutputReader>();
  const following = new Set<string>();
  const outputOf = (remoteState: string, output: string): Value | undefined => {
    const place = `${remoteState} ${output}`;
    if (following.has(place)) return undefined;
    following.add(place);
    const stack = remoteState.startsWith(crossStackState)
      ? remoteState.slice(crossStackState.length)
      : remoteState;
    const isOfCdktf = output.startsWith(crossStackOutput);
    const value =
      outputs.get(stack)?.(output) ?? (isOfCdktf ? onlyOne([...outputs.values()], output) : undefined);
    following.delete(place);
    return value;
  };
  const together = exportsTogether(inputs.filter((input) => input.kind === "export"));
  const reads = inputs.map((input) => {
    const context = { label: input.label, unknowns, outputOf };
    const { read, output } = reader(input, context, together);
    if (output) outputs.set(input.label, output);
    return read;
  });
  const seen = reads.map((read) => read());
  return {
    worlds: () => assemble(seen, unknowns, cache),
    resources: () => seen.flatMap(({ resources }) => unknowns.namedIn(resources)),
    symbols: () => unknowns.namedAttributes(),
  };
}

/** The value of an output that exactly one stack has. */
function onlyOne(readers: readonly OutputReader[], output: string): Value | undefined {
  const values = readers.map((read) => read(output)).filter((value) => value !== undefined);
  return values.length === 1 ? values[0] : undefined;
}

function reader(
  input: WorldInput,
  context: ConfigContext,
  together: ExportsTogether,
): { read: () => SeenInput; output?: OutputReader } {
  switch (input.kind) {
    case "synthesis": {
      const synthesis = readSynthesis(input.config, context);
      return { read: synthesis.read, output: (name) => synthesis.reader.output(name) };
    }
    case "existing": {
      const { config } = input;
      return { read: () => readOnlyExisting(config, context) };
    }
    case "plan": {
      const plan = new PlanReader(input.plan, context, input.config);
      return { read: () => plan.read(), output: (name) => plan.output(name) };
    }
    case "state": {
      const { state, label } = input;
      return {
        read: () => readState(state, label),
        output: (name) => state.values?.outputs?.[name]?.value ?? undefined,
      };
    }
    case "export":
      return { read: () => readExport(input, together) };
  }
}

/** What a synthesized stack will make; ids are symbolic: `<id of apps>`. */
export const worldOfSynthesis = (config: SynthesizedConfig, label = "the stack"): ReadWorld =>
  first([{ kind: "synthesis", label, config }]);

/** What there will be after a plan; the configuration tells what the plan leaves open. */
export const worldOfPlan = (plan: Plan, config?: SynthesizedConfig, label = "the plan"): ReadWorld =>
  first([{ kind: "plan", label, plan, config }]);

/** What a state says there is. */
export const worldOfState = (state: State, label = "the state"): ReadWorld =>
  first([{ kind: "state", label, state }]);

/** What the AWS CLI printed. */
export const worldOfExport = (files: readonly ExportFile[], label = "the export"): ReadWorld =>
  first([{ kind: "export", label, files }]);

function first(inputs: readonly WorldInput[]): ReadWorld {
  return firstOf(readWorlds(inputs));
}

/** The first of several worlds; the others are told as not seen. */
function firstOf([read, ...others]: readonly ReadWorld[]): ReadWorld {
  if (!read) throw new Error("no world was read");
  const left = others.map(
    ({ world, region }) =>
      `policies of account ${world.account ?? "unknown"} in ${region ?? "a Region not known"}`,
  );
  return { ...read, notSeen: [...read.notSeen, ...left] };
}
