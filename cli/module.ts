import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { changeModule, compareModule, type ModuleChanges, moduleFilesIn } from "../terraform";
import { CommandError } from "./command-error";

export interface ModuleOptions {
  readonly json?: boolean;
}

/** The module comes with the package, synthesized and tested: who wants it in HCL needs no constructs. */
const moduleName = "terraform-aws-aoss-privatelink";

/** `module DIR`: writes the native Terraform module into a folder. */
export function moduleCommand(folder: string, options: ModuleOptions, packageFolder: string): void {
  if (folder === "") throw new CommandError("DIR is empty", "the command line", "name a folder", 2);
  const there = statOf(folder);
  if (there && !there.isDirectory()) {
    throw new CommandError("this is a file, not a folder", folder, "name a folder that is new or empty", 2);
  }
  const source = path.join(packageFolder, moduleName);
  if (!existsSync(source)) {
    throw new CommandError("the module is not in this package", source, "install the package again", 1);
  }
  const changes = withFolder(folder, () => compareModule(folder, moduleFilesIn(source)));
  refuseForeign(folder, changes);
  withFolder(folder, () => changeModule(folder, changes));
  const { write, keep, remove } = changes;
  if (options.json) {
    const paths = (files: ModuleChanges["write"]) => files.map((file) => file.path);
    const result = { version: 1, folder, written: paths(write), unchanged: paths(keep), removed: remove };
    console.log(JSON.stringify(result, undefined, 2));
    return;
  }
  for (const file of write) console.log(`written    ${path.join(folder, file.path)}`);
  for (const one of remove) console.log(`removed    ${path.join(folder, one)}`);
  const total = write.length + keep.length;
  console.log(
    write.length + remove.length === 0
      ? `${folder} has the module already, all ${total} files`
      : `${folder} has the module: ${total} files; its README.md says how to call it`,
  );
}

/** Nothing that we did not write is overwritten, nor does it become a part of the module. */
function refuseForeign(folder: string, { foreign }: ModuleChanges): void {
  if (foreign.length === 0) return;
  const shown = foreign.slice(0, 3).join(", ");
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : "";
  throw new CommandError(
    `the folder has files that are not from this command, or were changed since: ${shown}${more}`,
    folder,
    "name a folder that is new or empty, or move them away",
    2,
  );
}

const problems: Readonly<Record<string, string>> = {
  EACCES: "it may not be read or written",
  EPERM: "it may not be read or written",
  EROFS: "it may not be written",
  ENOENT: "it cannot be made",
  ENOTDIR: "what should be a folder on the way to it is a file",
  ENAMETOOLONG: "its name is too long",
};

function withFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const problem = problems[code];
    if (problem === undefined && code === "") throw error;
    throw new CommandError(
      problem ?? message,
      folder,
      "name a folder that can be written",
      problem === undefined ? 1 : 2,
    );
  }
}

const statOf = (folder: string) => withFolder(folder, () => statSync(folder, { throwIfNoEntry: false }));
