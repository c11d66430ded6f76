import { coversCollection } from "../collection-pattern";
import { compareText, sortedUnique } from "../policy-document";

/**
 * Names and prefixes without those that another one covers, in order; undefined where they are all collections.
 */
export function collectionPatterns(given: readonly string[] | undefined): string[] | undefined {
  if (!given || given.includes("*")) return undefined;
  const all = sortedUnique(given);
  const prefixes = all.filter((pattern) => pattern.endsWith("*"));
  return all.filter(
    (pattern) =>
      !prefixes.some((prefix) => prefix !== pattern && coversCollection(prefix, pattern.replace(/\*$/, ""))),
  );
}

/** Characters that the patterns take as a list of JSON. */
const charactersOf = (patterns: readonly string[]): number => JSON.stringify(patterns).length;

/**
 * The patterns, or, where they take more characters than there is room for, the longest prefixes in common that save
 * enough: a list that all values of a request have to be in cannot be spread over several statements, since each of
 * them would allow only what is in its own part. What comes out allows all that went in, and besides it what happens
 * to begin the same way.
 */
export function fitPatterns(patterns: readonly string[], maxCharacters: number): string[] {
  let fitting = sortedUnique(patterns);
  const longest = Math.max(0, ...fitting.map(({ length }) => length));
  for (let length = longest; length > 0; length--) {
    for (const prefix of sharedPrefixes(length, fitting)) {
      if (charactersOf(fitting) <= maxCharacters) return fitting;
      fitting = sortedUnique([...fitting.filter((one) => !one.startsWith(prefix)), `${prefix}*`]);
    }
  }
  return charactersOf(fitting) <= maxCharacters ? fitting : ["*"];
}

/** What several patterns begin with, in this many characters; what most of them do comes first. */
function sharedPrefixes(length: number, patterns: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const pattern of patterns) {
    const prefix = pattern.slice(0, length);
    if (prefix.length === length && !prefix.endsWith("*")) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareText(a, b))
    .map(([prefix]) => prefix);
}
