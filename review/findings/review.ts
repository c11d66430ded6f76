import { createHash } from "node:crypto";
import { didYouMean, longestEndpointId } from "../../service";
import type { Plan, SynthesizedConfig } from "../../terraform";
import { type ReadChange, readChange } from "../change/change-of-plan";
import {
  type Acceptance,
  acceptanceExpired,
  acceptanceUnknown,
  acceptanceUnused,
  hasEnded,
  isAbout,
} from "./acceptance";
import { documented } from "./documented";
import { type FilePlace, type Finding, type Review, type Severity, severities } from "./finding";
import type { RawFinding, Rule, RuleInput, Subject } from "./rule";
import { rules } from "./rules";

/** What the access file says of the stack that a plan is of. */
export interface AccessFileOfStack {
  readonly acceptances: readonly Acceptance[];
  /** Where something stands in the file, as near as can be told. */
  readonly placeOf: (subject: Subject) => FilePlace | undefined;
}

export interface ReviewInput {
  readonly plan: Plan;
  /** The synthesized configuration that the plan was made of; it tells what the plan leaves to the apply. */
  readonly config?: SynthesizedConfig | undefined;
  readonly accessFile?: AccessFileOfStack | undefined;
  /** `2026-11-25`; acceptances count up to and on their last day. */
  readonly today: string;
}

/** Reviews a plan: what changes of who reaches what, and what somebody has to know of it. */
export function review({ plan, config, accessFile, today }: ReviewInput): Review {
  const read = readChange(plan, config);
  const input = ruleInput(plan, read);
  const acceptances = accessFile?.acceptances ?? [];
  const counting = acceptances.filter((one) => !hasEnded(one, today));
  const found = rules.flatMap((rule) =>
    [...rule.check(input)].map((raw): Finding => {
      const finding = findingOf(rule, raw, accessFile);
      const acceptance = counting.find((one) => isAbout(one, finding));
      if (!acceptance) return finding;
      const { reason, until } = acceptance;
      return { ...finding, accepted: { reason, until } };
    }),
  );
  const ended = acceptances.filter((one) => hasEnded(one, today)).map((one) => endedFinding(one, found));
  const unknown = acceptances.flatMap(unknownFinding);
  const unused = counting.flatMap((one) => unusedFinding(one, found));
  const findings = [
    ...new Map([...found, ...ended, ...unknown, ...unused].map((one) => [one.fingerprint, one])).values(),
  ].sort(inOrder);
  const open = findings.filter(({ accepted }) => !accepted);
  const countOf = (severity: Severity) => open.filter((one) => one.severity === severity).length;
  return {
    change: read.change,
    findings,
    counts: { error: countOf("error"), warning: countOf("warning"), note: countOf("note") },
    accepted: findings.length - open.length,
  };
}

function ruleInput(plan: Plan, { change, sides, steps }: ReadChange): RuleInput {
  const byType = new Map<
    string,
    RuleInput["after"] extends (type: string) => readonly (infer One)[] ? One[] : never
  >();
  for (const resource of sides.after.resources) {
    if (resource.removed) continue;
    const others = byType.get(resource.type);
    if (others) others.push(resource);
    else byType.set(resource.type, [resource]);
  }
  const ids = new Set(
    [...sides.after.symbols].flatMap(([name, { attribute }]) => (attribute === "id" ? [name] : [])),
  );
  return {
    plan,
    change,
    steps,
    changes: plan.resource_changes.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined),
    after: (type) => byType.get(type) ?? [],
    asLongAsKnown: (text) => text.replace(/<[^<>]*>/g, (name) => (ids.has(name) ? longestEndpointId : name)),
  };
}

function findingOf(rule: Omit<Rule, "check">, raw: RawFinding, file?: AccessFileOfStack): Finding {
  const { id, title, why } = rule;
  const { address, message, about = "" } = raw;
  const place = raw.subject && file?.placeOf(raw.subject);
  return {
    id,
    severity: raw.severity ?? rule.severity,
    title,
    message,
    ...(address === undefined ? {} : { address }),
    ...(place === undefined ? {} : { place }),
    why,
    remedy: raw.remedy ?? rule.remedy,
    fingerprint: fingerprintOf(id, address, about),
  };
}

function endedFinding(acceptance: Acceptance, found: readonly Finding[]): Finding {
  const { finding: id, address, until, place } = acceptance;
  const isLeft = found.some((one) => isAbout(acceptance, one));
  const what = address === undefined ? id : `${id} at ${address}`;
  const raw: RawFinding = {
    address,
    about: id,
    severity: isLeft ? undefined : "note",
    message: isLeft
      ? `the acceptance of ${what} ended on ${until}, and it is still found`
      : `the acceptance of ${what} ended on ${until}, and nothing of it is left`,
    remedy: isLeft ? undefined : "drop it from the access file",
  };
  return { ...findingOf(acceptanceExpired, raw), ...(place === undefined ? {} : { place }) };
}

function unknownFinding({ finding: id, place }: Acceptance): Finding[] {
  const known = documented.map((rule) => rule.id);
  if (known.includes(id)) return [];
  const meant = didYouMean(id, known);
  const remedy = meant === undefined ? acceptanceUnknown.remedy : `did you mean "${meant}"?`;
  const message = `there is no finding "${id}", so its acceptance does nothing`;
  const finding = findingOf(acceptanceUnknown, { message, about: id, remedy });
  return [{ ...finding, ...(place === undefined ? {} : { place }) }];
}

function unusedFinding(acceptance: Acceptance, found: readonly Finding[]): Finding[] {
  const { finding: id, address, place } = acceptance;
  const isKnown = documented.some((rule) => rule.id === id);
  if (!isKnown || found.some((one) => isAbout(acceptance, one))) return [];
  const others = found.flatMap((one) => (one.id === id && !one.accepted ? (one.address ?? []) : []));
  const meant = address === undefined ? undefined : didYouMean(address, others);
  const raw: RawFinding = {
    address,
    about: id,
    message: `${address === undefined ? id : `${id} at ${address}`} is accepted, and nothing of it is found here`,
    remedy: meant === undefined ? undefined : `did you mean "${meant}"?`,
  };
  return [{ ...findingOf(acceptanceUnused, raw), ...(place === undefined ? {} : { place }) }];
}

const fingerprintOf = (...parts: readonly (string | undefined)[]): string =>
  createHash("sha256")
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest("hex")
    .slice(0, 16);

/** Gravest first, then in the order of the rules, then by address. */
function inOrder(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    placeOfRule(a.id) - placeOfRule(b.id) ||
    compare(a.address ?? "", b.address ?? "") ||
    compare(a.message, b.message)
  );
}

const places = new Map(documented.map(({ id }, place) => [id, place]));
const placeOfRule = (id: string) => places.get(id) ?? documented.length;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
