import type { SandboxOptions } from "../../sandbox";
import { AwsError } from "../../sandbox/protocol/aws-error";
import { itemsOf, type Json, sandboxForEachTest } from "./raw-aws";

const vpcs = {
  own: "vpc-0000000000000000a",
  other: "vpc-0000000000000000b",
  shared: "vpc-0000000000000000c",
  noSupport: "vpc-0000000000000000d",
  noHostnames: "vpc-0000000000000000e",
};
const subnetA = "subnet-000000000000000a1";
const subnetB = "subnet-000000000000000b1";
const secondSubnetA = "subnet-000000000000000a2";
const subnetOf = (vpc: keyof typeof vpcs) => `subnet-0000000000000000${vpcs[vpc].slice(-1)}`;
const group = "sg-0000000000000000a";
const otherGroup = "sg-0000000000000000b";

const oneSubnet = (vpc: keyof typeof vpcs) => ({
  cidr: "10.1.0.0/16",
  subnets: { [subnetOf(vpc)]: { zone: "a", cidr: "10.1.0.0/24" } },
});
const world: SandboxOptions["world"] = {
  version: 1,
  accounts: {
    "123456789012": {
      regions: {
        "us-east-1": {
          vpcs: {
            [vpcs.own]: {
              cidr: "10.0.0.0/16",
              subnets: {
                [subnetA]: { zone: "a", cidr: "10.0.0.0/24" },
                [secondSubnetA]: { zone: "a", cidr: "10.0.1.0/24" },
                [subnetB]: { zone: "b", cidr: "10.0.2.0/24" },
              },
              securityGroups: { [group]: { name: "apps" } },
            },
            [vpcs.other]: { ...oneSubnet("other"), securityGroups: { [otherGroup]: { name: "batch" } } },
            [vpcs.shared]: { ...oneSubnet("shared"), owner: "210987654321" },
            [vpcs.noSupport]: { ...oneSubnet("noSupport"), dnsSupport: false },
            [vpcs.noHostnames]: { ...oneSubnet("noHostnames"), dnsHostnames: false },
          },
        },
      },
    },
  },
};

const create = { name: "apps", vpcId: vpcs.own, subnetIds: [subnetA], securityGroupIds: [group] };

describe("in a closed world", () => {
  const aws = sandboxForEachTest(undefined, { world, openWorld: false });
  const made = async (more: Json = {}) => {
    const { body } = await aws.json("CreateVpcEndpoint", { ...create, ...more });
    return String((body["createVpcEndpointDetail"] as Json)["id"]);
  };

  test("an endpoint stands in subnets of different Availability Zones of one VPC", async () => {
    await made({ subnetIds: [subnetA, subnetB] });
    expect(aws.sandbox.contents().vpcEndpoints).toMatchObject([
      { vpcId: vpcs.own, subnetIds: [subnetA, subnetB], securityGroupIds: [group], status: "ACTIVE" },
    ]);
  });

  test("without a group it has the default group of the VPC, which EC2 shows", async () => {
    const id = await made({ securityGroupIds: undefined });
    const { body } = await aws.json("BatchGetVpcEndpoint", { ids: [id] });
    const [detail] = body["vpcEndpointDetails"] as Json[];
    expect(detail?.["securityGroupIds"]).toEqual([expect.stringMatching(/^sg-[0-9a-f]{17}$/)]);
    const shown = await aws.ec2("DescribeSecurityGroups", {
      "GroupId.1": String(detail?.["securityGroupIds"]),
    });
    expect(itemsOf(shown.body, "securityGroupInfo")).toMatchObject([
      { groupName: "default", vpcId: vpcs.own },
    ]);
  });

  const missing = "0123456789abcdef0";
  test.each([
    ["a VPC that does not exist", { vpcId: `vpc-${missing}` }, `The vpc ID 'vpc-${missing}' does not exist`],
    [
      "a subnet that does not exist",
      { subnetIds: [subnetA, `subnet-${missing}`] },
      `The subnet ID 'subnet-${missing}' does not exist`,
    ],
    [
      "a group that does not exist",
      { securityGroupIds: [`sg-${missing}`] },
      `The security group 'sg-${missing}' does not exist`,
    ],
    [
      "a subnet of another VPC",
      { subnetIds: [subnetA, subnetOf("other")] },
      `${subnetOf("other")} belongs to ${vpcs.other}, not to ${vpcs.own}`,
    ],
    [
      "a group of another VPC",
      { securityGroupIds: [otherGroup] },
      `${otherGroup} belongs to ${vpcs.other}, not to ${vpcs.own}`,
    ],
    ["two subnets in one Availability Zone", { subnetIds: [subnetA, secondSubnetA] }, "us-east-1a"],
    [
      "a VPC that another account shares",
      { vpcId: vpcs.shared, subnetIds: [subnetOf("shared")] },
      "210987654321",
    ],
    [
      "a VPC without DNS support",
      { vpcId: vpcs.noSupport, subnetIds: [subnetOf("noSupport")] },
      "enableDnsSupport",
    ],
    [
      "a VPC without DNS host names",
      { vpcId: vpcs.noHostnames, subnetIds: [subnetOf("noHostnames")] },
      "enableDnsHostnames",
    ],
  ])("refused: %s", async (_what, change, message) => {
    const request = { ...create, securityGroupIds: undefined, ...change };
    expect(await aws.json("CreateVpcEndpoint", request)).toMatchObject({
      status: 400,
      code: "ValidationException",
      message: expect.stringContaining(message),
    });
    expect(aws.sandbox.contents().vpcEndpoints).toEqual([]);
  });

  test.each([
    ["a subnet in a zone that the endpoint is in already", { addSubnetIds: [secondSubnetA] }],
    ["a subnet of another VPC", { addSubnetIds: [subnetOf("other")] }],
    ["a subnet that does not exist", { addSubnetIds: [`subnet-${missing}`] }],
    ["a group that does not exist", { addSecurityGroupIds: [`sg-${missing}`] }],
  ])("an update is refused: %s", async (_what, change) => {
    const id = await made();
    expect(await aws.json("UpdateVpcEndpoint", { id, ...change })).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
    expect(aws.sandbox.contents().vpcEndpoints).toMatchObject([{ subnetIds: [subnetA] }]);
  });

  test("a subnet may take the place of another in its zone in one update", async () => {
    const id = await made();
    const change = { addSubnetIds: [secondSubnetA], removeSubnetIds: [subnetA] };
    expect((await aws.json("UpdateVpcEndpoint", { id, ...change })).status).toBe(200);
    expect(aws.sandbox.contents().vpcEndpoints).toMatchObject([{ subnetIds: [secondSubnetA] }]);
  });
});

/** From the developer guide's list for private access, in IAM's spelling; the split among the three is ours. */
const actionsOf = {
  CreateVpcEndpoint: [
    "aoss:CreateVpcEndpoint",
    "ec2:CreateTags",
    "ec2:CreateVpcEndpoint",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcs",
    "route53:AssociateVPCWithHostedZone",
    "route53:ChangeResourceRecordSets",
    "route53:CreateHostedZone",
    "route53:GetChange",
    "route53:ListHostedZonesByName",
    "route53:ListHostedZonesByVPC",
  ],
  UpdateVpcEndpoint: [
    "aoss:UpdateVpcEndpoint",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcEndpoints",
    "ec2:ModifyVpcEndpoint",
  ],
  DeleteVpcEndpoint: [
    "aoss:DeleteVpcEndpoint",
    "ec2:DeleteVpcEndpoints",
    "ec2:DescribeVpcEndpoints",
    "route53:ChangeResourceRecordSets",
    "route53:DeleteHostedZone",
    "route53:GetChange",
    "route53:GetHostedZone",
    "route53:ListResourceRecordSets",
  ],
} as const;

describe("permissions", () => {
  const denied = new Set<string>();
  beforeEach(() => denied.clear());
  const aws = sandboxForEachTest(undefined, {
    world,
    openWorld: false,
    identity: {
      require(action) {
        if (denied.has(action)) throw new AwsError("AccessDeniedException", action, 403);
      },
    },
  });

  async function run(operation: keyof typeof actionsOf, id: string | undefined) {
    const request = operation === "CreateVpcEndpoint" ? create : { id };
    return aws.json(operation, request);
  }

  test.each(["CreateVpcEndpoint", "UpdateVpcEndpoint", "DeleteVpcEndpoint"] as const)(
    "%s needs every action that AWS calls in the caller's name; each one denied leaves everything as it was",
    async (operation) => {
      if (operation !== "CreateVpcEndpoint") await aws.json("CreateVpcEndpoint", create);
      const before = aws.sandbox.contents().vpcEndpoints;
      for (const action of actionsOf[operation]) {
        denied.add(action);
        expect(await run(operation, before[0]?.id)).toMatchObject({
          status: 403,
          code: "AccessDeniedException",
          message: action,
        });
        denied.clear();
        expect(aws.sandbox.contents().vpcEndpoints).toEqual(before);
      }
      expect((await run(operation, before[0]?.id)).status).toBe(200);
      expect([...(aws.sandbox.calls().at(-1)?.actions ?? [])].sort()).toEqual(actionsOf[operation]);
    },
  );
});
