import path from "node:path";
import type { Described } from "./aws-answers";
import { scopeOfValues } from "./provider-scope";
import type { Scope } from "./seen";

/** What a file of an export holds. */
export interface FileContents {
  readonly path: string;
  /** The input that it is of. */
  readonly label: string;
  readonly found: readonly Described[];
}

/** What is always of the account and Region that somebody exported, and tells which they are. */
const telling = new Set([
  "aws_caller_identity",
  "aws_opensearchserverless_collection",
  "aws_opensearchserverless_collection_group",
]);

/** Accounts and Regions that something tells of. */
interface Told {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

/**
 * The account and Region that exported files are of: a policy says neither, what lies beside it does, such as what
 * `aws sts get-caller-identity` printed, and ARNs. Of a file the nearest folder that tells counts, its own or one above,
 * else all of its input. What tells of several accounts or Regions leaves open which.
 */
export function scopesOfFiles(files: readonly FileContents[]): (file: FileContents) => Scope {
  const byFolder = toldBy(files, ({ path: name }) => path.dirname(path.normalize(name)));
  const byInput = toldBy(files, ({ label }) => label);
  return ({ path: name, label }) => {
    const places = foldersAbove(name).map((folder) => byFolder.get(folder));
    const nearest = (tells: (told: Told) => ReadonlySet<string>): string | undefined => {
      const told = [...places, byInput.get(label)].find((one) => one && tells(one).size > 0);
      return told && tells(told).size === 1 ? [...tells(told)][0] : undefined;
    };
    const [account, region] = [nearest(({ accounts }) => accounts), nearest(({ regions }) => regions)];
    return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
  };
}

function toldBy(files: readonly FileContents[], placeOf: (file: FileContents) => string): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const file of files) {
    for (const { type, values } of file.found) {
      if (!telling.has(type)) continue;
      const one = told.get(placeOf(file)) ?? { accounts: new Set(), regions: new Set() };
      told.set(placeOf(file), one);
      const { account, region } = scopeOfValues(values);
      if (account !== undefined) one.accounts.add(account);
      if (region !== undefined) one.regions.add(region);
    }
  }
  return told;
}

/** The folder of a file and those above it, nearest first. */
function foldersAbove(name: string): string[] {
  const folders: string[] = [];
  for (let at = path.dirname(path.normalize(name)); !folders.includes(at); at = path.dirname(at)) {
    folders.push(at);
  }
  return folders;
}

/** Two files of one folder that tell of two accounts: it is not known of which of them its policies are. */
export function mixedAccounts(
  files: readonly FileContents[],
): { accounts: string[]; files: string[] } | undefined {
  const byFolder = new Map<string, Map<string, string>>();
  for (const { path: name, found } of files) {
    for (const { type, id } of found) {
      if (type !== "aws_caller_identity") continue;
      const folder = path.dirname(path.normalize(name));
      const seen = byFolder.get(folder) ?? new Map<string, string>();
      byFolder.set(folder, seen.set(id, name));
    }
  }
  const mixed = [...byFolder.values()].find(({ size }) => size > 1);
  return mixed && { accounts: [...mixed.keys()], files: [...new Set(mixed.values())] };
}
