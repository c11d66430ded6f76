import type { Call } from "../call";
import type { Asked, RequestInput } from "../protocol/service";

type ArnsOf = (input: RequestInput, call: Call) => readonly string[];

const everything = ["*"];

/** `aws`, `aws-us-gov` or `aws-cn` */
const partitionOf = (region: string): string =>
  region.startsWith("us-gov-") ? "aws-us-gov" : region.startsWith("cn-") ? "aws-cn" : "aws";

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The texts of a JSON list. */
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

/** The values of `Name.1`, `Name.2`, ... in a form; with `member`, those of `Name.1.Member`, ... */
export function formList(input: RequestInput, name: string, member = ""): readonly string[] {
  const form = new RegExp(`^${name}\\.\\d+${member === "" ? "" : `\\.${member}`}$`);
  return Object.keys(input)
    .filter((key) => form.test(key))
    .flatMap((key) => text(input[key]) ?? []);
}

// ARN forms and what is needed of which resource: the service authorization reference.

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

const typeOfPrefix: Readonly<Record<string, string>> = {
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

const ec2Table: ReadonlyMap<string, ArnsOf> = new Map([
  ["AssociateSecurityGroupVpc", all(group, vpc)],
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

const aossArn = ({ region, account }: Call, type: string, id: unknown): string =>
  `arn:${partitionOf(region)}:aoss:${region}:${account}:${type}/${text(id) ?? "*"}`;

/** Only four operations of OpenSearch Serverless know resources. */
function aossResources(operation: string, input: RequestInput, call: Call): readonly string[] {
  if (/^(?:Delete|Update)Collection$/.test(operation)) return [aossArn(call, "collection", input["id"])];
  if (/^(?:Delete|Update)CollectionGroup$/.test(operation)) {
    return [aossArn(call, "collection-group", input["id"])];
  }
  return everything;
}

/** A request, as far as it says what it acts upon. */
interface Requested {
  /** as in a credential scope: `aoss` */
  readonly service: string;
  readonly asked: Pick<Asked, "operation" | "resources">;
  readonly path: string;
  readonly input: RequestInput;
}

/**
 * ARNs of what a request acts upon, of which all have to be allowed; `*` where an action has no resources, or none
 * that are known here.
 */
export function resourcesOf({ service, asked, path, input }: Requested, call: Call): readonly string[] {
  const { operation } = asked;
  if (service === "ec2") return orEverything(ec2Table.get(operation)?.(input, call));
  if (service === "aoss") return aossResources(operation, input, call);
  if (service === "route53") {
    return route53Resources(operation, /\/(?:hostedzone|change)\/([A-Za-z0-9]+)/.exec(path)?.[1]);
  }
  return orEverything(asked.resources(call));
}

/** `arn:aws:route53:::hostedzone/Z0123456789` */
const route53Arn = (type: "change" | "hostedzone", id = "*"): string => `arn:aws:route53:::${type}/${id}`;

const zoneActions =
  /^(?:AssociateVPCWithHostedZone|DisassociateVPCFromHostedZone|ChangeResourceRecordSets|ListResourceRecordSets|(?:Delete|Get)HostedZone|GetHostedZoneLimit|UpdateHostedZone\w+|(?:ChangeTags|ListTags)ForResource|(?:Create|Delete)VPCAssociationAuthorization|ListVPCAssociationAuthorizations)$/;

/** @param id of the hosted zone or the change */
function route53Resources(action: string, id: string | undefined): readonly string[] {
  if (action === "GetChange") return [route53Arn("change", id)];
  return zoneActions.test(action) ? [route53Arn("hostedzone", id)] : everything;
}

/**
 * ARNs of what an action acts upon that a service calls in the caller's name, as far as the request to that service
 * says it. A hosted zone whose id nobody knows yet is `hostedzone/*`.
 */
export function forwardedResources(action: string, input: RequestInput, call: Call): readonly string[] {
  const [service = "", name = ""] = action.split(":");
  if (service === "ec2") return orEverything(forwardedEc2(name.toLowerCase(), input, call));
  if (service === "route53") return route53Resources(name, undefined);
  if (service === "iam" && name === "CreateServiceLinkedRole") {
    const role =
      "aws-service-role/observability.aoss.amazonaws.com/AWSServiceRoleForAmazonOpenSearchServerless";
    return [`arn:${partitionOf(call.region)}:iam::${call.account}:role/${role}`];
  }
  if (service === "kms") {
    const encryption = input["encryptionConfig"] as RequestInput | undefined;
    return orEverything(texts([encryption?.["kmsKeyArn"]]));
  }
  return everything;
}

function forwardedEc2(name: string, input: RequestInput, call: Call): readonly string[] | undefined {
  const endpoint = ec2Arn(call, "vpc-endpoint", text(input["id"]));
  const arns = (type: string, ...lists: readonly string[]): readonly string[] =>
    lists.flatMap((list) => texts(input[list]).map((id) => ec2Arn(call, type, id)));
  switch (name) {
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
      return undefined;
  }
}

const orEverything = (arns: readonly string[] | undefined): readonly string[] =>
  arns === undefined || arns.length === 0 ? everything : arns;
