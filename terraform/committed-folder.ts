import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isObject } from "./is-object";

/** What CDKTF calls the configuration of a stack. */
const configName = "cdk.tf.json";
const lockName = ".terraform.lock.hcl";

/** One file of a folder of committed configuration, by its path with slashes. */
export interface CommittedFile {
  readonly path: string;
  /**
   * `stale` is a link too, whatever it leads to: a link is committed as one, and leads elsewhere on another machine.
   * `unknown`: it is there, and nothing made it; `gone`: of a stack that there is no more.
   */
  readonly status: "current" | "stale" | "missing" | "unknown" | "gone";
  /** What it holds, where it is there; what it should hold, where it should be there. */
  readonly before?: string;
  readonly after?: string;
}

/** Holds a folder against the configurations of all stacks, by their names, in the order of paths. */
export function compareFolder(folder: string, stacks: ReadonlyMap<string, string>): CommittedFile[] {
  const wanted = new Map([...stacks].map(([name, text]) => [`${name}/${configName}`, text]));
  const found = new Set(filesBelow(folder));
  return [...new Set([...wanted.keys(), ...found])].sort(byCodeUnit).flatMap((path): CommittedFile[] => {
    const after = wanted.get(path);
    if (!found.has(path)) return after === undefined ? [] : [{ path, status: "missing", after }];
    if (after === undefined)
      return isUsual(path) ? [] : [{ path, status: isOurs(folder, path) ? "gone" : "unknown" }];
    const before = contentOf(join(folder, path));
    return [{ path, status: before === after ? "current" : "stale", before, after }];
  });
}

/** What is committed of a file: of a link where it leads, as version controls have it. */
function contentOf(file: string): string {
  return lstatSync(file).isSymbolicLink() ? `link to ${readlinkSync(file)}\n` : readFileSync(file, "utf8");
}

/** Brings the folder up to date: writes what is stale or missing, takes away what is gone, lets the rest be. */
export function updateFolder(folder: string, files: readonly CommittedFile[]): void {
  const staged = files.flatMap(({ path, status, after }) => {
    if (after === undefined || status === "current") return [];
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    const beside = join(file, "..", `.${configName}.${process.pid}`);
    writeFileSync(beside, after);
    return [{ file, beside }];
  });
  // all are written by now, so that what is left can hardly fail half-way
  for (const { file, beside } of staged) renameSync(beside, file);
  for (const { path } of files.filter(({ status }) => status === "gone")) {
    const ofStack = join(folder, path, "..");
    rmSync(join(folder, path));
    rmSync(join(ofStack, lockName), { force: true });
    if (readdirSync(ofStack).length === 0) rmdirSync(ofStack);
  }
}

/** Every file in the folder but hidden ones: those are Terraform's, or of the version control. */
function filesBelow(folder: string, path = ""): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    const below = path === "" ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, below) : [below];
  });
}

/** What people put beside the stacks, and Terraform never reads. */
const isUsual = (path: string): boolean => /^[^/]+\.md$/i.test(path);

/** Whether it was written by this: a configuration in a folder that is called as its stack. */
function isOurs(folder: string, path: string): boolean {
  const [stack, name, ...more] = path.split("/");
  if (name !== configName || more.length > 0) return false;
  try {
    const root: unknown = JSON.parse(readFileSync(join(folder, path), "utf8"));
    const comment = isObject(root) ? root["//"] : undefined;
    const metadata = isObject(comment) ? comment["metadata"] : undefined;
    return isObject(metadata) && metadata["stackName"] === stack;
  } catch {
    return false;
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
