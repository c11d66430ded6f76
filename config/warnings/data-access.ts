import { wholeAccountHint } from "../../service";
import type { Stacks } from "../cross-checks/places";
import { dataAccessItems } from "../cross-checks/policies";
import type { LocatedProblem } from "../describe-issue";

/** Data access that is wider than most people want. */
export function dataAccessWarnings(stacks: Stacks): LocatedProblem[] {
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
