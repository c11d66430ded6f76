import { mentionedNames, type WorldNetworkPolicy } from "../../../service";
import type { Step } from "../../change/step";
import type { Rule } from "../rule";

export const policyGrantsNothing: Rule = {
  id: "policy-grants-nothing",
  severity: "warning",
  title: "A policy grants nothing",
  why: "What the policy says has no effect: dashboards do not work without their collection, an endpoint of one generation does not serve collections of the other, and principals of another account are not let in.",
  remedy:
    "grant the collection beside its dashboards, name an endpoint of the collection's generation, or drop the policy",
  examples: {
    found: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  Rules           = [{ ResourceType = "dashboard", Resource = ["collection/orders"] }]
}])`,
    passes: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  Rules = [
    { ResourceType = "collection", Resource = ["collection/orders"] },
    { ResourceType = "dashboard", Resource = ["collection/orders"] },
  ]
}])`,
  },
  *check({ steps }) {
    for (const step of steps) {
      const { world } = step.worlds.after;
      for (const policy of world.networkPolicies) {
        if (opensSomething(step, policy)) continue;
        const collections = mentionedNames([policy]);
        yield {
          address: policy.address,
          message: `network policy ${policy.name} opens nothing to anybody`,
          subject: { kind: "grant", collections },
        };
      }
      const foreign = new Set(
        step.rows.after.principals
          .filter(({ sameAccount }) => !sameAccount)
          .map(({ principal }) => principal),
      );
      for (const { name, address, document } of foreign.size > 0 ? world.dataPolicies : []) {
        const principals = document.flatMap(({ Principal }) => Principal);
        if (!principals.every((principal) => foreign.has(principal))) continue;
        yield {
          address,
          message: `data access policy ${name} names principals of other accounts alone, which AWS does not let in`,
          subject: { kind: "data-access", principals },
        };
      }
    }
  },
};

function opensSomething(step: Step, policy: WorldNetworkPolicy): boolean {
  const { opened, same } = step;
  // that an endpoint is gone is told by itself
  const ids = policy.document.flatMap(({ SourceVPCEs = [] }) => SourceVPCEs);
  if (ids.some((id) => same.keyAfter(id) === undefined)) return true;
  const mentioned = mentionedNames([policy]);
  if (mentioned.some(opened.after.isAbsent)) return true;
  // dashboards of a pattern may be those of collections that other policies open by names or patterns within it
  return opensOneOf(step, policy, mentioned) || opensOneOf(step, policy, opened.names);
}

function opensOneOf(
  { opened, who, groupOf }: Step,
  policy: WorldNetworkPolicy,
  names: readonly string[],
): boolean {
  for (const [name, own] of opened.after.named(names, [policy])) {
    const generation = opened.after.generationOf(name);
    if (who.letIn("after", own.collection, generation) !== 0n) return true;
    const dashboards = who.letIn("after", own.dashboard, generation) & who.dashboardBits;
    if ((dashboards & (groupOf(name)?.after.collection ?? 0n)) !== 0n) return true;
  }
  return false;
}
