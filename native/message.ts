import type { Problem } from "../service";
import { expression, type Hcl, template } from "./hcl";
import { inHclWords } from "./words";

/**
 * Stands for a value that only Terraform knows in what `service` says of it: no text that anybody writes has this
 * character of the private use area.
 */
export const given = "\uE000";

/** Parts of a text, and what to put in place of each: an expression, or several parts. */
export type Values = Readonly<Record<string, string | readonly (string | Hcl)[]>>;

/**
 * What `service` says of a value, as a quoted string of HCL.
 * @param at expression of the place, that ends in ": " where it is not empty
 * @param values what to put in place of which part of the text
 */
export function message(at: string, problem: Problem | undefined, values: Values = {}): string {
  if (!problem) throw new Error("the example breaks no rule: its message cannot be read");
  let parts: (string | Hcl)[] = [inHclWords(`${problem.problem}; ${problem.remedy}`)];
  for (const [text, instead] of Object.entries(values)) {
    const value = typeof instead === "string" ? [{ hcl: instead }] : instead;
    parts = parts.flatMap((part) => {
      if (typeof part !== "string") return [part];
      return part.split(text).flatMap((piece, index) => (index === 0 ? [piece] : [...value, piece]));
    });
  }
  const text = template(...parts).slice(1);
  return at.startsWith('"') ? `${at.slice(0, -1)}${text}` : `"\${${at}}${text}`;
}

/** A text with expressions in it, in place of a part of a message: `text\`: ${"length(one.value)"} \``. */
export const text = (texts: TemplateStringsArray, ...expressions: readonly string[]): (string | Hcl)[] =>
  texts.flatMap((one, index) => {
    const hcl = expressions[index];
    return hcl === undefined ? [one] : [one, { hcl }];
  });

/** A rule of an input or of several: expressions of lists that are empty where nothing breaks it. */
export interface Rule {
  /** Something for each breach. */
  readonly breaches: string;
  /** What is said of each. */
  readonly problems: string;
}

/**
 * A rule on each of several things.
 * @param items what is judged, as in `one in var.grants`
 * @param told what is said of one that breaks it
 * @param when whether one does
 */
export const ruleOn = (items: string, told: string, when: string): Rule => ({
  breaches: `[for ${items} : true if ${when}]`,
  problems: `[for ${items} : ${told} if ${when}]`,
});

/** A rule on each of several things, with a text of what is wrong with one, "" for nothing. */
export function ruleOfTexts(items: string, text: string): Rule {
  const problems = `compact([for ${items} : ${text}])`;
  return { breaches: problems, problems };
}

/** A rule on the whole. */
export const ruleWhen = (when: string, told: string): Rule => ({
  breaches: `${when} ? [true] : []`,
  problems: `[${told}]`,
});

/**
 * A rule on one input, as a `validation` takes it. Where `null` stands in a list, most rules could not be worked out,
 * and Terraform would print each with its source: they pass then, and the rule on nulls tells of it.
 */
export function validation({ breaches, problems }: Rule) {
  const message = `join("\\n", ${problems})`;
  return {
    // a list of one text is never empty: what counts is whether the text can be worked out
    condition: expression(`try(length(${breaches}) == 0 || length([${message}]) == 0, true)`),
    errorMessage: expression(`try(${message}, "")`),
  };
}

/** A rule as a `precondition` takes it. */
export const condition = ({ breaches, problems }: Rule) => ({
  condition: expression(`length(${breaches}) == 0`),
  errorMessage: expression(`join("\\n", ${problems})`),
});
