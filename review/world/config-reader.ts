import type { SynthesizedConfig, SynthesizedResource } from "../../terraform";
import { evaluate, into, type Surroundings, type Value } from "./evaluate";
import type { Expression, Step } from "./expression";
import { type Instance, instancesOf } from "./instances";
import { bothScopes, scopeOfProvider } from "./provider-scope";
import { type Scope, text } from "./seen";
import { hasUnknown, type Unknowns } from "./unknowns";

/** What is known of a configuration besides its text. */
export interface ConfigContext {
  /** What the input is called. */
  readonly label: string;
  readonly unknowns: Unknowns;
  /** The value that an attribute of a resource has already, as in a plan. */
  readonly known?: (address: string, attribute: string) => Value | undefined;
  /** An output of another stack, by the name of the remote state that reads it. */
  readonly outputOf?: (remoteState: string, output: string) => Value | undefined;
}

/** Arguments that hold the id where the attribute `id` is asked for. */
const idArguments: Readonly<Record<string, string>> = {
  "data.aws_opensearchserverless_vpc_endpoint": "vpc_endpoint_id",
  "data.aws_route53_zone": "zone_id",
};

/** Follows references within a configuration in JSON. */
export class ConfigReader {
  private readonly following = new Set<string>();
  private readonly scopes = new Map<string, Scope>();

  constructor(
    readonly config: SynthesizedConfig,
    private readonly context: ConfigContext,
  ) {
    for (const { key, attributes } of config.sections.providers) {
      const values = evaluate(attributes, this.surroundings()) as Readonly<Record<string, Value>>;
      this.scopes.set(key, scopeOfProvider(values));
    }
  }

  instances(resource: SynthesizedResource): readonly Instance[] {
    return instancesOf(resource, (written) => evaluate(written, this.surroundings()));
  }

  /** All arguments of one instance. */
  values(resource: SynthesizedResource, instance: Instance): Readonly<Record<string, Value>> {
    const { dynamic, ...written } = resource.attributes;
    const values = evaluate(written, this.surroundings(instance)) as Record<string, Value>;
    // a collection is in a group whose generation may stand nowhere else
    const generation = resource.comment?.["generation"];
    if (generation !== undefined) values["generation"] ??= generation;
    for (const block of Object.keys((dynamic ?? {}) as object)) {
      values[block] = [
        this.context.unknowns.expression(this.context.label, `dynamic ${block} of ${resource.address}`),
      ];
    }
    return values;
  }

  value(written: unknown, instance?: Instance): Value {
    return evaluate(written, this.surroundings(instance));
  }

  output(name: string): Value | undefined {
    const written = this.config.sections.outputs[name];
    return written === undefined ? undefined : this.value(written);
  }

  /** The provider's account and Region; an argument `region` of the resource's own goes before. */
  scopeOf(resource: SynthesizedResource): Scope {
    const named = text(resource.attributes["provider"])?.replace(/^\$\{(.*)\}$/, "$1") ?? "aws";
    const region = text(resource.attributes["region"]);
    return bothScopes(region && !region.includes("${") ? { region } : {}, this.scopes.get(named) ?? {});
  }

  /** The id of an instance: an argument, a known value, or the mark that stands for it. */
  idOf(resource: SynthesizedResource, instance: Instance): string {
    const argument = idArguments[`${resource.mode === "data" ? "data." : ""}${resource.type}`];
    const id = this.attribute(resource, instance, argument ?? "id");
    return text(id) ?? this.mark(resource, instance, "id");
  }

  /** The construct's path without the stack, and without the parts that addresses leave out; else the name. */
  shortName({ constructPath, name }: SynthesizedResource): string {
    const steps = constructPath?.split("/").slice(1);
    return steps?.filter((step) => step !== "Default" && step !== "Resource").join("/") || name;
  }

  private mark(resource: SynthesizedResource, instance: Instance, attribute: string): string {
    const { label, unknowns } = this.context;
    const name = `${this.shortName(resource)}${instance.suffix}`;
    return unknowns.attribute(label, `${resource.address}${instance.suffix}`, attribute, name);
  }

  private attribute(resource: SynthesizedResource, instance: Instance, attribute: string): Value {
    const address = `${resource.address}${instance.suffix}`;
    const known = this.context.known?.(address, attribute);
    if (known !== undefined) return known;
    const isAlias = attribute === "id" && idArguments[`data.${resource.type}`] && resource.mode === "data";
    if (isAlias) return this.idOf(resource, instance);
    const written = resource.attributes[attribute];
    const place = `${address}.${attribute}`;
    if (written !== undefined && written !== null && !this.following.has(place)) {
      this.following.add(place);
      const value = this.value(written, instance);
      this.following.delete(place);
      return value;
    }
    if (resource.mode === "data") {
      const { account, region } = this.scopeOf(resource);
      if (resource.type === "aws_caller_identity" && attribute === "account_id" && account) return account;
      if (resource.type === "aws_region" && /^(?:region|name|id)$/.test(attribute) && region) return region;
    }
    return this.mark(resource, instance, attribute);
  }

  private surroundings(instance?: Instance): Surroundings {
    const { label, unknowns } = this.context;
    return {
      notFollowed: (written) => unknowns.expression(label, written),
      startOfId: (mark) => unknowns.startOfId(mark),
      reference: (steps, written, resolve) => this.follow(steps, written, resolve, instance),
    };
  }

  private follow(
    steps: readonly Step[],
    written: string,
    resolve: (index: Expression) => Value,
    instance: Instance | undefined,
  ): Value | undefined {
    const { label, unknowns } = this.context;
    const [root, name, ...rest] = steps;
    if (typeof root !== "string" || typeof name !== "string") return undefined;
    if (root === "local") return this.local(name, rest, resolve);
    if (root === "each" || root === "count") {
      const own: Record<string, Value> = { key: instance?.key, value: instance?.value, index: instance?.key };
      return own[name] === undefined ? undefined : into(own[name], rest, resolve);
    }
    if (root === "var" && rest.length === 0) return unknowns.outside(label, written);
    if (root === "var" || root === "path" || root === "terraform" || root === "self") return undefined;
    if (root === "module") return unknowns.outside(label, written);
    if (root !== "data") return this.ofResource(`${root}.${name}`, rest, written, resolve);
    const [third, ...attributes] = rest;
    if (typeof third !== "string") return undefined;
    if (
      name === "terraform_remote_state" &&
      attributes[0] === "outputs" &&
      typeof attributes[1] === "string"
    ) {
      const found = this.context.outputOf?.(third, attributes[1]);
      return found === undefined
        ? unknowns.outside(label, written)
        : into(found, attributes.slice(2), resolve);
    }
    return this.ofResource(`data.${name}.${third}`, attributes, written, resolve);
  }

  private local(
    name: string,
    rest: readonly Step[],
    resolve: (index: Expression) => Value,
  ): Value | undefined {
    const written = this.config.sections.locals[name];
    const place = `local.${name}`;
    if (written === undefined || this.following.has(place)) return undefined;
    this.following.add(place);
    const value = this.value(written);
    this.following.delete(place);
    return into(value, rest, resolve);
  }

  private ofResource(
    address: string,
    steps: readonly Step[],
    written: string,
    resolve: (index: Expression) => Value,
  ): Value | undefined {
    const resource = this.config.get(address);
    if (!resource) return this.context.unknowns.outside(this.context.label, written);
    const instances = this.instances(resource);
    const [first, ...rest] = steps;
    if (first === "*") {
      const [attribute, ...further] = rest;
      if (typeof attribute !== "string" || instances.some(({ suffix }) => suffix === "[*]")) return undefined;
      const each = instances.map((one) => into(this.attribute(resource, one, attribute), further, resolve));
      return each.includes(undefined) ? undefined : each;
    }
    const indexed = typeof first === "object";
    const key = indexed ? resolve(first.index) : undefined;
    const suffix = !indexed ? "" : hasUnknown(key) ? "[*]" : `[${JSON.stringify(key)}]`;
    const instance = instances.find((one) => one.suffix === suffix || one.suffix === "[*]");
    const [attribute, ...further] = indexed ? rest : steps;
    if (!instance || typeof attribute !== "string") return undefined;
    const value = this.attribute(resource, instance, attribute);
    // a mark that has parts is a value of its own
    return further.length > 0 && hasUnknown(value) ? undefined : into(value, further, resolve);
  }
}
