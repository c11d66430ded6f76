/** What stands in the way of a release: what is wrong, where, how to mend it. */
export interface ReleaseProblem {
  readonly problem: string;
  readonly where: string;
  readonly remedy: string;
}

/** What a check found: what it looked at, in a few words, and what is wrong with it. */
export interface Checked {
  readonly looked: string;
  readonly problems: readonly ReleaseProblem[];
}
