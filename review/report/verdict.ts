import type { AccessChange, AccessPath, Interruption } from "../change";
import type { Review, Severity } from "../findings";
import { severities } from "../findings";
import { count } from "../picture/words";
import { endpointLabel, shortWho } from "./who-words";

/** More than these are counted. */
const mostNamed = 2;

/**
 * Who gains and who loses, in one line: `2 networks gain 3 collections; nobody loses any`. Of nobody it is said only
 * where the plan tells all: a policy that is known after apply may open anything.
 */
export function headline(change: AccessChange): string {
  const { gained, lost, unsure, tellsAll: isToldWhole } = change;
  const [gains, losses, open] = [sides(gained, "gain"), sides(lost, "lose"), sides(unsure, "may lose")];
  const tellsAll = unsure.length === 0 && isToldWhole;
  if (gains + losses + open === "") {
    const lasting = change.interruptions.length > 0 ? " for good" : "";
    return tellsAll
      ? `nobody gains or loses access${lasting}`
      : `the plan does not tell who gains or loses access${lasting}`;
  }
  return [
    gains === "" && tellsAll ? "nobody gains any" : gains,
    losses === "" && tellsAll ? "nobody loses any" : losses,
    open,
    tellsAll ? "" : "the plan does not tell all",
  ]
    .filter((part) => part !== "")
    .join("; ");
}

/** Networks, services and principals are told apart, since they are different gates. */
function sides(paths: readonly AccessPath[], verb: "gain" | "lose" | "may lose"): string {
  const of = (...kinds: readonly string[]) => paths.filter(({ who }) => kinds.includes(who.kind));
  return [
    clause(of("public"), verb, "network"),
    clause(of("endpoint", "source"), verb, "network"),
    clause(of("service"), verb, "AWS service"),
    clause(of("principal"), verb, "principal"),
  ]
    .filter(Boolean)
    .join(", ");
}

function clause(paths: readonly AccessPath[], verb: "gain" | "lose" | "may lose", noun: string): string {
  const [first] = paths;
  if (!first) return "";
  const who = [...new Set(paths.map((path) => shortWho(path.who)))];
  const subject = who.length === 1 ? String(who[0]) : count(who.length, noun);
  const verbText = who.length > 1 || verb === "may lose" ? verb : `${verb}s`;
  const names = [...new Set(paths.flatMap(({ collections }) => collections))].sort();
  const what =
    noun === "principal"
      ? `data access to ${namesOrCount(names)}`
      : paths.every(({ kind }) => kind === "dashboard")
        ? `the dashboards of ${namesOrCount(names)}`
        : namesOrCount(names);
  return names.length === 0
    ? `${subject} ${verbText} an endpoint ${paths.some(({ untold }) => untold) ? "of which the plan does not tell what it opens" : "that opens nothing"}`
    : `${subject} ${verbText} ${what}${exceptionsOf(paths)}${scopesOf(paths)}`;
}

/** ` (but logs-app stays)`, where not all that a pattern covers is lost. */
function exceptionsOf(paths: readonly AccessPath[]): string {
  const except = [...new Set(paths.flatMap(({ except: kept = [] }) => kept))].sort();
  if (except.length === 0) return "";
  return except.length > mostNamed
    ? ` (but ${except.length} of them stay)`
    : ` (but ${except.join(" and ")} ${except.length === 1 ? "stays" : "stay"})`;
}

/** ` in us-east-1`, where the plan is of several Regions or accounts. */
function scopesOf(paths: readonly AccessPath[]): string {
  const scopes = [...new Set(paths.flatMap(({ scope }) => scope ?? []))].sort();
  return scopes.length === 0 ? "" : ` in ${namedOrCounted(scopes, "Region")}`;
}

/** `orders and logs-*`, `3 collections`, `2 collections and 1 pattern`. */
function namesOrCount(names: readonly string[]): string {
  if (names.includes("*")) return "all collections (*)";
  if (names.length <= mostNamed) return names.join(" and ");
  const patterns = names.filter((name) => name.endsWith("*")).length;
  const whole = names.length - patterns;
  return [
    ...(whole > 0 ? [count(whole, "collection")] : []),
    ...(patterns > 0 ? [count(patterns, "pattern")] : []),
  ].join(" and ");
}

/** `endpoint apps is replaced: vpc-… is cut off from orders until the new endpoint is active`. */
export function interruptionText(interruption: Interruption): string {
  const { vpcIds, loses, until, because } = interruption;
  const why =
    because.length > 0 ? ` (${because.join(", ")} ${because.length === 1 ? "changes" : "change"})` : "";
  const who = [...new Set(loses.map((path) => shortWho(path.who)))];
  // of a VPC only some of the addresses
  const isPart = loses.every((path) => path.who.kind === "source");
  const cut =
    vpcIds.length > 0 && !isPart
      ? namedOrCounted(vpcIds, "VPC")
      : who.length > 0
        ? namedOrCounted(who, "network")
        : "whoever came this way";
  const names = [...new Set(loses.flatMap(({ collections }) => collections))].sort();
  const isOne = vpcIds.length > 0 && !isPart ? vpcIds.length === 1 : who.length <= 1;
  const from = names.length > 0 ? ` from ${namesOrCount(names)}${scopesOf(loses)}` : "";
  return `${subjectOf(interruption)}${why}: ${cut} ${isOne ? "is" : "are"} cut off${from} until ${until}`;
}

function subjectOf({ reason, endpoint, name, address }: Interruption): string {
  const called = name ?? address;
  switch (reason) {
    case "endpoint-replaced":
      return `endpoint ${endpoint ? endpointLabel(endpoint) : called} is replaced`;
    case "endpoint-moved":
      return `endpoint ${endpoint ? endpointLabel(endpoint) : called} gives way to another in its VPC`;
    case "policy-replaced":
      return `policy ${called} is replaced`;
    case "collection-replaced":
      return `collection ${called} is replaced`;
    case "security-group-replaced":
      return `security group ${called} is replaced`;
    case "source-replaced":
      return `rule ${called} goes first`;
  }
}

const namedOrCounted = (names: readonly string[], noun: string): string =>
  names.length <= mostNamed ? names.join(" and ") : count(names.length, noun);

/** `1 error, 2 warnings`, and how many were accepted; `no findings`. */
export function countsText({ counts, accepted }: Pick<Review, "counts" | "accepted">): string {
  const open = severities.flatMap((severity: Severity) =>
    counts[severity] > 0 ? [count(counts[severity], severity)] : [],
  );
  return `${open.length > 0 ? open.join(", ") : "no findings"}${accepted > 0 ? `; ${accepted} accepted` : ""}`;
}
