import { existsSync } from "node:fs";
import { reachFolder } from "../support/reach-folder";

const { put, reach } = reachFolder();

const json = (value: unknown) => JSON.stringify(value);
const caller = (account: string) =>
  json({ UserId: "AIDA", Account: account, Arn: `arn:aws:iam::${account}:user/x` });
const block = (name: string, sources: object) => ({
  Rules: [{ ResourceType: "collection", Resource: [`collection/${name}`] }],
  ...sources,
});
const network = (name: string, ...policy: readonly object[]) =>
  json({ securityPolicyDetail: { type: "network", name, policy } });
const opened = network("open", block("mix", { AllowFromPublic: true }));
const closed = network(
  "closed",
  block("mix", { AllowFromPublic: false, SourceVPCEs: ["vpce-0a1b2c3d4e5f60718"] }),
);

describe("whose an export is", () => {
  test("account.json tells, and JSON says it", async () => {
    put("A/account.json", caller("123456789012"));
    put("A/network.json", opened);
    const { stdout } = await reach("--policies", "A", "--json");
    expect(JSON.parse(stdout).worlds).toMatchObject([{ account: "123456789012" }]);
  });

  test("two accounts in two folders are two tables, and the public one is public in its own", async () => {
    put("A/account.json", caller("123456789012"));
    put("A/network.json", opened);
    put("B/account.json", caller("210987654321"));
    put("B/network.json", closed);
    const { exitCode, stdout } = await reach("--policies", "A", "--policies", "B");
    const [first = "", second = "", ...others] = stdout.split("\n\n\n");
    expect([exitCode, others]).toEqual([0, []]);
    expect(first).toContain("(account 123456789012)");
    expect(first).toMatch(/^mix \(no collection yet\) +public internet/m);
    expect(second).toContain("(account 210987654321)");
    expect(second).toMatch(/^mix \(no collection yet\) +vpce-0a1b2c3d4e5f60718 +–$/m);
  });

  test("two account.json in one folder are refused, and the files named", async () => {
    put("AB/a.json", caller("123456789012"));
    put("AB/b.json", caller("210987654321"));
    put("AB/network.json", opened);
    const { exitCode, stderr } = await reach("--policies", "AB");
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      [
        "error: two accounts in one folder, 123456789012 and 210987654321: it is not known whose its policies are",
        "  AB/a.json, AB/b.json",
        "  make a folder for each account\n",
      ].join("\n"),
    );
  });
});

describe("a file that cannot be read", () => {
  const deep = "[".repeat(20_000) + "]".repeat(20_000);
  const tooDeep = "nested too deeply: more than 500 arrays and objects within one another";
  const policyOf = (document: string) => network("apps").replace("[]", document);

  test.each([
    ["deep arrays", deep, "1:1", tooDeep],
    ["deep objects", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "1:1", tooDeep],
    ["a deep policy in an answer", policyOf(deep), "1:1", tooDeep],
    ["a deep answer after a good one", `${opened}\n${deep}`, "2:1", tooDeep],
    [
      "the second answer of two broken",
      `${opened}\n{"securityPolicyDetail": }`,
      "2:26",
      'not JSON: "}" found where a value is expected',
    ],
    [
      "a comma too many",
      '{\n  "collectionDetails": [],\n}',
      "3:1",
      'not JSON: "}" found where a key in double quotes or "}" is expected',
    ],
    [
      "an answer that ends early",
      `${opened}\n{\n  "collectionDetails": [\n`,
      "4:1",
      "not JSON: the text ends where a value is expected",
    ],
    [
      "what is no JSON, and may be a secret",
      "hunter2",
      "1:1",
      "not JSON: a word without quotes found where a value is expected",
    ],
  ])("with %s is told with line and column", async (_what, text, place, problem) => {
    put("bad.json", text);
    const { exitCode, stdout, stderr } = await reach("--policies", "bad.json");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`error: ${problem}\n  bad.json:${place}\n  mend it, or leave the file out\n`);
  });

  test.each([
    ["--plan", { format_version: "1.2", planned_values: {} }],
    ["--state", { format_version: "1.0", values: {} }],
  ])("that is named with %s and nested too deeply is refused", async (option, content) => {
    put("deep.json", json({ ...content, x: 0 }).replace(":0}", `:${deep}}`));
    const { exitCode, stderr } = await reach(option, "deep.json");
    expect([exitCode, stderr.split("\n").slice(0, 2)]).toEqual([2, [`error: ${tooDeep}`, "  deep.json"]]);
  });

  test("but for a policy whose own text is too deep: it is left out and told", async () => {
    put("deep.json", json({ securityPolicyDetail: { type: "network", name: "apps", policy: deep } }));
    const { exitCode, stdout } = await reach("--policies", "deep.json");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("security policy apps: this network policy is left out:");
  });
});

test.each([
  ["UTF-16, as PowerShell's > writes it", Buffer.from(`\uFEFF${opened}`, "utf16le")],
  ["UTF-16 the other way round", Buffer.from(`\uFEFF${opened}`, "utf16le").swap16()],
  ["UTF-16 without a mark", Buffer.from(opened, "utf16le")],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${opened}`)],
])("an export in %s is read", async (_encoding, content) => {
  put("network.json", content);
  const { exitCode, stdout } = await reach("--policies", "network.json");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^mix \(no collection yet\) +public internet/m);
});

const onLinux = existsSync("/dev/full") ? test : test.skip;
onLinux("no room for what is written is told in words", async () => {
  put("network.json", opened);
  const { exitCode, stderr } = await reach("--policies", "network.json", "--out", "/dev/full");
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    "error: there is no room left for it\n  --out /dev/full\n  name a file that can be written\n",
  );
});
