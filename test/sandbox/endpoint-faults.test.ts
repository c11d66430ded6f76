import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { FaultSwitch, type FaultsFile, type Sandbox, startSandbox } from "../../sandbox";
import { contentsNow } from "../../sandbox/state/contents";
import type { WorldState } from "../../sandbox/state/state";
import { parseState } from "../../sandbox/state/state-text";
import {
  authorization,
  type Json,
  newEndpoint,
  otherVpcId,
  postTo,
  sandboxForEachTest,
  subnetId,
  vpcId,
} from "./raw-aws";

const faults = new FaultSwitch();
const aws = sandboxForEachTest(undefined, { faults });
afterEach(() => faults.clear());

const set = (...list: FaultsFile["faults"]) => faults.set({ version: 1, seed: 1, faults: list });
const fails = {
  on: "aoss:CreateVpcEndpoint",
  what: "endpoint-fails",
  code: "SUBNET_FULL",
  message: "no free address",
} as const;

async function detail(id: string): Promise<Json> {
  const answer = await aws.json("BatchGetVpcEndpoint", { ids: [id] });
  return (answer.body["vpcEndpointDetails"] as Json[])[0] ?? {};
}

/** What is asked of an endpoint once it has settled. */
const failure = { status: "FAILED", failureCode: "SUBNET_FULL", failureMessage: "no free address" };

describe("endpoint-fails", () => {
  test("a new endpoint goes FAILED with the code and the message, for OpenSearch Serverless and for EC2", async () => {
    set(fails);
    const made = await aws.json("CreateVpcEndpoint", { name: "apps", vpcId, subnetIds: [subnetId(1)] });
    expect(made.body).toMatchObject({ createVpcEndpointDetail: { status: "PENDING" } });
    const { id } = made.body["createVpcEndpointDetail"] as { id: string };
    expect(await detail(id)).toMatchObject(failure);
    const described = await aws.ec2("DescribeVpcEndpoints", { "VpcEndpointId.1": id });
    expect(JSON.stringify(described.body)).toContain('"state":"failed"');
  });

  test("it says nothing of a failure before it has failed", async () => {
    set(fails, { on: "aoss:CreateVpcEndpoint", what: "endpoint-pending" });
    const id = await newEndpoint(aws, "apps");
    const pending = await detail(id);
    expect(pending["status"]).toBe("PENDING");
    expect(pending).not.toHaveProperty("failureCode");
    faults.clear();
    expect(await detail(id)).toMatchObject(failure);
  });

  test("it cannot be updated, it can be deleted, and the next one in its place is well", async () => {
    set({ ...fails, times: 1 });
    const id = await newEndpoint(aws, "apps");
    await detail(id);
    expect(await aws.json("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] })).toMatchObject({
      code: "ConflictException",
    });
    expect((await aws.json("DeleteVpcEndpoint", { id })).status).toBe(200);
    expect(await detail(id)).toEqual({});
    expect(await detail(await newEndpoint(aws, "apps"))).toMatchObject({ status: "ACTIVE" });
  });

  test("an endpoint that is being updated goes FAILED", async () => {
    set({ ...fails, on: "aoss:UpdateVpcEndpoint" });
    const id = await newEndpoint(aws, "apps");
    expect(await detail(id)).toMatchObject({ status: "ACTIVE" });
    await aws.json("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] });
    expect(await detail(id)).toMatchObject(failure);
  });
});

describe("endpoint-pending", () => {
  const pending = { on: "aoss:*", what: "endpoint-pending" } as const;

  test("an endpoint stays PENDING until the fault is lifted", async () => {
    set(pending);
    const id = await newEndpoint(aws, "apps");
    await setTimeout(30);
    expect(await detail(id)).toMatchObject({ status: "PENDING" });
    expect(await aws.json("DeleteVpcEndpoint", { id })).toMatchObject({ code: "ConflictException" });
    faults.clear();
    expect(await detail(id)).toMatchObject({ status: "ACTIVE" });
  });

  test("other faults set in its place let it go as well", async () => {
    set(pending);
    const id = await newEndpoint(aws, "apps");
    set({ on: "ec2:*", what: "error" });
    expect(await detail(id)).toMatchObject({ status: "ACTIVE" });
  });

  test("an endpoint stays PENDING for the milliseconds that it says", async () => {
    set({ ...pending, milliseconds: 100 });
    const id = await newEndpoint(aws, "apps");
    expect(await detail(id)).toMatchObject({ status: "PENDING" });
    await setTimeout(110);
    expect(await detail(id)).toMatchObject({ status: "ACTIVE" });
  });

  test("an update stays PENDING", async () => {
    const id = await newEndpoint(aws, "apps");
    await detail(id);
    set(pending);
    await aws.json("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] });
    expect(await detail(id)).toMatchObject({ status: "PENDING", subnetIds: [subnetId(1), subnetId(2)] });
  });
});

describe("an endpoint held PENDING in a state file", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-held-"));
    file = path.join(folder, "state.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const statuses = (world: WorldState) =>
    contentsNow(world, Date.now()).vpcEndpoints.map(({ region, status }) => `${region} ${status}`);

  /** The state that is left of a sandbox in which endpoints were held in two Regions, and `last` was done. */
  async function stateAfter(last: (sandbox: Sandbox) => Promise<void>): Promise<WorldState> {
    const sandbox = await startSandbox({
      state: file,
      faults,
      speed: Number.POSITIVE_INFINITY,
      verifySignatures: false,
      openWorld: true,
    });
    try {
      for (const region of ["us-east-1", "eu-west-1"]) await make(sandbox, region, "apps", 1);
      await last(sandbox);
    } finally {
      await sandbox.close();
    }
    return parseState(readFileSync(file, "utf8"));
  }

  async function make(sandbox: Sandbox, region: string, name: string, index: number): Promise<void> {
    const answer = await postTo(
      sandbox.url,
      {
        authorization: authorization("aoss", region),
        "x-amz-target": "OpenSearchServerless.CreateVpcEndpoint",
      },
      JSON.stringify({
        name,
        vpcId: `vpc-0f1b2c3d4e5f6071${index}`,
        subnetIds: [`subnet-0f1b2c3d4e5f6071${index}`],
      }),
    );
    if (answer.status !== 200) throw new Error(answer.message);
  }

  test("is held by the file alone, and settles in every Region when it is released", async () => {
    set({ on: "aoss:CreateVpcEndpoint", what: "endpoint-pending" });
    const world = await stateAfter(async () => {});
    expect(statuses(world)).toEqual(["us-east-1 PENDING", "eu-west-1 PENDING"]);
    new FaultSwitch().release(world);
    expect(statuses(world)).toEqual(["us-east-1 ACTIVE", "eu-west-1 ACTIVE"]);
  });

  test("is held no longer once the fault was lifted and the state written again", async () => {
    set({ on: "aoss:CreateVpcEndpoint", what: "endpoint-pending" });
    const world = await stateAfter(async (sandbox) => {
      faults.clear();
      await make(sandbox, "us-east-1", "more", 2);
    });
    expect(statuses(world)).toEqual(["us-east-1 ACTIVE", "us-east-1 ACTIVE", "eu-west-1 ACTIVE"]);
  });

  test("is held for no longer than the fault said, if that is said", async () => {
    set({ on: "aoss:CreateVpcEndpoint", what: "endpoint-pending", milliseconds: 3_600_000 });
    const world = await stateAfter(async () => {});
    expect(statuses(world)).toEqual(["us-east-1 PENDING", "eu-west-1 PENDING"]);
    const later = contentsNow(world, Date.now() + 3_600_001).vpcEndpoints;
    expect(later.map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE"]);
  });
});

test("an endpoint that is let go still takes the time that it takes by itself", async () => {
  const slow = await startSandbox({ faults, speed: 1, verifySignatures: false, openWorld: true });
  try {
    set({ on: "aoss:CreateVpcEndpoint", what: "endpoint-pending" });
    await postTo(
      slow.url,
      { authorization: authorization("aoss"), "x-amz-target": "OpenSearchServerless.CreateVpcEndpoint" },
      JSON.stringify({
        name: "apps",
        vpcId: "vpc-0f1b2c3d4e5f60711",
        subnetIds: ["subnet-0f1b2c3d4e5f60711"],
      }),
    );
    faults.clear();
    expect(slow.contents().vpcEndpoints).toMatchObject([{ status: "PENDING" }]);
  } finally {
    await slow.close();
  }
});

describe("a call that is refused", () => {
  test.each([
    ["endpoint-fails", { ...fails, times: 1 }, failure],
    [
      "endpoint-pending",
      { on: "aoss:CreateVpcEndpoint", what: "endpoint-pending", times: 1 },
      { status: "PENDING" },
    ],
  ] as const)("is not struck by %s, which waits for one that is not", async (_what, fault, expected) => {
    await newEndpoint(aws, "first");
    set(fault);
    const second = { name: "second", vpcId, subnetIds: [subnetId(2)] };
    expect((await aws.json("CreateVpcEndpoint", second)).code).toBe("ConflictException");
    expect(faults.strikes()).toEqual([0]);
    const elsewhere = await newEndpoint(aws, "second", otherVpcId, { subnetIds: [subnetId(12)] });
    expect(await detail(elsewhere)).toMatchObject(expected);
    expect(faults.strikes()).toEqual([1]);
  });
});
