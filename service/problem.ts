/**
 * What is wrong with a value and how to mend it, without saying where it stands: the access file adds line
 * and column, a construct adds its path.
 */
export interface Problem {
  /** One line: what is wrong, what was given, what is allowed. Lower case after the colon. */
  readonly problem: string;
  /** One line: what to do about it. */
  readonly remedy: string;
}

/** A rule: nothing when the value keeps it, else what is wrong. */
export type Rule<T> = (value: T) => Problem | undefined;

/** A value that breaks a rule of OpenSearch Serverless, EC2 or this library; the message says how to mend it. */
export class RuleError extends Error {
  /** @param path where the value stands, such as the path of a construct. */
  constructor(
    readonly detail: Problem,
    readonly path?: string,
  ) {
    super(`${path ? `${path}: ` : ""}${detail.problem}; ${detail.remedy}`);
    this.name = "RuleError";
  }
}

/** Throws a `RuleError` when there is a problem. */
export function refuse(problem: Problem | undefined, path?: string): void {
  if (problem) throw new RuleError(problem, path);
}
