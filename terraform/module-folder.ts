import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { isObject } from "./is-object";

/** Says which files of a folder were written by us, by the hashes of what was written. */
const noteName = ".aoss-privatelink.json";

/** One file of a module, by its path with slashes. */
export interface ModuleFile {
  readonly path: string;
  readonly text: string;
}

/** What there is to do to a folder, so that it holds the module and nothing of an older one. */
export interface ModuleChanges {
  /** New, or of an older module. */
  readonly write: readonly ModuleFile[];
  readonly keep: readonly ModuleFile[];
  /** Paths that an older module had. */
  readonly remove: readonly string[];
  /** Paths in the way: what we did not write, or what was changed since. */
  readonly foreign: readonly string[];
}

/** The files of a module in a folder, hidden ones aside: those are Terraform's, or of the version control. */
export function moduleFilesIn(folder: string): ModuleFile[] {
  return pathsBelow(folder).map((one) => ({ path: one, text: readFileSync(path.join(folder, one), "utf8") }));
}

/**
 * Holds a folder, which need not be there, against a module. A file that is as the module has it counts as ours, so
 * that a run after one that was cut off goes on where it stopped.
 */
export function compareModule(folder: string, module: readonly ModuleFile[]): ModuleChanges {
  const noted = readNote(folder);
  const wanted = new Map(module.map((file) => [file.path, file]));
  const found = new Map(pathsBelow(folder).map((one) => [one, textOf(path.join(folder, one))]));
  const isOurs = (one: string, text: string | undefined) =>
    text !== undefined && (text === wanted.get(one)?.text || noted[one] === hashOf(text));
  const foreign = [...found].filter(([one, text]) => !isOurs(one, text)).map(([one]) => one);
  const isCurrent = ({ path: one, text }: ModuleFile) => found.get(one) === text;
  return {
    write: module.filter((file) => !isCurrent(file)),
    keep: module.filter(isCurrent),
    remove: [...found.keys()].filter((one) => !wanted.has(one) && !foreign.includes(one)),
    foreign,
  };
}

/** Does what is to be done. Each file is written beside its place first and moved there whole. */
export function changeModule(folder: string, { write, keep, remove }: ModuleChanges): void {
  makeFolder(folder);
  const note = JSON.stringify({ version: 1, files: hashes([...write, ...keep]) }, undefined, 2);
  const staged = [...write, { path: noteName, text: `${note}\n` }].map((file) => {
    const place = path.join(folder, file.path);
    const beside = path.join(path.dirname(place), `.${path.basename(place)}.${process.pid}`);
    makeFolder(path.dirname(place));
    writeFileSync(beside, file.text);
    return { place, beside };
  });
  // all are written by now, so that what is left can hardly fail half-way
  for (const { beside, place } of staged) renameSync(beside, place);
  for (const one of remove) {
    rmSync(path.join(folder, one));
    removeEmpty(folder, path.dirname(one));
  }
}

/** As `mkdirSync` with `recursive`, which never ends where the system says that a folder which is there is not. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

function removeEmpty(folder: string, below: string): void {
  if (below === "." || readdirSync(path.join(folder, below)).length > 0) return;
  rmdirSync(path.join(folder, below));
  removeEmpty(folder, path.dirname(below));
}

/** Links are not followed: what is behind one was not written by us. */
function pathsBelow(folder: string, below = ""): string[] {
  if (!lstatSync(path.join(folder, below), { throwIfNoEntry: false })) return [];
  const entries = readdirSync(path.join(folder, below), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith("."))
    .flatMap((entry) => {
      const one = below === "" ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? pathsBelow(folder, one) : [one];
    })
    .sort();
}

/** What a file holds; nothing for what is no file. */
function textOf(file: string): string | undefined {
  return lstatSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
}

function readNote(folder: string): Readonly<Record<string, unknown>> {
  try {
    const note: unknown = JSON.parse(readFileSync(path.join(folder, noteName), "utf8"));
    return isObject(note) && isObject(note["files"]) ? note["files"] : {};
  } catch {
    return {};
  }
}

const hashes = (files: readonly ModuleFile[]) =>
  Object.fromEntries(files.map((file) => [file.path, hashOf(file.text)] as const).sort());

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
