import type { NamePattern } from "../name-pattern";
import type { NetworkPolicyBlock } from "../network-policy";
import { type AddressSet, holdsAll, intersection, isEmpty, union } from "./address-set";
import type { AccessGate, AccessGateName, AccessTo, AccessVerdict, PolicyPlace } from "./explanation";
import { commonNames, holdsNames, type NameSet, nameSet } from "./name-set";
import type { Generation } from "./world";

/** All that was asked for: let in all of it and the verdict is open. */
export interface Asked {
  readonly to: AccessTo;
  readonly addresses: AddressSet;
  readonly name: NamePattern;
  /** The known collections that are asked for, in order, with their generation. */
  readonly known: ReadonlyMap<string, Generation>;
  /** The generations of these; both where none is known. Collections to come are taken to be of one of them. */
  readonly generations: readonly Generation[];
  /** The same, and both where policies name collections to come that are asked for: those may be of either. */
  readonly possible: readonly Generation[];
  /** What of network policies touches it, in order: each who comes is held against the same. */
  readonly blocks: readonly TouchingBlock[];
}

/** A block of a network policy with the patterns of its rules that have a name in common with what is asked for. */
export interface TouchingBlock {
  readonly block: NetworkPolicyBlock;
  readonly place: PolicyPlace;
  readonly patterns: Readonly<Record<AccessTo["kind"], readonly NamePattern[]>>;
}

/** How much of what was asked gets through. */
export interface Passage {
  /** Addresses that surely do. */
  readonly sure: AddressSet;
  /** Addresses that surely do, and those of which it is not known. */
  readonly maybe: AddressSet;
  /** The collections that are reached, by generation; all that are asked for where left out. */
  readonly names?: Names | undefined;
  /** These and those of which it is not known; the same where left out. */
  readonly maybeNames?: Names | undefined;
}

export const bothGenerations: readonly Generation[] = ["classic", "nextgen"];

export type Names = Readonly<Record<Generation, NameSet>>;

/** A gate with how much gets through it. */
export interface JudgedGate {
  readonly gate: AccessGateName;
  readonly passage: Passage;
  readonly reason: string;
  /** What would open it; shown where the gate is not open. */
  readonly remedy?: string | undefined;
  readonly places?: readonly PolicyPlace[] | undefined;
  /** What is not known and decides here. */
  readonly unknown?: readonly string[] | undefined;
}

/** The verdict on what several ways let through: two that each let in a part may let in all together. */
export function verdictOf(asked: Asked, ...passages: readonly Passage[]): AccessVerdict {
  const open = asked.generations.every((generation) => {
    const whole = passages.filter(({ names }) => !names || holdsNames(names[generation], asked.name));
    return holdsAll(union(...whole.map(({ sure }) => sure)), asked.addresses);
  });
  if (open) return "open";
  if (passages.some(({ sure }) => !isEmpty(sure))) return "partly";
  return passages.some(({ maybe }) => !isEmpty(maybe)) ? "unknown" : "shut";
}

/** What gets through two gates, one behind the other. */
export function through(one: Passage, next: Passage): Passage {
  const [names, maybeNames] = [common(one.names, next.names), common(allNames(one), allNames(next))];
  return passing(names, maybeNames, intersection(one.sure, next.sure), intersection(one.maybe, next.maybe));
}

const allNames = ({ names, maybeNames }: Passage) => maybeNames ?? names;

const common = (a: Names | undefined, b: Names | undefined): Names | undefined =>
  a && b
    ? { classic: commonNames(a.classic, b.classic), nextgen: commonNames(a.nextgen, b.nextgen) }
    : (a ?? b);

/** A passage for these collections; nothing gets through to none. */
function passing(
  names: Names | undefined,
  maybeNames: Names | undefined,
  sure: AddressSet,
  maybe: AddressSet,
): Passage {
  const isNone = (some: Names | undefined) => some && some.classic.length === 0 && some.nextgen.length === 0;
  return {
    sure: isNone(names) ? [] : sure,
    maybe: isNone(maybeNames) ? [] : maybe,
    ...(names ? { names } : {}),
    ...(maybeNames ? { maybeNames } : {}),
  };
}

/** The passage of a gate that opens names, and others perhaps, and treats all addresses alike. */
export function passageTo(
  asked: Asked,
  names: NameSet,
  served: readonly Generation[],
  perhaps: NameSet = [],
): Passage {
  const of = (names: NameSet, generation: Generation) =>
    asked.possible.includes(generation) && served.includes(generation)
      ? names.filter(({ text, wildcard }) => wildcard || (asked.known.get(text) ?? generation) === generation)
      : [];
  const byGeneration = (names: NameSet): Names => ({
    classic: of(names, "classic"),
    nextgen: of(names, "nextgen"),
  });
  const sure = byGeneration(names);
  const maybe = perhaps.length > 0 ? byGeneration(nameSet([...names, ...perhaps])) : sure;
  return passing(sure, maybe, asked.addresses, asked.addresses);
}

/** The passage to all that is asked for. */
export const passageToAll = (asked: Asked, served: readonly Generation[]): Passage =>
  passageTo(asked, nameSet([asked.name]), served);

/** A gate in the form that is answered. */
export function shown(asked: Asked, gate: JudgedGate): AccessGate {
  const verdict = verdictOf(asked, gate.passage);
  return {
    gate: gate.gate,
    verdict,
    reason: gate.reason,
    ...(gate.remedy && verdict !== "open" ? { remedy: gate.remedy } : {}),
    ...(gate.places?.length ? { places: gate.places } : {}),
  };
}

/** The first few of a list for one line. */
export function someOf(texts: readonly string[], most = 3): string {
  const different = [...new Set(texts)];
  const more = different.length - most;
  return more > 0
    ? `${different.slice(0, most).join(", ")} and ${more} more`
    : new Intl.ListFormat("en-GB").format(different);
}

/** The verb of a sentence about as many. */
export const verb = (subjects: readonly unknown[], one: string, several: string): string =>
  subjects.length === 1 ? one : several;

/** Each block once, without what else is known of it. */
export function distinctPlaces(places: readonly PolicyPlace[]): PolicyPlace[] {
  const distinct = new Map(
    places.map(({ policy, address, block }) => [
      `${policy}#${block}`,
      { policy, ...(address ? { address } : {}), block },
    ]),
  );
  return [...distinct.values()];
}
