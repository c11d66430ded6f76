import type { AccessPath } from "./access-path";
import type { WorldPair } from "./paired-worlds";

interface Compared {
  readonly worlds: WorldPair;
}

/** What accounts and Regions are called, where there are several; undefined where there is nothing to tell apart. */
export function scopeNames(steps: readonly Compared[]): (step: Compared) => string | undefined {
  const scopes = steps.map(scopeOf);
  const isOne = new Set(scopes.map((scope) => JSON.stringify([scope.account, scope.region]))).size < 2;
  const areAccounts = new Set(scopes.map(({ account }) => account)).size > 1;
  return (step) => {
    if (isOne) return undefined;
    const { account = "not known", region = "a Region that is not known" } = scopeOf(step);
    return areAccounts ? `account ${account}, ${region}` : region;
  };
}

/** Either side may tell what the other does not. */
function scopeOf({ worlds: { before, after } }: Compared) {
  return { account: before.world.account ?? after.world.account, region: before.region ?? after.region };
}

/** The paths with the account and Region that they are in. */
export const inScope = (paths: readonly AccessPath[], scope: string | undefined): readonly AccessPath[] =>
  scope === undefined ? paths : paths.map((path) => ({ ...path, scope }));
