import type { Plan } from "../../terraform";
import { evaluate, into, type Value } from "./evaluate";
import type { Expression, Step } from "./expression";
import { members, texts } from "./seen";
import { hasUnknown, type Unknowns } from "./unknowns";

type Section = Readonly<Record<string, unknown>>;

/** A module of the configuration in a plan, with the address of one of its instances. */
export interface PlanModule {
  /** `module.a["x"].module.b`; empty for the root. */
  readonly address: string;
  readonly config: Section;
  /** How it is called, and from where; undefined for the root. */
  readonly call?: Section;
  readonly parent?: PlanModule;
}

/** Where the values of attributes are found; undefined for one of a resource that is not in the plan. */
export type AttributeLookup = (address: string, attribute: string) => Value | undefined;

const steps = /^((?:data\.)?[a-z]\w*\.[\w-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.(\w+))?$/;
const moduleSteps = /^module\.([\w-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.([\w-]+))?$/;
const moduleAddress = /module\.([\w-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)/y;

/**
 * Follows the references that a plan keeps of an expression. Of a configuration in JSON, as CDKTF writes it, the plan
 * keeps the expression too; of HCL only what it refers to: where a value may come from, not what is made of it.
 */
export class PlanReferences {
  private readonly root: PlanModule;
  private readonly resources = new Map<Section, ReadonlyMap<string, Section>>();

  constructor(
    private readonly plan: Plan,
    private readonly lookup: AttributeLookup,
    private readonly unknowns: Unknowns,
  ) {
    this.root = { address: "", config: members(members(plan.configuration)["root_module"]) };
  }

  /** The module that a resource's address lies in; undefined where the configuration does not have it. */
  moduleOf(address: string): PlanModule | undefined {
    let module: PlanModule | undefined = this.root;
    moduleAddress.lastIndex = 0;
    for (;;) {
      const start = moduleAddress.lastIndex;
      const step = moduleAddress.exec(address);
      if (!step || !module) return module;
      if (step.index !== start) return module;
      module = this.child(module, step[1] ?? "", step[2] ?? "");
    }
  }

  /** The configuration of a resource in a module, by type and name. */
  resourceIn(module: PlanModule, mode: string, type: string, name: string): Section | undefined {
    const { config } = module;
    let byName = this.resources.get(config);
    if (!byName) {
      const all = Array.isArray(config["resources"]) ? config["resources"].map(members) : [];
      byName = new Map(all.map((one) => [`${one["mode"]} ${one["type"]} ${one["name"]}`, one]));
      this.resources.set(config, byName);
    }
    return byName.get(`${mode} ${type} ${name}`);
  }

  /** The value of an expression that the plan keeps as it was written; undefined where it keeps references alone. */
  written(
    expression: unknown,
    module: PlanModule,
    index: string,
    notFollowed: (text: string) => string,
  ): Value | undefined {
    const { references, constant_value: written } = members(expression);
    if (written === undefined || !Array.isArray(references)) return undefined;
    return evaluate(written, {
      notFollowed,
      startOfId: (mark) => this.unknowns.startOfId(mark),
      reference: ([root = "", name = "", ...rest], _, resolve) => {
        if (root === "each" || root === "count") {
          return name === "value" || index === "" ? undefined : (JSON.parse(index.slice(1, -1)) as Value);
        }
        if (root === "var" && typeof name === "string") {
          const value = this.variableValue(name, module, notFollowed);
          return value === undefined ? undefined : into(value, rest, resolve);
        }
        const steps = [root, name, ...rest];
        const named = root === "data" ? 3 : 2;
        const length = named + (typeof steps[named] === "object" ? 2 : 1);
        const reference = referenceText(steps.slice(0, length), resolve);
        const values = reference === undefined ? undefined : this.follow(reference, module, "", index, 0);
        return values?.length === 1 ? into(values[0], steps.slice(length), resolve) : undefined;
      },
    });
  }

  /**
   * The values that an expression refers to; undefined where one of them cannot be told. `index` is that of the
   * resource instance the expression is of, `[0]` or `["apps"]`.
   */
  valuesOf(expression: unknown, module: PlanModule, index = "", depth = 0): Value[] | undefined {
    const { references, constant_value: constant } = members(expression);
    if (constant !== undefined && !Array.isArray(references)) {
      return Array.isArray(constant) ? [...constant] : [constant];
    }
    if (!Array.isArray(references) || depth > 20) return undefined;
    const all = texts(references);
    const isInstance = all.some((one) => one === "each.key" || one === "count.index");
    const leaves = all.filter(
      (one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
    );
    const followed = leaves
      .filter((one) => !isInstance || (one !== "each.key" && one !== "count.index"))
      .map((one) => this.follow(one, module, isInstance ? index : "", index, depth));
    if (followed.length === 0 || followed.includes(undefined)) return undefined;
    return [...new Set(followed.flatMap((values) => values ?? []))];
  }

  /** An output of the root module; undefined where it cannot be told. */
  output(name: string, notFollowed: (text: string) => string): Value | undefined {
    const { expression } = members(members(this.root.config["outputs"])[name]);
    const written = this.written(expression, this.root, "", notFollowed);
    if (written !== undefined) return written;
    const values = this.valuesOf(expression, this.root);
    return values?.length === 1 ? values[0] : undefined;
  }

  private follow(
    reference: string,
    module: PlanModule,
    instance: string,
    index: string,
    depth: number,
  ): Value[] | undefined {
    const variable = /^var\.([\w-]+)$/.exec(reference)?.[1];
    if (variable !== undefined) return this.variable(variable, module, depth);
    const [, name, key = instance, output] = moduleSteps.exec(reference) ?? [];
    if (name !== undefined) {
      if (output === undefined) return undefined;
      const child = this.child(module, name, key);
      const expression = members(members(child?.config["outputs"])[output])["expression"];
      return child && this.valuesOf(expression, child, "", depth + 1);
    }
    const [, address, own, attribute] = steps.exec(reference) ?? [];
    if (address === undefined) return undefined;
    // with count.index or each.key a whole resource is named, and the instance of the same index is meant
    if (attribute === undefined && instance === "") return undefined;
    const prefix = module.address ? `${module.address}.` : "";
    const value = this.lookup(`${prefix}${address}${own ?? (instance ? index : "")}`, attribute ?? "id");
    return value === undefined ? undefined : [value];
  }

  private variable(name: string, module: PlanModule, depth: number): Value[] | undefined {
    if (isSensitive(name, module)) return undefined;
    if (!module.parent) {
      const value = this.plan.variables?.[name]?.value;
      return value === undefined ? undefined : Array.isArray(value) ? value : [value];
    }
    const expression = members(module.call?.["expressions"])[name];
    return this.valuesOf(expression, module.parent, indexOf(module.address), depth + 1);
  }

  private variableValue(
    name: string,
    module: PlanModule,
    notFollowed: (text: string) => string,
  ): Value | undefined {
    if (isSensitive(name, module)) return undefined;
    if (!module.parent) return this.plan.variables?.[name]?.value;
    const expression = members(members(module.call?.["expressions"])[name]);
    const { constant_value: constant, references } = expression;
    if (constant !== undefined && references === undefined) return constant;
    const written = this.written(expression, module.parent, indexOf(module.address), notFollowed);
    if (written !== undefined) return written;
    const values = this.variable(name, module, 0);
    return values?.length === 1 ? values[0] : undefined;
  }

  private child(parent: PlanModule, name: string, index: string): PlanModule | undefined {
    const call = members(parent.config["module_calls"])[name];
    if (call === undefined) return undefined;
    const address = `${parent.address ? `${parent.address}.` : ""}module.${name}${index}`;
    return { address, config: members(members(call)["module"]), call: members(call), parent };
  }
}

const isSensitive = (variable: string, { config }: PlanModule): boolean =>
  members(members(config["variables"])[variable])["sensitive"] === true;

/** The index at the end of an address, `[0]` or `["apps"]`. */
export const indexOf = (address: string): string =>
  /(\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/.exec(address)?.[1] ?? "";

/** A reference as plans write it; undefined where an index is not known. */
function referenceText(path: readonly Step[], resolve: (index: Expression) => Value): string | undefined {
  const parts = path.map((step, place) => {
    if (typeof step === "string") return step === "*" ? undefined : `${place === 0 ? "" : "."}${step}`;
    const key = resolve(step.index);
    return hasUnknown(key) ? undefined : `[${JSON.stringify(key)}]`;
  });
  return parts.includes(undefined) ? undefined : parts.join("");
}
