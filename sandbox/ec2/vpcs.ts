import type { Call } from "../call";
import { defaultSecurityGroupId, derivedHex, derivedId, newId } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { Vpc } from "../state/state";
import { readAttributeChange } from "./attribute-value";
import { type Cidr, requireCidr } from "./cidr";
import { type FilterValues, readSelection, select } from "./describe";
import { endpointsOf } from "./endpoint-view";
import { knownVpc, ownVpc } from "./existing";
import { forget } from "./forget";
import { defaultGroupRules } from "./group-defaults";
import { readTagSpecifications, setTags, tagSet, tagsOf } from "./tags";
import { defaultNetworkAclId, mainRouteTableId } from "./vpc-defaults";

export const createVpc = queryAction(
  (parameters, { region }) => {
    readBorderGroup(parameters, region);
    return {
      cidr: readCidr(parameters),
      hasIpv6: parameters.boolean("AmazonProvidedIpv6CidrBlock") ?? false,
      tenancy: readTenancy(parameters),
      tags: readTagSpecifications(parameters, "vpc"),
    };
  },
  (call, { cidr, hasIpv6, tenancy, tags }) => {
    const { state } = call;
    const id = newId("vpc");
    const vpc: Vpc = {
      id,
      cidrBlock: cidr.text,
      ...(hasIpv6 ? { ipv6CidrBlock: amazonIpv6Block(call, id) } : {}),
      // What CreateVpc sets, which is not what the console sets (API reference, ModifyVpcAttribute).
      enableDnsSupport: true,
      enableDnsHostnames: false,
      ...(tenancy === "dedicated" ? { instanceTenancy: tenancy } : {}),
    };
    state.vpcs.set(id, vpc);
    call.accountState.issuedIds.add(id);
    setTags(state, id, tags);
    const group = {
      id: defaultSecurityGroupId(call.region, id),
      name: "default",
      description: "default VPC security group",
      vpcId: id,
    };
    state.securityGroups.set(group.id, group);
    call.accountState.issuedIds.add(group.id);
    // It comes and goes with the VPC: nobody made it.
    state.given.add(group.id);
    for (const rule of defaultGroupRules(group, hasIpv6)) {
      state.securityGroupRules.set(rule.id, rule);
      state.given.add(rule.id);
    }
    return { vpc: describe(call, vpc, "pending") };
  },
);

export const deleteVpc = queryAction(
  (parameters) => ({ id: parameters.required("VpcId") }),
  (call, { id }) => {
    const { state } = call;
    ownVpc(call, id);
    const defaultGroupId = defaultSecurityGroupId(call.region, id);
    const groups = [...state.securityGroups.values()].filter(({ vpcId }) => vpcId === id);
    const isInUse =
      groups.some((group) => group.id !== defaultGroupId) ||
      [...state.subnets.values()].some(({ vpcId }) => vpcId === id) ||
      endpointsOf(call).some(({ vpcId }) => vpcId === id);
    if (isInUse) {
      throw new AwsError("DependencyViolation", `The vpc '${id}' has dependencies and cannot be deleted.`);
    }
    for (const rule of [...state.securityGroupRules.values()]) {
      if (rule.securityGroupId === defaultGroupId) forget(call, state.securityGroupRules, rule.id);
    }
    forget(call, state.securityGroups, defaultGroupId);
    forget(call, state.vpcs, id);
    for (const each of [mainRouteTableId(id), defaultNetworkAclId(id)]) state.tags.delete(each);
    return { return: true };
  },
);

const attributes = {
  enableDnsHostnames: "EnableDnsHostnames",
  enableDnsSupport: "EnableDnsSupport",
  enableNetworkAddressUsageMetrics: "EnableNetworkAddressUsageMetrics",
} as const;

export const modifyVpcAttribute = queryAction(
  (parameters) => ({
    id: parameters.required("VpcId"),
    change: readAttributeChange(parameters, attributes),
  }),
  (call, { id, change }) => {
    const vpc = ownVpc(call, id);
    if (change.name === "enableDnsHostnames" && change.value && !vpc.enableDnsSupport) {
      // API reference, ModifyVpcAttribute: only with DNS support.
      throw new AwsError(
        "InvalidParameterCombination",
        "DNS hostnames can only be enabled if DNS support is enabled",
      );
    }
    vpc[change.name] = change.value;
    return { return: true };
  },
);

export const describeVpcAttribute = queryAction(
  (parameters) => ({ id: parameters.required("VpcId"), name: parameters.required("Attribute") }),
  (call, { id, name }) => {
    const vpc = knownVpc(call, id);
    if (!Object.hasOwn(attributes, name)) {
      throw invalidParameterValue(`Value (${name}) for parameter attribute is invalid. Unknown attribute.`);
    }
    const attribute = name as keyof typeof attributes;
    return { vpcId: id, [attribute]: { value: vpc[attribute] ?? false } };
  },
);

/** Gives the VPC an IPv6 block of Amazon's; a second IPv4 block is not served. */
export const associateVpcCidrBlock = queryAction(
  (parameters, { region }) => {
    readBorderGroup(parameters, region);
    if (parameters.boolean("AmazonProvidedIpv6CidrBlock") !== true) {
      throw new AwsError("MissingParameter", "The request must contain AmazonProvidedIpv6CidrBlock");
    }
    return { id: parameters.required("VpcId") };
  },
  (call, { id }) => {
    const vpc = ownVpc(call, id);
    if (vpc.ipv6CidrBlock !== undefined) {
      throw new AwsError("CidrLimitExceeded", `The vpc '${id}' has reached its limit of CIDR blocks`);
    }
    vpc.ipv6CidrBlock = amazonIpv6Block(call, id);
    return { vpcId: id, ipv6CidrBlockAssociation: ipv6Association(call, vpc, "associating") };
  },
);

export const disassociateVpcCidrBlock = queryAction(
  (parameters) => ({ associationId: parameters.required("AssociationId") }),
  (call, { associationId }) => {
    const vpc = [...call.state.vpcs.values()].find(
      (each) => each.ipv6CidrBlock !== undefined && ipv6AssociationId(each) === associationId,
    );
    if (!vpc) {
      throw new AwsError(
        "InvalidVpcCidrBlockAssociationID.NotFound",
        `The vpc CIDR block association ID '${associationId}' does not exist`,
      );
    }
    ownVpc(call, vpc.id);
    const { id } = vpc;
    if ([...call.state.subnets.values()].some((each) => each.vpcId === id && each.ipv6CidrBlock)) {
      throw new AwsError(
        "InvalidCidrBlock.InUse",
        `The vpc '${id}' currently has a subnet within CIDR block`,
      );
    }
    const ipv6CidrBlockAssociation = ipv6Association(call, vpc, "disassociating");
    delete vpc.ipv6CidrBlock;
    return { vpcId: id, ipv6CidrBlockAssociation };
  },
);

const vpcFilters = ({ account }: Call): FilterValues<Vpc> => ({
  cidr: ({ cidrBlock }) => [cidrBlock],
  "cidr-block-association.association-id": ({ id }) => [derivedId("vpc-cidr-assoc", id)],
  "cidr-block-association.cidr-block": ({ cidrBlock }) => [cidrBlock],
  "cidr-block-association.state": () => ["associated"],
  "dhcp-options-id": () => [dhcpOptionsId(account)],
  "ipv6-cidr-block-association.association-id": (vpc) => (vpc.ipv6CidrBlock ? [ipv6AssociationId(vpc)] : []),
  "ipv6-cidr-block-association.ipv6-cidr-block": ({ ipv6CidrBlock }) =>
    ipv6CidrBlock ? [ipv6CidrBlock] : [],
  "ipv6-cidr-block-association.state": ({ ipv6CidrBlock }) => (ipv6CidrBlock ? ["associated"] : []),
  "is-default": () => ["false"],
  isDefault: () => ["false"],
  "owner-id": ({ ownerId }) => [ownerId ?? account],
  state: () => ["available"],
  "vpc-id": ({ id }) => [id],
});

export const describeVpcs = queryAction(
  (parameters) => readSelection(parameters, "VpcId"),
  (call, selection) => {
    const { state } = call;
    for (const id of selection.ids) knownVpc(call, id);
    const { items, nextToken } = select(
      [...state.vpcs.values()].filter(({ id }) => selection.ids.length === 0 || selection.ids.includes(id)),
      selection,
      vpcFilters(call),
      ({ id }) => tagsOf(state, id),
    );
    return { vpcSet: xmlList(items.map((vpc) => describe(call, vpc))), nextToken };
  },
);

function describe(call: Call, vpc: Vpc, state = "available"): XmlElement {
  return {
    vpcId: vpc.id,
    state,
    cidrBlock: vpc.cidrBlock,
    dhcpOptionsId: dhcpOptionsId(vpc.ownerId ?? call.account),
    instanceTenancy: vpc.instanceTenancy ?? "default",
    isDefault: false,
    ownerId: vpc.ownerId ?? call.account,
    cidrBlockAssociationSet: xmlList([
      {
        associationId: derivedId("vpc-cidr-assoc", vpc.id),
        cidrBlock: vpc.cidrBlock,
        cidrBlockState: { state: "associated" },
      },
    ]),
    ipv6CidrBlockAssociationSet: xmlList(
      vpc.ipv6CidrBlock === undefined ? [] : [ipv6Association(call, vpc, "associated")],
    ),
    tagSet: tagSet(tagsOf(call.state, vpc.id)),
  };
}

/** The options that every account has from the start; nothing here changes them. */
const dhcpOptionsId = (account: string): string => derivedId("dopt", account);

const ipv6AssociationId = ({ id, ipv6CidrBlock = "" }: Vpc): string =>
  derivedId("vpc-cidr-assoc", id, ipv6CidrBlock);

const ipv6Association = ({ region }: Call, vpc: Vpc, state: string): XmlElement => ({
  associationId: ipv6AssociationId(vpc),
  ipv6CidrBlock: vpc.ipv6CidrBlock,
  ipv6CidrBlockState: { state },
  networkBorderGroup: region,
  ipv6Pool: "Amazon",
  ipSource: "amazon",
});

/** A block that no other VPC has, out of the addresses for documentation (RFC 3849): it must not look real. */
function amazonIpv6Block({ state }: Call, vpcId: string): string {
  const taken = new Set([...state.vpcs.values()].map(({ ipv6CidrBlock }) => ipv6CidrBlock));
  for (let attempt = 0; ; attempt += 1) {
    const hex = derivedHex(6, vpcId, String(attempt));
    const { text } = requireCidr("", `2001:db8:${hex.slice(0, 4)}:${hex.slice(4)}00::/56`, "IPv6");
    if (!taken.has(text)) return text;
  }
}

function readCidr(parameters: QueryParameters): Cidr {
  const given = parameters.required("CidrBlock");
  const cidr = requireCidr("cidrBlock", given, "IPv4");
  // VPC guide: /16 to /28.
  if (cidr.prefixLength >= 16 && cidr.prefixLength <= 28) return cidr;
  throw new AwsError("InvalidVpc.Range", `The CIDR '${given}' is invalid.`);
}

function readTenancy(parameters: QueryParameters): string {
  const tenancy = parameters.string("InstanceTenancy") ?? "default";
  if (tenancy === "default" || tenancy === "dedicated") return tenancy;
  throw invalidParameterValue(`Invalid value '${tenancy}' for instance tenancy.`);
}

function readBorderGroup(parameters: QueryParameters, region: string): void {
  const group = parameters.string("Ipv6CidrBlockNetworkBorderGroup");
  if (group === undefined || group === region) return;
  throw invalidParameterValue(`Invalid value '${group}' for network border group.`);
}
