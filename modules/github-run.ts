import { type Problem, refuse } from "../service";

/**
 * Runs of a workflow of GitHub Actions, by what started them. A job that names an environment is told by that alone,
 * whatever the branch.
 */
export class GithubRun {
  private constructor(
    /** What follows `repo:OWNER/REPOSITORY:` in the subject of the token: `ref:refs/heads/main`. */
    readonly subject: string,
  ) {}

  /** Runs on a branch: pushes, schedules and starts by hand. */
  static branch(name: string): GithubRun {
    refuse(checkRef("branch", name));
    return new GithubRun(`ref:refs/heads/${name}`);
  }

  /** Runs on any branch, so of everybody who may push one. */
  static anyBranch(): GithubRun {
    return new GithubRun("ref:refs/heads/*");
  }

  /** Runs on a tag. */
  static tag(name: string): GithubRun {
    refuse(checkRef("tag", name));
    return new GithubRun(`ref:refs/tags/${name}`);
  }

  /** Runs on any tag that begins so. */
  static tagsBeginningWith(prefix: string): GithubRun {
    refuse(checkRef("tag", prefix));
    return new GithubRun(`ref:refs/tags/${prefix}*`);
  }

  /** Jobs that name an environment, whose protection rules say who may start them. */
  static environment(name: string): GithubRun {
    refuse(checkEnvironment(name));
    // GitHub writes a colon in the name of an environment so.
    return new GithubRun(`environment:${name.replaceAll(":", "%3A")}`);
  }

  /** Runs for pull requests, from branches of the repository itself: a role for them should only read. */
  static pullRequests(): GithubRun {
    return new GithubRun("pull_request");
  }
}

/** Names of branches and tags: manual of git, check-ref-format. */
function checkRef(what: "branch" | "tag", name: string): Problem | undefined {
  if (name.startsWith("refs/")) {
    return {
      problem: `${what} "${name}": a whole ref`,
      remedy: `give what follows refs/${what === "tag" ? "tags" : "heads"}/`,
    };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses them too
  if (/^[^\s*?[\]~^:\\\u0000-\u001f\u007f]{1,250}$/.test(name) && !name.includes("..")) return undefined;
  const more = what === "tag" ? ", or use tagsBeginningWith" : ", or use anyBranch";
  return {
    problem: `${what} "${name}": not the name of a ${what}`,
    remedy: `write the one name${more}`,
  };
}

function checkEnvironment(name: string): Problem | undefined {
  if (/^[^*?\n]{1,255}$/.test(name)) return undefined;
  return {
    problem: `environment "${name}": not the name of one environment`,
    remedy: "write the one name, without wildcards",
  };
}
