import { AccessFileError, errorsText, loadAccessFile, parseAccessFile, problemText } from "../../config";
import {
  badAccessFiles,
  badBackendFiles,
  badCollectionFiles,
  goodAccessFile,
  ids,
} from "../support/bad-access-files";
import { goodBackendsFile } from "../support/bad-backend-files";
import { goodCollectionsFile } from "../support/bad-collection-files";

function problemsOf(text: string) {
  try {
    parseAccessFile(text, "access.yaml");
  } catch (error) {
    if (error instanceof AccessFileError) return error.problems;
    throw error;
  }
  return [];
}

/** What is wrong as `line:column path: problem; remedy`, as short as a table of cases needs it. */
function told(text: string): string[] {
  return problemsOf(text).map(
    ({ position, path, problem, remedy }) =>
      `${position ? `${position.line}:${position.column}` : "-"} ${path}: ${problem}; ${remedy}`,
  );
}

test("a file without a mistake is taken", () => {
  expect([told(goodAccessFile), told(goodCollectionsFile), told(goodBackendsFile)]).toEqual([[], [], []]);
});

test.each([...badCollectionFiles, ...badBackendFiles])("one mistake is told once: $name", ({ text }) => {
  expect(told(text)).toHaveLength(1);
});

describe("refused with its place, what is wrong and how to mend it:", () => {
  test.each(badAccessFiles)("$name", ({ text, expected }) => {
    expect(told(text)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  test("51 endpoints over two stacks of one account and Region, but not over two Regions", () => {
    const stack = (name: string, region: string, from: number, count: number) =>
      `  ${name}:\n    region: ${region}\n    endpoints:\n${ids("vpc", 60)
        .slice(from, from + count)
        .map(
          (vpc, index) =>
            `      e${index}: { vpc: ${vpc}, subnets: [subnet-0a1b2c3d4e5f60711], securityGroups: [sg-0a1b2c3d4e5f60713] }\n`,
        )
        .join("")}`;
    const file = (region: string) =>
      `version: 1\nstacks:\n${stack("one", "eu-west-1", 0, 30)}${stack("two", region, 30, 21)}`;
    expect(told(file("eu-west-1"))).toEqual([
      expect.stringContaining("stacks.two.endpoints.e20: 51 endpoints"),
    ]);
    expect(told(file("eu-west-2"))).toEqual([]);
  });

  test.each([
    ["arrays", "[".repeat(20_000) + "]".repeat(20_000)],
    ["maps", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ])("%s deeper than the stack holds", (_what, text) => {
    expect(told(text)).toEqual([
      expect.stringContaining(": nested too deeply to be read; no value is: check the brackets"),
    ]);
  });

  test("a file that is not there", () => {
    expect(() => loadAccessFile("no/such/access.yaml")).toThrow(
      "there is no access file here\n  no/such/access.yaml\n  name another with --file or AOSS_PRIVATELINK_FILE",
    );
  });
});

test("all mistakes are told at once, in the order of the file", () => {
  const text = goodAccessFile
    .replace("vpc-0a1b2c3d4e5f60718", "vpc-1")
    .replace("10.20.0.0/16", "10.20.0.1/16")
    .replace("[orders]", '["lo*"]')
    .replace("from: [apps]", "from: [nobody]\n        colour: red");
  expect(problemsOf(text).map(({ position }) => position?.line)).toEqual([7, 10, 12, 13, 14]);
});

test("a mistake in an endpoint does not hide what it is to others", () => {
  const text = goodAccessFile.replace(
    "    grants:",
    "      batch:\n        vpc: vpc-0a1b2c3d4e5f60718\n        subnets: [subnet-1]\n        allow: [{ cidr: 10.0.0.0/8 }, { cidr: 10.0.0.0/8 }]\n    grants:",
  );
  expect(problemsOf(text).map(({ path }) => path)).toEqual([
    "stacks.search.endpoints.batch.vpc",
    "stacks.search.endpoints.batch.subnets[0]",
    "stacks.search.endpoints.batch.allow[1]",
  ]);
});

test("the same mistake in many places is told once with every place, and what is wrong besides by itself", () => {
  const collections = ["a", "b", "c", "d"].map(
    (one) => `      - collections: [orders-${one}]\n        from: [ap]\n`,
  );
  const text = goodAccessFile
    .replace("eu-central-1", "Frankfurt")
    .replace("      - collections: [orders]\n        from: [apps]\n", collections.join(""));
  expect(errorsText(problemsOf(text)).split("\n")).toEqual([
    'error: "Frankfurt" is not a Region',
    "  access.yaml:4:13 stacks.search.region",
    '  give one such as "eu-central-1"',
    'error: no endpoint "ap" in this stack, in 4 places',
    "  access.yaml:13:16 stacks.search.grants[0].from[0]",
    "  access.yaml:15:16 stacks.search.grants[1].from[0]",
    "  access.yaml:17:16 stacks.search.grants[2].from[0]",
    "  access.yaml:19:16 stacks.search.grants[3].from[0]",
    "  defined: apps; or give a vpce- id",
    "5 errors",
  ]);
});

test("a key called constructor is a key like any other", () => {
  expect(told(goodAccessFile.replace(/apps/g, "constructor"))).toEqual([]);
});

test("a value cannot break the lines of an error or send commands to a terminal", async () => {
  const [problem] = problemsOf(goodAccessFile.replace("eu-central-1", '"eu\\e[31m\\nX"'));
  expect(problem && problemText(problem, "error").split("\n")).toHaveLength(3);
  expect(problem && problemText(problem, "error")).not.toContain("\u001b");
});
