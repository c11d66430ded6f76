/** Where something stands in a text; both count from 1, the column in UTF-16 units as editors do. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What breaks the rules of JSON, where, and what to do. */
export interface JsonProblem {
  readonly offset: number;
  readonly problem: string;
  readonly remedy: string;
}

/** A value of a JSON text with the offsets at which it and all that is in it start. */
export interface JsonNode {
  readonly offset: number;
  readonly value: unknown;
  /** Of an object: its keys as they stand in the text, of two equal ones the last. */
  readonly members?: ReadonlyMap<string, { readonly keyOffset: number; readonly node: JsonNode }>;
  /** Of an array. */
  readonly items?: readonly JsonNode[];
}

/** A text read as JSON: its value unless it is broken, and what is wrong, keys that come twice included. */
export interface JsonText {
  readonly root?: JsonNode;
  readonly problems: readonly JsonProblem[];
}

const literals: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Deeper than any policy, and far from what the stack holds. */
const deepest = 64;

/**
 * Reads strict JSON (RFC 8259), as `JSON.parse` does, and keeps where everything stands: `JSON.parse` tells no place
 * for most errors, and a YAML reader takes for good what AWS does not. Linear in the text, whatever stands in it.
 */
export function readJson(text: string): JsonText {
  return new JsonReader(text).read();
}

/** Line and column of offsets in a text. */
export function placesIn(text: string): (offset: number) => TextPlace {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  return (offset) => {
    let line = 0;
    for (let step = 2 ** Math.ceil(Math.log2(starts.length + 1)); step >= 1; step /= 2) {
      if ((starts[line + step] ?? Number.POSITIVE_INFINITY) <= offset) line += step;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Ends the reading; what is read after a broken place would be guesswork. */
class Broken extends Error {
  constructor(readonly detail: JsonProblem) {
    super(detail.problem);
  }
}

class JsonReader {
  private offset = 0;
  private readonly problems: JsonProblem[] = [];

  constructor(private readonly text: string) {}

  read(): JsonText {
    try {
      if (this.text.startsWith("\uFEFF")) this.break("a byte order mark before the JSON", "remove it");
      const root = this.value(0);
      if (this.next() !== undefined) this.unexpected("the end of the text", "remove what follows the value");
      return { root, problems: this.problems };
    } catch (error) {
      if (error instanceof Broken) return { problems: [...this.problems, error.detail] };
      throw error;
    }
  }

  private break(problem: string, remedy: string, offset = this.offset): never {
    throw new Broken({ offset, problem, remedy });
  }

  private unexpected(expected: string, remedy = `write ${expected} here`): never {
    const found = this.text.codePointAt(this.offset);
    if (found === undefined) this.break(`the text ends where ${expected} is expected`, "complete it");
    const character = String.fromCodePoint(found);
    const problem = `${JSON.stringify(character)} found where ${expected} is expected`;
    if (/^\/[/*]/.test(this.text.slice(this.offset, this.offset + 2)) || character === "#") {
      this.break(problem, "remove the comment: JSON has none");
    }
    if (character === "'") this.break(problem, 'use double quotes, "…"');
    this.break(problem, remedy);
  }

  /** The character that comes next, after white space. */
  private next(): string | undefined {
    while (" \t\n\r".includes(this.text[this.offset] ?? "end")) this.offset += 1;
    return this.text[this.offset];
  }

  private take(character: string): boolean {
    if (this.next() !== character) return false;
    this.offset += 1;
    return true;
  }

  private value(depth: number): JsonNode {
    if (depth > deepest) this.break(`nested more than ${deepest} deep`, "no policy is; check the brackets");
    const first = this.next();
    const { offset } = this;
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return { offset, value: this.string() };
    if (first !== undefined && /[-0-9]/.test(first)) return { offset, value: this.number() };
    return { offset, value: this.literal() };
  }

  private object(depth: number): JsonNode {
    const { offset } = this;
    const members = new Map<string, { keyOffset: number; node: JsonNode }>();
    this.offset += 1;
    for (let more = !this.take("}"); more; ) {
      if (this.next() !== '"') {
        this.unexpected('a key in double quotes or "}"', this.keyRemedy(members.size > 0));
      }
      const keyOffset = this.offset;
      const key = this.string();
      if (!this.take(":")) this.unexpected('":"');
      if (members.has(key)) {
        this.problems.push({
          offset: keyOffset,
          problem: `the key ${JSON.stringify(key)} comes twice in one object`,
          remedy: "keep one of them",
        });
      }
      members.set(key, { keyOffset, node: this.value(depth + 1) });
      more = this.take(",");
      if (!more && !this.take("}")) this.unexpected('"," or "}"');
    }
    const entries = [...members].map(([key, { node }]): [string, unknown] => [key, node.value]);
    return { offset, value: Object.fromEntries(entries), members };
  }

  private keyRemedy(afterComma: boolean): string {
    return this.next() === "}" && afterComma
      ? "remove the comma before it"
      : 'put the key into double quotes, "…"';
  }

  private array(depth: number): JsonNode {
    const { offset } = this;
    const items: JsonNode[] = [];
    this.offset += 1;
    for (let more = !this.take("]"); more; ) {
      if (this.next() === "]") this.unexpected("a value", "remove the comma before it");
      items.push(this.value(depth + 1));
      more = this.take(",");
      if (!more && !this.take("]")) this.unexpected('"," or "]"');
    }
    return { offset, value: items.map((item) => item.value), items };
  }

  private string(): string {
    const start = this.offset;
    const run = /[ !#-[\]-\uffff]*/y;
    const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    this.offset += 1;
    for (;;) {
      this.skip(run);
      const found = this.text[this.offset];
      if (found === '"') break;
      if (found === undefined) this.break("a text in quotes is never closed", 'close it with "', start);
      if (found === "\\") {
        if (!this.skip(escaped)) {
          this.break("an escape that JSON does not have", 'write \\\\ for a backslash, \\" for a quote');
        }
      } else {
        this.break(
          `${JSON.stringify(found)} found inside a text in quotes`,
          found === "\n" || found === "\r" ? 'close the text with ", or write \\n' : "write it as an escape",
        );
      }
    }
    this.offset += 1;
    return JSON.parse(this.text.slice(start, this.offset)) as string;
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text)) return false;
    this.offset = pattern.lastIndex;
    return true;
  }

  private number(): number {
    const start = this.offset;
    if (!this.skip(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9.eE+-])/y)) {
      this.break("not a number as JSON writes them", "write digits, with no zero before them");
    }
    return Number(this.text.slice(start, this.offset));
  }

  private literal(): boolean | null {
    const [word] = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(this.text.slice(this.offset, this.offset + 30)) ?? [];
    if (word === undefined) this.unexpected("a value");
    const value = literals.get(word);
    if (value === undefined) {
      const lower = word.toLowerCase();
      this.break(
        `${word} found where a value is expected`,
        literals.has(lower) ? `write ${lower}` : `put it into double quotes: "${word}"`,
      );
    }
    this.offset += word.length;
    return value;
  }
}
