import { itemsOf, type Json, newEndpoint, newGroup, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const service = "com.amazonaws.us-east-1.aoss-data";
let vpcId = "";
let subnets: readonly string[] = [];

const idOf = (body: Json, of: string, name: string): string => String((body[of] as Json)[name]);

beforeEach(async () => {
  vpcId = idOf((await aws.ec2("CreateVpc", { CidrBlock: "10.40.0.0/16" })).body, "vpc", "vpcId");
  await aws.ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": true });
  const made = [];
  for (const [index, zone] of ["a", "b", "a"].entries()) {
    made.push(
      await aws.ec2("CreateSubnet", {
        VpcId: vpcId,
        CidrBlock: `10.40.${index}.0/24`,
        AvailabilityZone: `us-east-1${zone}`,
      }),
    );
  }
  subnets = made.map(({ body }) => idOf(body, "subnet", "subnetId"));
});

const create = (parameters: Record<string, string | boolean> = {}) =>
  aws.ec2("CreateVpcEndpoint", {
    VpcId: vpcId,
    VpcEndpointType: "Interface",
    ServiceName: service,
    "SubnetId.1": subnets[0] ?? "",
    ...parameters,
  });
const allowPolicy = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});
const endpointId = ({ body }: { body: Json }): string => idOf(body, "vpcEndpoint", "vpcEndpointId");
const described = async (id: string) =>
  itemsOf((await aws.ec2("DescribeVpcEndpoints", { "VpcEndpointId.1": id })).body, "vpcEndpointSet")[0];

describe("creating", () => {
  test("an endpoint becomes available, with the default group, an interface and private names", async () => {
    const made = await create();
    expect(made.body["vpcEndpoint"]).toMatchObject({ state: "pending", serviceName: service, vpcId });
    const id = endpointId(made);
    const endpoint = await described(id);
    expect(endpoint).toMatchObject({
      state: "available",
      vpcEndpointType: "Interface",
      privateDnsEnabled: "true",
      requesterManaged: "false",
      ipAddressType: "ipv4",
      subnetIdSet: { item: [subnets[0]] },
      groupSet: { item: [{ groupName: "default" }] },
    });
    const names = itemsOf(endpoint ?? {}, "dnsEntrySet").map((entry) => entry["dnsName"]);
    expect(names).toEqual([
      expect.stringMatching(
        new RegExp(`^${id}-[0-9a-f]{8}\\.aoss-data\\.us-east-1\\.vpce\\.amazonaws\\.com$`),
      ),
      expect.stringMatching(/-us-east-1a\.aoss-data\.us-east-1\.vpce\.amazonaws\.com$/),
      "*.aoss.us-east-1.on.aws",
      "*.aoss-fips.us-east-1.on.aws",
    ]);
    const interfaces = await aws.ec2("DescribeNetworkInterfaces", {
      "Filter.1.Name": "subnet-id",
      "Filter.1.Value.1": subnets[0] ?? "",
    });
    expect(itemsOf(interfaces.body, "networkInterfaceSet")).toMatchObject([
      {
        description: `VPC Endpoint Interface ${id}`,
        privateIpAddress: expect.stringMatching(/^10\.40\.0\.\d+$/),
      },
    ]);
  });

  test("the same client token makes one endpoint, with other parameters it is refused", async () => {
    const one = await create({ ClientToken: "t" });
    expect(endpointId(await create({ ClientToken: "t" }))).toBe(endpointId(one));
    expect(await create({ ClientToken: "t", PrivateDnsEnabled: false })).toMatchObject({
      code: "IdempotentParameterMismatch",
    });
    expect(aws.sandbox.contents().interfaceEndpoints).toHaveLength(1);
  });

  test("private DNS is for one endpoint of each service in a VPC", async () => {
    await create();
    expect(await create({ "SubnetId.1": subnets[1] ?? "" })).toMatchObject({
      code: "InvalidParameter",
      message: `private-dns-enabled cannot be set because there is already a conflicting DNS domain for aoss.us-east-1.on.aws in the VPC ${vpcId}`,
    });
    expect((await create({ PrivateDnsEnabled: false })).status).toBe(200);
    expect((await create({ ServiceName: "com.amazonaws.us-east-1.aoss" })).status).toBe(200);
  });

  test("private DNS needs both DNS attributes of the VPC", async () => {
    await aws.ec2("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": false });
    expect(await create()).toMatchObject({
      code: "InvalidParameter",
      message: `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpcId}`,
    });
  });

  test("a policy has up to 20,480 characters, white space included", async () => {
    expect(await create({ PolicyDocument: allowPolicy.padEnd(20_480) })).toMatchObject({ status: 200 });
  });

  test("two subnets of one zone are refused", async () => {
    expect(await create({ "SubnetId.2": subnets[2] ?? "" })).toMatchObject({
      code: "DuplicateSubnetsInSameZone",
      message: expect.stringContaining(`in the availability zone of ${subnets[2]}`),
    });
  });

  test("a subnet or group of another VPC is refused", async () => {
    const other = idOf((await aws.ec2("CreateVpc", { CidrBlock: "10.50.0.0/16" })).body, "vpc", "vpcId");
    const subnet = await aws.ec2("CreateSubnet", { VpcId: other, CidrBlock: "10.50.0.0/24" });
    expect(await create({ "SubnetId.1": idOf(subnet.body, "subnet", "subnetId") })).toMatchObject({
      code: "InvalidParameter",
    });
    expect(await create({ "SecurityGroupId.1": await newGroup(aws, "other", other) })).toMatchObject({
      code: "InvalidParameter",
      message: "You have specified two resources that belong to different networks.",
    });
  });

  test.each([
    [
      "a service that the sandbox has not",
      { ServiceName: "com.amazonaws.us-east-1.s3" },
      "InvalidServiceName",
    ],
    ["a service of another Region", { ServiceName: "com.amazonaws.eu-west-1.aoss" }, "InvalidServiceName"],
    ["a gateway", { VpcEndpointType: "Gateway" }, "InvalidParameter"],
    ["IPv6 in a subnet without", { IpAddressType: "ipv6" }, "InvalidParameter"],
    ["an unknown address type", { IpAddressType: "ipx" }, "InvalidParameterValue"],
    ["records that the endpoint cannot answer", { "DnsOptions.DnsRecordIpType": "ipv6" }, "InvalidParameter"],
    ["a policy that is not JSON", { PolicyDocument: "{" }, "InvalidPolicyDocument"],
    ["a policy without a statement", { PolicyDocument: "{}" }, "InvalidPolicyDocument"],
    [
      "a policy of more than 20,480 characters",
      { PolicyDocument: allowPolicy.padEnd(20_481) },
      "InvalidPolicyDocument",
    ],
    ["tags for something else", { "TagSpecification.1.ResourceType": "vpc" }, "InvalidParameterValue"],
  ])("refused: %s", async (_what, parameters, code) => {
    expect(await create(parameters)).toMatchObject({ status: 400, code });
    expect(aws.sandbox.contents().interfaceEndpoints).toEqual([]);
  });
});

describe("modifying", () => {
  test("subnets, groups, policy and private DNS change in place", async () => {
    const id = endpointId(await create());
    const group = await newGroup(aws, "apps", vpcId);
    const PolicyDocument = JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    });
    const { securityGroupIds = [] } = aws.sandbox.contents().interfaceEndpoints[0] ?? {};
    expect(
      await aws.ec2("ModifyVpcEndpoint", {
        VpcEndpointId: id,
        "AddSubnetId.1": subnets[1] ?? "",
        "RemoveSubnetId.1": subnets[0] ?? "",
        "AddSecurityGroupId.1": group,
        "RemoveSecurityGroupId.1": securityGroupIds[0] ?? "",
        PrivateDnsEnabled: false,
        PolicyDocument,
      }),
    ).toMatchObject({ status: 200 });
    expect(await described(id)).toMatchObject({
      privateDnsEnabled: "false",
      policyDocument: PolicyDocument,
      subnetIdSet: { item: [subnets[1]] },
      groupSet: { item: [{ groupId: group, groupName: "apps" }] },
    });
    await aws.ec2("ModifyVpcEndpoint", { VpcEndpointId: id, ResetPolicy: true });
    expect((await described(id))?.["policyDocument"]).toContain('"Allow"');
  });

  test("a refused change leaves everything as it was", async () => {
    const id = endpointId(await create());
    const before = aws.sandbox.contents().interfaceEndpoints;
    const refused = (parameters: Record<string, string>) =>
      aws.ec2("ModifyVpcEndpoint", { VpcEndpointId: id, ...parameters });
    expect(await refused({ "AddSubnetId.1": subnets[2] ?? "" })).toMatchObject({
      code: "DuplicateSubnetsInSameZone",
    });
    expect(await refused({ "RemoveSubnetId.1": subnets[1] ?? "" })).toMatchObject({
      code: "InvalidParameterValue",
    });
    expect(await refused({ "RemoveSecurityGroupId.1": before[0]?.securityGroupIds[0] ?? "" })).toMatchObject({
      code: "InvalidParameter",
    });
    expect(aws.sandbox.contents().interfaceEndpoints).toEqual(before);
  });

  test("of a managed endpoint EC2 changes the policy and nothing else", async () => {
    const id = await newEndpoint(aws, "apps", vpcId, { subnetIds: [subnets[0] ?? ""] });
    const PolicyDocument = JSON.stringify({
      Statement: { Effect: "Allow", Principal: "*", Action: "aoss:APIAccessAll", Resource: "*" },
    });
    expect(await aws.ec2("ModifyVpcEndpoint", { VpcEndpointId: id, PolicyDocument })).toMatchObject({
      status: 200,
    });
    expect(await described(id)).toMatchObject({ policyDocument: PolicyDocument, requesterManaged: "true" });
    expect(
      await aws.ec2("ModifyVpcEndpoint", { VpcEndpointId: id, "AddSubnetId.1": subnets[1] ?? "" }),
    ).toMatchObject({ code: "InvalidParameter" });
  });
});

describe("deleting", () => {
  const remove = (...ids: readonly string[]) =>
    aws.ec2(
      "DeleteVpcEndpoints",
      Object.fromEntries(ids.map((id, index) => [`VpcEndpointId.${index + 1}`, id])),
    );

  test("what can be deleted is, what cannot comes back with the reason", async () => {
    const id = endpointId(await create());
    const managed = await newEndpoint(aws, "apps", vpcId, { subnetIds: [subnets[1] ?? ""] });
    const missing = "vpce-0123456789abcdef0";
    const answer = await remove(id, managed, missing);
    expect(itemsOf(answer.body, "unsuccessful")).toMatchObject([
      { resourceId: managed, error: { code: "InvalidParameter" } },
      {
        resourceId: missing,
        error: {
          code: "InvalidVpcEndpointId.NotFound",
          message: `The Vpc Endpoint Id '${missing}' does not exist`,
        },
      },
    ]);
    expect(aws.sandbox.contents()).toMatchObject({ interfaceEndpoints: [], vpcEndpoints: [{ id: managed }] });
  });

  test("its group is in use until it is gone", async () => {
    const group = await newGroup(aws, "apps", vpcId);
    const id = endpointId(await create({ "SecurityGroupId.1": group }));
    expect(await aws.ec2("DeleteSecurityGroup", { GroupId: group })).toMatchObject({
      code: "DependencyViolation",
    });
    await remove(id);
    expect(await aws.ec2("DeleteSecurityGroup", { GroupId: group })).toMatchObject({ status: 200 });
  });
});

test("the services are described, by name or all", async () => {
  const all = await aws.ec2("DescribeVpcEndpointServices");
  expect((all.body["serviceNameSet"] as Json)["item"]).toEqual([service, "com.amazonaws.us-east-1.aoss"]);
  const one = await aws.ec2("DescribeVpcEndpointServices", { "ServiceName.1": service });
  expect(itemsOf(one.body, "serviceDetailSet")).toMatchObject([
    { owner: "amazon", privateDnsName: "*.aoss.us-east-1.on.aws", vpcEndpointPolicySupported: "true" },
  ]);
  expect(
    await aws.ec2("DescribeVpcEndpointServices", { "ServiceName.1": "com.amazonaws.us-east-1.s3" }),
  ).toMatchObject({ code: "InvalidServiceName" });
});
