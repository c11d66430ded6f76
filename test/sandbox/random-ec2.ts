import type { Dice } from "./random-from";
import type { KnownIds } from "./random-ids";

export type Parameters = Readonly<Record<string, string>>;

/** Parameters for each action of EC2, as clients send them; the ids are of what is there, or was. */
export function randomEc2(
  { next, below, one }: Dice,
  ids: KnownIds,
): Readonly<Record<string, () => Parameters>> {
  const byte = () => below(256);
  const vpcId = () => ({ VpcId: ids.one("vpc") });
  const subnetId = () => ({ SubnetId: ids.one("subnet") });
  const groupId = () => ({ GroupId: ids.one("sg") });
  const sometimes = (parameters: Parameters): Parameters => (next() < 0.4 ? parameters : {});
  const flag = () => String(next() < 0.5);
  const source = (): Parameters =>
    one<() => Parameters>([
      () => ({ "IpRanges.1.CidrIp": `10.${below(4)}.0.0/16` }),
      () => ({ "Ipv6Ranges.1.CidrIpv6": "2001:db8::/32" }),
      () => ({ "PrefixListIds.1.PrefixListId": ids.one("pl") }),
      () => ({ "Groups.1.GroupId": ids.one("sg") }),
    ])();
  const below1 = (prefix: string, parameters: Parameters): Parameters =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`${prefix}.1.${name}`, value]));
  const port = () => String(one([443, 443, 9200, below(70_000)]));
  const rule = (): Parameters => {
    const FromPort = port();
    return below1("IpPermissions", { IpProtocol: "tcp", FromPort, ToPort: FromPort, ...source() });
  };
  /** A rule that is there, or was, with its group. */
  const existingRule = () => {
    const rule = ids.one("rule");
    return {
      id: /sgr-[0-9a-f]+/.exec(rule)?.[0] ?? ids.one("sgr"),
      group: { GroupId: /sg-[0-9a-f]+/.exec(rule)?.[0] ?? ids.one("sg") },
      isEgress: rule.endsWith("true"),
    };
  };
  const revoked = (isEgress: boolean): Parameters => {
    const known = existingRule();
    if (known.isEgress === isEgress && next() < 0.8)
      return { ...known.group, "SecurityGroupRuleId.1": known.id };
    const everything = { IpProtocol: "-1", "IpRanges.1.CidrIp": "0.0.0.0/0" };
    return { ...groupId(), ...(next() < 0.5 ? below1("IpPermissions", everything) : rule()) };
  };
  const tags = (type: string): Parameters =>
    sometimes({
      "TagSpecification.1.ResourceType": type,
      "TagSpecification.1.Tag.1.Key": `key-${below(9)}`,
      "TagSpecification.1.Tag.1.Value": "v",
    });
  const tagged = (): Parameters => ({
    "ResourceId.1": ids.one(one(["vpc", "subnet", "sg", "sgr", "pl", "vpce"] as const)),
    "Tag.1.Key": `key-${below(9)}`,
  });
  const attribute = (...names: readonly string[]): Parameters => ({ [`${one(names)}.Value`]: flag() });
  const selected = (parameter: string, id: string, filter: string): Parameters =>
    one<Parameters>([
      {},
      { [`${parameter}.1`]: id },
      { "Filter.1.Name": filter, "Filter.1.Value.1": id },
      { MaxResults: String(5 + below(20)) },
    ]);
  const token = () => sometimes({ ClientToken: `token-${below(500)}` });

  return {
    AssociateSubnetCidrBlock: () => ({
      ...subnetId(),
      Ipv6CidrBlock: `${ids.one("vpcIpv6").replace(/00$/, "")}${byte().toString(16).padStart(2, "0")}::/64`,
    }),
    AssociateVpcCidrBlock: () => ({ ...vpcId(), AmazonProvidedIpv6CidrBlock: "true" }),
    AuthorizeSecurityGroupEgress: () => ({ ...groupId(), ...rule() }),
    AuthorizeSecurityGroupIngress: () => ({ ...groupId(), ...rule() }),
    CreateManagedPrefixList: () => ({
      PrefixListName: `list-${below(30)}`,
      AddressFamily: "IPv4",
      MaxEntries: String(1 + below(9)),
      "Entry.1.Cidr": `10.${byte()}.0.0/16`,
      ...tags("prefix-list"),
      ...token(),
    }),
    CreateSecurityGroup: () => ({
      GroupName: `group-${below(60)}`,
      GroupDescription: "a group",
      ...vpcId(),
      ...tags("security-group"),
    }),
    CreateSubnet: () => ({
      ...vpcId(),
      CidrBlock: `10.${20 + 10 * below(3)}.${64 + below(192)}.0/24`,
      ...tags("subnet"),
    }),
    CreateTags: () => ({ ...tagged(), "Tag.1.Value": "v" }),
    CreateVpc: () => ({ CidrBlock: `10.${20 + 10 * below(3)}.0.0/16`, ...tags("vpc") }),
    CreateVpcEndpoint: () => ({
      ...one<() => Parameters>([
        () => ({ ...vpcId(), "SubnetId.1": ids.one("subnet") }),
        () => ({ VpcId: "vpc-0a1b2c3d4e5f60718", "SubnetId.1": `subnet-0a1b2c3d4e5f6071${1 + below(4)}` }),
      ])(),
      ServiceName: "com.amazonaws.us-east-1.aoss-data",
      VpcEndpointType: "Interface",
      PrivateDnsEnabled: flag(),
      ...tags("vpc-endpoint"),
      ...token(),
    }),
    DeleteManagedPrefixList: () => ({ PrefixListId: ids.one("pl") }),
    DeleteSecurityGroup: groupId,
    DeleteSubnet: subnetId,
    DeleteTags: tagged,
    DeleteVpc: vpcId,
    DeleteVpcEndpoints: () => ({ "VpcEndpointId.1": ids.one("vpce") }),
    DescribeAvailabilityZones: () => sometimes({ AllAvailabilityZones: flag() }),
    DescribeManagedPrefixLists: () => selected("PrefixListId", ids.one("pl"), "prefix-list-id"),
    DescribeNetworkAcls: () => sometimes({ "Filter.1.Name": "vpc-id", "Filter.1.Value.1": ids.one("vpc") }),
    DescribeNetworkInterfaces: () =>
      sometimes({ "Filter.1.Name": "group-id", "Filter.1.Value.1": ids.one("sg") }),
    DescribePrefixLists: () => selected("PrefixListId", ids.one("pl"), "prefix-list-id"),
    DescribeRouteTables: () => sometimes({ "Filter.1.Name": "vpc-id", "Filter.1.Value.1": ids.one("vpc") }),
    DescribeSecurityGroupRules: () =>
      selected("SecurityGroupRuleId", ids.one("sgr"), "security-group-rule-id"),
    DescribeSecurityGroups: () => selected("GroupId", ids.one("sg"), "group-id"),
    DescribeSubnets: () => selected("SubnetId", ids.one("subnet"), "subnet-id"),
    DescribeTags: () => sometimes({ "Filter.1.Name": "resource-id", "Filter.1.Value.1": ids.one("vpc") }),
    DescribeVpcAttribute: () => ({
      ...vpcId(),
      Attribute: one(["enableDnsSupport", "enableDnsHostnames", "x"]),
    }),
    DescribeVpcEndpointServices: () => sometimes({ "ServiceName.1": "com.amazonaws.us-east-1.aoss-data" }),
    DescribeVpcEndpoints: () => selected("VpcEndpointId", ids.one("vpce"), "vpc-endpoint-id"),
    DescribeVpcs: () => selected("VpcId", ids.one("vpc"), "vpc-id"),
    DisassociateSubnetCidrBlock: () => ({ AssociationId: ids.one("subnetAssociation") }),
    DisassociateVpcCidrBlock: () => ({ AssociationId: ids.one("vpcAssociation") }),
    GetManagedPrefixListEntries: () => ({ PrefixListId: ids.one("pl") }),
    ModifyManagedPrefixList: () => ({
      PrefixListId: ids.one("pl"),
      ...one<Parameters>([
        { PrefixListName: `list-${below(30)}` },
        { "AddEntry.1.Cidr": `10.${byte()}.0.0/16`, CurrentVersion: String(1 + below(3)) },
      ]),
    }),
    ModifySecurityGroupRules: () => {
      const { id, group } = existingRule();
      return {
        ...group,
        "SecurityGroupRule.1.SecurityGroupRuleId": id,
        "SecurityGroupRule.1.SecurityGroupRule.IpProtocol": "tcp",
        "SecurityGroupRule.1.SecurityGroupRule.FromPort": "1",
        "SecurityGroupRule.1.SecurityGroupRule.ToPort": String(1 + below(9)),
        "SecurityGroupRule.1.SecurityGroupRule.CidrIpv4": `10.${byte()}.0.0/16`,
      };
    },
    ModifySubnetAttribute: () => ({ ...subnetId(), ...attribute("MapPublicIpOnLaunch", "EnableDns64") }),
    ModifyVpcAttribute: () => ({ ...vpcId(), ...attribute("EnableDnsSupport", "EnableDnsHostnames") }),
    ModifyVpcEndpoint: () => ({
      VpcEndpointId: ids.one("vpce"),
      ...one<Parameters>([
        { PrivateDnsEnabled: flag() },
        { "AddSubnetId.1": ids.one("subnet") },
        { ResetPolicy: "true" },
      ]),
    }),
    RevokeSecurityGroupEgress: () => revoked(true),
    RevokeSecurityGroupIngress: () => revoked(false),
  };
}
