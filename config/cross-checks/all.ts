import type { LocatedProblem } from "../describe-issue";
import { collectionProblems } from "./collections";
import { endpointProblems } from "./endpoints";
import type { Stacks } from "./places";
import { policyProblems } from "./policies";
import { quotaProblems } from "./quotas";
import { referenceProblems } from "./references";

/**
 * What is wrong between parts of the file that are right by themselves. Judged as written, since any part may be
 * wrong by itself too.
 */
export function crossProblems(stacks: Stacks): LocatedProblem[] {
  const checks = [endpointProblems, referenceProblems, collectionProblems, policyProblems, quotaProblems];
  return checks.flatMap((check) => check(stacks));
}
