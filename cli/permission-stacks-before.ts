import { existsSync } from "node:fs";
import { type AccessFile, type LoadedAccess, loadAccessFile } from "../config";
import { CommandError } from "./command-error";
import type { PermissionsCommandOptions } from "./permission-options";
import { placeText } from "./permission-places";

type Stacks = AccessFile["stacks"];

const refuse = (problem: string, where: string, remedy: string): never => {
  throw new CommandError(problem, where, remedy, 2);
};

/** The access file as it was applied last, where `--before` names it. */
export function loadBefore({ before, variant }: PermissionsCommandOptions): LoadedAccess | undefined {
  if (before === undefined) return undefined;
  if (variant === "client") {
    refuse(
      "--before beside --variant client: an application uses what the access file opens now",
      "the command line",
      "leave out --before",
    );
  }
  if (!existsSync(before)) {
    refuse(
      "there is no file here",
      `--before ${before}`,
      "name the access file as it was applied last, such as what git show HEAD:access.yaml prints",
    );
  }
  return loadAccessFile(before);
}

/** What these stacks were before; none may have been of another account, since a policy is of one. */
export function stacksBefore(
  names: readonly string[],
  known: string | undefined,
  loaded: LoadedAccess | undefined,
): Stacks {
  const stacks = Object.entries(loaded?.access.stacks ?? {}).filter(([name]) => names.includes(name));
  const account = known ?? stacks.find(([, stack]) => stack.account !== undefined)?.[1].account;
  const other = stacks.find(([, stack]) => (stack.account ?? account) !== account);
  if (loaded && other) {
    const [name, stack] = other;
    refuse(
      `stack ${name} was of account ${stack.account}, not of ${account}, and a policy is of one`,
      placeText(loaded, ["stacks", name, "account"]),
      "make the policies for each of the files by themselves",
    );
  }
  return Object.fromEntries(stacks);
}
