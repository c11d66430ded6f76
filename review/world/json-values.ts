import { placesIn, readJson, type TextPlace } from "../../service/located-json";
import { isTooDeep, tooDeep, whyNotJson } from "../../terraform";

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
  const values = topLevelTexts(text).map((one) => parsed(one.text));
  if (values.length < 2 || values.includes(undefined)) return undefined;
  return values.flatMap((one) => one ?? []);
}

/** The blocks of a policy have `Rules`; what the AWS CLI prints has not. */
const isListOfAnswers = (value: unknown): value is unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === "object" && one !== null && !("Rules" in one));

const asValue = (value: unknown): JsonValue => ({ value, text: JSON.stringify(value) });

/**
 * What is wrong with the first value of a text that `jsonValues` does not read, and where; of what is not JSON without
 * what stands there: a file that is named by mistake may hold secrets. Undefined where nothing is.
 */
export function jsonProblem(text: string): { problem: string; place?: TextPlace } | undefined {
  if (parsed(text)) return undefined;
  const placeOf = placesIn(text);
  for (const { text: one, offset } of topLevelTexts(text)) {
    if (parsed(one)) continue;
    const problem = brokenAt(one);
    const { offset: at } = problem;
    return at === undefined ? problem : { problem: problem.problem, place: placeOf(offset + at) };
  }
  return text.trim() === "" ? { problem: "not JSON: it is empty" } : undefined;
}

function brokenAt(text: string): { problem: string; offset?: number } {
  try {
    if (isTooDeep(JSON.parse(text))) return { problem: tooDeep, offset: text.search(/\S/) };
  } catch (error) {
    const found = readJson(text).problems.at(-1);
    // what is read for places gives up early
    if (!found || /^nested/.test(found.problem)) return { problem: `not JSON: ${whyNotJson(text, error)}` };
    const told = found.problem.replace(/^[\p{L}_$][\p{L}\p{N}_$]*(?= found )/u, "a word without quotes");
    return { problem: `not JSON: ${told}`, offset: found.offset };
  }
  return { problem: "not JSON" };
}

function parsed(text: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? undefined : { value, text };
  } catch {
    return undefined;
  }
}

interface PlacedText {
  readonly text: string;
  readonly offset: number;
}

function topLevelTexts(text: string): PlacedText[] {
  const found: PlacedText[] = [];
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
        found.push({ text: text.slice(start, at + 1), offset: start });
        start = at + 1;
      }
    }
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? found : [...found, { text: rest, offset: start }];
}
