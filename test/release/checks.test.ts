import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { changelogSections, checkChangelog, released } from "../../release/checks/changelog";
import { checkContents } from "../../release/checks/contents";
import { checkDependencies } from "../../release/checks/dependencies";
import { checkNativeModule } from "../../release/checks/native-module";
import type { Checked } from "../../release/checks/problem";
import { checkVersions } from "../../release/checks/versions";
import { mainPackage } from "../../release/packages";

const told = ({ problems }: Checked) => problems.map(({ problem, where }) => `${where}: ${problem}`);

describe("versions", () => {
  const manifests = {
    main: {
      name: "aoss-privatelink",
      version: "1.2.3",
      optionalDependencies: { "aoss-privatelink-cli": "1.2.3" },
    },
    command: { name: "aoss-privatelink-cli", version: "1.2.3" },
    locked: { "": { version: "1.2.3" }, "packages/cli": { version: "1.2.3" } },
  };

  test("that are the same everywhere pass, with the tag of the release too", () => {
    expect(told(checkVersions(manifests))).toEqual([]);
    expect(told(checkVersions({ ...manifests, tag: "v1.2.3" }))).toEqual([]);
  });

  test("each place that says another one is told", () => {
    const main = { ...manifests.main, version: "1.3.0" };
    expect(told(checkVersions({ ...manifests, main, locked: {} }))).toEqual([
      "packages/cli/package.json version: version 1.2.3, not 1.3.0",
      "package.json optionalDependencies.aoss-privatelink-cli: version 1.2.3, not 1.3.0",
      'package-lock.json packages[""].version: version missing, not 1.3.0',
      'package-lock.json packages["packages/cli"].version: version missing, not 1.3.0',
    ]);
  });

  test("a tag of another version, and one without v, are refused", () => {
    for (const tag of ["v1.2.4", "1.2.3"]) {
      expect(told(checkVersions({ ...manifests, tag }))).toEqual([
        `--tag: tag ${tag} is not that of version 1.2.3`,
      ]);
    }
  });

  test.each(["1.2", "v1.2.3", "01.x.3", "1.2.3-"])("%s is no version", (version) => {
    const all = {
      main: { ...manifests.main, version, optionalDependencies: { "aoss-privatelink-cli": version } },
      command: { ...manifests.command, version },
      locked: { "": { version }, "packages/cli": { version } },
    };
    expect(told(checkVersions(all))).toEqual([
      `package.json version: version ${version} is no semantic version`,
    ]);
  });
});

describe("the changelog", () => {
  const text = (...sections: string[]) => `# Changelog\n\nThe form.\n\n${sections.join("\n\n")}\n`;
  const entry = "### Added\n\n- One.\n- Two.";

  test("before a release lines under Unreleased are enough", () => {
    expect(checkChangelog(text(`## [Unreleased]\n\n${entry}`), "1.2.3", undefined)).toEqual({
      looked: "CHANGELOG.md: 2 lines under Unreleased are to become 1.2.3",
      problems: [],
    });
  });

  test("with the tag they have to stand under the version", () => {
    expect(told(checkChangelog(text(`## [Unreleased]\n\n${entry}`), "1.2.3", "v1.2.3"))).toEqual([
      "CHANGELOG.md: there is no section [1.2.3]",
    ]);
    const dated = text("## [Unreleased]", `## [1.2.3] - 2026-11-25\n\n${entry}`);
    expect(told(checkChangelog(dated, "1.2.3", "v1.2.3"))).toEqual([]);
  });

  test.each([
    [
      "nothing at all",
      text("## [Unreleased]\n\n### Added"),
      "there is neither a section [1.2.3] nor a line under [Unreleased]",
    ],
    [
      "a version without a day",
      text(`## [1.2.3]\n\n${entry}`),
      "section [1.2.3] has no day, as in [1.2.3] - 2026-01-31",
    ],
    [
      "a version without lines",
      text("## [1.2.3] - 2026-11-25", `## [1.2.2] - 2026-11-24\n\n${entry}`),
      "section [1.2.3] says nothing",
    ],
  ])("%s is refused", (_what, changelog, problem) => {
    expect(told(checkChangelog(changelog, "1.2.3", undefined))).toEqual([`CHANGELOG.md: ${problem}`]);
  });

  test("a release moves what is under Unreleased below the version and its day", () => {
    const before = text(`## [Unreleased]\n\n${entry}`, "## [1.2.2] - 2026-11-24\n\n- Old.");
    const after = released(before, "1.2.3", "2026-11-25");
    expect(after).toBe(
      text("## [Unreleased]", `## [1.2.3] - 2026-11-25\n\n${entry}`, "## [1.2.2] - 2026-11-24\n\n- Old."),
    );
    expect(changelogSections(after)).toMatchObject([
      { name: "Unreleased", date: undefined, entries: [] },
      { name: "1.2.3", date: "2026-11-25", entries: ["- One.", "- Two."] },
      { name: "1.2.2", date: "2026-11-24", entries: ["- Old."] },
    ]);
  });
});

describe("what is in a tarball", () => {
  const check = (path: string, text: string, bytes = 1_000) =>
    told(checkContents(mainPackage, bytes, [{ path, text }]));

  test("code, types and texts belong there", () => {
    for (const path of ["dist/modules/index.js", "dist/service/reach/ways.d.ts", "README.md", "LICENSE"]) {
      expect(check(path, 'const a = "/orders/_doc";')).toEqual([]);
    }
  });

  test.each([
    "dist/modules/index.js.map",
    "test/a.test.js",
    "dist/index.ts",
    ".npmrc",
    "dist/a.tgz",
    "bin/run.js",
  ])("%s is foreign", (path) => {
    expect(check(path, "")).toEqual([
      `aoss-privatelink: ${path}: a file that does not belong into the tarball`,
    ]);
  });

  test.each([
    ["//# sourceMappingURL=index.js.map", 'a source map: "//# sourceMappingURL="'],
    ['require("/home/ann/aoss/x.js")', 'an absolute path: "\\"/home/ann"'],
    ["see /Users/ann/x", 'an absolute path: "/Users/ann"'],
    ["file:///srv/x", 'an absolute path: "file:///s"'],
    [
      `key = ${["AKIA", "IOSFODNN7EXAMPLE"].join("")}`,
      `an access key: "${["AKIA", "IOSFODNN7EXAMPLE"].join("")}"`,
    ],
  ])("%s is refused", (text, problem) => {
    expect(check("dist/modules/index.js", text)).toEqual([
      `aoss-privatelink: dist/modules/index.js: ${problem}`,
    ]);
  });

  test("200 kB are allowed, and not a byte more", () => {
    expect(check("LICENSE", "", 200_000)).toEqual([]);
    expect(check("LICENSE", "", 200_001)).toEqual([
      "aoss-privatelink: the tarball weighs 200.0 kB, 200.0 kB are allowed",
    ]);
  });
});

describe("dependencies", () => {
  const code =
    'require("yaml");require("node:fs");require("./chunks/a.js");import("elkjs/lib/elk.js");require("@a/b/c");require("path")';
  const files = [{ path: "dist/index.js", text: code }];
  const dependencies = { yaml: "^2.9.1", elkjs: "^0.12.1" };
  const peerDependencies = { "@a/b": "*" };

  test("all that is loaded is declared, nothing else, as it is tested", () => {
    const manifest = { name: "one", dependencies, peerDependencies };
    expect(told(checkDependencies(manifest, files, { yaml: "^2.9.1" }))).toEqual([]);
  });

  test("one that is not declared, one that is not loaded and one of another range are told", () => {
    const manifest = { name: "one", dependencies: { yaml: "^2.9.0", zod: "^4.0.0", elkjs: "^0.12.1" } };
    expect(told(checkDependencies(manifest, files, { yaml: "^2.9.1" }))).toEqual([
      "one: package.json: @a/b is loaded but not declared",
      "one: package.json: yaml ^2.9.0 is declared, ^2.9.1 is tested",
      "one: package.json: zod is declared but not loaded",
    ]);
  });
});

describe("the native module", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-module-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
      writeFileSync(path.join(folder, name, file), text);
    }
    return path.join(folder, name);
  };

  test("passes where what is written now is what is committed, with more beside it", () => {
    const built = write("same", { "main.tf.json": "1", "tests/a.tftest.hcl": "2" });
    const committed = write("committed", {
      "main.tf.json": "1",
      "tests/a.tftest.hcl": "2",
      "README.md": "3",
    });
    expect(checkNativeModule(committed, built)).toEqual({
      looked: "committed: 2 files as they are written now",
      problems: [],
    });
  });

  test("a stale file and a missing one are told, with what mends them", () => {
    const built = write("built", { "main.tf.json": "2", "tests/a.tftest.hcl": "2" });
    const committed = write("stale", { "main.tf.json": "1" });
    const remedy = "npm run build:module, and commit what it writes";
    expect(checkNativeModule(committed, built).problems).toEqual([
      { problem: "a file of the native module is stale", where: "stale/main.tf.json", remedy },
      { problem: "a file of the native module is missing", where: "stale/tests/a.tftest.hcl", remedy },
    ]);
  });
});
