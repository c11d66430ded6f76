import { https, itemsOf, type Json, newEndpoint, newGroup, sandboxForEachTest, vpcId } from "./raw-aws";

const aws = sandboxForEachTest();

async function newVpc(parameters: Record<string, string | boolean> = {}): Promise<string> {
  const made = await aws.ec2("CreateVpc", { CidrBlock: "10.40.0.0/16", ...parameters });
  return String((made.body["vpc"] as Json)["vpcId"]);
}

const vpcsOf = async (parameters: Record<string, string>) =>
  itemsOf((await aws.ec2("DescribeVpcs", parameters)).body, "vpcSet");
const inVpc = (id: string) => ({ "Filter.1.Name": "vpc-id", "Filter.1.Value.1": id });

describe("creating", () => {
  test("a VPC comes with DNS support, without DNS hostnames, and with its defaults", async () => {
    const id = await newVpc();
    expect(await vpcsOf({ "VpcId.1": id })).toMatchObject([
      {
        vpcId: id,
        state: "available",
        cidrBlock: "10.40.0.0/16",
        ownerId: "123456789012",
        isDefault: "false",
      },
    ]);
    const attribute = async (name: string) =>
      ((await aws.ec2("DescribeVpcAttribute", { VpcId: id, Attribute: name })).body[name] as Json)["value"];
    expect(await attribute("enableDnsSupport")).toBe("true");
    expect(await attribute("enableDnsHostnames")).toBe("false");
    const tables = await aws.ec2("DescribeRouteTables", {
      ...inVpc(id),
      "Filter.2.Name": "association.main",
      "Filter.2.Value.1": "true",
    });
    expect(itemsOf(tables.body, "routeTableSet")).toHaveLength(1);
    const acls = await aws.ec2("DescribeNetworkAcls", inVpc(id));
    expect(itemsOf(acls.body, "networkAclSet")).toMatchObject([{ default: "true", vpcId: id }]);
  });

  test("its default group lets its members reach each other and everything go out", async () => {
    const id = await newVpc();
    const groups = itemsOf((await aws.ec2("DescribeSecurityGroups", inVpc(id))).body, "securityGroupInfo");
    expect(groups).toMatchObject([
      {
        groupName: "default",
        ipPermissions: {
          item: [
            {
              ipProtocol: "-1",
              groups: { item: [{ groupId: groups[0]?.["groupId"], userId: "123456789012" }] },
            },
          ],
        },
        ipPermissionsEgress: { item: [{ ipProtocol: "-1", ipRanges: { item: [{ cidrIp: "0.0.0.0/0" }] } }] },
      },
    ]);
    expect(await aws.ec2("DeleteSecurityGroup", { GroupId: String(groups[0]?.["groupId"]) })).toMatchObject({
      code: "CannotDelete",
    });
    expect(aws.sandbox.contents()).toMatchObject({ securityGroups: [], securityGroupRules: [] });
  });

  test("a block of Amazon's is a /56, and a new group then lets IPv6 out too", async () => {
    const id = await newVpc({ AmazonProvidedIpv6CidrBlock: true });
    const [vpc] = await vpcsOf({ "VpcId.1": id });
    expect(vpc?.["ipv6CidrBlockAssociationSet"]).toMatchObject({
      item: [{ ipv6CidrBlock: expect.stringMatching(/^2001:db8:.*::\/56$/), ipv6Pool: "Amazon" }],
    });
    const group = await newGroup(aws, "apps", id);
    const rules = aws.sandbox.contents().securityGroupRules.filter((rule) => rule.securityGroupId === group);
    expect(rules.map(({ source }) => source)).toEqual(["0.0.0.0/0", "::/0"]);
  });

  test("host bits are cleared", async () => {
    const id = await newVpc({ CidrBlock: "10.40.7.9/16" });
    expect(await vpcsOf({ "VpcId.1": id })).toMatchObject([{ cidrBlock: "10.40.0.0/16" }]);
  });

  test.each([
    ["no CIDR block", {}, "MissingParameter"],
    ["a word for a CIDR block", { CidrBlock: "wide" }, "InvalidParameterValue"],
    ["a block larger than /16", { CidrBlock: "10.0.0.0/15" }, "InvalidVpc.Range"],
    ["a block smaller than /28", { CidrBlock: "10.0.0.0/29" }, "InvalidVpc.Range"],
    ["an unknown tenancy", { CidrBlock: "10.0.0.0/16", InstanceTenancy: "shared" }, "InvalidParameterValue"],
    ["an IPAM pool", { CidrBlock: "10.0.0.0/16", Ipv4IpamPoolId: "ipam-pool-1" }, "UnknownParameter"],
  ])("refused: %s", async (_what, parameters, code) => {
    expect(await aws.ec2("CreateVpc", parameters)).toMatchObject({ status: 400, code });
    expect(aws.sandbox.contents().vpcs).toEqual([]);
  });

  test("a dry run makes nothing", async () => {
    expect(await aws.ec2("CreateVpc", { CidrBlock: "10.40.0.0/16", DryRun: true })).toMatchObject({
      code: "DryRunOperation",
    });
    expect(aws.sandbox.contents().vpcs).toEqual([]);
  });
});

describe("attributes", () => {
  test("change one at a time", async () => {
    const id = await newVpc();
    const modify = (parameters: Record<string, string | boolean>) =>
      aws.ec2("ModifyVpcAttribute", { VpcId: id, ...parameters });
    expect(await modify({ "EnableDnsHostnames.Value": true })).toMatchObject({ status: 200 });
    expect(aws.sandbox.contents().vpcs).toMatchObject([{ enableDnsHostnames: true }]);
    expect(
      await modify({ "EnableDnsHostnames.Value": false, "EnableDnsSupport.Value": false }),
    ).toMatchObject({ code: "InvalidParameterCombination" });
    expect(await modify({})).toMatchObject({ code: "MissingParameter" });
    expect(await aws.ec2("DescribeVpcAttribute", { VpcId: id, Attribute: "colour" })).toMatchObject({
      code: "InvalidParameterValue",
    });
  });

  test("an IPv6 block comes and goes", async () => {
    const id = await newVpc();
    const made = await aws.ec2("AssociateVpcCidrBlock", { VpcId: id, AmazonProvidedIpv6CidrBlock: true });
    const association = made.body["ipv6CidrBlockAssociation"] as Json;
    expect(association).toMatchObject({ ipv6CidrBlockState: { state: "associating" } });
    expect(
      await aws.ec2("AssociateVpcCidrBlock", { VpcId: id, AmazonProvidedIpv6CidrBlock: true }),
    ).toMatchObject({ code: "CidrLimitExceeded" });
    const AssociationId = String(association["associationId"]);
    expect(await aws.ec2("DisassociateVpcCidrBlock", { AssociationId })).toMatchObject({ status: 200 });
    expect(aws.sandbox.contents().vpcs.map(({ ipv6CidrBlock }) => ipv6CidrBlock)).toEqual([undefined]);
    expect(await aws.ec2("DisassociateVpcCidrBlock", { AssociationId })).toMatchObject({
      code: "InvalidVpcCidrBlockAssociationID.NotFound",
    });
  });
});

describe("describing", () => {
  test("a VPC that does not exist is refused in AWS's words", async () => {
    expect(await aws.ec2("DescribeVpcs", { "VpcId.1": vpcId })).toMatchObject({
      status: 400,
      code: "InvalidVpcID.NotFound",
      message: `The vpc ID '${vpcId}' does not exist`,
    });
    expect(await aws.ec2("DescribeVpcs", { "VpcId.1": "vpc-x" })).toMatchObject({
      code: "InvalidVpcId.Malformed",
    });
  });

  test("filters and tags narrow", async () => {
    const id = await newVpc({
      "TagSpecification.1.ResourceType": "vpc",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": "apps",
    });
    await newVpc({ CidrBlock: "10.50.0.0/16" });
    const found = async (name: string, value: string) =>
      (await vpcsOf({ "Filter.1.Name": name, "Filter.1.Value.1": value })).map((vpc) => vpc["vpcId"]);
    expect(await found("tag:Name", "apps")).toEqual([id]);
    expect(await found("cidr", "10.40.*")).toEqual([id]);
    expect(await found("is-default", "true")).toEqual([]);
  });
});

describe("deleting", () => {
  const remove = (id: string) => aws.ec2("DeleteVpc", { VpcId: id });

  test("takes the defaults along, and the id is gone for good", async () => {
    const id = await newVpc();
    expect(await remove(id)).toMatchObject({ status: 200 });
    expect(await remove(id)).toMatchObject({ code: "InvalidVpcID.NotFound" });
    expect(itemsOf((await aws.ec2("DescribeSecurityGroups", inVpc(id))).body, "securityGroupInfo")).toEqual(
      [],
    );
    expect(
      await aws.ec2("CreateSecurityGroup", { GroupName: "a", GroupDescription: "a", VpcId: id }),
    ).toMatchObject({ code: "InvalidVpcID.NotFound" });
  });

  test.each([
    ["a group", (id: string) => newGroup(aws, "apps", id)],
    ["a subnet", (id: string) => aws.ec2("CreateSubnet", { VpcId: id, CidrBlock: "10.40.0.0/24" })],
    [
      "an endpoint that OpenSearch Serverless manages",
      async (id: string) => {
        await aws.ec2("ModifyVpcAttribute", { VpcId: id, "EnableDnsHostnames.Value": true });
        return newEndpoint(aws, "apps", id);
      },
    ],
    [
      "an interface endpoint",
      (id: string) =>
        aws.ec2("CreateVpcEndpoint", {
          VpcId: id,
          VpcEndpointType: "Interface",
          ServiceName: "com.amazonaws.us-east-1.aoss",
          PrivateDnsEnabled: false,
        }),
    ],
  ])("is refused while it holds %s", async (_what, fill) => {
    const id = await newVpc();
    await fill(id);
    expect(await remove(id)).toMatchObject({
      status: 400,
      code: "DependencyViolation",
      message: `The vpc '${id}' has dependencies and cannot be deleted.`,
    });
  });

  test("rules that name the default group keep no VPC", async () => {
    const id = await newVpc();
    const groups = itemsOf((await aws.ec2("DescribeSecurityGroups", inVpc(id))).body, "securityGroupInfo");
    const GroupId = String(groups[0]?.["groupId"]);
    await aws.ec2("AuthorizeSecurityGroupIngress", { GroupId, ...https({ "Groups.1.GroupId": GroupId }) });
    expect(await remove(id)).toMatchObject({ status: 200 });
    expect(aws.sandbox.contents().securityGroupRules).toEqual([]);
  });
});
