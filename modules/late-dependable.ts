import {
  Aspects,
  DefaultTokenResolver,
  type ITerraformDependable,
  Lazy,
  StringConcat,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";

/** Addresses in Terraform, asked when synthesis has started. */
type Addresses = () => readonly string[];

/**
 * Something for `dependsOn` that turns out to be any number of addresses. CDKTF takes one for each thing to depend on,
 * so whatever in the stack was given this is given all of them when synthesis starts.
 */
export function lateDependable(scope: IConstruct, addresses: Addresses): ITerraformDependable {
  const stack = TerraformStack.of(scope);
  const known = dependables.get(stack);
  if (known) return known.add(addresses);
  const made = new LateDependables();
  dependables.set(stack, made);
  Aspects.of(stack).add(made);
  return made.add(addresses);
}

const dependables = new WeakMap<TerraformStack, LateDependables>();

/** What CDKTF's elements keep: texts in resources, modules and data sources, dependables in outputs. */
type DependsOn = readonly (string | ITerraformDependable)[];

/** Those of one stack: an aspect that sees each construct of it. */
class LateDependables {
  private readonly byMark = new Map<string, Addresses>();
  /** What was there before it was rewritten: a stack may be synthesized more than once. */
  private readonly rewritten = new WeakMap<
    IConstruct,
    { readonly given: DependsOn; readonly made: DependsOn; readonly count: number }
  >();

  add(addresses: Addresses): ITerraformDependable {
    const mark = `late-dependable-${this.byMark.size}`;
    this.byMark.set(mark, addresses);
    return { fqn: Lazy.stringValue({ produce: ({ preparing }) => (preparing ? mark : addresses()[0]) }) };
  }

  visit(construct: IConstruct): void {
    const element = construct as IConstruct & { dependsOn?: unknown };
    if (!Array.isArray(element.dependsOn)) return;
    const now = element.dependsOn as DependsOn;
    const before = this.rewritten.get(construct);
    const given = before?.made === now ? [...before.given, ...now.slice(before.count)] : now;
    const late = given.map((entry) => this.byMark.get(markOf(entry, construct))?.());
    if (late.every((addresses) => addresses === undefined)) return;
    const seen = new Set<string>();
    const isNew = (address: string) => !seen.has(address) && seen.add(address);
    const made = given.flatMap((entry, place): DependsOn => {
      const addresses = late[place]?.filter(isNew);
      if (!addresses) return [entry];
      return typeof entry === "string" ? addresses : addresses.map((fqn) => ({ fqn }));
    });
    this.rewritten.set(construct, { given, made, count: made.length });
    element.dependsOn = made;
  }
}

/** What the entry is while references between stacks are looked for. */
function markOf(entry: string | ITerraformDependable, scope: IConstruct): string {
  const text = typeof entry === "string" ? entry : entry.fqn;
  if (!Token.isUnresolved(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, preparing: true, resolver }));
}
