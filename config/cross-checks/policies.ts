import { checkAccount, checkPartition, idForms } from "../../service";
import type { StackEntry } from "../access-file";
import type { LocatedProblem } from "../describe-issue";
import type { Path } from "../positions";
import type { Stacks } from "./places";

/** What is wrong between policies and the account and partition they are of. */
export function policyProblems(stacks: Stacks): LocatedProblem[] {
  return Object.entries(stacks).flatMap(([name, stack]) => [
    ...principalsOfOthers(name, stack),
    ...principalsOfOtherPartitions(name, stack),
  ]);
}

function principalsOfOtherPartitions(name: string, stack: StackEntry): LocatedProblem[] {
  return principalItems(name, stack).flatMap(({ principal, path }) => {
    const problem = checkPartition(principal, stack.region);
    return problem ? [{ path, ...problem }] : [];
  });
}

function principalsOfOthers(name: string, stack: StackEntry): LocatedProblem[] {
  const { account } = stack;
  if (account === undefined || !idForms.account.pattern.test(account)) return [];
  return principalItems(name, stack).flatMap(({ principal, path }) => {
    const problem = checkAccount(principal, account);
    return problem ? [{ path, ...problem }] : [];
  });
}

/** One principal of the file. */
export interface PrincipalItem {
  readonly principal: string;
  readonly path: Path;
}

/** Everybody who is granted data access in a stack. */
export function principalItems(name: string, stack: StackEntry): PrincipalItem[] {
  return dataAccessItems(name, stack).flatMap(({ principals, path }) =>
    principals.map((principal, index) => ({ principal, path: [...path, "principals", index] })),
  );
}

/** One entry of data access, of the stack's list or a collection's own. */
export interface DataAccessItem {
  readonly principals: readonly string[];
  readonly permissions: readonly { readonly field: string; readonly given: readonly string[] }[];
  readonly path: Path;
}

export function dataAccessItems(name: string, stack: StackEntry): DataAccessItem[] {
  const at = ["stacks", name];
  return [
    ...stack.dataAccess.map((entry, index) => ({
      principals: entry.principals,
      permissions: [
        { field: "collectionPermissions", given: entry.collectionPermissions },
        { field: "indexPermissions", given: entry.indexPermissions },
      ],
      path: [...at, "dataAccess", index],
    })),
    ...Object.entries(stack.collections).flatMap(([key, { access }]) =>
      access.map((entry, index) => ({
        principals: entry.principals,
        permissions: [
          { field: "permissions", given: entry.permissions },
          { field: "indexPermissions", given: entry.indexPermissions },
        ],
        path: [...at, "collections", key, "access", index],
      })),
    ),
  ];
}
