import type { AccessFile } from "./access-file";
import type { AccessProblem } from "./access-file-error";
import { judge } from "./judge";
import { parseLocated, readText } from "./located-yaml";
import type { Path, Position } from "./positions";
import { warningsOf } from "./warnings/all";

/** A checked access file, and what in it is likely a mistake although AWS may take it. */
export interface LoadedAccess {
  readonly access: AccessFile;
  readonly warnings: readonly AccessProblem[];
  /** Where something stands in the file, by its path from the top; with `atKey` where its key stands. */
  readonly placeOf: (path: Path, atKey?: boolean) => FilePosition;
}

/** A place in the access file; line and column from 1. */
export interface FilePosition extends Position {
  readonly file: string;
  /** `stacks.search.grants[0].from` */
  readonly path: string;
}

/**
 * Reads and checks an access file. Throws an `AccessFileError` that holds every mistake with line and column.
 */
export function loadAccessFile(file: string): LoadedAccess {
  const elsewhere = "name another with --file or AOSS_PRIVATELINK_FILE";
  return parseAccessFile(readText(file, "access file", elsewhere), file);
}

/** The same for a text; `file` is what errors call it. */
export function parseAccessFile(text: string, file: string): LoadedAccess {
  const { value, locate } = parseLocated(text, file, judge);
  const placeOf = (path: Path, atKey = false): FilePosition => {
    const { position = { line: 1, column: 1 }, path: text } = locate({
      path,
      atKey,
      problem: "",
      remedy: "",
    });
    return { file, ...position, path: text };
  };
  return { access: value, warnings: warningsOf(value).map(locate), placeOf };
}
