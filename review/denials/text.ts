import { type IamStatement, permissionTable } from "../../service";
import type { UnsavedEndpoint } from "./endpoint-mend";
import type { ExplainedDenial, FailureExplanation } from "./explain-failure";

export interface DenialTextOptions {
  /** The stack that failed, where it is known. */
  readonly stack?: string;
  /** The command that prints everything which the deployment takes. */
  readonly wholePolicy?: string;
}

/** The explanation for people: what was denied to whom, why, and what to paste where. Empty if there is nothing to say. */
export function denialText(
  { denials, endpoints }: FailureExplanation,
  { stack, wholePolicy }: DenialTextOptions = {},
): string {
  const of = stack === undefined ? "" : `${stack}: `;
  const groups = grouped(denials);
  const isOfPolicies = denials.some(
    ({ action, statements }) => statements.length > 0 && tableActions.has(action.toLowerCase()),
  );
  return [
    ...groups.map((group) => groupText(group, of)),
    ...(isOfPolicies && wholePolicy !== undefined
      ? [
          [
            `${of}AWS names one missing permission at a time; this prints all that it takes:`,
            `  ${wholePolicy}`,
            "  and what has left the access file takes, with the file as it was applied last:",
            `  ${wholePolicy} --before FILE`,
          ].join("\n"),
        ]
      : []),
    ...endpoints.map((endpoint) => endpointText(endpoint, of, denials.length > 0)),
  ].join("\n\n");
}

/** What the generated policies are about; what keeps the state, as S3 does, is not. */
const tableActions: ReadonlySet<string> = new Set(permissionTable.map(({ action }) => action.toLowerCase()));

/** Denials that one mend is for: of one caller, by one kind of policy. */
function grouped(denials: readonly ExplainedDenial[]): readonly (readonly ExplainedDenial[])[] {
  const groups = new Map<string, ExplainedDenial[]>();
  for (const denial of denials) {
    const key = JSON.stringify([denial.principal, denial.why, denial.mend]);
    groups.set(key, [...(groups.get(key) ?? []), denial]);
  }
  return [...groups.values()];
}

function groupText(group: readonly ExplainedDenial[], of: string): string {
  const [first] = group as readonly [ExplainedDenial];
  const statements = uniqueStatements(group.flatMap((denial) => denial.statements));
  const mend = statements.length > 1 ? first.mend.replace("this statement", "these statements") : first.mend;
  return [
    ...group.flatMap((denial) => denialLines(denial, of)),
    `  why:   ${first.why}`,
    `  mend:  ${mend}${statements.length > 0 ? ":" : ""}`,
    ...(statements.length > 0 ? [indented(statements)] : []),
  ].join("\n");
}

function denialLines(denial: ExplainedDenial, of: string): readonly string[] {
  const { action, isSupposed, who, resource, addresses, operation, decode } = denial;
  const session = who?.session === undefined ? "" : `, session ${who.session}`;
  const account = who?.account === undefined ? "" : ` of account ${who.account}`;
  const during = [addresses.join(", "), operation && `calling ${operation}`].filter(Boolean).join(", ");
  return [
    `${of}denied: ${action}${isSupposed ? " (AWS names no action; this is the one that the operation is named after)" : ""}`,
    ...(who === undefined ? [] : [`  who:   ${who.name}${account}${session}`]),
    ...(resource === undefined ? [] : [`  on:    ${resource}`]),
    ...(during === "" ? [] : [`  for:   ${during}`]),
    ...(decode === undefined ? [] : [`  AWS tells more to who may decode it:\n    ${decode}`]),
  ];
}

function endpointText(endpoint: UnsavedEndpoint, of: string, isAfterDenial: boolean): string {
  const { address, id, name, why, commands, note } = endpoint;
  const what = [id ?? name, address && `of ${address}`].filter(Boolean).join(" ");
  return [
    `${of}endpoint ${what}`.trimEnd(),
    `  why:   ${why}`,
    `  mend:  ${isAfterDenial ? "once the permission is there, " : ""}run this, then deploy again:`,
    ...commands.flatMap(({ purpose, command }) => [`    # ${purpose}`, `    ${command}`]),
    ...(note === undefined ? [] : [`  note:  ${note}`]),
  ].join("\n");
}

function uniqueStatements(statements: readonly IamStatement[]): readonly IamStatement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}

/** Several are separated as in the list of statements that they are pasted into. */
const indented = (statements: readonly IamStatement[]): string =>
  statements.map((statement) => JSON.stringify(statement, null, 2).replace(/^/gm, "    ")).join(",\n");
