import { collectionOf } from "../name-pattern";
import type { NetworkPolicyBlock } from "../network-policy";
import { PatternSweep } from "./pattern-sweep";
import type { WorldNetworkPolicy } from "./world";

/** Who is let in by network policies, a bit for each; what the bits stand for is the caller's. */
export interface OpenedToName {
  readonly collection: bigint;
  /** What the policies say, whether or not the collection itself is open to the same. */
  readonly dashboard: bigint;
}

/**
 * What network policies open to each of these names and patterns. A pattern is open to what opens all the names that
 * it covers: `logs-*` by `logs-*` or `*`, not by `logs-a*`. Time grows as n log n with policies and names.
 */
export function openedToNames(
  policies: readonly Pick<WorldNetworkPolicy, "document">[],
  names: readonly string[],
  bitsOf: (block: NetworkPolicyBlock) => bigint,
): ReadonlyMap<string, OpenedToName> {
  const sweep = new PatternSweep();
  for (const { document } of policies) {
    for (const block of document) {
      const who = bitsOf(block);
      if (who === 0n) continue;
      for (const rule of block.Rules) {
        for (const resource of rule.Resource) {
          const pattern = collectionOf(resource);
          if (pattern !== undefined) sweep.open(pattern, rule.ResourceType, who);
        }
      }
    }
  }
  // no name holds "*", so a pattern may stand among the names: the prefixes that open it are those that cover it
  const { collections } = sweep.sweep(names);
  return new Map(collections.map(({ text, opened }) => [text, opened]));
}

/** The names and patterns that network policies mention, each once. */
export function mentionedNames(policies: readonly Pick<WorldNetworkPolicy, "document">[]): string[] {
  const resources = policies.flatMap(({ document }) =>
    document.flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource)),
  );
  return [...new Set(resources.flatMap((resource) => collectionOf(resource) ?? []))];
}
