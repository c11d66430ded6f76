/** The values of a condition key; undefined if the request has none. */
export type KeyValues = (key: string) => readonly string[] | undefined;

interface TextPart {
  readonly kind: "text";
  readonly text: string;
}

interface VariablePart {
  readonly kind: "variable";
  /** in lower case */
  readonly key: string;
  readonly fallback: string | undefined;
}

/** Part of a pattern: text, `*`, `?`, or a variable such as `${aws:username}`. */
type Part = TextPart | { readonly kind: "any" } | { readonly kind: "one" } | VariablePart;

export interface PatternOptions {
  /** Whether `*` and `?` stand for other characters. */
  readonly wildcards: boolean;
  /** Whether `${...}` is a policy variable: from policy version 2012-10-17 on. */
  readonly variables: boolean;
  readonly ignoreCase?: boolean;
}

/** A text of a policy to compare with: `collection/*`, `${aws:username}`. */
export class Pattern {
  private readonly fixed: Glob | undefined;

  private constructor(
    private readonly parts: readonly Part[],
    private readonly options: PatternOptions,
  ) {
    if (this.variables.length === 0) this.fixed = this.glob(() => undefined);
  }

  static of(text: string, options: PatternOptions): Pattern {
    return new Pattern(partsOf(text, options), options);
  }

  /** The keys whose values it takes. */
  get variables(): readonly string[] {
    return this.parts.flatMap((part) => (part.kind === "variable" ? [part.key] : []));
  }

  /** Whether it covers the text. A variable without a value covers nothing. */
  matches(text: string, values: KeyValues): boolean {
    const glob = this.fixed ?? this.glob(values);
    return glob !== undefined && covers(glob, this.options.ignoreCase ? text.toLowerCase() : text);
  }

  /** The parts of an ARN, which are compared one by one; undefined if they are not six. */
  segments(): readonly Pattern[] | undefined {
    const segments: Part[][] = [[]];
    for (const part of this.parts) {
      if (part.kind !== "text") {
        segments.at(-1)?.push(part);
        continue;
      }
      part.text.split(":").forEach((piece, index) => {
        if (index > 0 && segments.length < 6) segments.push([]);
        else if (index > 0) segments.at(-1)?.push({ kind: "text", text: ":" });
        if (piece !== "") segments.at(-1)?.push({ kind: "text", text: piece });
      });
    }
    if (segments.length < 6) return undefined;
    return segments.map((parts) => new Pattern(parts, this.options));
  }

  private glob(values: KeyValues): Glob | undefined {
    const glob: (string | typeof anyText | typeof oneCharacter)[] = [];
    for (const part of this.parts) {
      if (part.kind === "any") glob.push(anyText);
      else if (part.kind === "one") glob.push(oneCharacter);
      else {
        const text = textOf(part, values);
        if (text === undefined) return undefined;
        glob.push(...(this.options.ignoreCase ? text.toLowerCase() : text).split(""));
      }
    }
    return glob;
  }
}

/** undefined for a variable without a value. */
const textOf = (part: TextPart | VariablePart, values: KeyValues): string | undefined =>
  part.kind === "text" ? part.text : (values(part.key)?.[0] ?? part.fallback);

const anyText = Symbol("*");
const oneCharacter = Symbol("?");

/** Characters, each to be found as it is, and what stands for others. */
type Glob = readonly (string | typeof anyText | typeof oneCharacter)[];

/**
 * Whether the pattern covers the whole text. Only the last `*` is ever tried again, so that the time is at most the
 * product of both lengths, however many there are; a regular expression would try all of them.
 */
function covers(glob: Glob, text: string): boolean {
  let next = 0;
  let position = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (position < text.length) {
    const wanted = glob[next];
    if (wanted === anyText) {
      lastAny = next++;
      resumeAt = position;
    } else if (wanted === oneCharacter || wanted === text.charAt(position)) {
      next++;
      position++;
    } else if (lastAny >= 0) {
      next = lastAny + 1;
      position = ++resumeAt;
    } else return false;
  }
  return glob.slice(next).every((rest) => rest === anyText);
}

const variableForm = /^\$\{\s*([^{},]+?)\s*(?:,\s*'([^']*)'\s*)?\}/;

function partsOf(text: string, { wildcards, variables }: PatternOptions): readonly Part[] {
  const parts: Part[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    const found = variables && character === "$" ? variableForm.exec(text.slice(index)) : null;
    if (found) {
      const [whole, name = "", fallback] = found;
      // ${*}, ${?} and ${$} are how a policy writes these characters themselves.
      if (/^[*?$]$/.test(name)) parts.push({ kind: "text", text: name });
      else parts.push({ kind: "variable", key: name.toLowerCase(), fallback });
      index += whole.length;
      continue;
    }
    if (wildcards && character === "*") parts.push({ kind: "any" });
    else if (wildcards && character === "?") parts.push({ kind: "one" });
    else parts.push({ kind: "text", text: character });
    index += 1;
  }
  return joined(parts);
}

/** Consecutive texts made one, and `**` the same as `*`. */
function joined(parts: readonly Part[]): readonly Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      result[result.length - 1] = { kind: "text", text: last.text + part.text };
    } else if (!(part.kind === "any" && last?.kind === "any")) result.push(part);
  }
  return result;
}

/** Whether a `${` stands there that begins no variable. */
export const hasBrokenVariable = (text: string): boolean =>
  text.replaceAll(/\$\{\s*[^{},]+?\s*(?:,\s*'[^']*'\s*)?\}/g, "").includes("${");

/** An ARN of a policy: `*`, or six parts that are compared one by one, each with wildcards. */
export class ArnPattern {
  private constructor(private readonly segments: readonly Pattern[] | "*") {}

  /** undefined if it is neither `*` nor an ARN of six parts. */
  static of(text: string, variables: boolean): ArnPattern | undefined {
    if (text === "*") return new ArnPattern("*");
    if (!text.startsWith("arn:")) return undefined;
    const segments = Pattern.of(text, { wildcards: true, variables }).segments();
    return segments && new ArnPattern(segments);
  }

  get variables(): readonly string[] {
    return this.segments === "*" ? [] : this.segments.flatMap((segment) => segment.variables);
  }

  matches(arn: string, values: KeyValues): boolean {
    if (this.segments === "*") return true;
    const parts = arn.split(":");
    if (parts.length < 6) return false;
    const sixth = parts.slice(5).join(":");
    return this.segments.every((segment, index) =>
      segment.matches(index === 5 ? sixth : (parts[index] ?? ""), values),
    );
  }
}
