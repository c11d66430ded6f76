import {
  type AccessExplanation,
  type AccessFrom,
  type AccessTo,
  type AccessWorld,
  explain,
} from "../../service";
import type { ReadWorld } from "./assemble";
import { withOtherGeneration } from "./other-generation";
import type { Doubt } from "./seen";

/**
 * Answers a question by what was read, and says `unknown` where something that was not could change the answer. As
 * `explain`, it throws a `RuleError` for a CIDR block that is none.
 */
export function answer(read: ReadWorld, from: AccessFrom, to: AccessTo): AccessExplanation {
  const explanation = explain(read.world, from, to);
  const concerning = read.doubts.filter((doubt) => concerns(doubt, to.name));
  const adding = concerning.filter(({ mayAdd }) => mayAdd);
  const addsNothing =
    adding.length > 0 && explain(withAdded(read.world, adding), from, to).verdict === explanation.verdict;
  const doubts = addsNothing ? concerning.filter(({ mayAdd }) => !mayAdd) : concerning;
  const other = explain(withOtherGeneration(read.world, doubts) ?? read.world, from, to);
  const generations =
    other.verdict === explanation.verdict ? [] : doubts.filter(({ kind }) => kind === "generation");
  const opening = doubts.filter(({ kind }) => kind !== "generation" && matters(kind, from));
  const deciding = [...generations, ...(explanation.verdict === "open" ? [] : opening)];
  if (deciding.length === 0) return explanation;
  const unknown = [...new Set([...explanation.unknown, ...deciding.map(({ text }) => text)])];
  const verdict = generations.length > 0 || explanation.verdict === "shut" ? "unknown" : explanation.verdict;
  return { ...explanation, verdict, unknown };
}

/** Network policies decide on networks, data access policies on principals. */
function matters(kind: Doubt["kind"], from: AccessFrom): boolean {
  if (from.kind === "principal") return kind === "data";
  return kind === "network" || (kind === "data" && from.as !== undefined);
}

function concerns({ collections }: Doubt, name: string): boolean {
  return collections === undefined || collections.some((one) => overlap(one, name));
}

/** Whether two names or patterns have a collection in common: a prefix covers another or they are apart. */
function overlap(a: string, b: string): boolean {
  const covers = (pattern: string, other: string) =>
    pattern.endsWith("*") ? other.startsWith(pattern.slice(0, -1)) : pattern === other;
  return covers(a, b) || covers(b, a);
}

function withAdded(world: AccessWorld, doubts: readonly Doubt[]): AccessWorld {
  const added = doubts.map(({ mayAdd = {} }) => mayAdd);
  return {
    ...world,
    networkPolicies: [...world.networkPolicies, ...added.flatMap((one) => one.networkPolicies ?? [])],
    dataPolicies: [...world.dataPolicies, ...added.flatMap((one) => one.dataPolicies ?? [])],
  };
}
