import { FaultSwitch } from "../../sandbox";
import {
  itemsOf,
  type Json,
  newEndpoint,
  newGroup,
  otherVpcId,
  sandboxForEachTest,
  subnetId,
  vpcId,
} from "./raw-aws";

const hex = (index: number): string => index.toString(16).padStart(17, "0");
const subnets = (count: number): string[] => Array.from({ length: count }, (_, index) => subnetId(index + 1));
const create = { name: "apps", vpcId, subnetIds: [subnetId(1)] };

describe("creating", () => {
  const aws = sandboxForEachTest();

  test("answers id, name and status, and no more", async () => {
    const { status, body } = await aws.json("CreateVpcEndpoint", create);
    expect(status).toBe(200);
    expect(body).toEqual({
      createVpcEndpointDetail: {
        id: expect.stringMatching(/^vpce-[0-9a-f]{17}$/),
        name: "apps",
        status: "PENDING",
      },
    });
  });

  test("a second endpoint in the same VPC is refused in AWS's words", async () => {
    await newEndpoint(aws, "apps");
    expect(await aws.json("CreateVpcEndpoint", { ...create, name: "batch" })).toMatchObject({
      status: 400,
      code: "ConflictException",
      message: `Failed to create a VpcEndpoint batch for AccountId 123456789012 :: There is already a VpcEndpoint exist under VpcId ${vpcId}`,
    });
  });

  test("a name that is taken is refused", async () => {
    await newEndpoint(aws, "apps");
    expect(
      await aws.json("CreateVpcEndpoint", { name: "apps", vpcId: otherVpcId, subnetIds: [subnetId(2)] }),
    ).toMatchObject({ code: "ConflictException", message: expect.stringContaining("apps") });
  });

  test("six subnets are taken, a seventh is refused", async () => {
    expect(await aws.json("CreateVpcEndpoint", { ...create, subnetIds: subnets(7) })).toMatchObject({
      code: "ValidationException",
      message: expect.stringContaining("at 'subnetIds'"),
    });
    expect((await aws.json("CreateVpcEndpoint", { ...create, subnetIds: subnets(6) })).status).toBe(200);
  });

  test.each([
    ["a subnet named twice", { subnetIds: [subnetId(1), subnetId(1)] }],
    ["a VPC id that EC2 cannot have given out", { vpcId: "vpc-apps" }],
    ["a group id that EC2 cannot have given out", { securityGroupIds: ["apps"] }],
  ])("refused: %s", async (_what, change) => {
    expect(await aws.json("CreateVpcEndpoint", { ...create, ...change })).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
    expect(aws.sandbox.contents().vpcEndpoints).toEqual([]);
  });

  test("a subnet stays in the VPC where it was first seen", async () => {
    await newEndpoint(aws, "apps");
    expect(
      await aws.json("CreateVpcEndpoint", { name: "batch", vpcId: otherVpcId, subnetIds: [subnetId(1)] }),
    ).toMatchObject({
      code: "ValidationException",
      message: `${subnetId(1)} belongs to ${vpcId}, not to ${otherVpcId}`,
    });
  });

  test("a group of another VPC and a group that was deleted are refused, one from elsewhere is taken", async () => {
    const attach = (groupId: string) =>
      aws.json("CreateVpcEndpoint", { ...create, securityGroupIds: [groupId] });
    expect(await attach(await newGroup(aws, "other", otherVpcId))).toMatchObject({
      code: "ValidationException",
      message: expect.stringContaining(otherVpcId),
    });
    const gone = await newGroup(aws, "gone");
    await aws.ec2("DeleteSecurityGroup", { GroupId: gone });
    expect(await attach(gone)).toMatchObject({
      code: "ValidationException",
      message: `The security group '${gone}' does not exist`,
    });
    expect((await attach("sg-0123456789abcdef0")).status).toBe(200);
  });

  test("without a group, the endpoint has the VPC's default group, always the same", async () => {
    const groupsOf = async (): Promise<unknown> => {
      const id = await newEndpoint(aws, "apps");
      const { body } = await aws.json("BatchGetVpcEndpoint", { ids: [id] });
      await aws.json("DeleteVpcEndpoint", { id });
      await aws.json("ListVpcEndpoints", {});
      return (body["vpcEndpointDetails"] as Json[])[0]?.["securityGroupIds"];
    };
    const first = await groupsOf();
    expect(first).toEqual([expect.stringMatching(/^sg-[0-9a-f]{17}$/)]);
    expect(await groupsOf()).toEqual(first);
  });

  test("the 51st endpoint is refused for the quota", async () => {
    const nth = (index: number) =>
      aws.json("CreateVpcEndpoint", {
        name: `apps-${index}`,
        vpcId: `vpc-${hex(index)}`,
        subnetIds: [`subnet-${hex(index)}`],
      });
    for (let index = 1; index <= 50; index += 1) expect((await nth(index)).status).toBe(200);
    const refused = await nth(51);
    expect(refused).toMatchObject({ status: 400, code: "ServiceQuotaExceededException" });
    expect(refused.body["serviceCode"]).toBe("aoss");
  });

  test("a repeated request with its client token gets the first answer, another request with it is refused", async () => {
    const first = await aws.json("CreateVpcEndpoint", { ...create, clientToken: "t1" });
    const again = await aws.json("CreateVpcEndpoint", { ...create, clientToken: "t1" });
    expect(again.body).toEqual(first.body);
    expect(aws.sandbox.contents().vpcEndpoints).toHaveLength(1);
    expect(
      await aws.json("CreateVpcEndpoint", { ...create, name: "batch", clientToken: "t1" }),
    ).toMatchObject({ code: "ConflictException" });
  });
});

describe("reading", () => {
  const aws = sandboxForEachTest();

  test("an endpoint comes back with VPC, subnets and groups, an unknown id in the error details", async () => {
    const groupId = await newGroup(aws, "apps");
    const id = await newEndpoint(aws, "apps", vpcId, { securityGroupIds: [groupId] });
    const { status, body } = await aws.json("BatchGetVpcEndpoint", { ids: [id, "vpce-0"] });
    expect(status).toBe(200);
    expect(body).toEqual({
      vpcEndpointDetails: [
        {
          id,
          name: "apps",
          status: "ACTIVE",
          vpcId,
          subnetIds: [subnetId(1)],
          securityGroupIds: [groupId],
          createdDate: expect.any(Number),
        },
      ],
      vpcEndpointErrorDetails: [
        { id: "vpce-0", errorCode: expect.any(String), errorMessage: expect.any(String) },
      ],
    });
  });

  test("EC2 shows the endpoint and its network interfaces", async () => {
    const groupId = await newGroup(aws, "apps");
    const id = await newEndpoint(aws, "apps", vpcId, { subnetIds: subnets(2), securityGroupIds: [groupId] });
    const endpoints = await aws.ec2("DescribeVpcEndpoints", { "VpcEndpointId.1": id });
    const [endpoint] = itemsOf(endpoints.body, "vpcEndpointSet");
    expect(endpoint).toMatchObject({
      vpcEndpointId: id,
      vpcEndpointType: "Interface",
      state: "available",
      vpcId,
      subnetIdSet: { item: subnets(2) },
      groupSet: { item: [{ groupId, groupName: "apps" }] },
    });
    const interfaces = await aws.ec2("DescribeNetworkInterfaces", {
      "Filter.1.Name": "group-id",
      "Filter.1.Value.1": groupId,
    });
    expect(itemsOf(interfaces.body, "networkInterfaceSet").map((each) => each["subnetId"])).toEqual(
      subnets(2),
    );
  });

  test("EC2 refuses an endpoint id that does not exist", async () => {
    expect(await aws.ec2("DescribeVpcEndpoints", { "VpcEndpointId.1": `vpce-${hex(1)}` })).toMatchObject({
      code: "InvalidVpcEndpointId.NotFound",
      message: `The Vpc Endpoint Id 'vpce-${hex(1)}' does not exist`,
    });
  });

  test("endpoints are listed by status and page by page", async () => {
    for (const index of [1, 2, 3]) {
      await newEndpoint(aws, `apps-${index}`, `vpc-${hex(index)}`, { subnetIds: [`subnet-${hex(index)}`] });
    }
    const names: unknown[] = [];
    let nextToken: unknown;
    do {
      const { body } = await aws.json("ListVpcEndpoints", {
        maxResults: 2,
        vpcEndpointFilters: { status: "ACTIVE" },
        ...(nextToken ? { nextToken } : {}),
      });
      const page = body["vpcEndpointSummaries"] as Json[];
      expect(page.length).toBeLessThanOrEqual(2);
      names.push(...page.map((summary) => summary["name"]));
      nextToken = body["nextToken"];
    } while (nextToken);
    expect(names.sort()).toEqual(["apps-1", "apps-2", "apps-3"]);
    const failed = await aws.json("ListVpcEndpoints", { vpcEndpointFilters: { status: "FAILED" } });
    expect(failed.body).toEqual({ vpcEndpointSummaries: [] });
    expect(await aws.json("ListVpcEndpoints", { nextToken: "x" })).toMatchObject({
      code: "ValidationException",
    });
  });
});

describe("updating", () => {
  const aws = sandboxForEachTest();

  test("subnets and groups are added and removed in one call", async () => {
    const groupId = await newGroup(aws, "apps");
    const id = await newEndpoint(aws, "apps", vpcId, {
      subnetIds: subnets(2),
      securityGroupIds: ["sg-0123456789abcdef0"],
    });
    const { status, body } = await aws.json("UpdateVpcEndpoint", {
      id,
      addSubnetIds: [subnetId(3)],
      removeSubnetIds: [subnetId(1)],
      addSecurityGroupIds: [groupId],
      removeSecurityGroupIds: ["sg-0123456789abcdef0"],
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      UpdateVpcEndpointDetail: {
        id,
        name: "apps",
        status: "PENDING",
        subnetIds: [subnetId(2), subnetId(3)],
        securityGroupIds: [groupId],
        lastModifiedDate: expect.any(Number),
      },
    });
  });

  test.each([
    ["the last subnet", { removeSubnetIds: [subnetId(1)] }],
    ["a subnet that is not there", { removeSubnetIds: [subnetId(9)] }],
    ["a subnet that is there already", { addSubnetIds: [subnetId(1)] }],
    ["a subnet twice", { addSubnetIds: [subnetId(2)], removeSubnetIds: [subnetId(1), subnetId(1)] }],
    ["a seventh subnet", { addSubnetIds: subnets(7).slice(1) }],
    ["a sixth group", { addSecurityGroupIds: [1, 2, 3, 4, 5].map((index) => `sg-${hex(index)}`) }],
  ])("refused: %s", async (_what, change) => {
    const id = await newEndpoint(aws, "apps");
    expect(await aws.json("UpdateVpcEndpoint", { id, ...change })).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
    expect(aws.sandbox.contents().vpcEndpoints).toMatchObject([
      { subnetIds: [subnetId(1)], status: "ACTIVE" },
    ]);
  });

  test("an endpoint that does not exist is a ValidationException, the model knows no other", async () => {
    expect(await aws.json("UpdateVpcEndpoint", { id: "vpce-0" })).toMatchObject({
      code: "ValidationException",
    });
  });
});

describe("status", () => {
  const aws = sandboxForEachTest(500);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 320));
  const statusOf = () => aws.sandbox.contents().vpcEndpoints[0]?.status;

  test("PENDING becomes ACTIVE, DELETING becomes nothing, and neither can be changed meanwhile", async () => {
    const id = await newEndpoint(aws, "apps");
    expect(statusOf()).toBe("PENDING");
    expect(await aws.json("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] })).toMatchObject({
      code: "ConflictException",
    });
    expect(await aws.json("DeleteVpcEndpoint", { id })).toMatchObject({ code: "ConflictException" });
    await settled();
    expect(statusOf()).toBe("ACTIVE");

    expect((await aws.json("DeleteVpcEndpoint", { id })).body).toEqual({
      deleteVpcEndpointDetail: { id, name: "apps", status: "DELETING" },
    });
    expect(await aws.json("DeleteVpcEndpoint", { id })).toMatchObject({ code: "ConflictException" });
    expect(await aws.json("CreateVpcEndpoint", { ...create, name: "next" })).toMatchObject({
      code: "ConflictException",
    });
    await settled();
    expect(statusOf()).toBeUndefined();
    expect(await aws.json("DeleteVpcEndpoint", { id })).toMatchObject({
      status: 400,
      code: "ResourceNotFoundException",
    });
  });
});

describe("an endpoint that failed", () => {
  const fault = {
    on: "aoss:CreateVpcEndpoint",
    what: "endpoint-fails",
    code: "NETWORK",
    message: "no addresses left",
  };
  const faults = new FaultSwitch({ version: 1, faults: [fault] });
  const aws = sandboxForEachTest(undefined, { faults });

  test("says why in its details, cannot be updated, and can be deleted", async () => {
    const id = await newEndpoint(aws, "apps");
    const { body } = await aws.json("BatchGetVpcEndpoint", { ids: [id] });
    expect(body["vpcEndpointDetails"]).toMatchObject([
      { id, status: "FAILED", failureCode: "NETWORK", failureMessage: "no addresses left" },
    ]);
    expect(await aws.json("UpdateVpcEndpoint", { id, addSubnetIds: [subnetId(2)] })).toMatchObject({
      code: "ConflictException",
    });
    expect((await aws.json("DeleteVpcEndpoint", { id })).status).toBe(200);
    expect(aws.sandbox.contents().vpcEndpoints).toEqual([]);
  });
});
