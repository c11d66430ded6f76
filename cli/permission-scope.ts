import { existsSync } from "node:fs";
import {
  type AccessFile,
  accessFilePath,
  loadAccessFile,
  openedCollections,
  openedDashboards,
  permissionScopeOf,
} from "../config";
import {
  checkPermissionScope,
  coversCollection,
  didYouMean,
  type PermissionScope,
  unknownRegionHint,
} from "../service";
import { CommandError } from "./command-error";
import { namedStacks } from "./named-stacks";
import type { PermissionsCommandOptions } from "./permission-options";
import { placeOfProblem } from "./permission-places";
import { ofAccount, ofRegions } from "./permission-stacks";
import { loadBefore, stacksBefore } from "./permission-stacks-before";
import { findApp } from "./run-app";

/** What policies are for, and the stacks of the access file that it was read from. */
export interface AskedScope {
  readonly scope: PermissionScope;
  readonly stacks: readonly string[];
}

type Stacks = AccessFile["stacks"];

/** What the policies are to be for: the stacks of the access file, or what the options say where they name features. */
export function askedScope(
  names: readonly string[],
  options: PermissionsCommandOptions,
  builtInApp: readonly string[],
): AskedScope {
  const ofOptionsAlone = () => ({
    scope: checkedScope(ofOptions(names, options), options, () => "the command line"),
    stacks: [],
  });
  if (options.feature !== undefined) return ofOptionsAlone();
  const file = accessFileOf(options, builtInApp);
  if (options.file === undefined && !existsSync(file)) {
    // An application's own project has no access file, and it takes the same whatever is deployed.
    if (options.variant === "client" && options.region !== undefined && names.length === 0) {
      return ofOptionsAlone();
    }
    refuse(
      "there is no access file here",
      file,
      `name one with --file, or say ${options.variant === "client" ? "with --region and --collection what is used" : "with --feature and --region what the permissions are for"}`,
    );
  }
  return ofAccessFile(names, options, file);
}

/** Holds to the rules what only shows once all of it is together; each says first which part it is about. */
function checkedScope(
  scope: PermissionScope,
  { variant }: PermissionsCommandOptions,
  where: (problem: string) => string,
): PermissionScope {
  const [found] = checkPermissionScope(scope, variant);
  if (found) {
    const problem = found.problem.replace(/^[a-zA-Z]+: /, "");
    refuse(problem, where(problem), found.remedy.replace("into collectionIds", "behind --collection-id"));
  }
  return scope;
}

const refuse = (problem: string, where: string, remedy: string): never => {
  throw new CommandError(problem, where, remedy, 2);
};

/** Without an access file the options have to say all of it. */
function ofOptions(names: readonly string[], options: PermissionsCommandOptions): PermissionScope {
  const { feature = [], account, region = [], file, before } = options;
  const given = names.length > 0 ? names.join(", ") : file === undefined ? undefined : `--file ${file}`;
  if (given !== undefined) {
    refuse(
      `--feature beside ${given}: the access file says what its stacks use`,
      "the command line",
      "leave out --feature, or the access file and its stacks",
    );
  }
  if (before !== undefined) {
    refuse(
      "--before without an access file: it says what has left one",
      "the command line",
      "leave it out, or name the access file with --file in place of --feature",
    );
  }
  if (region.length === 0) {
    refuse(
      "--feature without --region",
      "the command line",
      "add --region: the permissions are of the Regions that are named",
    );
  }
  for (const one of region) {
    const hint = unknownRegionHint(one);
    if (hint !== undefined) console.error(`warning: Region ${one}: ${hint}`);
  }
  if (account === undefined) tellAnyAccount("add --account");
  return {
    ...(account === undefined ? {} : { account }),
    regions: region,
    features: feature,
    ...narrowed(options),
  };
}

function narrowed({ collection, collectionId, vpc, kmsKey }: PermissionsCommandOptions) {
  return {
    ...(collection === undefined ? {} : { collections: collection }),
    ...(collectionId === undefined ? {} : { collectionIds: collectionId }),
    ...(vpc === undefined ? {} : { vpcs: vpc }),
    ...(kmsKey === undefined ? {} : { kmsKeys: kmsKey }),
  };
}

const tellAnyAccount = (remedy: string) =>
  console.error(`warning: no account is named: what the policies allow, they allow in any; ${remedy}`);

function ofAccessFile(
  names: readonly string[],
  options: PermissionsCommandOptions,
  file: string,
): AskedScope {
  const beside = Object.entries({ "--vpc": options.vpc, "--kms-key": options.kmsKey }).find(
    ([, given]) => given !== undefined,
  );
  if (beside) {
    refuse(
      `${beside[0]} without --feature: the access file says what its stacks use`,
      "the command line",
      `leave it out, or say with --feature what the permissions are for`,
    );
  }
  const loaded = loadAccessFile(file);
  const before = loadBefore(options);
  // A stack may have left the file altogether; those that are there come first.
  const all = { ...loaded.access.stacks, ...before?.access.stacks, ...loaded.access.stacks };
  const named = namedStacks(
    Object.keys(all).map((name) => ({ name })),
    names,
    "permissions",
  ).map(({ name }) => name);
  const both = { ...loaded, access: { ...loaded.access, stacks: all } };
  const chosen = ofRegions(ofAccount(named, names.length > 0, options, both, file), options, both, file);
  const stacks = Object.fromEntries(chosen.map((name) => [name, all[name] as Stacks[string]]));
  const known = options.account ?? permissionScopeOf(stacks).account;
  const scope = permissionScopeOf(stacks, stacksBefore(chosen, known, before));
  const account = known ?? scope.account;
  if (scope.features.length === 0) {
    refuse(
      `nothing in ${chosen.join(", ")} takes permissions`,
      file,
      "add endpoints, grants or collections, or name another stack",
    );
  }
  if (account === undefined) tellAnyAccount("add account: to the stack, or --account");
  if (options.variant !== "client") tellStates(stacks);
  const { collectionId } = options;
  const asked = {
    ...scope,
    ...(account === undefined ? {} : { account }),
    ...collectionsAsked(stacks, options, file),
    ...(collectionId === undefined ? {} : { collectionIds: collectionId }),
  };
  const place = (problem: string) => placeOfProblem(loaded, stacks, asked, problem) ?? file;
  return { scope: checkedScope(asked, options, place), stacks: chosen };
}

/** State is kept by Terraform, not by what is deployed, and often in another account. */
function tellStates(stacks: Stacks): void {
  for (const [name, { backend }] of Object.entries(stacks)) {
    if (backend?.s3 === undefined) continue;
    console.error(
      `${name}: the policies do not reach its state in the bucket ${backend.s3.bucket}, which takes s3:ListBucket, and s3:GetObject and s3:PutObject there${backend.s3.useLockfile ? ", s3:DeleteObject of the lock file too" : ""}`,
    );
  }
}

/** The file that the app of this folder reads. */
function accessFileOf({ file }: PermissionsCommandOptions, builtInApp: readonly string[]): string {
  if (file === "") refuse("--file is empty", "the command line", "name an access file, or leave --file out");
  if (file !== undefined) return file;
  const { context } = findApp(builtInApp);
  return accessFilePath({ ...process.env, CDKTF_CONTEXT_JSON: JSON.stringify(context) });
}

/** An application may use some of the collections; whoever deploys works on all that the stacks name. */
function collectionsAsked(
  stacks: Stacks,
  { collection: wanted, variant }: PermissionsCommandOptions,
  file: string,
): Pick<PermissionScope, "collections" | "dashboards"> {
  if (variant !== "client") {
    if (wanted === undefined) return {};
    return refuse(
      `--collection beside --variant ${variant}: it works on all collections that the stacks name`,
      "the command line",
      "leave it out, or take --variant client",
    );
  }
  const opened = openedCollections(stacks);
  if (opened.length === 0) {
    refuse(
      `${Object.keys(stacks).join(", ")}: no collection is opened to anybody`,
      file,
      "add grants, or from or access to collections",
    );
  }
  const unknown = wanted?.find((one) => !opened.some((pattern) => coversCollection(pattern, one)));
  if (unknown !== undefined) {
    const meant = didYouMean(unknown, opened);
    refuse(
      `no stack opens a collection "${unknown}"`,
      file,
      `${meant ? `did you mean "${meant}"? ` : ""}collections: ${opened.join(", ")}`,
    );
  }
  const dashboards = openedDashboards(stacks);
  return wanted === undefined
    ? { collections: opened, dashboards }
    : { collections: wanted, dashboards: inBoth(wanted, dashboards) };
}

/** Names and prefixes for what two lists of them have in common. */
function inBoth(some: readonly string[], others: readonly string[]): readonly string[] {
  const within = (patterns: readonly string[], of: readonly string[]) =>
    patterns.filter((one) => of.some((pattern) => coversCollection(pattern, one)));
  return [...new Set([...within(some, others), ...within(others, some)])];
}
