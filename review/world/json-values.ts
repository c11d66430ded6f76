/** A JSON value in a text, with the text it stands in. */
export interface JsonValue {
  readonly value: unknown;
  readonly text: string;
}

/**
 * The values of a text that holds one JSON value or several, one after another, as a loop around the AWS CLI
 * writes them; a list of answers counts as several. Undefined where it is no JSON.
 */
export function jsonValues(text: string): JsonValue[] | undefined {
  const whole = parsed(text);
  if (whole) return isListOfAnswers(whole.value) ? whole.value.flatMap((one) => asValue(one)) : [whole];
  const values = topLevelTexts(text).map(parsed);
  if (values.length < 2 || values.includes(undefined)) return undefined;
  return values.flatMap((one) => one ?? []);
}

/** The blocks of a policy have `Rules`; what the AWS CLI prints has not. */
const isListOfAnswers = (value: unknown): value is unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === "object" && one !== null && !("Rules" in one));

const asValue = (value: unknown): JsonValue => ({ value, text: JSON.stringify(value) });

function parsed(text: string): JsonValue | undefined {
  try {
    return { value: JSON.parse(text), text };
  } catch {
    return undefined;
  }
}

function topLevelTexts(text: string): string[] {
  const found: string[] = [];
  let [depth, start, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) {
        found.push(text.slice(start, at + 1));
        start = at + 1;
      }
    }
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? found : [...found, rest];
}
