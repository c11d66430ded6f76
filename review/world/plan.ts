import type { Plan, StateResource, SynthesizedConfig, SynthesizedResource } from "../../terraform";
import { type ConfigContext, ConfigReader } from "./config-reader";
import type { Value } from "./evaluate";
import type { Instance } from "./instances";
import { idList, isOpen, marked } from "./open-values";
import { indexOf, type PlanModule, PlanReferences } from "./plan-references";
import { plannedResources } from "./planned-resources";
import { bothScopes, commonScope, ownScope, scopeOfProvider, scopeOfValues } from "./provider-scope";
import { members, type Scope, type SeenInput, type SeenResource, seenTypes, text } from "./seen";
import { idOf } from "./state";

type Values = Readonly<Record<string, Value>>;

/** What tells where a resource stands in a configuration. */
type Placed = Pick<StateResource, "address" | "mode" | "type" | "name">;

/** Reads a plan: what there will be after it. What it leaves to the apply is told by the configuration it was made of. */
export class PlanReader {
  private readonly byAddress: ReadonlyMap<string, StateResource>;
  private readonly unknownOf: ReadonlyMap<string, unknown>;
  private readonly sensitiveOf: ReadonlyMap<string, unknown>;
  private readonly references: PlanReferences;
  private readonly config: ConfigReader | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly context: ConfigContext,
    config?: SynthesizedConfig,
  ) {
    this.byAddress = plannedResources(plan);
    const changes = plan.resource_changes.filter(({ deposed }) => deposed === undefined);
    this.unknownOf = new Map(changes.map(({ address, change }) => [address, change.after_unknown]));
    this.sensitiveOf = new Map(changes.map(({ address, change }) => [address, change.after_sensitive]));
    this.references = new PlanReferences(
      plan,
      (address, attribute) => this.attribute(address, attribute),
      context.unknowns,
    );
    this.config = config && new ConfigReader(config, { ...context, known: (...of) => this.known(...of) });
  }

  read(): SeenInput {
    const { label } = this.context;
    const seen = [...this.byAddress.values()].filter(({ type }) => seenTypes.has(type));
    const scopes = this.scopesByProvider(seen);
    const resources = seen.map((resource): SeenResource => {
      const { address, mode, type } = resource;
      const id = text(this.attribute(address, "id")) ?? address;
      const values = this.filled(resource);
      const written = this.writtenOf(resource);
      const told = bothScopes(scopeOfValues(values), scopes(resource));
      const scope = this.config && written ? bothScopes(told, this.config.scopeOf(written)) : told;
      const key = this.keyOf(resource);
      return { label, rank: 0, address, key, mode, type, values, id: idOf(type, values) ?? id, scope };
    });
    const { errored, complete } = this.plan;
    const notSeen = [
      ...(errored ? [`${label}: planning failed half-way: the plan is incomplete`] : []),
      ...(complete === false
        ? [`${label}: changes that are left to a later plan, by -target or since they wait for others`]
        : []),
    ];
    const doubts = notSeen.flatMap((one) => [
      { kind: "network" as const, text: one, quiet: true },
      { kind: "data" as const, text: one, quiet: true },
    ]);
    return { label, resources: [...resources, ...this.removed(scopes)], notSeen, doubts };
  }

  /** An output of the root module, as another stack reads it. */
  output(name: string): Value | undefined {
    const { value, sensitive } = this.plan.planned_values?.outputs?.[name] ?? {};
    const { label, unknowns } = this.context;
    if (sensitive === true) return unknowns.expression(label, `output ${name}, which is sensitive`);
    if (value !== undefined && value !== null) return value;
    return (
      this.config?.output(name) ??
      this.references.output(name, (written) => unknowns.expression(label, written))
    );
  }

  /** What the plan takes away, and rules as they were before it changes them. */
  private removed(scopes: (resource: Placed) => Scope): SeenResource[] {
    const { label } = this.context;
    return this.plan.resource_changes.flatMap((resource): SeenResource[] => {
      const { address, mode, type, change } = resource;
      const goes = change.actions.includes("delete") || change.actions.includes("update");
      const isGone = change.actions.includes("delete") || type.includes("_rule");
      if (!seenTypes.has(type) || !goes || !isGone) return [];
      const values = this.withoutSecrets({ ...members(change.before) }, address, change.before_sensitive);
      const id = idOf(type, values);
      if (id === undefined) return [];
      const scope = bothScopes(scopeOfValues(values), scopes(resource));
      return [{ label, rank: 0, address, mode, type, values, id, scope, removed: true }];
    });
  }

  private known(address: string, attribute: string): Value | undefined {
    const resource = this.byAddress.get(address);
    const value = members(resource?.values)[attribute];
    if (value === undefined || value === null || this.isUnknown(address, attribute)) return undefined;
    const sensitive = [resource?.sensitive_values, this.sensitiveOf.get(address)];
    return sensitive.some((one) => isOpen(members(one)[attribute])) ? undefined : value;
  }

  /** Known, or a mark; undefined for a resource that is not in the plan. */
  private attribute(address: string, asked: string): Value | undefined {
    const resource = this.byAddress.get(address);
    if (!resource) return undefined;
    // one thing by two names has one mark
    const attribute = resource.type === "aws_route53_zone" && asked === "id" ? "zone_id" : asked;
    const known = this.known(address, attribute);
    if (known !== undefined) return known;
    const { label, unknowns } = this.context;
    return unknowns.attribute(label, address, attribute, this.keyOf(resource) ?? shortAddress(resource));
  }

  /** What its stack calls it, where the configuration tells. */
  private keyOf(resource: StateResource): string | undefined {
    const written = this.writtenOf(resource);
    const name = written?.constructPath && this.config ? this.config.shortName(written) : undefined;
    return name && `${name}${indexOf(resource.address)}`;
  }

  /** The block of a resource in the configuration, where it is given and the resource is none of a module. */
  private writtenOf({ address, mode, type, name }: StateResource): SynthesizedResource | undefined {
    if (address.startsWith("module.")) return undefined;
    return this.config?.config.get(`${mode === "data" ? "data." : ""}${type}.${name}`);
  }

  private isUnknown(address: string, attribute: string): boolean {
    const unknown = this.unknownOf.get(address);
    return unknown === true || members(unknown)[attribute] === true;
  }

  /** The values with what the apply leaves open told by the configuration, else marked. */
  private filled(resource: StateResource): Values {
    const unknown = this.unknownOf.get(resource.address);
    const values: Record<string, Value> = { ...members(resource.values) };
    const generation = this.writtenOf(resource)?.comment?.["generation"];
    if (generation !== undefined) values["generation"] ??= generation;
    for (const [name, open] of Object.entries(members(unknown))) {
      if (!isOpen(open)) continue;
      if (name === "id") {
        // nobody configures it, also where the plan does not say what is configured
        values[name] = this.attribute(resource.address, name);
        continue;
      }
      const fromConfig = this.fromConfig(resource, name);
      values[name] = fromConfig === undefined ? this.fromReferences(resource, name, open) : fromConfig;
    }
    const { address, sensitive_values: sensitive } = resource;
    return this.withoutSecrets(values, address, {
      ...members(sensitive),
      ...members(this.sensitiveOf.get(address)),
    });
  }

  /** Nobody who reads a review may see a sensitive value, or what follows from one. */
  private withoutSecrets(values: Record<string, Value>, address: string, sensitive: unknown): Values {
    const { label, unknowns } = this.context;
    for (const [name, secret] of Object.entries(members(sensitive))) {
      if (!isOpen(secret)) continue;
      const mark = () => unknowns.expression(label, `${name} of ${address}, which is sensitive`);
      values[name] = marked(values[name], secret, mark);
    }
    return values;
  }

  private fromConfig(resource: StateResource, name: string): Value | undefined {
    const written = this.writtenOf(resource);
    if (!this.config || written?.attributes[name] === undefined) return undefined;
    const suffix = resource.index === undefined ? "" : `[${JSON.stringify(resource.index)}]`;
    const own: Instance = { suffix, ...(resource.index === undefined ? {} : { key: resource.index }) };
    const instance = this.config.instances(written).find((one) => one.suffix === suffix) ?? own;
    return this.config.value(written.attributes[name], instance);
  }

  private fromReferences(resource: StateResource, name: string, open: unknown): Value | undefined {
    const { address, mode, type, index } = resource;
    const module = this.references.moduleOf(address);
    const config = module && this.references.resourceIn(module, mode, type, resource.name);
    const expression = members(config?.["expressions"])[name];
    // an attribute that nobody configured is one that AWS fills
    if (module && config && expression === undefined) return undefined;
    const suffix = index === undefined ? "" : `[${JSON.stringify(index)}]`;
    const { label, unknowns } = this.context;
    const notFollowed = (written: string) => unknowns.expression(label, written);
    const written = module && this.references.written(expression, module, suffix, notFollowed);
    if (written !== undefined && !unknowns.isExpression(written)) return written;
    const found = module && this.references.valuesOf(expression, module, suffix);
    const value = members(resource.values)[name];
    const notTold = () =>
      unknowns.expression(label, `${name} of ${address}, known after apply${referring(expression)}`);
    if (type === "aws_route53_zone" && name === "vpc_id")
      return this.homeOfZone(expression, module) ?? notTold();
    if (name.endsWith("_ids")) return idList(value, found, notTold);
    if (/_id$|^cidr|_cidr_block$/.test(name)) return found?.length === 1 ? found[0] : notTold();
    return Array.isArray(open) ? marked(value, open, notTold) : notTold();
  }

  /** The zone of an endpoint is looked up in the endpoint's VPC, once the endpoint is there. */
  private homeOfZone(expression: unknown, module: PlanModule | undefined): Value | undefined {
    const references = members(expression)["references"];
    const endpoint = (Array.isArray(references) ? references : []).find(
      (one) => typeof one === "string" && /^aws_opensearchserverless_vpc_endpoint\.[^.]+$/.test(one),
    );
    const prefix = module?.address ? `${module.address}.` : "";
    return endpoint === undefined ? undefined : this.known(`${prefix}${endpoint}`, "vpc_id");
  }

  private scopesByProvider(resources: readonly StateResource[]): (resource: Placed) => Scope {
    const providers = members(members(this.plan.configuration)["provider_config"]);
    const root = this.references.moduleOf("");
    const keyOf = ({ address, mode, type, name }: Placed): string => {
      const module = this.references.moduleOf(address);
      const config = module && this.references.resourceIn(module, mode, type, name);
      return text(config?.["provider_config_key"]) ?? "aws";
    };
    const byKey = new Map<string, Scope[]>();
    for (const resource of resources) {
      const key = keyOf(resource);
      const scopes = byKey.get(key) ?? [];
      byKey.set(key, scopes);
      scopes.push(ownScope(resource.mode, resource.type, members(resource.values)));
    }
    const scopes = new Map(
      [...byKey].map(([key, seen]) => {
        const written = members(members(providers[key])["expressions"]);
        const values = Object.fromEntries(
          Object.entries(written).map(([name, expression]) => {
            const found = root && this.references.valuesOf(expression, root);
            const isList = name === "allowed_account_ids";
            return [name, isList ? found : found?.length === 1 ? found[0] : undefined];
          }),
        );
        return [key, bothScopes(scopeOfProvider(values), commonScope(seen))];
      }),
    );
    return (resource) => scopes.get(keyOf(resource)) ?? {};
  }
}

function referring(expression: unknown): string {
  const references = members(expression)["references"];
  if (!Array.isArray(references) || references.length === 0) return "";
  return ` from ${references.filter((one) => !references.some((other) => String(other).startsWith(`${one}.`))).join(", ")}`;
}

/** `module.search.aws_x.apps[0]` is `search.apps[0]` to a reader. */
const shortAddress = ({ address, type }: StateResource): string =>
  address
    .replaceAll("module.", "")
    .replace(/(^|\.)data\./, "$1")
    .replace(`${type}.`, "");
