import path from "node:path";

/** The folder of this project: a bundle has no place of its own, but is told which file it was made from. */
export const projectFolder = path.resolve(path.dirname(process.argv[1] ?? ""), "..");

/** A package that is published out of this project. */
export interface PublishedPackage {
  readonly name: string;
  /** Where `npm pack` finds it, from the project's folder. */
  readonly folder: string;
  /** Source files that are loaded from outside; each becomes `dist/` and its path. */
  readonly entries: readonly string[];
  /** Those of them whose types are published too. */
  readonly typedEntries: readonly string[];
  /** What imports are called in the package, where not as in the source. */
  readonly renamed: Readonly<Record<string, string>>;
  /** The most that its tarball may weigh, in bytes. */
  readonly maxPackedBytes: number;
}

/** The folder of the native module, which is committed as `npm run build:module` writes it. */
export const nativeModule = "terraform-aws-aoss-privatelink";

const constructs = ["modules/index.ts", "service/index.ts"];

/** The name of the CDKTF packages, and what CDK Terrain calls them. */
const terrainNames = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

export const mainPackage: PublishedPackage = {
  name: "aoss-privatelink",
  folder: ".",
  entries: constructs,
  typedEntries: constructs,
  renamed: {},
  maxPackedBytes: 200_000,
};

/** The same constructs for CDK Terrain. */
export const twinPackage: PublishedPackage = {
  ...mainPackage,
  name: "aoss-privatelink-cdktn",
  folder: "build/aoss-privatelink-cdktn",
  renamed: terrainNames,
};

/** The command, with the sandbox, the native module and an app that reads the access file: nobody's app loads it. */
export const commandPackage: PublishedPackage = {
  name: "aoss-privatelink-cli",
  folder: "packages/cli",
  entries: ["cli/index.ts", "main.ts", "sandbox/index.ts"],
  typedEntries: ["sandbox/index.ts"],
  renamed: {},
  maxPackedBytes: 500_000,
};

export const publishedPackages = [mainPackage, twinPackage, commandPackage];
