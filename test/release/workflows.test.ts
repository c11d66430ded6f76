import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../support/command";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(projectFolder, ".github", "workflows");
const texts = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
);
const workflow = (name: string) => parse(texts.get(name) ?? "") as Workflow;
const { scripts } = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8"));

test("there is one for every change and one for releases", () => {
  expect([...texts.keys()]).toEqual(["release.yml", "test.yml"]);
});

describe.each([...texts.keys()])("%s", (name) => {
  const { permissions, jobs } = workflow(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test("takes actions of others at a commit, with the version beside it, and workflows of this project alone", () => {
    const lines = (texts.get(name) ?? "").split("\n").filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line.trim()).toMatch(
        /uses: (?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/[\w-]+\.yml)$/,
      );
    }
  });

  test("may read at most, unless a job says what it writes: its own identity, for npm", () => {
    expect(Object.entries(permissions ?? { all: "write" }).filter(([, level]) => level !== "read")).toEqual(
      [],
    );
    const writing = Object.entries(jobs).flatMap(([job, { permissions: own = {} }]) =>
      Object.entries(own).flatMap(([what, level]) => (level === "read" ? [] : [`${job}: ${what} ${level}`])),
    );
    expect(writing).toEqual(name === "release.yml" ? ["npm: id-token write"] : []);
  });

  test("leaves no credentials in a checkout", () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(step.with).toMatchObject({ "persist-credentials": false });
    }
  });

  test("puts nothing into a shell that others may write: names of branches, titles, tags", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("runs scripts that there are, for a limited time", () => {
    for (const { run = "" } of steps) {
      for (const [, script = ""] of run.matchAll(/\bnpm run ([\w:-]+)/g))
        expect(scripts).toHaveProperty(script);
      for (const [file] of run.matchAll(/(?:^|\s)(?:\.ci|release)\/[\w.-]+/g)) {
        expect([file, existsSync(path.join(projectFolder, file.trim()))]).toEqual([file, true]);
      }
    }
    for (const { uses, "timeout-minutes": minutes } of Object.values(jobs)) {
      expect(uses === undefined ? minutes : 1).toBeLessThanOrEqual(45);
    }
  });
});

test("every change is tested on Node.js 20, 22 and 24, as on a clean clone", () => {
  const { on, jobs } = workflow("test.yml");
  expect(Object.keys(on)).toEqual(["push", "pull_request", "workflow_call"]);
  expect(jobs["test"]?.strategy?.matrix).toEqual({ node: [20, 22, 24] });
  expect(jobs["test"]?.steps?.at(-1)).toEqual({ run: ".ci/run" });
});

test("on Node.js 24, for which cdktf-cli has no prebuilt terminal binding, compilers are there before npm ci", () => {
  const steps = workflow("test.yml").jobs["test"]?.steps ?? [];
  const compilers = steps.findIndex(({ run }) => run?.includes("g++"));
  expect(steps[compilers]).toMatchObject({ if: "matrix.node >= 24" });
  expect(compilers).toBeLessThan(steps.findIndex(({ run }) => run === ".ci/run"));
});

describe("a release", () => {
  const { on, jobs } = workflow("release.yml");
  const npm = jobs["npm"]?.steps ?? [];
  const publish = npm.find(({ run }) => run?.includes("npm publish"))?.run ?? "";

  test("is a tag, and publishes nothing before the tests and the checks have passed", () => {
    expect(on).toEqual({ push: { tags: ["v*"] } });
    expect([jobs["test"]?.uses, jobs["npm"]?.needs, jobs["module"]?.needs]).toEqual([
      "./.github/workflows/test.yml",
      ["test", "check"],
      ["test", "check"],
    ]);
  });

  test("publishes the tarballs that were checked, with provenance and without a token", () => {
    const checked = jobs["check"]?.steps?.find(({ run }) => run?.includes("release:check"))?.run;
    expect(checked).toBe('npm run release:check -- --tag "$GITHUB_REF_NAME" --out tarballs');
    expect(publish).toContain('npm publish "./tarballs/$name-$version.tgz" --provenance --access public');
    expect(npm.some(({ run }) => /\bnpm (?:ci|install)|npm run build/.test(run ?? ""))).toBe(false);
    expect(texts.get("release.yml")).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/);
  });

  test("publishes the command first, which the others bring along by its exact version", () => {
    expect(/for name in ([^;]+); do/.exec(publish)?.[1]?.split(" ")).toEqual([
      "aoss-privatelink-cli",
      "aoss-privatelink",
      "aoss-privatelink-cdktn",
    ]);
  });
});
