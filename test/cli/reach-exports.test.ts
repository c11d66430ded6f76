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
