import { coversAll, namePattern } from "./name-pattern";
import type { Problem } from "./problem";

/** What a network policy takes as a resource (probed against AWS): a name, a prefix of 3 or more and `*`, or `*`. */
export const networkPolicyResource = /^collection\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)$/;

/** The same for what a grant names, without the characters that no collection's name can hold. */
export const collectionPattern = /^(?:[a-z][a-z0-9-]{2,63}\*?|\*)$/;

/** As long as a collection's name gets (API model 2021-11-01, CollectionName); what one not known yet is counted as. */
export const longestCollectionName = "c".repeat(64);

/**
 * Checks what a grant names: a collection (3 to 64 of `a-z`, `0-9`, `-`, a letter first: API model
 * 2021-11-01, CollectionName), a prefix of at least 3 characters with one `*` at its end, or `*` for all.
 */
export function checkCollectionPattern(pattern: string): Problem | undefined {
  if (collectionPattern.test(pattern)) return undefined;
  const problem = (what: string) => `collection "${pattern}": ${what}`;
  const star = pattern.indexOf("*");
  if (star >= 0 && star < pattern.length - 1) {
    return {
      problem: problem('"*" may stand only at the end'),
      remedy:
        star >= 3 ? `use "${pattern.slice(0, star)}*", or name the collections` : "name the collections",
    };
  }
  const name = star >= 0 ? pattern.slice(0, star) : pattern;
  if (name.length < 3) {
    return star >= 0
      ? {
          problem: problem(`${name.length} before "*", a prefix has at least 3 characters`),
          remedy: 'use a longer prefix, or "*" alone for all collections',
        }
      : {
          problem: problem(`${name.length} characters, a name has 3 to 64`),
          remedy: "use the collection's full name",
        };
  }
  if (name.length > 64) {
    return {
      problem: problem(`${name.length} characters, a name has 3 to 64`),
      remedy: "use the collection's name",
    };
  }
  if (name.startsWith("collection/")) {
    return { problem: problem("written as a resource"), remedy: `leave out "collection/"` };
  }
  return {
    problem: problem('only a-z, 0-9 and "-" are allowed, a letter first'),
    remedy: "use the collection's name, not its id or ARN",
  };
}

/** Whether a pattern that `checkCollectionPattern` takes names the collection, or all that a pattern names. */
export function coversCollection(pattern: string, name: string): boolean {
  return coversAll(namePattern(pattern), namePattern(name));
}
