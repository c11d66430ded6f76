import { FaultSwitch, type FaultsFile } from "../../sandbox";
import { authorization, itemsOf, type Json, newGroup, postTo, sandboxForEachTest } from "./raw-aws";

const faults = new FaultSwitch();
const aws = sandboxForEachTest(undefined, { faults });
afterEach(() => faults.clear());

const set = (...list: FaultsFile["faults"]) => faults.set({ version: 1, seed: 1, faults: list });
const ours = "vpce-0a1b2c3d4e5f60718";
const block = (collection: string, sources: object) => ({
  Rules: [{ ResourceType: "collection", Resource: [`collection/${collection}`] }],
  AllowFromPublic: false,
  ...sources,
});
const network = { type: "network", name: "search" };

/** The version of the policy after this request. */
async function versionAfter(operation: string, input: object): Promise<string> {
  const { body, message } = await aws.json(operation, { ...input });
  const detail = body["securityPolicyDetail"] as Json | undefined;
  if (!detail) throw new Error(message);
  return String(detail["policyVersion"]);
}

const create = (blocks: readonly object[]) =>
  versionAfter("CreateSecurityPolicy", { ...network, policy: JSON.stringify(blocks) });
const update = (policyVersion: string, blocks: readonly object[]) =>
  aws.json("UpdateSecurityPolicy", { ...network, policyVersion, policy: JSON.stringify(blocks) });
const documentNow = () => aws.sandbox.contents().securityPolicies[0]?.document;
const olderVersion = /older version/;

describe("concurrent-writer", () => {
  test("adds its own endpoint to the private blocks right before an update, whose version is old then", async () => {
    const open = { ...block("docs", {}), AllowFromPublic: true };
    const version = await create([block("orders", { SourceVPCEs: [ours] }), open]);
    set({ on: "aoss:UpdateSecurityPolicy", what: "concurrent-writer", times: 1 });
    const widened = [block("orders", { SourceVPCEs: [ours] }), block("logs", { SourceVPCEs: [ours] })];
    expect(await update(version, widened)).toMatchObject({
      code: "ValidationException",
      message: expect.stringMatching(olderVersion),
    });
    expect(documentNow()).toEqual([
      block("orders", { SourceVPCEs: [ours, expect.stringMatching(/^vpce-0[0-9a-f]{16}$/)] }),
      open,
    ]);
  });

  test("is overruled by a caller who reads again", async () => {
    const version = await create([block("orders", { SourceVPCEs: [ours] })]);
    set({ on: "aoss:UpdateSecurityPolicy", what: "concurrent-writer", times: 1 });
    const widened = [block("logs", { SourceVPCEs: [ours] })];
    await update(version, widened);
    const newer = await versionAfter("GetSecurityPolicy", network);
    expect(newer).not.toBe(version);
    expect((await update(newer, widened)).status).toBe(200);
    expect(documentNow()).toEqual(widened);
  });

  test("leaves everything alone if the update would be refused by itself", async () => {
    const blocks = [block("orders", { SourceVPCEs: [ours] })];
    const version = await create(blocks);
    set({ on: "aoss:*", what: "concurrent-writer" });
    expect((await update(version, blocks)).message).toMatch(/No changes/);
    expect(documentNow()).toEqual(blocks);
    expect(faults.strikes()).toEqual([0]);
  });

  test("waits for an update that would go through, and is counted then", async () => {
    const blocks = [block("orders", { SourceVPCEs: [ours] })];
    const version = await create(blocks);
    set({ on: "aoss:UpdateSecurityPolicy", what: "concurrent-writer", times: 1 });
    await update(version, blocks);
    expect(faults.strikes()).toEqual([0]);
    const widened = [...blocks, block("logs", { SourceVPCEs: [ours] })];
    expect((await update(version, widened)).message).toMatch(olderVersion);
    expect(faults.strikes()).toEqual([1]);
  });

  test("does not touch encryption policies", async () => {
    const encryption = { type: "encryption", name: "search" };
    const policy = (collection: string) =>
      JSON.stringify({
        Rules: [{ ResourceType: "collection", Resource: [`collection/${collection}`] }],
        AWSOwnedKey: true,
      });
    const policyVersion = await versionAfter("CreateSecurityPolicy", {
      ...encryption,
      policy: policy("orders"),
    });
    set({ on: "aoss:UpdateSecurityPolicy", what: "concurrent-writer" });
    const changed = await aws.json("UpdateSecurityPolicy", {
      ...encryption,
      policyVersion,
      policy: policy("logs"),
    });
    expect(changed.status).toBe(200);
    expect(faults.strikes()).toEqual([0]);
  });

  test("is the same writer for the same seed", async () => {
    const written = async () => {
      const version = await create([block("orders", { SourceVPCEs: [ours] })]);
      faults.set({ version: 1, seed: 5, faults: [{ on: "aoss:*", what: "concurrent-writer", times: 1 }] });
      await update(version, [block("logs", { SourceVPCEs: [ours] })]);
      const document = documentNow();
      await aws.json("DeleteSecurityPolicy", network);
      return document;
    };
    expect(await written()).toEqual(await written());
  });
});

describe("stale-reads", () => {
  const names = async (region = "us-east-1") => {
    const described = await aws.ec2("DescribeSecurityGroups", {}, region);
    return itemsOf(described.body, "securityGroupInfo").map((group) => group["groupName"]);
  };

  test("the next matching reads see what was before the last write, and the ones after them see it all", async () => {
    await newGroup(aws, "first");
    set({ on: "ec2:DescribeSecurityGroups", what: "stale-reads", reads: 2 });
    await newGroup(aws, "second");
    expect([await names(), await names(), await names()]).toEqual([
      ["first"],
      ["first"],
      ["first", "second"],
    ]);
  });

  test("each write starts the lag again, and is itself seen by the writes after it", async () => {
    set({ on: "ec2:*", what: "stale-reads", reads: 1 });
    await newGroup(aws, "first");
    await newGroup(aws, "second");
    expect([await names(), await names()]).toEqual([["first"], ["first", "second"]]);
    expect(
      await aws.ec2("CreateSecurityGroup", {
        GroupName: "first",
        GroupDescription: "again",
        VpcId: "vpc-0a1b2c3d4e5f60718",
      }),
    ).toMatchObject({ code: "InvalidGroup.Duplicate" });
    expect(await names()).toEqual(["first", "second"]);
  });

  test("an id just given out is not found", async () => {
    set({ on: "ec2:DescribeSecurityGroups", what: "stale-reads", reads: 1 });
    const id = await newGroup(aws, "first");
    const ask = () => aws.ec2("DescribeSecurityGroups", { "GroupId.1": id });
    expect(await ask()).toMatchObject({ code: "InvalidGroup.NotFound" });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test("reads that do not match and reads in another Region see it all, and use up nothing", async () => {
    set({ on: "ec2:DescribeSecurityGroups", what: "stale-reads", reads: 1 });
    const id = await newGroup(aws, "first");
    await newGroup(aws, "there", undefined, "eu-west-1");
    const rules = await aws.ec2("DescribeSecurityGroupRules", {
      "Filter.1.Name": "group-id",
      "Filter.1.Value.1": id,
    });
    expect(itemsOf(rules.body, "securityGroupRuleSet")).toHaveLength(1);
    expect([await names(), await names("eu-west-1")]).toEqual([[], []]);
    expect([await names(), await names("eu-west-1")]).toEqual([["first"], ["there"]]);
  });

  test("lifted, the lag is over", async () => {
    set({ on: "ec2:*", what: "stale-reads", reads: 5 });
    await newGroup(aws, "first");
    expect(await names()).toEqual([]);
    faults.clear();
    expect(await names()).toEqual(["first"]);
  });

  test("what is of no Region neither starts a lag nor uses one up", async () => {
    set({ on: "*", what: "stale-reads", reads: 1 });
    await newGroup(aws, "first");
    await aws.sts("GetCallerIdentity");
    expect(faults.strikes()).toEqual([0]);
    expect([await names(), await names()]).toEqual([[], ["first"]]);
    const made = await postTo(
      `${aws.sandbox.url}/`,
      {
        authorization: authorization("iam"),
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      },
      "Action=CreateServiceLinkedRole&Version=2010-05-08&AWSServiceName=observability.aoss.amazonaws.com",
    );
    expect(made.status).toBe(200);
    expect(await names()).toEqual(["first"]);
    expect(faults.strikes()).toEqual([1]);
  });

  test("a read that never runs does not count as one that lagged", async () => {
    set({ on: "ec2:*", what: "stale-reads", reads: 1 }, { on: "ec2:Describe*", what: "throttle", times: 1 });
    await newGroup(aws, "first");
    await aws.ec2("DescribeSecurityGroups");
    expect(faults.strikes()).toEqual([0, 1]);
  });

  test("times is the number of reads that lag, however many writes there are", async () => {
    set({ on: "ec2:*", what: "stale-reads", reads: 1, times: 1 });
    await newGroup(aws, "first");
    expect(await names()).toEqual([]);
    await newGroup(aws, "second");
    expect(await names()).toEqual(["first", "second"]);
  });
});
