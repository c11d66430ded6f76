import { DoubtedNames } from "../../change/doubted-names";
import { managedCollections } from "../managed-collections";
import type { Rule } from "../rule";

export const lastPathDestroyed: Rule = {
  id: "last-path-destroyed",
  severity: "error",
  title: "Nobody reaches a collection any more",
  why: "The collection stays, and the last endpoint, service or public access that reached it goes: whoever uses it is cut off.",
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
    for (const { alike, worlds } of input.steps) {
      const cut = alike.filter(({ before, after }) => before.collection !== 0n && after.collection === 0n);
      if (cut.length === 0) continue;
      const own = managedCollections(input, worlds.after.world);
      const doubted = new DoubtedNames(worlds.after.doubts, "network");
      for (const name of cut.flatMap(({ names }) => names).sort()) {
        if (!own.has(name) || doubted.has(name)) continue;
        yield {
          address: own.get(name),
          message: `collection ${name} stays, and nobody reaches it any more`,
          subject: { kind: "collection", name },
        };
      }
    }
  },
};
