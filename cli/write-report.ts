import { writeFileSync } from "node:fs";
import { CommandError } from "./command-error";

const remedy = "name a file that can be written";

const problems: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "what should be its folder is a file",
  EISDIR: "this is a folder, not a file",
  EACCES: "it may not be written",
  EROFS: "it may not be written",
  ENOSPC: "there is no room left for it",
  EDQUOT: "there is no room left for it",
};

/** Writes a report to standard output, or to the file that `--out` names; whole lines either way. */
export function writeReport(text: string, out: string | undefined): void {
  const lines = text.endsWith("\n") ? text : `${text}\n`;
  if (out === undefined) {
    process.stdout.write(lines);
    return;
  }
  if (out === "") throw new CommandError("--out names no file", "the command line", remedy, 2);
  try {
    writeFileSync(out, lines);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new CommandError(problems[code] ?? message, `--out ${out}`, remedy, 2);
  }
  console.error(`written: ${out}`);
}
