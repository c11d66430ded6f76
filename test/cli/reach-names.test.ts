import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink } from "../support/command";

let folder: string;

const endpoint = (digit: number, allow: string) =>
  `{vpc: vpc-0a1b2c3d4e5f607${digit}8, subnets: [subnet-0a1b2c3d4e5f607${digit}1], allow: [{cidr: ${allow}}]}`;

/** Two stacks that call their endpoint the same, and one of an endpoint that exists already. */
const accessFile = `version: 1
stacks:
  batch:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps: ${endpoint(1, "10.20.0.0/16")}
      jobs: ${endpoint(2, "10.30.0.0/16")}
      next: {id: vpce-0a1b2c3d4e5f60799, generation: nextgen}
      other: {id: vpce-0a1b2c3d4e5f60798}
    collections:
      embeddings: {exists: true, generation: nextgen, from: [next]}
    grants: [{collections: [orders], from: [jobs, other]}, {collections: ["*"], from: [apps]}]
  search:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps: ${endpoint(3, "10.40.0.0/16")}
    grants: [{collections: [billing], from: [apps]}]
`;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-names-"));
  writeFileSync(path.join(folder, "access.yaml"), accessFile);
});

afterEach(() => rmSync(folder, { recursive: true }));

const reach = (...args: readonly string[]) => aossPrivatelink(["reach", ...args], { cwd: folder });

test.each([
  [["--from", "batch.jobs", "--to", "collection/orders"], "open"],
  [["--from", "jobs", "--to", "collection/orders"], "open"],
  [["--from", "batch-jobs", "--to", "collection/billing"], "shut"],
  [["--from", "search.apps", "--to", "collection/billing"], "open"],
  [["--from", "endpoint/search.apps", "--to", "collection/orders"], "shut"],
  [["search", "--from", "apps", "--to", "collection/billing"], "open"],
  [["--from", "next", "--to", "collection/embeddings"], "open"],
  [["--from", "batch.other", "--to", "collection/orders"], "unknown"],
  [["--from", "batch.apps", "--to", "collection/embeddings"], "shut"],
])("%j is %s: an endpoint is called by its key, STACK.KEY or name", async (args, verdict) => {
  const { exitCode, stdout } = await reach(...args, "--json");
  expect([exitCode, JSON.parse(stdout).verdict]).toEqual([0, verdict]);
});

test.each([
  ["apps", "several endpoints are called so", "give one of batch.apps, search.apps"],
  ["bacth.jobs", "nobody is called so", 'did you mean "batch.jobs"? give '],
  ["bedrock", "nobody is called so", 'did you mean "bedrock.amazonaws.com"? give '],
])("--from %s: %s", async (from, problem, remedy) => {
  const { exitCode, stdout, stderr } = await reach("--from", from, "--to", "collection/orders");
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr.split("\n")).toEqual([
    `error: ${problem}`,
    `  --from ${from}`,
    expect.stringContaining(`  ${remedy}`),
    "",
  ]);
});

test("a second --from is refused: one question is asked at a time", async () => {
  const { exitCode, stderr } = await reach("--from", "jobs", "--from", "next", "--to", "collection/orders");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("it is given already, as jobs: ask one question at a time");
});

test("an ARN that is no principal's is refused, in --from and --as alike", async () => {
  for (const [option, args] of [
    ["--from", []],
    ["--as", ["--from", "jobs"]],
  ] as const) {
    const { exitCode, stderr } = await reach(...args, option, "arn:aws:s3:::b", "--to", "collection/orders");
    expect([exitCode, stderr.split("\n").slice(0, 2)]).toEqual([
      2,
      ["error: this is no principal", `  ${option} arn:aws:s3:::b`],
    ]);
  }
});
