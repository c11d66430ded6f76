import { mentionedNames } from "../../../service";
import { DoubtedNames } from "../../change/doubted-names";
import type { ReadWorld } from "../../world";
import { managedCollections } from "../managed-collections";
import type { Rule } from "../rule";

export const lastPathDestroyed: Rule = {
  id: "last-path-destroyed",
  severity: "error",
  title: "Nobody reaches a collection any more",
  why: "The collection stays, and the last endpoint, service or public access that reached it goes: whoever uses it is cut off.",
  severityNote:
    "A warning for a collection that the plan does not keep: the policy named it, and whether there is one of that name, or a policy elsewhere that opens it, the plan does not tell.",
  remedy: "keep a grant to it, or destroy the collection too if it is not needed",
  examples: {
    found: `resource "aws_opensearchserverless_collection" "orders" {
  name = "orders"
}
# the network policy that covered it is taken out of the configuration`,
    passes: `resource "aws_opensearchserverless_collection" "orders" {
  name = "orders"
}
resource "aws_opensearchserverless_security_policy" "network" {
  type   = "network"
  policy = jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/orders"] }], … }])
}`,
  },
  *check(input) {
    for (const { alike, worlds, opened } of input.steps) {
      const cut = alike.filter(({ before, after }) => before.collection !== 0n && after.collection === 0n);
      if (cut.length === 0) continue;
      const own = managedCollections(input, worlds.after.world);
      const doubted = new DoubtedNames(worlds.after.doubts, "network");
      const namedBy = policiesByName(worlds.before);
      for (const name of cut.flatMap(({ names }) => names).sort()) {
        if (name.endsWith("*") || opened.after.isAbsent(name) || doubted.has(name)) continue;
        const isOwn = own.has(name);
        yield {
          address: isOwn ? own.get(name) : namedBy.get(name),
          about: isOwn ? undefined : name,
          severity: isOwn ? undefined : "warning",
          message: isOwn
            ? `collection ${name} stays, and nobody reaches it any more`
            : `nobody reaches collection ${name} any more, as far as is known here; it is kept elsewhere`,
          subject: { kind: "collection", name },
        };
      }
    }
  },
};

/** The first policy that names each collection in full. */
function policiesByName({ world: { networkPolicies } }: ReadWorld): ReadonlyMap<string, string | undefined> {
  const addresses = new Map<string, string | undefined>();
  for (const policy of networkPolicies) {
    for (const name of mentionedNames([policy])) {
      if (!addresses.has(name)) addresses.set(name, policy.address);
    }
  }
  return addresses;
}
