import { itemsOf, type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
let vpcId = "";
let ipv6Block = "";

beforeEach(async () => {
  const made = await aws.ec2("CreateVpc", { CidrBlock: "10.40.0.0/16", AmazonProvidedIpv6CidrBlock: true });
  const vpc = made.body["vpc"] as Json;
  vpcId = String(vpc["vpcId"]);
  await aws.ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": true });
  ipv6Block = String(itemsOf(vpc, "ipv6CidrBlockAssociationSet")[0]?.["ipv6CidrBlock"]);
});

const create = (parameters: Record<string, string | boolean>) =>
  aws.ec2("CreateSubnet", { VpcId: vpcId, ...parameters });
const subnetOf = ({ body }: { body: Json }): Json => body["subnet"] as Json;
const ipv6Subnet = () => ipv6Block.replace("/56", "/64");

test("a subnet lies in the zone that was asked for, with five addresses taken", async () => {
  const made = subnetOf(await create({ CidrBlock: "10.40.0.0/24", AvailabilityZone: "us-east-1d" }));
  expect(made).toMatchObject({
    vpcId,
    cidrBlock: "10.40.0.0/24",
    availabilityZone: "us-east-1d",
    availabilityZoneId: "use1-az4",
    availableIpAddressCount: "251",
    ipv6Native: "false",
    mapPublicIpOnLaunch: "false",
  });
  const byZone = subnetOf(await create({ CidrBlock: "10.40.1.0/24", AvailabilityZoneId: "use1-az2" }));
  expect(byZone["availabilityZone"]).toBe("us-east-1b");
});

test("a subnet may be IPv6 only", async () => {
  const made = subnetOf(await create({ Ipv6Native: true, Ipv6CidrBlock: ipv6Subnet() }));
  expect(made).toMatchObject({ ipv6Native: "true", assignIpv6AddressOnCreation: "true" });
  expect(made).not.toHaveProperty("cidrBlock");
});

test.each([
  [
    "a VPC that does not exist",
    { VpcId: "vpc-0123456789abcdef0", CidrBlock: "10.40.0.0/24" },
    200,
    undefined,
  ],
  ["no block", {}, 400, "MissingParameter"],
  ["a block outside of the VPC", { CidrBlock: "10.41.0.0/24" }, 400, "InvalidSubnet.Range"],
  ["a block larger than the VPC", { CidrBlock: "10.40.0.0/15" }, 400, "InvalidSubnet.Range"],
  ["a block smaller than /28", { CidrBlock: "10.40.0.0/29" }, 400, "InvalidSubnet.Range"],
  ["a block that overlaps", { CidrBlock: "10.40.128.0/25" }, 400, "InvalidSubnet.Conflict"],
  ["no block at all", { CidrBlock: "10.40.0.0" }, 400, "InvalidParameterValue"],
  [
    "an IPv6 block outside",
    { CidrBlock: "10.40.0.0/24", Ipv6CidrBlock: "2001:db9::/64" },
    400,
    "InvalidSubnet.Range",
  ],
  [
    "a zone of another Region",
    { CidrBlock: "10.40.0.0/24", AvailabilityZone: "eu-west-1a" },
    400,
    "InvalidParameterValue",
  ],
  [
    "IPv4 in an IPv6-only subnet",
    { CidrBlock: "10.40.0.0/24", Ipv6Native: true },
    400,
    "InvalidParameterCombination",
  ],
])("in an open world, %s: %#", async (_what, parameters, status, code) => {
  await create({ CidrBlock: "10.40.128.0/20" });
  expect(await create(parameters)).toMatchObject({ status, code });
  expect(aws.sandbox.contents().subnets).toHaveLength(status === 200 ? 2 : 1);
});

test("attributes change, IPv6 ones only with IPv6", async () => {
  const SubnetId = String(subnetOf(await create({ CidrBlock: "10.40.0.0/24" }))["subnetId"]);
  const modify = (name: string) => aws.ec2("ModifySubnetAttribute", { SubnetId, [`${name}.Value`]: true });
  expect(await modify("MapPublicIpOnLaunch")).toMatchObject({ status: 200 });
  expect(await modify("AssignIpv6AddressOnCreation")).toMatchObject({ code: "InvalidParameterValue" });
  const made = await aws.ec2("AssociateSubnetCidrBlock", { SubnetId, Ipv6CidrBlock: ipv6Subnet() });
  expect(made.status).toBe(200);
  expect(await modify("AssignIpv6AddressOnCreation")).toMatchObject({ status: 200 });
  const described = await aws.ec2("DescribeSubnets", { "SubnetId.1": SubnetId });
  expect(itemsOf(described.body, "subnetSet")).toMatchObject([
    { mapPublicIpOnLaunch: "true", assignIpv6AddressOnCreation: "true" },
  ]);
  const AssociationId = String((made.body["ipv6CidrBlockAssociation"] as Json)["associationId"]);
  expect(await aws.ec2("DisassociateSubnetCidrBlock", { AssociationId })).toMatchObject({ status: 200 });
  expect(aws.sandbox.contents().subnets.map(({ ipv6CidrBlock }) => ipv6CidrBlock)).toEqual([undefined]);
});

test("subnets are found by VPC, zone and tag; one that does not exist is refused", async () => {
  await create({ CidrBlock: "10.40.0.0/24", AvailabilityZone: "us-east-1a" });
  await create({
    CidrBlock: "10.40.1.0/24",
    AvailabilityZone: "us-east-1b",
    "TagSpecification.1.ResourceType": "subnet",
    "TagSpecification.1.Tag.1.Key": "tier",
    "TagSpecification.1.Tag.1.Value": "private",
  });
  const count = async (name: string, value: string) =>
    itemsOf(
      (await aws.ec2("DescribeSubnets", { "Filter.1.Name": name, "Filter.1.Value.1": value })).body,
      "subnetSet",
    ).length;
  expect(await count("vpc-id", vpcId)).toBe(2);
  expect(await count("availability-zone", "us-east-1b")).toBe(1);
  expect(await count("tag:tier", "private")).toBe(1);
  expect(await aws.ec2("DescribeSubnets", { "SubnetId.1": "subnet-0123456789abcdef0" })).toMatchObject({
    code: "InvalidSubnetID.NotFound",
    message: "The subnet ID 'subnet-0123456789abcdef0' does not exist",
  });
});

test("a subnet is not deleted while an endpoint of either kind has an interface in it", async () => {
  const SubnetId = String(subnetOf(await create({ CidrBlock: "10.40.0.0/24" }))["subnetId"]);
  const remove = () => aws.ec2("DeleteSubnet", { SubnetId });
  const dependency = {
    code: "DependencyViolation",
    message: `The subnet '${SubnetId}' has dependencies and cannot be deleted.`,
  };
  const made = await aws.json("CreateVpcEndpoint", { name: "apps", vpcId, subnetIds: [SubnetId] });
  expect(await remove()).toMatchObject(dependency);
  const detail = made.body["createVpcEndpointDetail"] as Json;
  await aws.json("DeleteVpcEndpoint", { id: String(detail["id"]) });
  const ordinary = await aws.ec2("CreateVpcEndpoint", {
    VpcId: vpcId,
    VpcEndpointType: "Interface",
    ServiceName: "com.amazonaws.us-east-1.aoss-data",
    PrivateDnsEnabled: false,
    "SubnetId.1": SubnetId,
  });
  expect(await remove()).toMatchObject(dependency);
  const id = String((ordinary.body["vpcEndpoint"] as Json)["vpcEndpointId"]);
  await aws.ec2("DeleteVpcEndpoints", { "VpcEndpointId.1": id });
  expect(await remove()).toMatchObject({ status: 200 });
  expect(await remove()).toMatchObject({ code: "InvalidSubnetID.NotFound" });
});

test("zones of a Region are listed, with their ids", async () => {
  const listed = await aws.ec2("DescribeAvailabilityZones", {}, "eu-central-1");
  expect(
    itemsOf(listed.body, "availabilityZoneInfo").map((zone) => [zone["zoneName"], zone["zoneId"]]),
  ).toEqual([
    ["eu-central-1a", "euc1-az1"],
    ["eu-central-1b", "euc1-az2"],
    ["eu-central-1c", "euc1-az3"],
  ]);
  const tokyo = await aws.ec2(
    "DescribeAvailabilityZones",
    { "ZoneName.1": "ap-northeast-1a" },
    "ap-northeast-1",
  );
  expect(itemsOf(tokyo.body, "availabilityZoneInfo")).toMatchObject([{ zoneId: "apne1-az1" }]);
  expect(await aws.ec2("DescribeAvailabilityZones", { "ZoneName.1": "us-east-1z" })).toMatchObject({
    code: "InvalidParameterValue",
  });
});
