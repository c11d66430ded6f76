import type { Call } from "../call";
import { derivedId, newId } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { Subnet, Vpc } from "../state/state";
import { ec2Arn } from "./arns";
import { readAttributeChange } from "./attribute-value";
import { type Cidr, contains, overlap, parseCidr, requireCidr } from "./cidr";
import { type FilterValues, readSelection, select } from "./describe";
import { endpointsOf } from "./endpoint-view";
import { existingVpc, knownSubnet, refuseShared } from "./existing";
import { forget } from "./forget";
import { readTagSpecifications, setTags, tagSet, tagsOf } from "./tags";
import { zoneId, zonesOf } from "./zones";

export const createSubnet = queryAction(
  (parameters) => ({
    vpcId: parameters.required("VpcId"),
    cidr: parameters.string("CidrBlock"),
    ipv6Cidr: parameters.string("Ipv6CidrBlock"),
    isIpv6Only: parameters.boolean("Ipv6Native") ?? false,
    zone: parameters.string("AvailabilityZone"),
    zoneId: parameters.string("AvailabilityZoneId"),
    tags: readTagSpecifications(parameters, "subnet"),
  }),
  (call, input) => {
    const vpc = existingVpc(call, input.vpcId);
    refuseShared(vpc);
    if (input.isIpv6Only && input.cidr !== undefined) {
      throw new AwsError(
        "InvalidParameterCombination",
        "The parameter CidrBlock cannot be used with the parameter Ipv6Native",
      );
    }
    const cidr = input.isIpv6Only ? undefined : checkedIpv4(call, input.vpcId, vpc, input.cidr);
    const ipv6Cidr =
      input.isIpv6Only || input.ipv6Cidr !== undefined
        ? checkedIpv6(call, input.vpcId, vpc, input.ipv6Cidr)
        : undefined;
    const id = newId("subnet");
    const subnet: Subnet = {
      id,
      vpcId: input.vpcId,
      availabilityZone: chosenZone(call, input.zone, input.zoneId),
      ...(cidr ? { cidrBlock: cidr.text } : {}),
      ...(ipv6Cidr ? { ipv6CidrBlock: ipv6Cidr.text } : {}),
      mapPublicIpOnLaunch: false,
      ...(input.isIpv6Only ? { assignIpv6AddressOnCreation: true } : {}),
    };
    call.state.subnets.set(id, subnet);
    call.accountState.issuedIds.add(id);
    setTags(call.state, id, input.tags);
    return { subnet: describe(call, subnet) };
  },
);

export const deleteSubnet = queryAction(
  (parameters) => ({ id: parameters.required("SubnetId") }),
  (call, { id }) => {
    const subnet = knownSubnet(call, id);
    refuseShared(call.state.vpcs.get(subnet.vpcId));
    if (endpointsOf(call).some(({ networkInterfaces }) => networkInterfaces.has(id))) {
      throw new AwsError("DependencyViolation", `The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    forget(call, call.state.subnets, id);
    return { return: true };
  },
);

const attributes = {
  assignIpv6AddressOnCreation: "AssignIpv6AddressOnCreation",
  enableDns64: "EnableDns64",
  mapPublicIpOnLaunch: "MapPublicIpOnLaunch",
  resourceNameDnsARecord: "EnableResourceNameDnsARecordOnLaunch",
  resourceNameDnsAaaaRecord: "EnableResourceNameDnsAAAARecordOnLaunch",
} as const;

export const modifySubnetAttribute = queryAction(
  (parameters) => ({
    id: parameters.required("SubnetId"),
    change: readAttributeChange(parameters, attributes),
  }),
  (call, { id, change }) => {
    const subnet = knownSubnet(call, id);
    refuseShared(call.state.vpcs.get(subnet.vpcId));
    const needsIpv6 = change.name === "assignIpv6AddressOnCreation" || change.name === "enableDns64";
    if (needsIpv6 && change.value && subnet.ipv6CidrBlock === undefined) {
      throw invalidParameterValue(
        `Invalid value 'true' for ${change.name}. The subnet ${id} has no IPv6 CIDR block.`,
      );
    }
    subnet[change.name] = change.value;
    return { return: true };
  },
);

export const associateSubnetCidrBlock = queryAction(
  (parameters) => ({ id: parameters.required("SubnetId"), cidr: parameters.required("Ipv6CidrBlock") }),
  (call, { id, cidr }) => {
    const subnet = knownSubnet(call, id);
    const vpc = call.state.vpcs.get(subnet.vpcId);
    refuseShared(vpc);
    if (subnet.ipv6CidrBlock !== undefined) {
      throw new AwsError("CidrLimitExceeded", `The subnet '${id}' has reached its limit of IPv6 CIDR blocks`);
    }
    subnet.ipv6CidrBlock = checkedIpv6(call, subnet.vpcId, vpc, cidr).text;
    return { subnetId: id, ipv6CidrBlockAssociation: ipv6Association(subnet, "associating") };
  },
);

export const disassociateSubnetCidrBlock = queryAction(
  (parameters) => ({ associationId: parameters.required("AssociationId") }),
  (call, { associationId }) => {
    const subnet = [...call.state.subnets.values()].find(
      (each) => each.ipv6CidrBlock !== undefined && associationIdOf(each) === associationId,
    );
    if (!subnet) {
      throw new AwsError(
        "InvalidSubnetCidrBlockAssociationID.NotFound",
        `The subnet CIDR block association ID '${associationId}' does not exist`,
      );
    }
    refuseShared(call.state.vpcs.get(subnet.vpcId));
    const uses = endpointsOf(call).some(
      ({ networkInterfaces, ipAddressType }) => ipAddressType !== "ipv4" && networkInterfaces.has(subnet.id),
    );
    if (uses || subnet.cidrBlock === undefined) {
      throw new AwsError("InvalidCidrBlock.InUse", `The CIDR block of the subnet '${subnet.id}' is in use`);
    }
    const ipv6CidrBlockAssociation = ipv6Association(subnet, "disassociating");
    delete subnet.ipv6CidrBlock;
    delete subnet.assignIpv6AddressOnCreation;
    delete subnet.enableDns64;
    return { subnetId: subnet.id, ipv6CidrBlockAssociation };
  },
);

const subnetFilters = (call: Call): FilterValues<Subnet> => {
  const zone = ({ availabilityZone }: Subnet) => [availabilityZone];
  const cidr = ({ cidrBlock }: Subnet) => (cidrBlock === undefined ? [] : [cidrBlock]);
  return {
    "availability-zone": zone,
    availabilityZone: zone,
    "availability-zone-id": ({ availabilityZone }) => [zoneId(call.region, availabilityZone)],
    cidr,
    "cidr-block": cidr,
    cidrBlock: cidr,
    "default-for-az": () => ["false"],
    defaultForAz: () => ["false"],
    "ipv6-cidr-block-association.ipv6-cidr-block": ({ ipv6CidrBlock }) =>
      ipv6CidrBlock === undefined ? [] : [ipv6CidrBlock],
    "ipv6-cidr-block-association.state": ({ ipv6CidrBlock }) =>
      ipv6CidrBlock === undefined ? [] : ["associated"],
    "ipv6-native": ({ cidrBlock }) => [String(cidrBlock === undefined)],
    "map-public-ip-on-launch": ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
    "owner-id": (subnet) => [ownerOf(call, subnet)],
    state: () => ["available"],
    "subnet-id": ({ id }) => [id],
    "vpc-id": ({ vpcId }) => [vpcId],
  };
};

export const describeSubnets = queryAction(
  (parameters) => readSelection(parameters, "SubnetId"),
  (call, selection) => {
    const { state } = call;
    for (const id of selection.ids) knownSubnet(call, id);
    const { items, nextToken } = select(
      [...state.subnets.values()].filter(
        ({ id }) => selection.ids.length === 0 || selection.ids.includes(id),
      ),
      selection,
      subnetFilters(call),
      ({ id }) => tagsOf(state, id),
    );
    return { subnetSet: xmlList(items.map((subnet) => describe(call, subnet))), nextToken };
  },
);

const ownerOf = ({ state, account }: Call, { vpcId }: Subnet): string =>
  state.vpcs.get(vpcId)?.ownerId ?? account;

function describe(call: Call, subnet: Subnet): XmlElement {
  const { id, vpcId, cidrBlock, availabilityZone } = subnet;
  const ownerId = ownerOf(call, subnet);
  return {
    subnetId: id,
    subnetArn: ec2Arn(call, "subnet", id, ownerId),
    state: "available",
    ownerId,
    vpcId,
    cidrBlock,
    ipv6CidrBlockAssociationSet: xmlList(
      subnet.ipv6CidrBlock === undefined ? [] : [ipv6Association(subnet, "associated")],
    ),
    availableIpAddressCount: freeAddresses(call, subnet),
    availabilityZone,
    availabilityZoneId: zoneId(call.region, availabilityZone),
    defaultForAz: false,
    mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    mapCustomerOwnedIpOnLaunch: false,
    assignIpv6AddressOnCreation: subnet.assignIpv6AddressOnCreation ?? false,
    enableDns64: subnet.enableDns64 ?? false,
    ipv6Native: cidrBlock === undefined,
    privateDnsNameOptionsOnLaunch: {
      hostnameType: cidrBlock === undefined ? "resource-name" : "ip-name",
      enableResourceNameDnsARecord: subnet.resourceNameDnsARecord ?? false,
      enableResourceNameDnsAAAARecord: subnet.resourceNameDnsAaaaRecord ?? false,
    },
    tagSet: tagSet(tagsOf(call.state, id)),
  };
}

const associationIdOf = ({ id, ipv6CidrBlock = "" }: Subnet): string =>
  derivedId("subnet-cidr-assoc", id, ipv6CidrBlock);

const ipv6Association = (subnet: Subnet, state: string): XmlElement => ({
  associationId: associationIdOf(subnet),
  ipv6CidrBlock: subnet.ipv6CidrBlock,
  ipv6CidrBlockState: { state },
});

/** EC2 keeps five addresses of each subnet for itself (VPC guide, subnet sizing). */
function freeAddresses(call: Call, { id, cidrBlock }: Subnet): number {
  const cidr = cidrBlock === undefined ? undefined : parseCidr(cidrBlock);
  if (!cidr) return 0;
  const used = endpointsOf(call).filter(({ networkInterfaces }) => networkInterfaces.has(id)).length;
  return Number(cidr.last - cidr.first) + 1 - 5 - used;
}

function checkedIpv4(call: Call, vpcId: string, vpc: Vpc | undefined, given: string | undefined): Cidr {
  if (given === undefined)
    throw new AwsError("MissingParameter", "Either 'cidrBlock' or 'ipv6Native' should be provided.");
  const cidr = requireCidr("cidrBlock", given, "IPv4");
  const outer = vpc && parseCidr(vpc.cidrBlock);
  // VPC guide: /16 to /28, inside of the VPC's.
  if (cidr.prefixLength < 16 || cidr.prefixLength > 28 || (outer && !contains(outer, cidr))) {
    throw new AwsError("InvalidSubnet.Range", `The CIDR '${given}' is invalid.`);
  }
  refuseOverlap(call, vpcId, cidr, ({ cidrBlock }) => cidrBlock);
  return cidr;
}

function checkedIpv6(call: Call, vpcId: string, vpc: Vpc | undefined, given: string | undefined): Cidr {
  if (given === undefined)
    throw new AwsError("MissingParameter", "The request must contain the parameter ipv6CidrBlock");
  const cidr = requireCidr("ipv6CidrBlock", given, "IPv6");
  const outer = vpc && parseCidr(vpc.ipv6CidrBlock ?? "");
  // VPC guide: /44 to /64 in steps of four, inside of the VPC's.
  const isSized = cidr.prefixLength >= 44 && cidr.prefixLength <= 64 && cidr.prefixLength % 4 === 0;
  if (!isSized || (vpc && !(outer && contains(outer, cidr)))) {
    throw new AwsError("InvalidSubnet.Range", `The CIDR '${given}' is invalid.`);
  }
  refuseOverlap(call, vpcId, cidr, ({ ipv6CidrBlock }) => ipv6CidrBlock);
  return cidr;
}

function refuseOverlap(
  { state }: Call,
  vpcId: string,
  cidr: Cidr,
  blockOf: (subnet: Subnet) => string | undefined,
): void {
  for (const subnet of state.subnets.values()) {
    const other = subnet.vpcId === vpcId ? parseCidr(blockOf(subnet) ?? "") : undefined;
    if (!other || !overlap(cidr, other)) continue;
    throw new AwsError("InvalidSubnet.Conflict", `The CIDR '${cidr.text}' conflicts with another subnet`);
  }
}

/** The zone that was asked for, by name or by id; without any, the first one. */
function chosenZone(call: Call, name: string | undefined, id: string | undefined): string {
  const zones = zonesOf(call);
  if (name !== undefined && id !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter AvailabilityZoneId cannot be used with the parameter AvailabilityZone",
    );
  }
  const zone = zones.find(
    (each) => (name === undefined || each.name === name) && (id === undefined || each.id === id),
  );
  if (zone) return zone.name;
  const parameter = id === undefined ? "availabilityZone" : "availabilityZoneId";
  const offered = zones.map((each) => (id === undefined ? each.name : each.id)).join(", ");
  throw invalidParameterValue(
    `Value (${name ?? id}) for parameter ${parameter} is invalid. Subnets can currently only be created in the ` +
      `following availability zones: ${offered}.`,
  );
}
