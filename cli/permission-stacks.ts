import type { LoadedAccess } from "../config";
import { didYouMean } from "../service";
import { CommandError } from "./command-error";
import type { PermissionsCommandOptions } from "./permission-options";
import { placeText } from "./permission-places";

const refuse = (problem: string, where: string, remedy: string): never => {
  throw new CommandError(problem, where, remedy, 2);
};

/** The stacks that are of one account; with `--account` those of it, and those that name none. */
export function ofAccount(
  names: readonly string[],
  areNamed: boolean,
  { account }: PermissionsCommandOptions,
  loaded: LoadedAccess,
  file: string,
): readonly string[] {
  const accountOf = (name: string) => loaded.access.stacks[name]?.account;
  const isOther = (name: string) => (accountOf(name) ?? account) !== account;
  const place = (name: string) => placeText(loaded, ["stacks", name, "account"]);
  if (account !== undefined) {
    const other = areNamed ? names.find(isOther) : undefined;
    if (other !== undefined) {
      refuse(
        `stack ${other} is of account ${accountOf(other)}, not of ${account}`,
        place(other),
        `leave out --account, or ${other}`,
      );
    }
    const chosen = names.filter((name) => !isOther(name));
    if (chosen.length > 0) return chosen;
    return refuse(
      `no stack is of account ${account}`,
      file,
      `its stacks are of ${accountList(names, accountOf)}`,
    );
  }
  const [first, second] = new Set(names.flatMap((name) => accountOf(name) ?? []));
  if (second !== undefined) {
    refuse(
      `stacks of several accounts, and a policy is of one: ${accountList(names, accountOf)}`,
      place(names.find((name) => accountOf(name) === second) ?? ""),
      "name the stacks of one account, or give --account",
    );
  }
  const unknown = names.filter((name) => accountOf(name) === undefined);
  if (first !== undefined && unknown.length > 0) {
    console.error(`warning: ${unknown.join(", ")}: no account in the access file; taken to be ${first}`);
  }
  return names;
}

/** `123456789012 (search), 210987654321 (audit, logs)` */
function accountList(names: readonly string[], accountOf: (name: string) => string | undefined): string {
  const stacks = new Map<string, string[]>();
  for (const name of names) {
    const account = accountOf(name) ?? "any account";
    stacks.set(account, [...(stacks.get(account) ?? []), name]);
  }
  return [...stacks].map(([account, of]) => `${account} (${of.join(", ")})`).join(", ");
}

/** With `--region` the stacks of these Regions. */
export function ofRegions(
  names: readonly string[],
  { region: wanted }: PermissionsCommandOptions,
  { access }: LoadedAccess,
  file: string,
): readonly string[] {
  if (wanted === undefined) return names;
  const regionOf = (name: string) => access.stacks[name]?.region ?? "";
  const known = [...new Set(names.map(regionOf))];
  for (const region of wanted) {
    if (known.includes(region)) continue;
    const meant = didYouMean(region, known);
    refuse(
      `no stack is in ${region}`,
      file,
      `${meant ? `did you mean "${meant}"? ` : ""}the stacks are in ${known.join(", ")}`,
    );
  }
  return names.filter((name) => wanted.includes(regionOf(name)));
}
