import type { Call } from "../call";
import { derivedId } from "../ids";
import type { RequestInput } from "../protocol/service";
import { everything, partitionOf, text, texts } from "./arns";

// ARN forms and which action needs which resources: service authorization reference of Amazon EC2.

/** ARNs of what a request acts upon. */
export type ArnsOf = (input: RequestInput, call: Call) => readonly string[];

/** The values of `Name.1`, `Name.2`, ... in a form; with `member`, those of `Name.1.Member`, ... */
export function formList(input: RequestInput, name: string, member = ""): readonly string[] {
  const form = new RegExp(`^${name}\\.\\d+${member === "" ? "" : `\\.${member}`}$`);
  return Object.keys(input)
    .filter((key) => form.test(key))
    .flatMap((key) => text(input[key]) ?? []);
}

const ec2Arn = (call: Call, type: string, id = "*"): string => {
  const { region } = call;
  return `arn:${partitionOf(region)}:ec2:${region}:${ownerOf(call, type, id)}:${type}/${id}`;
};

/** A shared VPC and its subnets carry the account of who shares them, AWS's prefix lists the account `aws`. */
function ownerOf({ account, state }: Call, type: string, id: string): string {
  if (type === "prefix-list") return (state.prefixLists.get(id)?.ownerId ?? account).toLowerCase();
  const vpcId = type === "subnet" ? state.subnets.get(id)?.vpcId : id;
  const isShared = type === "subnet" || type === "vpc";
  return (isShared && vpcId !== undefined && state.vpcs.get(vpcId)?.ownerId) || account;
}

const one =
  (type: string, field: string): ArnsOf =>
  (input, call) => [ec2Arn(call, type, text(input[field]))];

const made =
  (type: string): ArnsOf =>
  (_input, call) => [ec2Arn(call, type)];

/** As many as the request names; none is no resource. */
const some =
  (type: string, name: string, member = ""): ArnsOf =>
  (input, call) => [
    ...formList(input, name, member).map((id) => ec2Arn(call, type, id)),
    ...(member === "" && text(input[name]) ? [ec2Arn(call, type, text(input[name]))] : []),
  ];

const all =
  (...parts: readonly ArnsOf[]): ArnsOf =>
  (input, call) => [...new Set(parts.flatMap((part) => part(input, call)))];

const group = one("security-group", "GroupId");
const vpc = one("vpc", "VpcId");
const prefixList = one("prefix-list", "PrefixListId");

/** Rules may be named by their ids alone. */
const groupOfRules: ArnsOf = (input, call) => {
  if (text(input["GroupId"]) !== undefined) return group(input, call);
  const groups = formList(input, "SecurityGroupRuleId").map(
    (id) => call.state.securityGroupRules.get(id)?.securityGroupId,
  );
  return groups.length === 0
    ? [ec2Arn(call, "security-group")]
    : [...new Set(groups)].map((id) => ec2Arn(call, "security-group", id));
};

/** An IPv6 block goes by its association alone; the first IPv4 block of a VPC has an association of its own. */
const vpcOfBlock: ArnsOf = (input, call) => {
  const owner = [...call.state.vpcs.values()].find(({ id, ipv6CidrBlock = "" }) =>
    [derivedId("vpc-cidr-assoc", id), derivedId("vpc-cidr-assoc", id, ipv6CidrBlock)].includes(
      String(input["AssociationId"]),
    ),
  );
  return [ec2Arn(call, "vpc", owner?.id)];
};

const subnetOfBlock: ArnsOf = (input, call) => {
  const owner = [...call.state.subnets.values()].find(
    ({ id, ipv6CidrBlock = "" }) =>
      derivedId("subnet-cidr-assoc", id, ipv6CidrBlock) === input["AssociationId"],
  );
  return [ec2Arn(call, "subnet", owner?.id)];
};

const typeOfPrefix: Readonly<Record<string, string>> = {
  acl: "network-acl",
  eni: "network-interface",
  pl: "prefix-list",
  rtb: "route-table",
  sg: "security-group",
  sgr: "security-group-rule",
  subnet: "subnet",
  vpc: "vpc",
  vpce: "vpc-endpoint",
};

const tagged: ArnsOf = (input, call) =>
  formList(input, "ResourceId").map((id) => {
    const type = typeOfPrefix[id.slice(0, id.indexOf("-"))];
    return type === undefined ? "*" : ec2Arn(call, type, id);
  });

/** The actions that have resources, by name. */
export const ec2Table: ReadonlyMap<string, ArnsOf> = new Map([
  ["AssociateSecurityGroupVpc", all(group, vpc)],
  ["AssociateSubnetCidrBlock", one("subnet", "SubnetId")],
  ["AssociateVpcCidrBlock", vpc],
  ["AuthorizeSecurityGroupEgress", group],
  ["AuthorizeSecurityGroupIngress", group],
  ["CreateManagedPrefixList", made("prefix-list")],
  ["CreateSecurityGroup", all(made("security-group"), vpc)],
  ["CreateSubnet", all(made("subnet"), vpc)],
  ["CreateTags", tagged],
  ["CreateVpc", made("vpc")],
  [
    "CreateVpcEndpoint",
    all(
      vpc,
      made("vpc-endpoint"),
      some("subnet", "SubnetId"),
      some("security-group", "SecurityGroupId"),
      some("route-table", "RouteTableId"),
    ),
  ],
  ["DeleteManagedPrefixList", prefixList],
  ["DeleteNetworkInterface", one("network-interface", "NetworkInterfaceId")],
  ["DeleteSecurityGroup", group],
  ["DeleteSubnet", one("subnet", "SubnetId")],
  ["DeleteTags", tagged],
  ["DeleteVpc", vpc],
  ["DeleteVpcEndpoints", some("vpc-endpoint", "VpcEndpointId")],
  ["DescribeVpcAttribute", vpc],
  ["DisassociateSecurityGroupVpc", all(group, vpc)],
  ["DisassociateSubnetCidrBlock", subnetOfBlock],
  ["DisassociateVpcCidrBlock", vpcOfBlock],
  ["GetManagedPrefixListEntries", prefixList],
  ["GetSecurityGroupsForVpc", vpc],
  ["ModifyManagedPrefixList", prefixList],
  ["ModifyNetworkInterfaceAttribute", one("network-interface", "NetworkInterfaceId")],
  [
    "ModifySecurityGroupRules",
    all(group, some("security-group-rule", "SecurityGroupRule", "SecurityGroupRuleId")),
  ],
  ["ModifySubnetAttribute", one("subnet", "SubnetId")],
  ["ModifyVpcAttribute", vpc],
  [
    "ModifyVpcEndpoint",
    all(
      one("vpc-endpoint", "VpcEndpointId"),
      some("subnet", "AddSubnetId"),
      some("subnet", "RemoveSubnetId"),
      some("security-group", "AddSecurityGroupId"),
      some("security-group", "RemoveSecurityGroupId"),
    ),
  ],
  ["RevokeSecurityGroupEgress", groupOfRules],
  ["RevokeSecurityGroupIngress", groupOfRules],
  ["UpdateSecurityGroupRuleDescriptionsEgress", groupOfRules],
  ["UpdateSecurityGroupRuleDescriptionsIngress", groupOfRules],
]);

/** The ARN of something that is being made, and so has no id yet: `arn:aws:ec2:us-east-1:123456789012:subnet/*`. */
export const newEc2Arn = (call: Call, type: string): string => ec2Arn(call, type);

/**
 * ARNs of what an action acts upon that OpenSearch Serverless calls for a managed endpoint.
 * @param input of the request to OpenSearch Serverless
 */
export function forwardedEc2Resources(action: string, input: RequestInput, call: Call): readonly string[] {
  const endpoint = ec2Arn(call, "vpc-endpoint", text(input["id"]));
  const arns = (type: string, ...lists: readonly string[]): readonly string[] =>
    lists.flatMap((list) => texts(input[list]).map((id) => ec2Arn(call, type, id)));
  switch (action.toLowerCase()) {
    case "createvpcendpoint":
      return [
        ec2Arn(call, "vpc", text(input["vpcId"])),
        endpoint,
        ...arns("subnet", "subnetIds"),
        ...arns("security-group", "securityGroupIds"),
      ];
    case "modifyvpcendpoint":
      return [
        endpoint,
        ...arns("subnet", "addSubnetIds", "removeSubnetIds"),
        ...arns("security-group", "addSecurityGroupIds", "removeSecurityGroupIds"),
      ];
    case "deletevpcendpoints":
    case "createtags":
      return [endpoint];
    default:
      return everything;
  }
}
