import { coversCollection } from "../service";
import type { MadeCollectionEntry, StackEntry } from "./access-file";

/**
 * ARN of the KMS key that a collection is made with: its own, else the one that the stack's `encryption` has for its
 * name, the longest prefix first. Nothing: the key that AWS owns.
 */
export function encryptionKeyOf(
  name: string,
  entry: Pick<MadeCollectionEntry, "kmsKey">,
  { encryption }: Pick<StackEntry, "encryption">,
): string | undefined {
  if (entry.kmsKey !== undefined) return entry.kmsKey;
  const specificity = (pattern: string) => (pattern.endsWith("*") ? pattern.length - 1 : Infinity);
  return encryption
    .flatMap(({ collections, kmsKey }) => collections.map((pattern) => ({ pattern, kmsKey })))
    .filter(({ pattern }) => coversCollection(pattern, name))
    .sort((a, b) => specificity(b.pattern) - specificity(a.pattern))[0]?.kmsKey;
}
