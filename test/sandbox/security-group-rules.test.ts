import { https, itemsOf, type Json, newGroup, otherVpcId, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
let groupId = "";

beforeEach(async () => {
  groupId = await newGroup(aws, "apps");
});

const allow = (parameters: Record<string, string | number>) =>
  aws.ec2("AuthorizeSecurityGroupIngress", { GroupId: groupId, ...parameters });
const allowCidr = (cidr: string) => allow(https({ "IpRanges.1.CidrIp": cidr }));
const ingress = () => aws.sandbox.contents().securityGroupRules.filter((rule) => !rule.isEgress);
const ruleIdOf = (body: Json): string =>
  String(itemsOf(body, "securityGroupRuleSet")[0]?.["securityGroupRuleId"]);

describe("allowing", () => {
  test.each([
    ["an IPv4 block", { "IpRanges.1.CidrIp": "10.0.0.0/16" }, { cidrIpv4: "10.0.0.0/16" }],
    ["an IPv6 block", { "Ipv6Ranges.1.CidrIpv6": "2001:db8::/56" }, { cidrIpv6: "2001:db8::/56" }],
    [
      "a prefix list",
      { "PrefixListIds.1.PrefixListId": "pl-0123456789abcdef0" },
      { prefixListId: "pl-0123456789abcdef0" },
    ],
    [
      "a group from elsewhere",
      { "Groups.1.GroupId": "sg-0123456789abcdef0" },
      { referencedGroupInfo: { groupId: "sg-0123456789abcdef0", userId: "123456789012" } },
    ],
  ])("%s comes back as a rule with an id, description and tags", async (_what, source, shown) => {
    const [list] = Object.keys(source)[0]?.split(".") ?? [];
    const made = await allow({
      ...https({ ...source, [`${list}.1.Description`]: "apps" }),
      "TagSpecification.1.ResourceType": "security-group-rule",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": "apps",
    });
    expect(made.status).toBe(200);
    const described = await aws.ec2("DescribeSecurityGroupRules", {
      "SecurityGroupRuleId.1": ruleIdOf(made.body),
    });
    expect(itemsOf(described.body, "securityGroupRuleSet")).toEqual([
      expect.objectContaining({
        securityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
        groupId,
        isEgress: "false",
        ipProtocol: "tcp",
        fromPort: "443",
        toPort: "443",
        description: "apps",
        tagSet: { item: [{ key: "Name", value: "apps" }] },
        ...shown,
      }),
    ]);
  });

  test("the same rule twice is refused in AWS's words, and host bits do not make it another", async () => {
    await allowCidr("10.0.0.0/16");
    const refusal = {
      status: 400,
      code: "InvalidPermission.Duplicate",
      message:
        'the specified rule "peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists',
    };
    expect(await allowCidr("10.0.0.0/16")).toMatchObject(refusal);
    expect(await allowCidr("10.0.7.9/16")).toMatchObject(refusal);
    expect(ingress()).toHaveLength(1);
  });

  test("the same source twice in one request is refused, and nothing of the request is kept", async () => {
    expect(
      await allow(https({ "IpRanges.1.CidrIp": "10.0.0.0/16", "IpRanges.2.CidrIp": "10.0.0.0/16" })),
    ).toMatchObject({
      code: "InvalidParameterValue",
      message: "The same permission must not appear multiple times",
    });
    expect(ingress()).toEqual([]);
  });

  test.each(["10.0.0.0/33", "10.0.0.300/16", "10.0.0.0", "010.0.0.0/8", "10.0.0.0/", "::/0", "any"])(
    "the CIDR block %s is refused",
    async (cidr) => {
      expect(await allowCidr(cidr)).toMatchObject({
        status: 400,
        code: "InvalidParameterValue",
        message: `CIDR block ${cidr} is malformed`,
      });
    },
  );

  test.each(["::/129", "10.0.0.0/8", "fe80::1%eth0/64"])("the IPv6 block %s is refused", async (cidr) => {
    expect(await allow(https({ "Ipv6Ranges.1.CidrIpv6": cidr }))).toMatchObject({
      code: "InvalidParameterValue",
    });
  });

  test("a referenced group has to exist and to be of the same VPC", async () => {
    const reference = (id: string) => allow(https({ "Groups.1.GroupId": id }));
    const gone = await newGroup(aws, "gone");
    await aws.ec2("DeleteSecurityGroup", { GroupId: gone });
    expect(await reference(gone)).toMatchObject({
      code: "InvalidGroup.NotFound",
      message: `The security group '${gone}' does not exist`,
    });
    expect(await reference(await newGroup(aws, "far", otherVpcId))).toMatchObject({
      code: "InvalidGroup.NotFound",
      message: "You have specified two resources that belong to different networks.",
    });
    expect(await reference(await newGroup(aws, "apps", otherVpcId, "eu-west-1"))).toMatchObject({
      code: "InvalidGroup.NotFound",
    });
    expect(await reference("apps")).toMatchObject({ code: "InvalidGroupId.Malformed" });
  });

  test("a group of this account is not found in another account, and not revoked from there", async () => {
    const GroupId = await newGroup(aws, "batch");
    const of = (UserId: string) => https({ "Groups.1.GroupId": GroupId, "Groups.1.UserId": UserId });
    expect(await allow(of("210987654321"))).toMatchObject({
      status: 400,
      code: "InvalidGroup.NotFound",
      message: `The security group '${GroupId}' does not exist`,
    });
    expect(await allow(of("123456789012"))).toMatchObject({ status: 200 });
    const revoke = (UserId: string) =>
      aws.ec2("RevokeSecurityGroupIngress", { GroupId: groupId, ...of(UserId) });
    expect(await revoke("210987654321")).toMatchObject({ code: "InvalidPermission.NotFound" });
    expect(await revoke("123456789012")).toMatchObject({ status: 200 });
  });

  const cidr = { "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/16" };
  test.each<[string, Record<string, string | number>, string]>([
    ["no source", https({}), "MissingParameter"],
    ["no permission", {}, "MissingParameter"],
    ["no protocol", cidr, "MissingParameter"],
    ["an unknown protocol", { ...cidr, "IpPermissions.1.IpProtocol": "tcpp" }, "InvalidParameterValue"],
    ["TCP without ports", { ...cidr, "IpPermissions.1.IpProtocol": "tcp" }, "InvalidParameterValue"],
    [
      "ports the wrong way round",
      { ...https({}), ...cidr, "IpPermissions.1.ToPort": 80 },
      "InvalidParameterValue",
    ],
    [
      "a port over 65535",
      { ...https({}), ...cidr, "IpPermissions.1.ToPort": 70_000 },
      "InvalidParameterValue",
    ],
    [
      "a port that is no number",
      { ...https({}), ...cidr, "IpPermissions.1.ToPort": "https" },
      "InvalidParameterValue",
    ],
    [
      "a prefix list id in another form",
      https({ "PrefixListIds.1.PrefixListId": "pl-x" }),
      "InvalidPrefixListID.Malformed",
    ],
    [
      "a description outside EC2's characters",
      https({ "IpRanges.1.CidrIp": "10.0.0.0/16", "IpRanges.1.Description": "apps’" }),
      "InvalidParameterValue",
    ],
    [
      "a group that does not exist",
      { ...https({}), ...cidr, GroupId: "sg-0123456789abcdef0" },
      "InvalidGroup.NotFound",
    ],
  ])("refused: %s", async (_what, parameters, code) => {
    expect(await allow(parameters)).toMatchObject({ status: 400, code });
    expect(ingress()).toEqual([]);
  });

  test("protocol 6 is TCP, and every protocol has no ports", async () => {
    await allow({ ...https({}), "IpPermissions.1.IpProtocol": 6, ...cidr });
    await allow({ "IpPermissions.1.IpProtocol": -1, ...cidr });
    expect(ingress()).toMatchObject([
      { protocol: "tcp", fromPort: 443, toPort: 443 },
      { protocol: "-1", fromPort: -1, toPort: -1 },
    ]);
    expect(await allow({ "IpPermissions.1.IpProtocol": -1, ...cidr })).toMatchObject({
      message: 'the specified rule "peer: 10.0.0.0/16, ALL, ALLOW" already exists',
    });
  });

  test("the 61st rule of a family is refused, the other family still has room", async () => {
    for (let index = 0; index < 60; index += 1) {
      expect((await allowCidr(`10.${index}.0.0/16`)).status).toBe(200);
    }
    expect(await allowCidr("10.60.0.0/16")).toMatchObject({ code: "RulesPerSecurityGroupLimitExceeded" });
    expect((await allow(https({ "Ipv6Ranges.1.CidrIpv6": "2001:db8::/56" }))).status).toBe(200);
  });
});

describe("revoking", () => {
  test("the default egress rule goes by its permission, and once only", async () => {
    const revoke = (source: Record<string, string>) =>
      aws.ec2("RevokeSecurityGroupEgress", {
        GroupId: groupId,
        "IpPermissions.1.IpProtocol": -1,
        ...source,
      });
    const everywhere = { "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" };
    const refusal = {
      code: "InvalidPermission.NotFound",
      message: "The specified rule does not exist in this security group.",
    };
    expect(await revoke({ "IpPermissions.1.Ipv6Ranges.1.CidrIpv6": "::/0" })).toMatchObject(refusal);
    expect((await revoke(everywhere)).status).toBe(200);
    expect(await revoke(everywhere)).toMatchObject(refusal);
    expect(aws.sandbox.contents().securityGroupRules).toEqual([]);
  });

  test("a rule goes by its id, from its own direction only", async () => {
    const id = ruleIdOf((await allowCidr("10.0.0.0/16")).body);
    const parameters = { GroupId: groupId, "SecurityGroupRuleId.1": id };
    expect(await aws.ec2("RevokeSecurityGroupEgress", parameters)).toMatchObject({
      code: "InvalidSecurityGroupRuleId.NotFound",
      message: `The security group rule ID '${id}' does not exist`,
    });
    expect((await aws.ec2("RevokeSecurityGroupIngress", parameters)).status).toBe(200);
    expect(await aws.ec2("DescribeSecurityGroupRules", { "SecurityGroupRuleId.1": id })).toMatchObject({
      code: "InvalidSecurityGroupRuleId.NotFound",
    });
  });

  test("nothing is revoked if one of the rules does not exist", async () => {
    await allowCidr("10.0.0.0/16");
    await aws.ec2("RevokeSecurityGroupIngress", {
      GroupId: groupId,
      ...https({ "IpRanges.1.CidrIp": "10.0.0.0/16", "IpRanges.2.CidrIp": "10.1.0.0/16" }),
    });
    expect(ingress()).toHaveLength(1);
  });

  test("a revoke that names no rule is refused", async () => {
    expect(await aws.ec2("RevokeSecurityGroupIngress", { GroupId: groupId })).toMatchObject({
      code: "MissingParameter",
    });
  });
});

test("rules for egress are apart from those for ingress", async () => {
  const parameters = { GroupId: groupId, ...https({ "IpRanges.1.CidrIp": "10.0.0.0/16" }) };
  expect((await aws.ec2("AuthorizeSecurityGroupIngress", parameters)).status).toBe(200);
  expect((await aws.ec2("AuthorizeSecurityGroupEgress", parameters)).status).toBe(200);
  const described = await aws.ec2("DescribeSecurityGroupRules", {
    "Filter.1.Name": "group-id",
    "Filter.1.Value.1": groupId,
  });
  expect(
    itemsOf(described.body, "securityGroupRuleSet")
      .map((rule) => rule["isEgress"])
      .sort(),
  ).toEqual(["false", "true", "true"]);
});

describe("modifying", () => {
  const modify = (id: string, rule: Record<string, string | number>) =>
    aws.ec2("ModifySecurityGroupRules", {
      GroupId: groupId,
      "SecurityGroupRule.1.SecurityGroupRuleId": id,
      ...Object.fromEntries(
        Object.entries({ IpProtocol: "tcp", FromPort: 443, ToPort: 443, ...rule }).map(([name, value]) => [
          `SecurityGroupRule.1.SecurityGroupRule.${name}`,
          value,
        ]),
      ),
    });

  test("a rule keeps its id and gets another block, port and description", async () => {
    const id = ruleIdOf((await allowCidr("10.0.0.0/16")).body);
    expect((await modify(id, { CidrIpv4: "10.2.0.0/16", ToPort: 444, Description: "batch" })).status).toBe(
      200,
    );
    expect(ingress()).toMatchObject([{ id, source: "10.2.0.0/16", toPort: 444, description: "batch" }]);
  });

  test("a rule cannot become the same as another", async () => {
    await allowCidr("10.0.0.0/16");
    const id = ruleIdOf((await allowCidr("10.1.0.0/16")).body);
    expect(await modify(id, { CidrIpv4: "10.0.0.0/16" })).toMatchObject({
      code: "InvalidPermission.Duplicate",
    });
    expect((await modify(id, { CidrIpv4: "10.1.0.0/16", Description: "only this" })).status).toBe(200);
  });

  test.each<[string, Record<string, string>, string]>([
    ["another kind of source", { CidrIpv6: "2001:db8::/56" }, "InvalidParameterCombination"],
    ["two sources", { CidrIpv4: "10.0.0.0/8", CidrIpv6: "::/0" }, "InvalidParameterCombination"],
    ["no source", {}, "InvalidParameterCombination"],
    ["an invalid block", { CidrIpv4: "10.0.0.0/40" }, "InvalidParameterValue"],
  ])("refused: %s", async (_what, rule, code) => {
    const id = ruleIdOf((await allowCidr("10.0.0.0/16")).body);
    expect(await modify(id, rule)).toMatchObject({ status: 400, code });
    expect(ingress()).toMatchObject([{ id, source: "10.0.0.0/16" }]);
  });

  test("a rule that does not exist is not found", async () => {
    expect(await modify("sgr-0123456789abcdef0", { CidrIpv4: "10.0.0.0/16" })).toMatchObject({
      code: "InvalidSecurityGroupRuleId.NotFound",
    });
  });
});
