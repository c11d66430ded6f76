import { compareText } from "../../service";
import { bothScopes, commonScope } from "./provider-scope";
import { type Doubt, ofOneScope, type Scope, type SeenResource } from "./seen";

/** Whether a resource belongs to an account and Region: `maybe` where what it tells leaves that open. */
export type Belongs = "yes" | "maybe" | "no";

/** The accounts and Regions of what was read. */
export interface Whose {
  /** At least one, in order. */
  readonly scopes: readonly Scope[];
  readonly belongs: (resource: SeenResource, scope: Scope) => Belongs;
}

/**
 * The accounts and Regions that policies and collections are of. What does not tell is of the only one that others tell
 * of. Where they tell of several, what was exported is of the only one that it may be of; of several it may be any's,
 * and is no world of its own. What Terraform makes is one of its own, and may be any's.
 */
export function whoseIs(resources: readonly SeenResource[], doubts: readonly Doubt[]): Whose {
  const bound = resources.filter(({ type, removed }) => ofOneScope.has(type) && !removed);
  const callers = resources.filter(({ type, exported }) => exported && type === "aws_caller_identity");
  const fallback = commonScope(
    (bound.length > 0 ? [...bound, ...callers] : resources).map(({ scope }) => scope),
  );
  const filled = ({ scope }: Pick<SeenResource, "scope">) => bothScopes(scope, fallback);
  // an account of whose policies nothing but names is known has a table too
  const doubted = doubts.flatMap(({ scope }) => (scope?.account ? [{ scope }] : []));
  const told = distinct([...bound, ...doubted].map(filled));
  const fullest = told.filter((scope) => !told.some((other) => isWiderThan(scope, other)));
  const homes = (scope: Scope) => fullest.filter((one) => isWiderThan(scope, one));
  const own = bound.filter(({ exported }) => !exported).map(filled);
  const found = distinct([...fullest, ...own]);
  const scopes = found.length > 0 ? found : [fallback];
  return {
    scopes,
    belongs(resource, wanted) {
      if (!ofOneScope.has(resource.type)) return mayBeIn(resource.scope.region, wanted.region) ? "yes" : "no";
      if (scopes.length === 1 && !resource.removed) return "yes";
      const scope = filled(resource);
      if (keyOf(scope) === keyOf(wanted)) return "yes";
      const [home, ...others] = resource.exported ? homes(scope) : [];
      if (home && others.length === 0) return keyOf(home) === keyOf(wanted) ? "yes" : "no";
      return mayBeSame(scope, wanted) ? "maybe" : "no";
    },
  };
}

/** Whether nothing that both tell differs. */
export const mayBeSame = (a: Scope, b: Scope): boolean =>
  mayBeIn(a.account, b.account) && mayBeIn(a.region, b.region);

const mayBeIn = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/** Whether the second tells all that the first does, and more. */
function isWiderThan(wide: Scope, narrow: Scope): boolean {
  const isHeld = (part: string | undefined, other: string | undefined) =>
    part === undefined || part === other;
  const { account, region } = wide;
  return isHeld(account, narrow.account) && isHeld(region, narrow.region) && keyOf(wide) !== keyOf(narrow);
}

// neither can hold a space
const keyOf = ({ account, region }: Scope): string => `${account ?? ""} ${region ?? ""}`;

function distinct(scopes: readonly Scope[]): Scope[] {
  const byKey = new Map(scopes.map((scope) => [keyOf(scope), scope]));
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, scope]) => scope);
}
