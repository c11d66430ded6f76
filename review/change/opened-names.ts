import {
  type AccessWorld,
  type Generation,
  mentionedNames,
  type OpenedToName,
  openedToNames,
  type WorldNetworkPolicy,
} from "../../service";
import type { Existence } from "./existence";
import { isPublic, type SideName, type WhoTable } from "./who-table";

/** Names and patterns that the same change concerns. */
export interface NamesAlike {
  readonly names: readonly string[];
  readonly before: OpenedToName;
  readonly after: OpenedToName;
  /** Whom the policies name after the step, the public's endpoints not among them. */
  readonly namedAfter: OpenedToName;
}

const nothing: OpenedToName = { collection: 0n, dashboard: 0n };

/** What is open on one side, name by name. */
export class OpenedSide {
  private readonly generations: ReadonlyMap<string, Generation | undefined>;

  constructor(
    private readonly side: SideName,
    private readonly world: AccessWorld,
    private readonly who: WhoTable,
    /** Collections that are not there on this side. */
    private readonly absent: ReadonlySet<string>,
  ) {
    this.generations = new Map(
      world.collections.map(({ name, generation }) => [name, generation ?? "classic"]),
    );
  }

  /** All that the side's policies and collections name. */
  names(): string[] {
    return [...this.generations.keys(), ...mentionedNames(this.world.networkPolicies)];
  }

  /** Whom the policies name, for each of the names. */
  named(names: readonly string[], policies: readonly WorldNetworkPolicy[] = this.world.networkPolicies) {
    return openedToNames(policies, names, (block) => this.who.bitsOf(this.side, block));
  }

  /** Whether it is the name of a collection that is not there on this side. */
  isAbsent = (name: string): boolean => this.absent.has(name);

  /** Undefined for patterns, and collections that are not known. */
  generationOf = (name: string): Generation | undefined => this.generations.get(name);

  /** Who gets in, of those that policies name. */
  letIn(name: string, named: OpenedToName | undefined): OpenedToName {
    if (!named || this.isAbsent(name)) return nothing;
    const generation = this.generationOf(name);
    const collection = this.who.letIn(this.side, named.collection, generation);
    const dashboards = this.who.letIn(this.side, named.dashboard, generation) & this.who.dashboardBits;
    // dashboards work only where the collection is open to the same
    return { collection, dashboard: dashboards & collection };
  }
}

export interface OpenedSides {
  readonly before: OpenedSide;
  readonly after: OpenedSide;
  readonly names: readonly string[];
}

export function openedSides(
  worlds: Readonly<Record<SideName, AccessWorld>>,
  who: WhoTable,
  existence: Existence,
): OpenedSides {
  const before = new OpenedSide("before", worlds.before, who, existence.made);
  const after = new OpenedSide("after", worlds.after, who, existence.gone);
  return { before, after, names: [...new Set([...before.names(), ...after.names()])].sort() };
}

/** All names by what is open to them before and after, so that each difference is worked out once. */
export function namesAlike({ before, after, names }: OpenedSides): NamesAlike[] {
  const [namedBefore, namedAfter] = [before.named(names), after.named(names)];
  const alike = new Map<string, NamesAlike & { names: string[] }>();
  const numbers = new Map<bigint, number>();
  const numberOf = (bits: bigint): number => {
    const number = numbers.get(bits) ?? numbers.size;
    numbers.set(bits, number);
    return number;
  };
  for (const name of names) {
    const named = namedAfter.get(name) ?? nothing;
    const [was, will] = [before.letIn(name, namedBefore.get(name)), after.letIn(name, named)];
    const key = [
      was.collection,
      was.dashboard,
      will.collection,
      will.dashboard,
      named.collection,
      named.dashboard,
    ]
      .map(numberOf)
      .join(" ");
    const group = alike.get(key);
    if (group) group.names.push(name);
    else alike.set(key, { names: [name], before: was, after: will, namedAfter: named });
  }
  return [...alike.values()];
}

/** What is in `after` and not in `before`; where the public comes in, the endpoints that come with it go without saying. */
export function gainedBits(before: bigint, after: bigint, namedAfter: bigint, who: WhoTable): bigint {
  const gained = after & ~before;
  return isPublic(gained) ? gained & (namedAfter | ~who.allEndpoints) : gained;
}
