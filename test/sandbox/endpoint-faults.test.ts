import { setTimeout } from "node:timers/promises";
import { FaultSwitch, type FaultsFile } from "../../sandbox";
import { type Json, newEndpoint, sandboxForEachTest, subnetId, vpcId } from "./raw-aws";

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
