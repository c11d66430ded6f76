import type { Checked } from "./problem";

/** A section of the changelog: what its heading says, and its lines that say something. */
export interface ChangelogSection {
  /** `Unreleased` or a version. */
  readonly name: string;
  /** As `2026-11-25`; none where it is not released. */
  readonly date: string | undefined;
  readonly entries: readonly string[];
  /** The text below the heading. */
  readonly body: string;
}

const heading = /^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?[ \t]*$/gm;

/** The sections of a changelog in the form of Keep a Changelog, newest first. */
export function changelogSections(text: string): ChangelogSection[] {
  const found = [...text.matchAll(heading)];
  return found.map((match, index) => {
    const body = text.slice(match.index + match[0].length, found[index + 1]?.index).trim();
    const entries = body.split("\n").filter((line) => line.startsWith("- "));
    return { name: match[1] ?? "", date: match[2], entries, body };
  });
}

/**
 * What users notice has to be told before it is published. Before a release lines under Unreleased are enough; with
 * its tag they have to stand under the version, with a day.
 */
export function checkChangelog(text: string, version: string, tag: string | undefined): Checked {
  const sections = changelogSections(text);
  const named = sections.find(({ name }) => name === version);
  const unreleased = sections.find(({ name }) => name === "Unreleased");
  const remedy = `npm run release:prepare -- ${version}`;
  const problem = (what: string) => ({
    looked: "CHANGELOG.md",
    problems: [{ problem: what, where: "CHANGELOG.md", remedy }],
  });
  if (named === undefined) {
    if (tag !== undefined) return problem(`there is no section [${version}]`);
    const count = unreleased?.entries.length ?? 0;
    return count === 0
      ? problem(`there is neither a section [${version}] nor a line under [Unreleased]`)
      : { looked: `CHANGELOG.md: ${count} lines under Unreleased are to become ${version}`, problems: [] };
  }
  if (named.date === undefined)
    return problem(`section [${version}] has no day, as in [${version}] - 2026-01-31`);
  if (named.entries.length === 0) return problem(`section [${version}] says nothing`);
  return { looked: `CHANGELOG.md: ${named.entries.length} lines under ${version}`, problems: [] };
}

/** A changelog whose Unreleased lines stand under a version and its day, with an empty Unreleased above. */
export function released(text: string, version: string, day: string): string {
  return text.replace(/^## \[Unreleased\][ \t]*$/m, () => `## [Unreleased]\n\n## [${version}] - ${day}`);
}
