import { openedToNames } from "../../../service";
import { DoubtedNames } from "../../change/doubted-names";
import { managedCollections } from "../managed-collections";
import type { Rule } from "../rule";

export const collectionWithoutPolicy: Rule = {
  id: "collection-without-policy",
  severity: "warning",
  title: "No network policy covers a collection",
  why: "A collection that no network policy covers has no network access: nobody reaches it, from nowhere.",
  remedy: "grant it to endpoints or services, or make sure that a policy kept elsewhere covers its name",
  examples: {
    found: `resource "aws_opensearchserverless_collection" "invoices" {
  name = "invoices"
}
resource "aws_opensearchserverless_security_policy" "network" {
  type   = "network"
  policy = jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/orders"] }], … }])
}`,
    passes: `resource "aws_opensearchserverless_collection" "orders" {
  name = "orders"
}
resource "aws_opensearchserverless_security_policy" "network" {
  type   = "network"
  policy = jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/orders"] }], … }])
}`,
  },
  *check(input) {
    for (const { worlds } of input.steps) {
      const { world, doubts } = worlds.after;
      const doubted = new DoubtedNames(doubts, "network");
      const own = managedCollections(input, world);
      const covered = openedToNames(world.networkPolicies, [...own.keys()], () => 1n);
      for (const [name, address] of own) {
        if ((covered.get(name)?.collection ?? 0n) !== 0n || doubted.has(name)) continue;
        yield {
          address,
          message: `collection ${name}: no network policy that is known here covers it, so nobody reaches it`,
          subject: { kind: "collection", name },
        };
      }
    }
  },
};
