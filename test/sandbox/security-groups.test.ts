import {
  https,
  itemsOf,
  newEndpoint,
  newGroup,
  otherVpcId,
  sandboxForEachTest,
  subnetId,
  vpcId,
} from "./raw-aws";

const aws = sandboxForEachTest();
const create = (parameters: Record<string, string>) =>
  aws.ec2("CreateSecurityGroup", {
    GroupName: "apps",
    GroupDescription: "Apps",
    VpcId: vpcId,
    ...parameters,
  });

describe("creating", () => {
  test("a new group lets nothing in and everything out", async () => {
    const made = await create({
      "TagSpecification.1.ResourceType": "security-group",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": "R&D <apps>",
    });
    expect(made.body["groupId"]).toMatch(/^sg-[0-9a-f]{17}$/);
    const described = await aws.ec2("DescribeSecurityGroups", { "GroupId.1": String(made.body["groupId"]) });
    const [group] = itemsOf(described.body, "securityGroupInfo");
    expect(group).toMatchObject({
      groupName: "apps",
      groupDescription: "Apps",
      vpcId,
      ownerId: "123456789012",
      ipPermissions: "",
      ipPermissionsEgress: { item: [{ ipProtocol: "-1", ipRanges: { item: [{ cidrIp: "0.0.0.0/0" }] } }] },
      tagSet: { item: [{ key: "Name", value: "R&D <apps>" }] },
    });
  });

  test("a name that is taken in the VPC is refused, the same name in another VPC is not", async () => {
    await create({});
    expect(await create({})).toMatchObject({
      code: "InvalidGroup.Duplicate",
      message: `The security group 'apps' already exists for VPC '${vpcId}'`,
    });
    expect((await create({ VpcId: otherVpcId })).status).toBe(200);
  });

  test.each([
    ["a name like an id", { GroupName: "sg-apps" }, "InvalidParameterValue"],
    ["the reserved name", { GroupName: "default" }, "InvalidParameterValue"],
    ["a name of 256 characters", { GroupName: "a".repeat(256) }, "InvalidParameterValue"],
    [
      "a description outside EC2's characters",
      { GroupDescription: "who reaches “it”" },
      "InvalidParameterValue",
    ],
    ["no description", { GroupDescription: "" }, "MissingParameter"],
    ["a VPC id that EC2 cannot have given out", { VpcId: "vpc-apps" }, "InvalidVpcId.Malformed"],
    [
      "tags for something else",
      { "TagSpecification.1.ResourceType": "instance", "TagSpecification.1.Tag.1.Key": "a" },
      "InvalidParameterValue",
    ],
  ])("refused: %s", async (_what, change, code) => {
    expect(await create(change)).toMatchObject({ status: 400, code });
    expect(aws.sandbox.contents().securityGroups).toEqual([]);
  });

  test("a group without a VPC is refused, there is no default VPC", async () => {
    expect(
      await aws.ec2("CreateSecurityGroup", { GroupName: "apps", GroupDescription: "Apps" }),
    ).toMatchObject({ code: "VPCIdNotSpecified" });
  });
});

describe("describing", () => {
  test("a group that does not exist is refused in AWS's words", async () => {
    expect(await aws.ec2("DescribeSecurityGroups", { "GroupId.1": "sg-0123456789abcdef0" })).toMatchObject({
      status: 400,
      code: "InvalidGroup.NotFound",
      message: "The security group 'sg-0123456789abcdef0' does not exist",
    });
    expect(await aws.ec2("DescribeSecurityGroups", { "GroupId.1": "apps" })).toMatchObject({
      code: "InvalidGroupId.Malformed",
    });
  });

  test("filters narrow, wildcards work, an unknown filter is refused", async () => {
    const apps = await newGroup(aws, "apps");
    await newGroup(aws, "apps", otherVpcId);
    await newGroup(aws, "batch");
    await aws.ec2("CreateTags", { "ResourceId.1": apps, "Tag.1.Key": "Team", "Tag.1.Value": "search" });
    const find = async (...filters: [string, string][]) => {
      const parameters = Object.fromEntries(
        filters.flatMap(([name, value], index) => [
          [`Filter.${index + 1}.Name`, name],
          [`Filter.${index + 1}.Value.1`, value],
        ]),
      );
      return aws.ec2("DescribeSecurityGroups", parameters);
    };
    const count = async (...filters: [string, string][]) =>
      itemsOf((await find(...filters)).body, "securityGroupInfo").length;
    expect(await count(["vpc-id", vpcId])).toBe(2);
    expect(await count(["vpc-id", vpcId], ["group-name", "a*s"])).toBe(1);
    expect(await count(["group-name", "a.*"])).toBe(0);
    expect(await count(["tag:Team", "search"])).toBe(1);
    expect(await count(["tag-key", "Team"])).toBe(1);
    expect(await count(["egress.ip-permission.cidr", "0.0.0.0/0"])).toBe(3);
    expect(await find(["colour", "blue"])).toMatchObject({
      code: "InvalidParameterValue",
      message: "The filter 'colour' is invalid",
    });
  });

  test("groups come page by page", async () => {
    for (let index = 0; index < 7; index += 1) await newGroup(aws, `apps-${index}`);
    const first = await aws.ec2("DescribeSecurityGroups", { MaxResults: 5 });
    expect(itemsOf(first.body, "securityGroupInfo")).toHaveLength(5);
    const second = await aws.ec2("DescribeSecurityGroups", {
      MaxResults: 5,
      NextToken: String(first.body["nextToken"]),
    });
    expect(itemsOf(second.body, "securityGroupInfo")).toHaveLength(2);
    expect(second.body).not.toHaveProperty("nextToken");
    expect(await aws.ec2("DescribeSecurityGroups", { MaxResults: 4 })).toMatchObject({
      code: "InvalidParameterValue",
    });
    expect(await aws.ec2("DescribeSecurityGroups", { NextToken: "x" })).toMatchObject({
      code: "InvalidNextToken",
    });
  });
});

describe("deleting", () => {
  const remove = (id: string) => aws.ec2("DeleteSecurityGroup", { GroupId: id });
  const dependency = (id: string) => ({
    status: 400,
    code: "DependencyViolation",
    message: `resource ${id} has a dependent object`,
  });

  test("a group is refused while an endpoint uses it", async () => {
    const id = await newGroup(aws, "apps");
    const endpointId = await newEndpoint(aws, "apps", vpcId, { securityGroupIds: [id] });
    expect(await remove(id)).toMatchObject(dependency(id));
    await aws.json("UpdateVpcEndpoint", {
      id: endpointId,
      addSecurityGroupIds: ["sg-0123456789abcdef0"],
      removeSecurityGroupIds: [id],
      addSubnetIds: [subnetId(2)],
    });
    expect((await remove(id)).status).toBe(200);
  });

  test("a group is refused while a rule of another group references it, not for a rule of its own", async () => {
    const client = await newGroup(aws, "client");
    const apps = await newGroup(aws, "apps");
    const reference = (GroupId: string) =>
      aws.ec2("AuthorizeSecurityGroupIngress", { GroupId, ...https({ "Groups.1.GroupId": client }) });
    await reference(client);
    await reference(apps);
    expect(await remove(client)).toMatchObject(dependency(client));
    expect((await remove(apps)).status).toBe(200);
    expect((await remove(client)).status).toBe(200);
    expect(aws.sandbox.contents().securityGroupRules).toEqual([]);
  });

  test("a group that is gone is not found", async () => {
    const id = await newGroup(aws, "apps");
    await remove(id);
    expect(await remove(id)).toMatchObject({ code: "InvalidGroup.NotFound" });
  });
});

describe("tags", () => {
  const tag = (id: string, key: string, value = "x") =>
    aws.ec2("CreateTags", { "ResourceId.1": id, "Tag.1.Key": key, "Tag.1.Value": value });

  test("are set, overwritten, described and deleted", async () => {
    const id = await newGroup(aws, "apps");
    await tag(id, "Name", "one");
    await tag(id, "Name", "two");
    await tag(id, "Team", "search");
    const described = await aws.ec2("DescribeTags", {
      "Filter.1.Name": "resource-id",
      "Filter.1.Value.1": id,
    });
    expect(itemsOf(described.body, "tagSet")).toEqual([
      { resourceId: id, resourceType: "security-group", key: "Name", value: "two" },
      { resourceId: id, resourceType: "security-group", key: "Team", value: "search" },
    ]);
    await aws.ec2("DeleteTags", { "ResourceId.1": id, "Tag.1.Key": "Name", "Tag.1.Value": "one" });
    expect(aws.sandbox.contents().securityGroups[0]?.tags).toEqual({ Name: "two", Team: "search" });
    await aws.ec2("DeleteTags", { "ResourceId.1": id, "Tag.1.Key": "Name" });
    expect(aws.sandbox.contents().securityGroups[0]?.tags).toEqual({ Team: "search" });
  });

  test("are taken on an endpoint, which has none of its own in OpenSearch Serverless", async () => {
    const id = await newEndpoint(aws, "apps");
    expect((await tag(id, "Name", "apps")).status).toBe(200);
    const endpoints = await aws.ec2("DescribeVpcEndpoints", { "VpcEndpointId.1": id });
    expect(itemsOf(endpoints.body, "vpcEndpointSet")[0]?.["tagSet"]).toEqual({
      item: [{ key: "Name", value: "apps" }],
    });
  });

  test("are refused on what does not exist, when reserved, too long, or too many", async () => {
    const id = await newGroup(aws, "apps");
    expect(await tag("sg-0123456789abcdef0", "Name")).toMatchObject({ code: "InvalidGroup.NotFound" });
    expect(await tag("i-0123456789abcdef0", "Name")).toMatchObject({ code: "InvalidID" });
    expect(await tag(id, "aws:x")).toMatchObject({ code: "InvalidParameterValue" });
    expect(await tag(id, "k".repeat(129))).toMatchObject({ code: "InvalidParameterValue" });
    expect(await tag(id, "k", "v".repeat(257))).toMatchObject({ code: "InvalidParameterValue" });
    for (let index = 0; index < 50; index += 1) expect((await tag(id, `k${index}`)).status).toBe(200);
    expect(await tag(id, "k50")).toMatchObject({ code: "TagLimitExceeded" });
  });
});
