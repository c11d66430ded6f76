import { type Context, createContext, Script } from "node:vm";

/** Says whether the whole of a text matches a pattern. */
export type Matcher = (text: string) => boolean;

/** Texts no longer than this are matched at once, whatever the pattern. */
const shortText = 256;
const timeoutMilliseconds = 250;

/**
 * A matcher for a pattern of the API model. Patterns with more than one open-ended part (`.*[a-z]+.*`) backtrack in
 * cubic time on some input, which must not hang the sandbox: there, a long text that takes more than a quarter of a second counts
 * as one that does not match.
 */
export function matcherOf(pattern: string): Matcher {
  const anchored = new RegExp(`^(?:${pattern})$`, "u");
  if (!canBacktrack(pattern)) return (text) => anchored.test(text);
  return (text) => (text.length <= shortText ? anchored.test(text) : matchesInTime(anchored, text));
}

function canBacktrack(pattern: string): boolean {
  const withoutLiterals = pattern.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x");
  return (withoutLiterals.match(/[*+]/g) ?? []).length > 1;
}

const script = new Script("pattern.test(text)");
let context: Context | undefined;

function matchesInTime(pattern: RegExp, text: string): boolean {
  context ??= createContext({});
  context["pattern"] = pattern;
  context["text"] = text;
  try {
    return script.runInContext(context, { timeout: timeoutMilliseconds }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  } finally {
    context["text"] = "";
  }
}
