import type { Checked, ReleaseProblem } from "./problem";

/** What of a manifest says a version. */
export interface VersionedManifest {
  readonly name: string;
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Versions {
  readonly main: VersionedManifest;
  readonly command: VersionedManifest;
  /** `packages` of package-lock.json, by folder. */
  readonly locked: Readonly<Record<string, { readonly version?: string }>>;
  /** The tag that is released, such as `v1.2.3`. */
  readonly tag?: string;
}

export const isSemantic = (version: string) => /^\d+\.\d+\.\d+(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?$/.test(version);
const prepare = (version: string) => `npm run release:prepare -- ${version}`;

/** One version everywhere: npm takes the command's package by its exact version. */
export function checkVersions({ main, command, locked, tag }: Versions): Checked {
  const { version } = main;
  const problems: ReleaseProblem[] = [];
  const expectVersion = (where: string, found: string | undefined) => {
    if (found === version) return;
    problems.push({
      problem: `version ${found ?? "missing"}, not ${version}`,
      where,
      remedy: prepare(version),
    });
  };
  if (!isSemantic(version)) {
    problems.push({
      problem: `version ${version} is no semantic version`,
      where: "package.json version",
      remedy: prepare("1.2.3"),
    });
  }
  expectVersion("packages/cli/package.json version", command.version);
  expectVersion(
    `package.json optionalDependencies.${command.name}`,
    main.optionalDependencies?.[command.name],
  );
  expectVersion('package-lock.json packages[""].version', locked[""]?.version);
  expectVersion('package-lock.json packages["packages/cli"].version', locked["packages/cli"]?.version);
  if (tag !== undefined && tag !== `v${version}`) {
    problems.push({
      problem: `tag ${tag} is not that of version ${version}`,
      where: "--tag",
      remedy: `tag the commit v${version}, or set its version first: ${prepare(tag.replace(/^v/, ""))}`,
    });
  }
  return { looked: `version ${version} in every manifest and the lock file`, problems };
}
