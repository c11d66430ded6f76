import { coversCollection, didYouMean, wholeAccountHint } from "../../service";
import type { StackEntry } from "../access-file";
import { byPlace, type Stacks } from "../cross-checks/places";
import { dataAccessItems } from "../cross-checks/policies";
import type { LocatedProblem } from "../describe-issue";

/** Data access that is wider than most people want, or likely of another collection. */
export function dataAccessWarnings(stacks: Stacks): LocatedProblem[] {
  return [...widerThanWanted(stacks), ...[...byPlace(stacks).values()].flatMap(misspeltCollections)];
}

function widerThanWanted(stacks: Stacks): LocatedProblem[] {
  const items = Object.entries(stacks).flatMap(([name, stack]) => dataAccessItems(name, stack));
  return items.flatMap(({ principals, permissions, path }) => [
    ...principals.flatMap((principal, index) => {
      const hint = wholeAccountHint(principal);
      if (!hint) return [];
      const [problem = "", remedy = "name roles and users"] = hint.split("; ");
      return [{ path: [...path, "principals", index], problem, remedy }];
    }),
    ...permissions.flatMap(({ field, given }) =>
      given.flatMap((permission, index) =>
        permission === "aoss:*"
          ? [
              {
                path: [...path, field, index],
                problem: '"aoss:*" permits everything there is, deleting included, and what AWS adds later',
                remedy: "name the permissions that are needed",
              },
            ]
          : [],
      ),
    ),
  ]);
}

/**
 * Collections of one account and Region that data access names, and nothing else does but for a letter or two. A name
 * that is like none may well be of a collection made elsewhere.
 */
function misspeltCollections(members: readonly [name: string, stack: StackEntry][]): LocatedProblem[] {
  const known = members.flatMap(([, { collections, grants }]) => [
    ...Object.keys(collections),
    ...grants.flatMap((grant) => grant.collections),
  ]);
  return members.flatMap(([name, { dataAccess }]) =>
    dataAccess.flatMap((entry, index) =>
      (["collections", "indexes"] as const).flatMap((field) =>
        entry[field].flatMap((pattern, position) => {
          const named = pattern.replace(/\/.*/s, "");
          if (known.some((one) => coversCollection(one, named) || coversCollection(named, one))) return [];
          // A prefix is not a misspelt name: orders-* stands well beside orders.
          const alike = known.filter((one) => one.endsWith("*") === named.endsWith("*"));
          const meant = didYouMean(named, alike);
          if (meant === undefined) return [];
          return [
            {
              path: ["stacks", name, "dataAccess", index, field, position],
              problem: `data access to "${named}", which nothing here makes or opens`,
              remedy: `did you mean "${meant}"?`,
            },
          ];
        }),
      ),
    ),
  );
}
