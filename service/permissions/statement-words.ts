import { type StatementName, statementPurposes } from "./statement-names";
import { statementReasons } from "./statement-reasons";

const isName = (text: string): text is StatementName => Object.hasOwn(statementPurposes, text);

/** The statements that one of a policy is made of: its `Sid` may have a number, or say two of them at once. */
export function statementNamesOf(sid: string): readonly StatementName[] {
  const base = sid.replace(/\d+$/, "");
  const both = /^(.+)NetworkAndEncryptionPolicies$/.exec(base)?.[1];
  const names = both === undefined ? [base] : [`${both}NetworkPolicies`, `${both}EncryptionPolicies`];
  return names.filter(isName);
}

/** What a statement allows, in a few words; nothing for a `Sid` that is none of ours. */
export function statementPurposeOf(sid: string): string | undefined {
  const [name, other] = statementNamesOf(sid);
  if (name === undefined) return undefined;
  const purpose: string = statementPurposes[name];
  return other === undefined
    ? purpose
    : purpose.replace("network policies", "network and encryption policies");
}

/** Why a statement is not limited further; nothing where it is limited to one thing. */
export function statementReasonOf(sid: string): string | undefined {
  const [name] = statementNamesOf(sid);
  return name === undefined ? undefined : statementReasons[name];
}
