import { type Sandbox, startSandbox } from "../../sandbox";
import { authorization } from "./raw-aws";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ verifySignatures: false });
});

afterEach(() => sandbox.close());

/** The code of the refusal, or the status of an answer. */
async function ec2(action: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(sandbox.url, {
    method: "POST",
    headers: { authorization: authorization("ec2", "eu-central-1") },
    body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters }),
  });
  return /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1] ?? String(response.status);
}

const missing = (prefix: string) => `${prefix}-0123456789abcdef0`;
const worldGroup = "sg-0a1b2c3d4e5f60713";
const worldSubnet = "subnet-0a1b2c3d4e5f60711";
const https = {
  "IpPermissions.1.IpProtocol": "tcp",
  "IpPermissions.1.FromPort": "443",
  "IpPermissions.1.ToPort": "443",
};
const endpoint = {
  VpcId: "vpc-0a1b2c3d4e5f60718",
  VpcEndpointType: "Interface",
  ServiceName: "com.amazonaws.eu-central-1.aoss-data",
};

test.each([
  [
    "a group in a VPC",
    "CreateSecurityGroup",
    { GroupName: "a", GroupDescription: "a", VpcId: missing("vpc") },
    "InvalidVpcID.NotFound",
  ],
  [
    "a subnet in a VPC",
    "CreateSubnet",
    { VpcId: missing("vpc"), CidrBlock: "10.0.0.0/24" },
    "InvalidVpcID.NotFound",
  ],
  [
    "an endpoint in a VPC",
    "CreateVpcEndpoint",
    { ...endpoint, VpcId: missing("vpc") },
    "InvalidVpcID.NotFound",
  ],
  [
    "an endpoint in a subnet",
    "CreateVpcEndpoint",
    { ...endpoint, "SubnetId.1": missing("subnet") },
    "InvalidSubnetID.NotFound",
  ],
  [
    "an endpoint with a group",
    "CreateVpcEndpoint",
    { ...endpoint, "SecurityGroupId.1": missing("sg") },
    "InvalidGroup.NotFound",
  ],
  [
    "a rule for a prefix list",
    "AuthorizeSecurityGroupIngress",
    { GroupId: worldGroup, ...https, "IpPermissions.1.PrefixListIds.1.PrefixListId": missing("pl") },
    "InvalidPrefixListID.NotFound",
  ],
  [
    "a rule for a group",
    "AuthorizeSecurityGroupIngress",
    { GroupId: worldGroup, ...https, "IpPermissions.1.Groups.1.GroupId": missing("sg") },
    "InvalidGroup.NotFound",
  ],
])("refused in a closed world, since it does not exist: %s", async (_what, action, parameters, code) => {
  expect(await ec2(action, parameters)).toBe(code);
  expect(Object.values(sandbox.contents()).flat()).toEqual([]);
});

test("what the world gives can be used, and is no content of the sandbox", async () => {
  const list = { "IpPermissions.1.PrefixListIds.1.PrefixListId": "pl-0a1b2c3d4e5f60714" };
  expect(await ec2("AuthorizeSecurityGroupIngress", { GroupId: worldGroup, ...https, ...list })).toBe("200");
  expect(await ec2("CreateVpcEndpoint", { ...endpoint, "SubnetId.1": worldSubnet })).toBe("200");
  expect(await ec2("DeleteSubnet", { SubnetId: worldSubnet })).toBe("DependencyViolation");
  const { vpcs, subnets, prefixLists, securityGroups, securityGroupRules } = sandbox.contents();
  expect([vpcs, subnets, prefixLists, securityGroups]).toEqual([[], [], [], []]);
  expect(securityGroupRules).toMatchObject([{ source: "pl-0a1b2c3d4e5f60714", fromPort: 443 }]);
});

test("the groups of the world have the rules that new groups have", async () => {
  const everything = { "IpPermissions.1.IpProtocol": "-1" };
  const open = { ...everything, "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" };
  expect(await ec2("AuthorizeSecurityGroupEgress", { GroupId: worldGroup, ...open })).toBe(
    "InvalidPermission.Duplicate",
  );
});

test("a prefix list of AWS is not the caller's to change", async () => {
  expect(await ec2("DeleteManagedPrefixList", { PrefixListId: "pl-0a1b2c3d4e5f60714" })).toBe(
    "OperationNotPermitted",
  );
});

test("a VPC that another account shares is its owner's to change", async () => {
  await sandbox.close();
  const vpc = { cidr: "10.0.0.0/16", owner: "210987654321" };
  sandbox = await startSandbox({
    verifySignatures: false,
    world: {
      version: 1,
      accounts: { "123456789012": { regions: { "eu-central-1": { vpcs: { [endpoint.VpcId]: vpc } } } } },
    },
  });
  const { VpcId } = endpoint;
  for (const [action, parameters] of [
    ["DeleteVpc", { VpcId }],
    ["ModifyVpcAttribute", { VpcId, "EnableDnsSupport.Value": "false" }],
    ["CreateSubnet", { VpcId, CidrBlock: "10.0.0.0/24" }],
    ["CreateVpcEndpoint", endpoint],
  ] as const) {
    expect([action, await ec2(action, parameters)]).toEqual([action, "OperationNotPermitted"]);
  }
  expect(await ec2("CreateSecurityGroup", { GroupName: "a", GroupDescription: "a", VpcId })).toBe("200");
});

test("in an open world, what it was not told about can be named, and not be read", async () => {
  await sandbox.close();
  sandbox = await startSandbox({ verifySignatures: false, openWorld: true });
  const [VpcId, subnet, list] = [missing("vpc"), missing("subnet"), missing("pl")];
  const taken = { ...endpoint, VpcId, PrivateDnsEnabled: "false", "SubnetId.1": subnet };
  expect(await ec2("CreateVpcEndpoint", taken)).toBe("200");
  // Its blocks, zones and attributes would be made up.
  for (const [action, parameters, code] of [
    ["DescribeVpcs", { "VpcId.1": VpcId }, "InvalidVpcID.NotFound"],
    ["DescribeVpcAttribute", { VpcId, Attribute: "enableDnsSupport" }, "InvalidVpcID.NotFound"],
    ["ModifyVpcAttribute", { VpcId, "EnableDnsSupport.Value": "true" }, "InvalidVpcID.NotFound"],
    ["DescribeSubnets", { "SubnetId.1": subnet }, "InvalidSubnetID.NotFound"],
    ["DescribeSecurityGroups", { "GroupId.1": missing("sg") }, "InvalidGroup.NotFound"],
    ["DescribeManagedPrefixLists", { "PrefixListId.1": list }, "InvalidPrefixListID.NotFound"],
  ] as const) {
    expect([action, await ec2(action, parameters)]).toEqual([action, code]);
  }
});
