import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aossPrivatelink } from "../support/command";
import { publicPlan, quietPlan } from "./review-plans";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-review-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const review = (...args: readonly string[]) => aossPrivatelink(["review", ...args], { cwd: folder });
const put = (name: string, content: string | Buffer | object) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  const isText = typeof content === "string" || Buffer.isBuffer(content);
  writeFileSync(path.join(folder, name), isText ? content : JSON.stringify(content));
  return name;
};

describe("the report", () => {
  test("tells the verdict first, who gains, and ends with 3 for an error, with a line that says which", async () => {
    put("plan.json", publicPlan());
    const { exitCode, stdout, stderr } = await review("--plan", "plan.json");
    expect([exitCode, stderr]).toEqual([3, "plan.json: --fail-on error: public-access\n"]);
    expect(stdout).toMatch(/^plan\.json: the public internet gains orders; nobody loses any\n/);
    expect(stdout).toContain("gained\n  + the public internet  orders\n");
    expect(stdout).toMatch(/^ {2}error public-access\n {6}aws_opensearchserverless_security_policy\.site$/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("of a plan with nothing to find ends with 0", async () => {
    put("plan.json", quietPlan());
    const { exitCode, stdout, stderr } = await review("--plan", "plan.json", "--fail-on", "note");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^plan\.json: endpoint apps gains logs-a; nobody loses any\n {2}no findings\n/);
  });

  test.each([
    ["report.json", /^\{\n {2}"version": 1,\n {2}"reviews": \[/],
    ["report.sarif", /"version": "2\.1\.0"/],
    ["report.sarif.json", /"version": "2\.1\.0"/],
    ["report.xml", /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites>/],
    ["report.md", /^<!-- aoss-privatelink review -->\n### `plan\.json`: /],
    ["report.html", /^<!DOCTYPE html>[\s\S]*<\/html>\n$/],
    ["report.txt", /^plan\.json: the public internet gains orders/],
  ])("is written to %s in the form that its ending tells", async (out, content) => {
    put("plan.json", publicPlan());
    const { exitCode, stdout, stderr } = await review("--plan", "plan.json", "--out", out);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(`written: ${out}\n`);
    expect(readFileSync(path.join(folder, out), "utf8")).toMatch(content);
  });

  test("of several plans holds one after another, and ends with 3 where one of them has something", async () => {
    put("a/plan.json", quietPlan());
    put("b/plan.json", publicPlan());
    const args = ["--plan", "a/plan.json", "--plan", "b/plan.json", "--json"];
    const { exitCode, stdout, stderr } = await review(...args);
    const { version, reviews } = JSON.parse(stdout);
    expect([exitCode, stderr, version]).toEqual([3, "b/plan.json: --fail-on error: public-access\n", 1]);
    expect(reviews).toMatchObject([
      {
        name: "a/plan.json",
        verdict: "endpoint apps gains logs-a; nobody loses any",
        counts: { error: 0, warning: 0, note: 0 },
        gained: [{ who: { kind: "endpoint", name: "apps" }, kind: "collection", collections: ["logs-a"] }],
        lost: [],
      },
      {
        name: "b/plan.json",
        counts: { error: 1, warning: 0, note: 0 },
        gained: [{ who: { kind: "public" }, kind: "collection", collections: ["orders"] }],
        findings: [{ id: "public-access", address: "aws_opensearchserverless_security_policy.site" }],
      },
    ]);
  });

  test("names the version of the program and the file of the plan in SARIF", async () => {
    put("out/plan.json", publicPlan());
    const { stdout } = await review("--plan", "out/plan.json", "--format", "sarif");
    const [{ tool, results }] = JSON.parse(stdout).runs;
    expect(tool.driver.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("out/plan.json");
  });
});

describe("--fail-on", () => {
  const accessFile = (accept: string) => `version: 1
stacks:
  search:
    region: eu-central-1
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]
        allow: [{ cidr: 10.20.0.0/16 }]
    grants:
      - collections: [orders]
        from: [apps]
${accept}`;
  const accepted = (until: string) =>
    accessFile(`    accept:
      - finding: public-access
        reason: the catalogue is public on purpose
        until: ${until}
`);

  test.each([
    ["error", 3],
    ["warning", 3],
    ["note", 3],
    ["never", 0],
  ])("%s with an error ends with %i", async (level, code) => {
    put("plan.json", publicPlan());
    expect((await review("--plan", "plan.json", "--fail-on", level)).exitCode).toBe(code);
  });

  test("does not count what the access file accepts, and the report says until when and why", async () => {
    put("plan.json", publicPlan());
    put("access.yaml", accepted("2099-12-31"));
    const { exitCode, stdout } = await review("--plan", "plan.json", "--file", "access.yaml");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("accepted until 2099-12-31: public-access: ");
    expect(stdout).toContain("(the catalogue is public on purpose)");
  });

  test("counts it again after its last day, with the line of the acceptance", async () => {
    put("plan.json", publicPlan());
    put("access.yaml", accepted("2020-01-31"));
    const { exitCode, stdout, stderr } = await review("--plan", "plan.json", "--file", "access.yaml");
    expect([exitCode, stderr]).toEqual([3, "plan.json: --fail-on error: public-access\n"]);
    expect(stdout).toMatch(/warning acceptance-expired\n {6}access\.yaml:14:\d+/);
  });

  test("finds the access file by itself where the plan is known to be of its stack", async () => {
    const metadata = { "//": { metadata: { stackName: "search" } } };
    const { configuration: _, ...plan } = publicPlan();
    const resource = Object.fromEntries(
      plan.resource_changes.map(({ type, name }) => [type, { [name]: {} }] as const),
    );
    put("stack/plan.json", plan);
    put("stack/cdk.tf.json", { ...metadata, resource });
    put("access.yaml", accepted("2099-12-31"));
    const { exitCode, stdout } = await review("--plan", "stack/plan.json");
    expect(stdout).toMatch(/^search: the public internet gains orders/);
    expect(exitCode).toBe(0);
  });
});

describe("wrong input is three lines and no more", () => {
  const quiet = () => JSON.stringify(quietPlan());
  const cases: readonly [what: string, content: string | Buffer | object, problem: RegExp, remedy: RegExp][] =
    [
      [
        "a plan in Terraform's own form",
        Buffer.from("PK\u0003\u0004binary"),
        /own format, not JSON/,
        /terraform show -json/,
      ],
      ["an empty file", "", /not JSON: it is empty/, /terraform show -json/],
      ["a text", "No changes.", /not JSON/, /terraform show -json/],
      ["half a plan", quiet().slice(0, 900), /not JSON/, /terraform show -json/],
      ["a list", [], /not a JSON object/, /terraform show -json/],
      ["another object", { name: "x" }, /JSON, but not a Terraform plan/, /terraform show -json/],
      [
        "a plan of a newer form",
        { ...quietPlan(), format_version: "2.0" },
        /format_version 2\.0: only version 1/,
        /update/,
      ],
      [
        "a state",
        { format_version: "1.0", values: { root_module: {} } },
        /this is a state, not a plan/,
        /terraform show/,
      ],
      ["the log of a plan", '{"@level":"info"}\n{"@level":"info"}', /the log that/, /terraform show -json/],
      [
        "changes that are none",
        { ...quietPlan(), resource_changes: [{}] },
        /not a list of resource changes/,
        /show/,
      ],
    ];

  test.each(cases)("%s", async (_, content, problem, remedy) => {
    put("plan.json", content);
    const { exitCode, stdout, stderr } = await review("--plan", "plan.json", "--out", "report.md");
    expect([exitCode, stdout]).toEqual([2, ""]);
    const [first = "", second, third = "", ...others] = stderr.trimEnd().split("\n");
    expect(first).toMatch(/^error: /);
    expect(first).toMatch(problem);
    expect(second).toBe("  plan.json");
    expect(third).toMatch(remedy);
    expect(others).toEqual([]);
  });

  test.each([
    [[], "no plan is named", "the command line"],
    [["--plan", "no.json"], "there is no such file", "no.json"],
    [["--plan", "."], "this is a folder, not a file", "."],
    [
      ["--plan", "plan.json", "--plan", "plan.json", "--config", "."],
      "--config and 2 plans: it belongs to one",
      "the command line",
    ],
    [
      ["--plan", "plan.json", "--json", "--format", "html"],
      "--json and --format html are two formats",
      "the command line",
    ],
    [["--plan", "plan.json", "--out", "no/report.md"], "there is no such folder", "--out no/report.md"],
    [
      ["--plan", "plan.json", "--file", "two.yaml"],
      "of which stack of this access file the plan is, is not known",
      "two.yaml",
    ],
    [
      ["--plan", "plan.json", "--fail-on", "errors"],
      "option '--fail-on <severity>' argument 'errors' is invalid",
      "the command line",
    ],
  ])("%j", async (args, problem, where) => {
    put("plan.json", quiet());
    const stack = (name: string) => `  ${name}:
    region: eu-central-1
    endpoints:
      apps: { vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }
    grants: [{ collections: [${name}], from: [apps] }]
`;
    put("two.yaml", `version: 1\nstacks:\n${stack("one")}${stack("two").replaceAll("60718", "60728")}`);
    const { exitCode, stdout, stderr } = await review(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`error: ${problem}`);
    expect(lines[1]).toBe(`  ${where}`);
  });

  test("a plan that PowerShell wrote, in UTF-16, is read", async () => {
    put("plan.json", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(quiet(), "utf16le")]));
    expect((await review("--plan", "plan.json")).exitCode).toBe(0);
  });
});

describe("200 MB", () => {
  const padding = () => {
    const one = (at: number) =>
      `{"address":"null_resource.n[${at}]","index":${at},"mode":"managed","type":"null_resource","name":"n","provider_name":"null","change":{"actions":["no-op"],"before":{"x":"${"x".repeat(1840)}"},"after":{"x":""},"after_unknown":{}}}`;
    return Array.from({ length: 100_000 }, (_, at) => one(at)).join(",");
  };
  const big = () => {
    const text = JSON.stringify(publicPlan());
    const at = text.indexOf('"resource_changes":[') + '"resource_changes":['.length;
    return `${text.slice(0, at)}${padding()},${text.slice(at)}`;
  };

  test("of plan are reviewed", async () => {
    const text = big();
    expect(text.length).toBeGreaterThan(200_000_000);
    put("plan.json", text);
    const { exitCode, stdout } = await review("--plan", "plan.json");
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^plan\.json: the public internet gains orders; nobody loses any\n/);
  }, 60_000);

  test("that end too early are an error of three lines", async () => {
    put("plan.json", big().slice(0, 199_999_999));
    const { exitCode, stderr } = await review("--plan", "plan.json");
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd().split("\n")).toHaveLength(3);
    expect(stderr.length).toBeLessThan(500);
    expect(stderr).toMatch(/^error: not JSON: /);
  }, 60_000);
});

describe("the files of the command line", () => {
  test("a plan comes from standard input too", async () => {
    const { exitCode, stdout } = await aossPrivatelink(["review", "--plan", "-"], {
      cwd: folder,
      input: JSON.stringify(publicPlan()),
    });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^standard input: the public internet gains orders; nobody loses any\n/);
  });

  test.each([
    [
      ["--plan", ""],
      "error: --plan names no file\n  the command line\n  name a plan in JSON, or - for standard input\n",
    ],
    [
      ["--plan", "-", "--plan", "-"],
      "error: --plan - is given twice: standard input holds one plan\n  the command line\n  name the others by their files\n",
    ],
    [
      ["--plan", "plan.json", "--out", ""],
      "error: --out names no file\n  the command line\n  name a file that can be written\n",
    ],
    [
      ["--plan", "plan.json", "--out", "nowhere/report.md"],
      "error: there is no such folder\n  --out nowhere/report.md\n  name a file that can be written\n",
    ],
  ])("%j is refused", async (args, message) => {
    put("plan.json", quietPlan());
    const { exitCode, stderr } = await review(...args);
    expect([exitCode, stderr]).toEqual([2, message]);
  });
});
