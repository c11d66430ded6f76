/**
 * Whether a text matches a filter value of EC2: `*` stands for any number of characters, `?` for one, and a backslash
 * takes the meaning from the character after it (EC2 guide, filtering). The time is bounded by the product of the
 * lengths, however many stars there are.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  const characters = [...text];
  let token = 0;
  let position = 0;
  // Where to go on if it does not work out: the last star takes one character more.
  let star = -1;
  let starEnd = 0;
  while (position < characters.length) {
    const current = tokens[token];
    if (current === anyNumber) {
      star = token;
      starEnd = position;
      token += 1;
    } else if (current === anyOne || (current !== undefined && current === characters[position])) {
      token += 1;
      position += 1;
    } else if (star >= 0) {
      starEnd += 1;
      position = starEnd;
      token = star + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === anyNumber);
}

const anyNumber = Symbol("*");
const anyOne = Symbol("?");

function tokensOf(pattern: string): readonly (string | symbol)[] {
  const parts = pattern.match(/\\[\s\S]|[\s\S]/gu) ?? [];
  return parts.map((part) => {
    if (part === "*") return anyNumber;
    if (part === "?") return anyOne;
    return part.length > 1 && part.startsWith("\\") ? part.slice(1) : part;
  });
}
