/** A template with one expression, as JSON syntax wants it: Terraform reads what is in it. */
export const expression = (hcl: string): string => `\${${hcl}}`;

/** A text as a quoted string of HCL that stands for itself. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);

/**
 * A quoted string of HCL with expressions in it.
 * @param parts texts that stand for themselves, and `{ hcl }` for what Terraform works out
 */
export function template(...parts: readonly (string | Hcl)[]): string {
  const inner = parts.map((part) =>
    typeof part === "string" ? quoted(part).slice(1, -1) : `\${${part.hcl}}`,
  );
  return `"${inner.join("")}"`;
}

/** An expression within a template. */
export interface Hcl {
  readonly hcl: string;
}

/** A regular expression as HCL's `regex` takes it: RE2 knows what our patterns use. */
export const regex = (pattern: RegExp): string => quoted(pattern.source.replaceAll("\\/", "/"));

/** Whether a value matches a pattern; what is null does not. */
export const matches = (pattern: RegExp, value: string): string => `can(regex(${regex(pattern)}, ${value}))`;

/** Gives an expression a name in another one; HCL has no other way to say it once. */
export const withName = (name: string, value: string, result: string): string =>
  `[for ${name} in [${value}] : ${result}][0]`;

/** A value as JSON.stringify writes it: `jsonencode` escapes three characters more. */
export const json = (value: string): string =>
  `replace(replace(replace(jsonencode(${value}), "\\\\u003c", "<"), "\\\\u003e", ">"), "\\\\u0026", "&")`;

/** How many bytes of UTF-8 a text takes; `length` counts characters. */
export const bytesOf = (text: string): string =>
  withName(
    "base64",
    `base64encode(${text})`,
    `length(base64) / 4 * 3 - length(base64) + length(trim(base64, "="))`,
  );

/** Without repetitions, in the order of their text. */
export const sortedUnique = (list: string): string => `sort(distinct(${list}))`;

/** Whether a value is in a list of words. */
export const isOneOf = (words: readonly string[], value: string): string =>
  `contains(${JSON.stringify(words)}, ${value})`;
