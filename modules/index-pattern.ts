import { longestCollectionName, longestIndexName } from "../service";

/**
 * The longest that `COLLECTION/INDEX` may turn out to be where there is an expression in it: of both parts, the one that
 * is written out is counted as it is.
 */
export function longestIndexPattern(pattern: string): string {
  // Expressions may have a "/" in them.
  const before = pattern.slice(0, Math.max(0, pattern.indexOf("${")));
  const after = pattern.slice(pattern.lastIndexOf("}") + 1);
  const collection = before.includes("/") ? before.slice(0, before.indexOf("/")) : longestCollectionName;
  const index = after.includes("/") ? after.slice(after.lastIndexOf("/") + 1) : longestIndexName;
  return `${collection}/${index}`;
}
