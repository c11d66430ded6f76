import { AwsError } from "../protocol/aws-error";
import type { RegionState, RuleDefinition, SecurityGroupRule } from "../state/state";

/** Quota table of Amazon VPC: rules per group and direction, counted apart for IPv4 and IPv6. */
const maxRules = 60;

/**
 * Throws RulesPerSecurityGroupLimitExceeded for more rules than one direction of a group may have. References to groups
 * and prefix lists count for both families, and a list as often as it may have entries (VPC guide, prefix lists).
 * @param maxEntriesOf of the prefix list with an id; undefined: not a list that is known
 */
export function refuseTooManyRules(
  rules: readonly RuleDefinition[],
  maxEntriesOf: (id: string) => number | undefined,
): void {
  const counted = (otherFamily: string): number =>
    rules
      .filter(({ source }) => source.kind !== otherFamily)
      .reduce((sum, { source }) => sum + (maxEntriesOf(source.value) ?? 1), 0);
  if (counted("cidrIpv6") <= maxRules && counted("cidrIpv4") <= maxRules) return;
  throw new AwsError(
    "RulesPerSecurityGroupLimitExceeded",
    "The maximum number of rules per security group has been reached.",
  );
}

/**
 * A list does not grow beyond what the groups that name it can take: the change fails (API reference,
 * ModifyManagedPrefixList). AWS may say so only in the state of the list; here the request is refused.
 */
export function refuseGrowth(state: RegionState, listId: string, maxEntries: number): void {
  const byGroup = new Map<string, SecurityGroupRule[]>();
  for (const rule of state.securityGroupRules.values()) {
    const key = `${rule.securityGroupId}/${rule.isEgress}`;
    byGroup.set(key, [...(byGroup.get(key) ?? []), rule]);
  }
  for (const rules of byGroup.values()) {
    if (!rules.some(({ source }) => source.value === listId)) continue;
    refuseTooManyRules(rules, (id) => (id === listId ? maxEntries : state.prefixLists.get(id)?.maxEntries));
  }
}
