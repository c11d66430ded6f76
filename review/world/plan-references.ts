import type { Plan } from "../../terraform";
import type { Value } from "./evaluate";
import { members, texts } from "./seen";

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
 * Follows the references that a plan keeps of an expression. Of the expression itself it keeps nothing else, so a
 * reference tells where a value may come from, not what is made of it.
 */
export class PlanReferences {
  private readonly root: PlanModule;
  private readonly resources = new Map<Section, ReadonlyMap<string, Section>>();

  constructor(
    private readonly plan: Plan,
    private readonly lookup: AttributeLookup,
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

  /**
   * The values that an expression refers to; undefined where one of them cannot be told. `index` is that of the
   * resource instance the expression is of, `[0]` or `["apps"]`.
   */
  valuesOf(expression: unknown, module: PlanModule, index = "", depth = 0): Value[] | undefined {
    const { references, constant_value: constant } = members(expression);
    if (constant !== undefined) return Array.isArray(constant) ? [...constant] : [constant];
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

  /** An output of the root module. */
  output(name: string): Value[] | undefined {
    const output = members(members(this.root.config["outputs"])[name]);
    return this.valuesOf(output["expression"], this.root);
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
    if (!module.parent) {
      const value = this.plan.variables?.[name]?.value;
      return value === undefined ? undefined : Array.isArray(value) ? value : [value];
    }
    const expression = members(module.call?.["expressions"])[name];
    const own = /(\[[^[]*\])$/.exec(module.address)?.[1] ?? "";
    return this.valuesOf(expression, module.parent, own, depth + 1);
  }

  private child(parent: PlanModule, name: string, index: string): PlanModule | undefined {
    const call = members(parent.config["module_calls"])[name];
    if (call === undefined) return undefined;
    const address = `${parent.address ? `${parent.address}.` : ""}module.${name}${index}`;
    return { address, config: members(members(call)["module"]), call: members(call), parent };
  }
}
