import { readFileSync, statSync } from "node:fs";
import { LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import type { AccessFile } from "./access-file";
import { AccessFileError, type AccessProblem } from "./access-file-error";
import type { LocatedProblem } from "./describe-issue";
import { judge } from "./judge";
import { type Path, positionOf } from "./positions";
import { warningsOf } from "./warnings";

/** A checked access file, and what in it is likely a mistake although AWS may take it. */
export interface LoadedAccess {
  readonly access: AccessFile;
  readonly warnings: readonly AccessProblem[];
}

/** More than any access file needs: 50 endpoints and 500 policies stay far below. */
const maxFileBytes = 4 * 1024 * 1024;

/**
 * Reads and checks an access file. Throws an `AccessFileError` that holds every mistake with line and column.
 */
export function loadAccessFile(file: string): LoadedAccess {
  return parseAccessFile(readText(file), file);
}

function readText(file: string): string {
  const fail = (problem: string, remedy: string) =>
    new AccessFileError([{ file, path: "", problem, remedy }]);
  try {
    const { size } = statSync(file);
    if (size > maxFileBytes)
      throw fail(`the access file has ${size} bytes, ${maxFileBytes} are read`, "split it up");
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof AccessFileError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw fail("there is no access file here", "name another with --file or AOSS_PRIVATELINK_FILE");
    }
    throw fail(`the access file cannot be read: ${code ?? message}`, "name a file that you may read");
  }
}

/** The same for a text; `file` is what errors call it. */
export function parseAccessFile(text: string, file: string): LoadedAccess {
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
    throw new AccessFileError(document.errors.map((error) => syntaxProblem(error, file, lines)));
  }
  const value = toValue(document, file, lines);
  const located = judge(value);
  if ("problems" in located) throw new AccessFileError(inFileOrder(located.problems.map(locate)));
  return { access: located.access, warnings: warningsOf(located.access).map(locate) };
}

function syntaxProblem(error: YAMLError, file: string, lines: LineCounter): AccessProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  const duplicate = error.code === "DUPLICATE_KEY";
  return {
    file,
    position: { line, column: col },
    path: "",
    problem: duplicate ? "the same key twice in one map" : `not valid YAML: ${lowerFirst(error.message)}`,
    remedy: duplicate
      ? "drop one, or join the two"
      : "mend the YAML; indentation and quotes are the usual cause",
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
    throw fail(firstAlias, "the aliases expand to more than an access file can need");
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
