import { coversCollection } from "../service";

/** One policy of a set, as it is compiled: its place in the set and its text with stand-ins. */
export interface SetPolicy {
  /** "" for the first, else `[a-z0-9-]{1,12}`. */
  readonly slot: string;
  readonly text: string;
  /** The slot of the policy that Terraform has to change before this one. */
  readonly after?: string;
}

/** A part of a grant, as policies write it: each of `who` gets all of `may` on all of `resources`. */
export interface Granted {
  /** `collection/NAME` or `index/COLLECTION/INDEX` */
  readonly resources: readonly string[];
  /** Principals, or endpoints and services. */
  readonly who: readonly string[];
  /** @default - nothing that policies of this kind would say */
  readonly may?: readonly string[];
}

/** A rule of a policy, with those whom its block lets in. */
interface PlacedRule {
  readonly slot: string;
  readonly who: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

/** What rules of all kinds of policies have, as far as it is looked for. */
interface Block {
  readonly Rules: readonly {
    readonly Resource: readonly string[];
    readonly Permission?: readonly string[];
  }[];
  readonly Principal?: readonly string[];
  readonly SourceVPCEs?: readonly string[];
  readonly SourceServices?: readonly string[];
}

/** In which policies of a set something is written. */
export class PolicyPlaces {
  /** By their resources. */
  private readonly rules = new Map<string, PlacedRule[]>();
  /** By names and patterns of collections. */
  private readonly naming = new Map<string, Set<string>>();
  private readonly all: readonly string[];

  constructor(policies: readonly SetPolicy[]) {
    this.all = policies.map(({ slot }) => slot);
    for (const { slot, text } of policies) {
      const blocks = [JSON.parse(text) as Block | readonly Block[]].flat();
      for (const { Rules, Principal = [], SourceVPCEs = [], SourceServices = [] } of blocks) {
        const who = new Set([...Principal, ...SourceVPCEs, ...SourceServices]);
        for (const { Resource, Permission = [] } of Rules) {
          const rule = { slot, who, may: new Set(Permission) };
          for (const resource of Resource) this.place(resource, rule);
        }
      }
    }
  }

  /** The policies that hold any of what was granted on the collection; those that name it, where nothing was. */
  slotsFor(collection: string, granted: readonly Granted[] = []): readonly string[] {
    const slots = granted.flatMap(({ resources, who, may = [] }) =>
      resources
        .filter((resource) => coversCollection(collectionOf(resource), collection))
        .flatMap((resource) => this.rules.get(resource) ?? [])
        .filter((rule) => meet(rule.who, who) && meet(rule.may, may))
        .map(({ slot }) => slot),
    );
    return slots.length > 0 ? [...new Set(slots)] : this.slotsNaming(collection);
  }

  /** The policies that name a collection, else those with the longest prefix of it. */
  private slotsNaming(collection: string): readonly string[] {
    const named = this.naming.get(collection);
    if (named) return [...named];
    for (let length = collection.length; length >= 0; length -= 1) {
      const slots = this.naming.get(`${collection.slice(0, length)}*`);
      if (slots) return [...slots];
    }
    // Some expression may turn out to name it, in whatever policy that stands.
    return this.all;
  }

  private place(resource: string, rule: PlacedRule): void {
    const rules = this.rules.get(resource);
    if (rules) rules.push(rule);
    else this.rules.set(resource, [rule]);
    const collection = collectionOf(resource);
    this.naming.set(collection, (this.naming.get(collection) ?? new Set()).add(rule.slot));
  }
}

/** `orders` of `collection/orders` and of `index/orders/2024-*`; an index has no "/" in it. */
function collectionOf(resource: string): string {
  const [type = ""] = resource.split("/", 1);
  const rest = resource.slice(type.length + 1);
  return type === "index" ? rest.slice(0, rest.lastIndexOf("/")) : rest;
}

/** Nothing asked for is found anywhere. */
const meet = (there: ReadonlySet<string>, sought: readonly string[]): boolean =>
  sought.length === 0 || sought.some((one) => there.has(one));
