import { type Quota, quotas } from "../../../service";
import type { SeenResource } from "../../world";
import { groupedBy } from "../grouped-by";
import type { RawFinding, Rule, RuleInput } from "../rule";

/** From this part of a quota on it is told. */
export const toldFrom = 0.8;

interface Counted {
  readonly type: string;
  readonly quota: Quota;
  readonly isCounted?: (resource: SeenResource) => boolean;
}

const policy = "aws_opensearchserverless_security_policy";

/** What is counted for each account and Region. */
const counted: readonly Counted[] = [
  { type: "aws_opensearchserverless_vpc_endpoint", quota: quotas.managedEndpointsPerAccount },
  { type: policy, quota: quotas.networkPolicies, isCounted: ({ values }) => values["type"] === "network" },
  {
    type: policy,
    quota: quotas.encryptionPolicies,
    isCounted: ({ values }) => values["type"] === "encryption",
  },
  { type: "aws_opensearchserverless_access_policy", quota: quotas.dataAccessPolicies },
];

export const quotaUse: Rule = {
  id: "quota-use",
  severity: "warning",
  title: "More than four fifths of a quota are used",
  why: "AWS refuses what goes beyond a quota, in the middle of an apply; most of these cannot be raised. Counted is what the plan knows of: what others have in the account comes on top.",
  remedy:
    "use prefixes and fewer, larger policies, or another account; ask AWS where the quota can be raised",
  severityNote: "An error where the plan itself goes beyond the quota.",
  examples: {
    found: `resource "aws_opensearchserverless_security_policy" "encryption" {
  count = 125 # AWS takes 150 encryption policies in an account and Region
  type  = "encryption"
  # …
}`,
    passes: `resource "aws_opensearchserverless_security_policy" "encryption" {
  count = 119
  type  = "encryption"
  # …
}`,
  },
  *check(input) {
    for (const { type, quota, isCounted = () => true } of counted) {
      const there = input.after(type).filter(isCounted);
      const byScope = groupedBy(there, ({ scope }) => scope.region ?? "");
      for (const [region, resources] of byScope) {
        const count = new Set(resources.map(keyOf)).size;
        yield* told(
          count,
          quota,
          { about: `${quota.counts} ${region}` },
          region === "" ? "" : ` in ${region}`,
        );
      }
    }
    yield* fullGroups(input);
  },
};

/** A policy that one resource makes and a data source reads is one. */
const keyOf = ({ values, address, id }: SeenResource) => String(values["name"] ?? address ?? id);

function* fullGroups({ steps, after }: RuleInput): Generator<RawFinding> {
  const addresses = new Map(after("aws_security_group").map(({ id, address }) => [id, address]));
  const seen = new Set<string>();
  for (const { worlds } of steps) {
    for (const { id, name, rules = [] } of worlds.after.world.securityGroups) {
      if (seen.has(id)) continue;
      seen.add(id);
      const ipv6 = rules.filter(({ cidrIpv6 }) => cidrIpv6 !== undefined).length;
      // what names a group or a prefix list counts for both families
      const most = Math.max(rules.filter(({ cidrIpv6 }) => cidrIpv6 === undefined).length, ipv6);
      yield* told(
        most,
        quotas.inboundRulesPerSecurityGroup,
        { address: addresses.get(id) },
        `: ${name ?? id}`,
      );
    }
  }
}

function* told(
  count: number,
  quota: Quota,
  place: Partial<RawFinding>,
  where: string,
): Generator<RawFinding> {
  const { limit, counts, adjustable } = quota;
  if (count <= limit * toldFrom) return;
  yield {
    ...place,
    message: `${count} of ${limit} ${counts}${where}`,
    severity: count > limit && !adjustable ? "error" : undefined,
  };
}
