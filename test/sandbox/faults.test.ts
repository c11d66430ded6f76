import { FaultSwitch, type FaultsFile, identityFromPolicy, startSandbox } from "../../sandbox";
import {
  type Answer,
  authorization,
  newEndpoint,
  newGroup,
  postTo,
  sandboxForEachTest,
  subnetId,
  vpcId,
} from "./raw-aws";

const faults = new FaultSwitch();
const aws = sandboxForEachTest(undefined, { faults });
afterEach(() => faults.clear());

const set = (...list: FaultsFile["faults"]) => faults.set({ version: 1, seed: 1, faults: list });
const listEndpoints = () => aws.json("ListVpcEndpoints", {});
const describeGroups = () => aws.ec2("DescribeSecurityGroups");
const createGroup = (name: string) =>
  aws.ec2("CreateSecurityGroup", { GroupName: name, GroupDescription: name, VpcId: vpcId });
const groupNames = () => aws.sandbox.contents().securityGroups.map(({ name }) => name);

describe("throttle", () => {
  test("is worded as each service words it, and nothing is done", async () => {
    set({ on: "*", what: "throttle" });
    const make = { name: "apps", vpcId, subnetIds: [subnetId(1)] };
    expect(await aws.json("CreateVpcEndpoint", make)).toMatchObject({
      status: 400,
      code: "ThrottlingException",
    });
    expect(await createGroup("apps")).toMatchObject({ status: 503, code: "RequestLimitExceeded" });
    expect(await aws.sts("GetCallerIdentity")).toMatchObject({ status: 400, code: "Throttling" });
    expect(Object.values(aws.sandbox.contents()).flat()).toEqual([]);
  });

  test("shows in the log as the error that it was", async () => {
    set({ on: "aoss:ListVpcEndpoints", what: "throttle" });
    await listEndpoints();
    expect(aws.sandbox.calls()).toMatchObject([
      { operation: "ListVpcEndpoints", status: 400, errorCode: "ThrottlingException" },
    ]);
  });
});

describe("error", () => {
  test("is the service's own internal error, and nothing is done", async () => {
    set({ on: "*", what: "error" });
    expect(await listEndpoints()).toMatchObject({ status: 500, code: "InternalServerException" });
    expect(await createGroup("apps")).toMatchObject({ status: 500, code: "InternalError" });
    expect(await aws.sts("GetCallerIdentity")).toMatchObject({ status: 500, code: "InternalFailure" });
    expect(groupNames()).toEqual([]);
  });
});

describe("reset", () => {
  test("before the effect: no answer, and nothing is done", async () => {
    set({ on: "ec2:CreateSecurityGroup", what: "reset-before" });
    await expect(createGroup("apps")).rejects.toThrow("fetch failed");
    expect(groupNames()).toEqual([]);
  });

  test("after the effect: no answer, and it is done all the same", async () => {
    set({ on: "ec2:CreateSecurityGroup", what: "reset-after", times: 1 });
    await expect(createGroup("apps")).rejects.toThrow("fetch failed");
    expect(groupNames()).toEqual(["apps"]);
    expect(await createGroup("apps")).toMatchObject({ code: "InvalidGroup.Duplicate" });
  });

  test("after a refusal: the refusal is lost", async () => {
    set({ on: "aoss:DeleteVpcEndpoint", what: "reset-after" });
    await expect(aws.json("DeleteVpcEndpoint", { id: "vpce-0a1b2c3d4e5f60718" })).rejects.toThrow(
      "fetch failed",
    );
  });

  test("after the effect: the same client token gets the answer that was lost, and no second endpoint", async () => {
    set({ on: "aoss:CreateVpcEndpoint", what: "reset-after", times: 1 });
    const make = { name: "apps", vpcId, subnetIds: [subnetId(1)], clientToken: "once" };
    await expect(aws.json("CreateVpcEndpoint", make)).rejects.toThrow("fetch failed");
    const [endpoint] = aws.sandbox.contents().vpcEndpoints;
    expect((await aws.json("CreateVpcEndpoint", make)).body).toMatchObject({
      createVpcEndpointDetail: { id: endpoint?.id },
    });
    expect(aws.sandbox.contents().vpcEndpoints).toHaveLength(1);
  });
});

describe("slow", () => {
  test("holds the answer back for as long as it says, those of several faults together", async () => {
    set(
      { on: "ec2:*", what: "slow", milliseconds: 60 },
      { on: "ec2:Describe*", what: "slow", milliseconds: 60 },
    );
    const started = performance.now();
    expect((await describeGroups()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(115);
  });

  const missing = "vpce-0a1b2c3d4e5f60718";
  const only = (action: string) =>
    identityFromPolicy({ Statement: { Effect: "Allow", Action: action, Resource: "*" } }, "123456789012");

  test.each<[string, () => Promise<Answer>, string]>([
    ["by the service", () => aws.json("DeleteVpcEndpoint", { id: missing }), "ResourceNotFoundException"],
    ["for its form", () => aws.json("DeleteVpcEndpoint", { id: 7 }), "SerializationException"],
    [
      "for a parameter",
      () => aws.ec2("DescribeSecurityGroups", { "GroupId.1": "x" }),
      "InvalidGroupId.Malformed",
    ],
    ["for its API version", () => oldVersion(), "NoSuchVersion"],
  ])("holds back a request that is refused %s, and counts it", async (_why, ask, code) => {
    set({ on: "*", what: "slow", milliseconds: 60 });
    const started = performance.now();
    expect((await ask()).code).toBe(code);
    expect(performance.now() - started).toBeGreaterThan(55);
    expect(faults.strikes()).toEqual([1]);
  });

  const oldVersion = () =>
    aws.post({ authorization: authorization("ec2") }, "Action=DescribeTags&Version=2013-01-01");

  test("holds back what another fault refuses, whichever comes first", async () => {
    for (const what of ["throttle", "error"] as const) {
      set({ on: "aoss:*", what }, { on: "aoss:*", what: "slow", milliseconds: 60 });
      const started = performance.now();
      expect((await listEndpoints()).status).toBeGreaterThanOrEqual(400);
      expect(performance.now() - started).toBeGreaterThan(55);
      expect(faults.strikes()).toEqual([1, 1]);
    }
  });

  test("holds back that the caller lacks a permission", async () => {
    const slow = { on: "aoss:*", what: "slow", milliseconds: 60 } as const;
    const denying = await startSandbox({
      verifySignatures: false,
      identity: only("ec2:*"),
      faults: new FaultSwitch({ version: 1, faults: [slow] }),
    });
    const started = performance.now();
    const headers = {
      authorization: authorization("aoss"),
      "x-amz-target": "OpenSearchServerless.ListVpcEndpoints",
    };
    const answer = await postTo(denying.url, headers, "{}").finally(() => denying.close());
    expect(answer.code).toBe("AccessDeniedException");
    expect(performance.now() - started).toBeGreaterThan(55);
  });
});

describe("a strike is counted only if it shows", () => {
  test("a reset after the effect, where another fault keeps the call from running", async () => {
    set(
      { on: "ec2:*", what: "reset-after" },
      { on: "ec2:*", what: "slow", milliseconds: 1 },
      { on: "ec2:*", what: "throttle" },
    );
    await describeGroups();
    expect(faults.strikes()).toEqual([0, 1, 1]);
  });

  test("a slow reset", async () => {
    set({ on: "ec2:*", what: "slow", milliseconds: 1 }, { on: "ec2:*", what: "reset-before" });
    await expect(describeGroups()).rejects.toThrow("fetch failed");
    expect(faults.strikes()).toEqual([1, 1]);
  });
});

describe("the moment", () => {
  const codes = async (count: number) => {
    const seen: (string | undefined)[] = [];
    for (let index = 0; index < count; index += 1) seen.push((await listEndpoints()).code);
    return seen;
  };
  const no = "ThrottlingException";

  test("after lets as many matching calls through, times is how many it strikes", async () => {
    set({ on: "aoss:ListVpcEndpoints", what: "throttle", after: 2, times: 1 });
    await describeGroups();
    expect(await codes(5)).toEqual([undefined, undefined, no, undefined, undefined]);
    expect(faults.strikes()).toEqual([1]);
  });

  test("without times it strikes until it is lifted", async () => {
    set({ on: "aoss:*", what: "throttle" });
    expect(await codes(3)).toEqual([no, no, no]);
    faults.clear();
    expect(await codes(2)).toEqual([undefined, undefined]);
  });

  test("a rate strikes the same calls for the same seed, others for another, and about as many as it says", async () => {
    const run = async (seed: number) => {
      faults.set({ version: 1, seed, faults: [{ on: "aoss:*", what: "throttle", rate: 0.3 }] });
      return codes(100);
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
    // 30 are expected; four standard deviations are 18.
    const struck = first.filter((code) => code === no).length;
    expect(struck).toBeGreaterThan(12);
    expect(struck).toBeLessThan(48);
  });

  test("a fault strikes the same calls whatever other faults there are", async () => {
    const rate = { on: "aoss:*", what: "throttle", rate: 0.3 } as const;
    set(rate);
    const alone = await codes(30);
    set(rate, { on: "aoss:*", what: "slow", milliseconds: 1, rate: 0.5 });
    expect(await codes(30)).toEqual(alone);
  });

  test("only calls that match are struck", async () => {
    set({ on: "ec2:Describe*", what: "throttle" });
    expect((await createGroup("apps")).status).toBe(200);
    expect((await listEndpoints()).status).toBe(200);
    expect((await describeGroups()).code).toBe("RequestLimitExceeded");
  });
});

test("the log names a call whose connection was reset, with status 0", async () => {
  set({ on: "ec2:DescribeSecurityGroups", what: "reset-before" });
  await expect(describeGroups()).rejects.toThrow();
  expect(aws.sandbox.calls()).toMatchObject([{ operation: "DescribeSecurityGroups", status: 0 }]);
});

test("what was refused once is done when it is asked again", async () => {
  set({ on: "*", what: "error", times: 1 });
  expect((await listEndpoints()).status).toBe(500);
  await newGroup(aws, "apps");
  await newEndpoint(aws, "apps");
  expect(groupNames()).toEqual(["apps"]);
});
