import { readFileSync, statSync } from "node:fs";
import { LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import type { z } from "zod";
import { AccessFileError, type AccessProblem } from "./access-file-error";
import { checkWith } from "./check-with";
import type { LocatedProblem } from "./describe-issue";
import { type Path, positionOf } from "./positions";

/** More than any file needs: 50 endpoints and 500 policies stay far below. */
const maxFileBytes = 4 * 1024 * 1024;

/** The text of a file. Throws an `AccessFileError` that says what keeps it from being read. */
export function readText(file: string, what: string, elsewhere: string): string {
  const fail = (problem: string, remedy: string) =>
    new AccessFileError([{ file, path: "", problem, remedy }]);
  try {
    const { size } = statSync(file);
    if (size > maxFileBytes)
      throw fail(`the ${what} has ${size} bytes, ${maxFileBytes} are read`, "split it up");
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof AccessFileError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw fail(`there is no ${what} here`, elsewhere);
    }
    if (code === "EISDIR") throw fail(`the ${what} is a folder, not a file`, "name a file");
    throw fail(`the ${what} cannot be read: ${code ?? message}`, "name a file that you may read");
  }
}

/** What a file's values were judged to be, or all that is wrong with them. */
export type Judged<Value> = { readonly value: Value } | { readonly problems: readonly LocatedProblem[] };

/** A value read from a file, and where its parts stand there. */
export interface Located<Value> {
  readonly value: Value;
  /** Says where in the file something stands. */
  readonly locate: (problem: LocatedProblem) => AccessProblem;
}

/** Reads YAML, and so JSON too, and judges it. Throws an `AccessFileError` with every mistake, in file order. */
export function parseLocated<Value>(
  text: string,
  file: string,
  judge: (value: unknown) => Judged<Value>,
): Located<Value> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    stringKeys: true,
  });
  const locate = ({ path, atKey, problem, remedy }: LocatedProblem): AccessProblem => {
    const position = positionOf(document, lines, path, atKey);
    return { file, position, path: pathText(path), problem, remedy };
  };
  if (document.errors.length > 0) {
    const language = isJson(text, file) ? "JSON" : "YAML";
    throw new AccessFileError(document.errors.map((error) => syntaxProblem(error, language, file, lines)));
  }
  const judged = judge(toValue(document, file, lines));
  if ("problems" in judged) throw new AccessFileError(inFileOrder(judged.problems.map(locate)));
  return { value: judged.value, locate };
}

/** Reads a file of one of our forms that a zod schema describes in full, such as a world of the sandbox. */
export function loadWithSchema<Value>(file: string, what: string, schema: z.ZodType<Value>): Value {
  const text = readText(file, what, "name a file that is there");
  return parseLocated(text, file, (value) => {
    const problems: LocatedProblem[] = [];
    const checked = checkWith(schema, value, [], problems);
    return checked === undefined || problems.length > 0 ? { problems } : { value: checked };
  }).value;
}

/** What whoever wrote the file takes it for: by its name, else by how it begins. */
const isJson = (text: string, file: string): boolean =>
  /\.json$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^\s*[{[]/.test(text));

function syntaxProblem(
  error: YAMLError,
  language: "JSON" | "YAML",
  file: string,
  lines: LineCounter,
): AccessProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { file, position: { line, column: col }, path: "" };
  // what reads YAML goes as deep as the stack, and says that of it
  if (error.code === "RESOURCE_EXHAUSTION") {
    return { ...at, problem: "nested too deeply to be read", remedy: "no value is: check the brackets" };
  }
  const duplicate = error.code === "DUPLICATE_KEY";
  return {
    ...at,
    problem: duplicate
      ? "the same key twice in one map"
      : `not valid ${language}: ${lowerFirst(error.message)}`,
    remedy: duplicate
      ? "drop one, or join the two"
      : `mend the ${language}; ${language === "JSON" ? "commas and brackets" : "indentation and quotes"} are the usual cause`,
  };
}

/** Turns the document into plain values, refusing aliases that expand without end or to more than is sane. */
function toValue(document: ReturnType<typeof parseDocument>, file: string, lines: LineCounter): unknown {
  const fail = (offset: number, problem: string) => {
    const { line, col } = lines.linePos(offset);
    const position = { line, column: col };
    return new AccessFileError([{ file, position, path: "", problem, remedy: "write the values out" }]);
  };
  let firstAlias = 0;
  visit(document, {
    Alias(_key, node, ancestors) {
      firstAlias ||= node.range?.[0] ?? 0;
      const target = node.resolve(document);
      if (!target) throw fail(node.range?.[0] ?? 0, `there is no anchor &${node.source} above`);
      if (target && ancestors.includes(target)) {
        throw fail(node.range?.[0] ?? 0, `the alias *${node.source} contains itself`);
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    throw fail(firstAlias, "the aliases expand to more than such a file can need");
  }
}

function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index ? `.${step}` : step))
    .join("");
}

function inFileOrder(problems: AccessProblem[]): AccessProblem[] {
  const rank = ({ position }: AccessProblem) => (position?.line ?? 0) * 1e6 + (position?.column ?? 0);
  return problems.sort((a, b) => rank(a) - rank(b));
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
