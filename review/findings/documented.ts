import { acceptanceExpired, acceptanceUnknown, acceptanceUnused } from "./acceptance";
import type { Rule } from "./rule";
import { rules } from "./rules";

/** All that a finding can be of, in the order of the documentation. */
export const documented: readonly Omit<Rule, "check">[] = [
  ...rules,
  acceptanceExpired,
  acceptanceUnknown,
  acceptanceUnused,
];
