import type { NetworkPolicyDocument } from "../../../service";
import type { Rule } from "../rule";
import { someOf } from "../words";

export const publicAccess: Rule = {
  id: "public-access",
  severity: "error",
  title: "A network policy lets in the public",
  why: "AllowFromPublic opens the collections or dashboards to every address on the internet. Policies add up and public beats private: no other policy takes it back.",
  remedy: "make AllowFromPublic false, and name endpoints in SourceVPCEs or AWS services in SourceServices",
  examples: {
    found: `policy = jsonencode([{
  AllowFromPublic = true
  Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
}])`,
    passes: `policy = jsonencode([{
  AllowFromPublic = false
  SourceVPCEs     = [aws_opensearchserverless_vpc_endpoint.apps.id]
  Rules           = [{ ResourceType = "collection", Resource = ["collection/orders"] }]
}])`,
  },
  *check({ steps }) {
    for (const { worlds } of steps) {
      for (const { name, address, document } of worlds.after.world.networkPolicies) {
        const [collections, dashboards] = [
          publicNames(document, "collection"),
          publicNames(document, "dashboard"),
        ];
        const opened = [
          ...(collections.length > 0 ? [`collections ${someOf(collections)}`] : []),
          ...(dashboards.length > 0 ? [`dashboards of ${someOf(dashboards)}`] : []),
        ];
        if (opened.length === 0) continue;
        yield {
          address,
          message: `network policy ${name} opens ${opened.join(" and ")} to everybody on the internet`,
          subject: { kind: "grant", collections: [...collections, ...dashboards] },
        };
      }
    }
  },
};

function publicNames(document: NetworkPolicyDocument, type: "collection" | "dashboard"): string[] {
  const rules = document.flatMap(({ AllowFromPublic, Rules }) => (AllowFromPublic ? Rules : []));
  const resources = rules.flatMap(({ ResourceType, Resource }) => (ResourceType === type ? Resource : []));
  return [...new Set(resources.map((one) => one.replace(/^collection\//, "")))].sort();
}
