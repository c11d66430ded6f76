import { compareText } from "../policy-document";
import { cidrsOf, holdsAll, isEmpty } from "./address-set";
import type { AccessExplanation, AccessFrom, AccessPath, AccessTo, AccessVerdict } from "./explanation";
import { type Asked, type JudgedGate, type Passage, shown, someOf, through, verdictOf } from "./gate";
import { sameHomes } from "./route-gate";
import { type Stranger, strangersIn } from "./strangers";
import { passageThrough, type Way, waysOf } from "./ways";
import type { AccessWorld } from "./world";
import { inOrder } from "./world-in-order";

/**
 * Whether `from` reaches `to`, by which paths, and where not, which gate is shut and what would open it. Shut
 * means by what the world holds: further policies would add up. The order of the world's lists does not show.
 * Throws a `RuleError` for a CIDR block that is none.
 */
export function explain(world: AccessWorld, from: AccessFrom, to: AccessTo): AccessExplanation {
  const homes = sameHomes(world, from);
  if (from.kind !== "cidr" || homes.length === 0) return explainOne(world, from, to);
  const answer = explainOne(world, from, to);
  const verdicts = homes.map((vpcId) => explainOne(world, { ...from, vpcId }, to).verdict);
  // it is in one of them: what holds in each of them holds, and what holds in some of them may
  if (verdicts.every((verdict) => verdict === "open")) return { ...answer, verdict: "open", unknown: [] };
  if (answer.verdict !== "shut" || verdicts.every((verdict) => verdict === "shut")) return answer;
  return { ...answer, verdict: "unknown", unknown: [`in which of ${someOf(homes)} ${from.cidr} is`] };
}

function explainOne(world: AccessWorld, from: AccessFrom, to: AccessTo): AccessExplanation {
  const { asked, ways, alsoNeeded, notes } = waysOf(inOrder(world), from, to);
  const judged = ways.map((way) => ({ way, passage: passageThrough(way) }));
  const verdict = verdictOf(asked, ...judged.map(({ passage }) => passage));
  const deciding = judged.filter(({ passage }) => !isEmpty(passage.maybe));
  const unknown =
    verdict === "unknown" || verdict === "partly"
      ? deciding.flatMap(({ way }) => way.gates.flatMap((gate) => gate.unknown ?? []))
      : [];
  return {
    from,
    to,
    verdict,
    paths: judged.map(({ way, passage }) => answered(asked, way, passage)).sort(byVerdictThenEndpoint),
    unknown: [...new Set(unknown)],
    alsoNeeded,
    notes: [...notes, ...notesOn(asked, strangersIn(world, from, to))],
  };
}

function notesOn({ to, known }: Asked, strangers: readonly Stranger[]): string[] {
  const { name } = to;
  const told = strangers.map(({ text, meant }) => (meant ? `${text}; did you mean "${meant}"?` : text));
  if (known.size > 0 || strangers.some(({ kind }) => kind === "collection")) return told;
  const none =
    name === "*"
      ? "no collection is known"
      : name.endsWith("*")
        ? `no known collection begins with ${name.slice(0, -1)}`
        : `no known collection is called ${name}`;
  return [`${none}; policies may be there before collections`, ...told];
}

function answered(asked: Asked, way: Way, passage: Passage): AccessPath {
  const verdict = verdictOf(asked, passage);
  const { via, endpoint, gates, located } = way;
  return {
    via,
    ...(endpoint === undefined ? {} : { endpoint }),
    verdict,
    gates: gates.map((gate) => shown(asked, gate)),
    ...(verdict === "shut" ? { shutAt: firstShut(gates) } : {}),
    ...(located && !isEmpty(passage.sure) && !holdsAll(passage.sure, asked.addresses)
      ? { cidrs: cidrsOf(passage.sure) }
      : {}),
  };
}

/** The gate behind which nothing is left, be it shut itself or to just what the gates before let through. */
function firstShut(gates: readonly JudgedGate[]): AccessPath["shutAt"] {
  let left: Passage | undefined;
  for (const { gate, passage } of gates) {
    left = left ? through(left, passage) : passage;
    if (isEmpty(left.maybe)) return gate;
  }
  return undefined;
}

const order: readonly AccessVerdict[] = ["open", "partly", "unknown", "shut"];

function byVerdictThenEndpoint(a: AccessPath, b: AccessPath): number {
  return (
    order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
    compareText(a.via, b.via) ||
    compareText(a.endpoint ?? "", b.endpoint ?? "")
  );
}
