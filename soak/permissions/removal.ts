import { identityFromPolicy } from "../../sandbox";
import { proofAccount } from "./access-file";
import { versionOf } from "./phases";
import { policiesFor, withoutAction } from "./policies";
import type { Moment, Proof } from "./proof";

/** What became of the life cycle when an action was taken out of the `deploy` policies. */
export interface Removal {
  readonly action: string;
  /** The first phase that failed for lack of it, and in which words; undefined if none did. */
  readonly failure?: Moment & { readonly error: string };
  /** Phases that ask for it and went through all the same. */
  readonly passed: readonly Moment[];
  /** What failed without a word about the action. */
  readonly unnamed: readonly string[];
  readonly seconds: number;
}

/** Runs the phases that ask for an action without it, until one fails and names it. */
export async function runWithout(proof: Proof, action: string): Promise<Removal> {
  const passed: Moment[] = [];
  const unnamed: string[] = [];
  let seconds = 0;
  for (const moment of proof.momentsOf(action)) {
    const policies = withoutAction(policiesFor(versionOf(moment.phase), "deploy"), action);
    const report = await proof.repeat(moment, identityFromPolicy(policies, proofAccount));
    seconds += report.seconds;
    const error = report.errors.find((line) => names(line, action));
    if (error !== undefined) return { action, failure: { ...moment, error }, passed, unnamed, seconds };
    if (report.errors.length === 0) passed.push(moment);
    else unnamed.push(...report.errors);
  }
  return { action, passed, unnamed, seconds };
}

/** Whether AWS's words say that this action was missing; IAM does not tell capitals from others. */
export const names = (error: string, action: string): boolean =>
  error.toLowerCase().includes(`not authorized to perform: ${action.toLowerCase()} `);
