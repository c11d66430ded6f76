import { type AddressSet, holdsAll, intersection, isEmpty, union } from "./address-set";
import type { AccessGate, AccessGateName, AccessVerdict, PolicyPlace } from "./explanation";
import type { Generation } from "./world";

/** All that was asked for: let in all of it and the verdict is open. */
export interface Asked {
  readonly addresses: AddressSet;
  /** The generations of the collections; both where no known one is asked for. */
  readonly generations: readonly Generation[];
}

/** How much of what was asked gets through. */
export interface Passage {
  /** Addresses that surely do. */
  readonly sure: AddressSet;
  /** Addresses that surely do, and those of which it is not known. */
  readonly maybe: AddressSet;
  /** The generations of which all collections that were asked for are reached, not a part of them. */
  readonly whole: readonly Generation[];
}

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

export const bothGenerations: readonly Generation[] = ["classic", "nextgen"];

/** The verdict on what several ways let through: two that each let in a part may let in all together. */
export function verdictOf(asked: Asked, ...passages: readonly Passage[]): AccessVerdict {
  const open = asked.generations.every((generation) => {
    const whole = passages.filter((passage) => passage.whole.includes(generation));
    return holdsAll(union(...whole.map(({ sure }) => sure)), asked.addresses);
  });
  if (open) return "open";
  if (passages.some(({ sure }) => !isEmpty(sure))) return "partly";
  return passages.some(({ maybe }) => !isEmpty(maybe)) ? "unknown" : "shut";
}

/** What gets through two gates, one behind the other. */
export function through(one: Passage, next: Passage): Passage {
  return {
    sure: intersection(one.sure, next.sure),
    maybe: intersection(one.maybe, next.maybe),
    whole: one.whole.filter((generation) => next.whole.includes(generation)),
  };
}

/** The passage of a gate that treats all addresses alike. */
export function passageOf(verdict: AccessVerdict, asked: AddressSet): Passage {
  return {
    sure: verdict === "open" || verdict === "partly" ? asked : [],
    maybe: verdict === "shut" ? [] : asked,
    whole: verdict === "partly" ? [] : bothGenerations,
  };
}

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
