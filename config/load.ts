import type { AccessFile } from "./access-file";
import type { AccessProblem } from "./access-file-error";
import { judge } from "./judge";
import { parseLocated, readText } from "./located-yaml";
import { warningsOf } from "./warnings/all";

/** A checked access file, and what in it is likely a mistake although AWS may take it. */
export interface LoadedAccess {
  readonly access: AccessFile;
  readonly warnings: readonly AccessProblem[];
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
  return { access: value, warnings: warningsOf(value).map(locate) };
}
