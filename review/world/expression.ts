/** A Terraform expression, as far as it is understood; what is not is `other`, with its text. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "reference"; readonly steps: readonly Step[]; readonly text: string }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Expression[];
      readonly steps: readonly Step[];
      readonly text: string;
    }
  | {
      readonly kind: "comparison";
      readonly equal: boolean;
      readonly sides: readonly [Expression, Expression];
      readonly text: string;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly text: string;
    }
  | { readonly kind: "other"; readonly text: string };

/** `.name`, `[index]`, or `[*]`. */
export type Step = string | { readonly index: Expression } | "*";

/**
 * Reads a text of Terraform's JSON syntax: a template with `${…}` in it (Terraform language, "JSON Configuration
 * Syntax"). Never throws: what it does not understand comes back as `other`.
 */
export function parseTemplate(text: string): Expression {
  if (!text.includes("${") && !text.includes("%{")) return { kind: "literal", value: text };
  try {
    return new Reader(text).template();
  } catch (error) {
    if (error instanceof NotUnderstood || error instanceof TooLong) return { kind: "other", text };
    throw error;
  }
}

/** Ends the reading of one expression. */
class NotUnderstood extends Error {}

/** Ends the reading altogether: what is not understood is read again from its start, which must not add up. */
class TooLong extends Error {}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

class Reader {
  private at = 0;
  private depth = 0;
  private left: number;

  constructor(private readonly text: string) {
    this.left = 10_000 + text.length;
  }

  /** Up to the closing quote, or to the end of the text where there is none. */
  template(quoted = false): Expression {
    const parts: Expression[] = [];
    let literal = "";
    const flush = () => {
      if (literal) parts.push({ kind: "literal", value: literal });
      literal = "";
    };
    for (;;) {
      const next = this.text[this.at];
      const two = this.text.slice(this.at, this.at + 2);
      if (next === undefined ? !quoted : quoted && next === '"') break;
      if (next === undefined) throw new NotUnderstood();
      if (/^(?:\$\$|%%)\{/.test(this.text.slice(this.at, this.at + 3))) {
        literal += `${next}{`;
        this.at += 3;
      } else if (two === "${") {
        flush();
        this.at += 2;
        parts.push(this.expression("}"));
        this.expect("}");
      } else if (two === "%{") {
        throw new NotUnderstood();
      } else if (quoted && next === "\\") {
        const escaped = escapes[this.text[this.at + 1] ?? ""];
        if (escaped === undefined) throw new NotUnderstood();
        literal += escaped;
        this.at += 2;
      } else {
        literal += next;
        this.at += 1;
      }
    }
    if (quoted) this.at += 1;
    flush();
    const [only] = parts;
    if (parts.length === 0) return { kind: "literal", value: "" };
    return parts.length === 1 && only ? only : { kind: "template", parts };
  }

  /** One expression; where something follows that is not one of `ends`, all of it up to there is `other`. */
  private expression(ends: string): Expression {
    this.depth += 1;
    this.left -= 1;
    if (this.depth > 100 || this.left < 0) throw new TooLong();
    this.space();
    const start = this.at;
    let read: Expression | undefined;
    try {
      read = this.conditional(ends);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
    }
    const next = this.text[this.at];
    if (!read || next === undefined || !ends.includes(next)) {
      this.at = start;
      this.skipTo(ends);
      read = { kind: "other", text: this.text.slice(start, this.at).trim() };
    }
    this.depth -= 1;
    return read;
  }

  private conditional(ends: string): Expression {
    const start = this.at;
    const stops = ends.includes("\n");
    const textSoFar = () => this.text.slice(start, this.at);
    let read = this.primary();
    this.space(stops);
    const operator = this.take(/[=!]=(?!=)/y);
    if (operator !== undefined) {
      this.space(stops);
      const sides = [read, this.primary()] as const;
      read = { kind: "comparison", equal: operator === "==", sides, text: textSoFar() };
      this.space(stops);
    }
    if (this.text[this.at] !== "?") return read;
    this.at += 1;
    const then = this.expression(":");
    this.expect(":");
    const otherwise = this.expression(ends);
    return { kind: "conditional", condition: read, then, otherwise, text: textSoFar() };
  }

  private primary(): Expression {
    const start = this.at;
    const next = this.text[this.at] ?? "";
    if (next === '"') {
      this.at += 1;
      return this.template(true);
    }
    if (next === "[") return { kind: "list", items: this.listUpTo("]") };
    if (next === "{") return this.object();
    if (next === "(") {
      this.at += 1;
      const inner = this.expression(")");
      this.expect(")");
      return inner;
    }
    const number = this.take(/-?\d+(?:\.\d+)?(?![\w.])/y);
    if (number !== undefined) return { kind: "literal", value: Number(number) };
    const name = this.take(/[A-Za-z_][\w-]*/y);
    if (name === undefined) throw new NotUnderstood();
    if (this.text[this.at] === "(") {
      const args = this.listUpTo(")");
      const steps = this.steps();
      return { kind: "call", name, args, steps, text: this.text.slice(start, this.at) };
    }
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    const steps = [name, ...this.steps()];
    return { kind: "reference", steps, text: this.text.slice(start, this.at) };
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.take(/\[\*\]|\.\*/y) !== undefined) steps.push("*");
      else if (this.text[this.at] === "[") {
        this.at += 1;
        steps.push({ index: this.expression("]") });
        this.expect("]");
      } else {
        const name = this.take(/\.[A-Za-z_][\w-]*|\.\d+/y)?.slice(1);
        if (name === undefined) return steps;
        steps.push(/^\d/.test(name) ? { index: { kind: "literal", value: Number(name) } } : name);
      }
    }
  }

  private listUpTo(end: "]" | ")"): Expression[] {
    this.at += 1;
    const items: Expression[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === end) break;
      items.push(this.expression(`,${end}`));
      this.space();
      if (this.text[this.at] === ",") this.at += 1;
    }
    this.at += 1;
    return items;
  }

  private object(): Expression {
    this.at += 1;
    const entries: [Expression, Expression][] = [];
    for (;;) {
      while (/[\s,]/.test(this.text[this.at] ?? "")) this.at += 1;
      if (this.text[this.at] === "}") break;
      const bare = this.take(/[A-Za-z_][\w-]*(?=\s*[=:])/y);
      const key: Expression = bare === undefined ? this.expression("=:") : { kind: "literal", value: bare };
      this.space();
      if (this.take(/[=:]/y) === undefined) throw new NotUnderstood();
      entries.push([key, this.expression(",}\n")]);
    }
    this.at += 1;
    return { kind: "object", entries };
  }

  /** Up to one of `ends` that stands in no bracket and no quotes. */
  private skipTo(ends: string): void {
    const open: string[] = [];
    const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined) throw new NotUnderstood();
      if (open.length === 0 && ends.includes(next)) return;
      const close = closing[next];
      if (close) open.push(close);
      else if (next === open.at(-1)) open.pop();
      else if (next === '"') {
        this.at += 1;
        this.template(true);
        continue;
      }
      this.at += 1;
    }
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private expect(character: string): void {
    this.space();
    if (this.text[this.at] !== character) throw new NotUnderstood();
    this.at += 1;
  }

  /** Skips white space; line ends only where they do not end anything. */
  private space(stopAtLineEnd = false): void {
    this.take(stopAtLineEnd ? /[ \t\r]*/y : /\s*/y);
  }
}
