import type { PublishedPackage } from "../packages";
import type { Checked, ReleaseProblem } from "./problem";

/** A file of a tarball. */
export interface PackedFile {
  readonly path: string;
  readonly text: string;
}

/** What belongs into a tarball; everything else is foreign. */
const belongs = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|access\.schema\.json)$/,
  /^bin\/aoss-privatelink(?:-cli)?\.js$/,
  /^terraform-aws-aoss-privatelink\/(?:(?:[\w-]+\/)*[\w-]+\.(?:tf|tf\.json|tftest\.hcl|md)|LICENSE)$/,
  /^dist\/(?:[a-z0-9-]+\/)*[A-Za-z0-9-]+\.(?:js|d\.ts)$/,
];

/** What no file may say, with what it is. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\/\/[#@] sourceMappingURL=/, "a source map"],
  [/(?:^|["'`\s(])(?:\/(?:home|root|Users|work|tmp|private|builds?|__w)\/[\w.-]+)/m, "an absolute path"],
  [/\bfile:\/\/\/?\w/, "an absolute path"],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, "an access key"],
];

/** No foreign files, nothing that tells of the machine it was built on, and no more than it may weigh. */
export function checkContents(
  { name, maxPackedBytes }: PublishedPackage,
  packedBytes: number,
  files: readonly PackedFile[],
): Checked {
  const problems: ReleaseProblem[] = [];
  if (packedBytes > maxPackedBytes) {
    problems.push({
      problem: `the tarball weighs ${kilobytes(packedBytes)}, ${kilobytes(maxPackedBytes)} are allowed`,
      where: name,
      remedy: "take out what its users do not load, or move it to the package of the command",
    });
  }
  for (const { path, text } of files) {
    if (!belongs.some((pattern) => pattern.test(path))) {
      problems.push({
        problem: "a file that does not belong into the tarball",
        where: `${name}: ${path}`,
        remedy:
          'leave it out of "files" in the manifest, or say in release/checks/contents.ts that it belongs',
      });
    }
    for (const [pattern, what] of forbidden) {
      const found = pattern.exec(text)?.[0].trim();
      if (found === undefined) continue;
      problems.push({
        problem: `${what}: ${JSON.stringify(found)}`,
        where: `${name}: ${path}`,
        remedy: "take it out of the source that it comes from",
      });
    }
  }
  return { looked: `${name}: ${kilobytes(packedBytes)} packed, ${files.length} files`, problems };
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
