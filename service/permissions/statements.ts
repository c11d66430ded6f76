import { compareText, sortedUnique } from "../policy-document";
import { Arns } from "./arns";
import type { IamStatement } from "./iam-policy";
import type { PermissionPhase, PermissionRow } from "./permission-row";
import type { PermissionScope, PermissionVariant } from "./permission-scope";
import { statementNames } from "./statement-names";
import { makeStatement } from "./statement-parts";
import { permissionTable } from "./table";

const phasesOf: Readonly<Record<PermissionVariant, readonly PermissionPhase[]>> = {
  deploy: ["create", "read", "update", "delete"],
  plan: ["read"],
  client: ["use"],
  adopt: ["read", "find"],
};

/** The rows of the table that a variant takes for the features. */
export const rowsFor = (
  variant: PermissionVariant,
  { features }: PermissionScope,
): readonly PermissionRow[] =>
  permissionTable.filter(
    ({ feature, phases, statements }) =>
      statements.length > 0 &&
      phases.some((phase) => phasesOf[variant].includes(phase)) &&
      (feature === "client" || features.some((one) => one === feature)),
  );

/** Statements of any size, in the order of `statementNames`; keys, actions and values in a fixed order. */
export function statementsOf(variant: PermissionVariant, scope: PermissionScope): readonly IamStatement[] {
  const rows = rowsFor(variant, scope);
  // Who looks for what exists does not know its names yet.
  const { collections, collectionIds, ...anything } = scope;
  const named = variant === "adopt" ? anything : scope;
  const context = { scope: named, arns: new Arns(named) };
  const statements = statementNames.flatMap((name) => {
    const actions = rows.filter(({ statements: in_ }) => in_.includes(name)).map(({ action }) => action);
    return actions.length === 0 ? [] : (makeStatement(name, sortedUnique(actions), context) ?? []);
  });
  return mergeTwins(statements).map(inOrder);
}

/** IAM cannot tell network policies from encryption policies, so what is said of both is said once. */
function mergeTwins(statements: readonly IamStatement[]): readonly IamStatement[] {
  const sids = new Set(statements.map(({ Sid }) => Sid));
  return statements.flatMap((statement) => {
    const { Sid } = statement;
    if (sids.has(Sid.replace("NetworkPolicies", "EncryptionPolicies")) && /NetworkPolicies$/.test(Sid)) {
      return [{ ...statement, Sid: Sid.replace("NetworkPolicies", "NetworkAndEncryptionPolicies") }];
    }
    const isSaid = /EncryptionPolicies$/.test(Sid) && sids.has(Sid.replace("Encryption", "Network"));
    return isSaid ? [] : [statement];
  });
}

/** Operators and keys of conditions by name. */
function inOrder(statement: IamStatement): IamStatement {
  const { Condition, ...rest } = statement;
  if (!Condition) return rest;
  const sorted = Object.entries(Condition)
    .sort(([a], [b]) => compareText(a, b))
    .map(
      ([operator, keys]) =>
        [operator, Object.fromEntries(Object.entries(keys).sort(([a], [b]) => compareText(a, b)))] as const,
    );
  return { ...rest, Condition: Object.fromEntries(sorted) };
}
