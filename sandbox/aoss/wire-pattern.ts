/** Says whether the whole of a text matches a pattern. */
export type Matcher = (text: string) => boolean;

/** Something of a set with anything on the same line around it: `.*[a-z]+.*`. */
const containing = /^\.\*(?<set>\[(?:\\.|[^\]\\])+\])\+\.\*$/;
/** What the dot of a pattern does not match. */
const lineEnds = ["\n", "\r", "\u2028", "\u2029"];

/**
 * A matcher for a pattern of the API model, in time that grows with the text and no faster: left to themselves, patterns
 * with several open-ended parts backtrack, `.*[a-z]+.*` in cubic time, and one policy document would hang the sandbox.
 */
export function matcherOf(pattern: string): Matcher {
  const set = containing.exec(pattern)?.groups?.["set"];
  if (set !== undefined) return containingMatcher(set);
  // As many colons as there are, and then anything, is anything.
  const anchored = new RegExp(`^(?:${pattern.replaceAll(":*.*", ".*")})$`, "u");
  return (text) => anchored.test(text);
}

/** All ends of lines have to be of the set, since what stands around it has none, and so has all between them. */
function containingMatcher(set: string): Matcher {
  const some = new RegExp(set, "u");
  const all = new RegExp(`^${set}+$`, "u");
  return (text) => {
    const last = Math.max(...lineEnds.map((end) => text.lastIndexOf(end)));
    if (last < 0) return some.test(text);
    const first = Math.min(...lineEnds.map((end) => text.indexOf(end)).filter((index) => index >= 0));
    return all.test(text.slice(first, last + 1));
  };
}
