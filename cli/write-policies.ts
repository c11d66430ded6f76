import { mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { CommandError } from "./command-error";
import { writeReport } from "./write-report";

/** A file to write, of one policy or of all. */
export interface PolicyFile {
  /** Without a folder. */
  readonly name: string;
  readonly text: string;
}

/** Whether `--out` names a folder: one that is there, or what ends as one. */
export function isFolder(out: string): boolean {
  return /[\\/]$/.test(out) || (statSync(out, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** Writes each file into a folder, which is made where its parent is there. */
export function writeFiles(files: readonly PolicyFile[], folder: string): void {
  try {
    if (!isThere(folder)) mkdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no folder to make this one in" : message;
    throw new CommandError(problem, `--out ${folder}`, "name a folder that can be written", 2);
  }
  for (const { name, text } of files) writeReport(text, path.join(folder, name));
}

/** Tells of files that an answer of more policies left in the folder: whoever takes all of it would take them too. */
export function tellLeftOver(written: readonly PolicyFile[], folder: string): void {
  const [{ name: first } = { name: "" }] = written;
  const names = new Set(written.map(({ name }) => name));
  const isOfSeries = (name: string) => name.replace(/-\d+\.json$/, ".json") === first;
  for (const name of readdirSync(folder)
    .filter((each) => isOfSeries(each) && !names.has(each))
    .sort()) {
    console.error(
      `warning: ${path.join(folder, name)} is of an answer before, which had more policies; remove it`,
    );
  }
}

const isThere = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false }) !== undefined;
