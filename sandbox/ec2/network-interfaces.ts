import type { Call } from "../call";
import { derivedHex, requireIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import { addressAt, parseCidr } from "./cidr";
import { type FilterValues, readSelection, select } from "./describe";
import { type EndpointView, endpointsOf } from "./endpoint-view";
import { tagSet, tagsOf } from "./tags";
import { groupSet } from "./vpc-endpoints";
import { zoneId } from "./zones";

interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly endpoint: EndpointView;
  /** undefined in a subnet that the sandbox was not told about */
  readonly zone: string | undefined;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

const interfaceDescription = ({ endpoint }: NetworkInterface): string =>
  `VPC Endpoint Interface ${endpoint.id}`;

const present = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const interfaceFilters: FilterValues<NetworkInterface> = {
  "addresses.private-ip-address": ({ ipv4 }) => present(ipv4),
  "attachment.status": () => ["attached"],
  "attachment.instance-id": () => [],
  "availability-zone": ({ zone }) => present(zone),
  description: (networkInterface) => [interfaceDescription(networkInterface)],
  "group-id": ({ endpoint }) => endpoint.securityGroupIds,
  "interface-type": () => ["vpc_endpoint"],
  "ipv6-addresses.ipv6-address": ({ ipv6 }) => present(ipv6),
  "network-interface-id": ({ id }) => [id],
  "private-ip-address": ({ ipv4 }) => present(ipv4),
  "requester-managed": () => ["true"],
  status: () => ["in-use"],
  "subnet-id": ({ subnetId }) => [subnetId],
  "vpc-id": ({ endpoint }) => [endpoint.vpcId],
};

/** The interfaces of the endpoints. The Terraform provider looks here for what still holds a group or a subnet. */
export const describeNetworkInterfaces = queryAction(
  (parameters) => readSelection(parameters, "NetworkInterfaceId"),
  (call, selection) => {
    const all = endpointsOf(call).flatMap((endpoint) =>
      [...endpoint.networkInterfaces].map(([subnetId, id]) => interfaceOf(call, endpoint, subnetId, id)),
    );
    for (const id of selection.ids) {
      if (all.some((networkInterface) => networkInterface.id === requireIdForm("eni", id))) continue;
      throw new AwsError(
        "InvalidNetworkInterfaceID.NotFound",
        `The networkInterface ID '${id}' does not exist`,
      );
    }
    const { items, nextToken } = select(
      all.filter(({ id }) => selection.ids.length === 0 || selection.ids.includes(id)),
      selection,
      interfaceFilters,
      ({ id }) => tagsOf(call.state, id),
    );
    return { networkInterfaceSet: xmlList(items.map((item) => describe(call, item))), nextToken };
  },
);

/** Addresses follow from the interface's id: past the four that EC2 keeps at the start of a subnet. */
function interfaceOf(call: Call, endpoint: EndpointView, subnetId: string, id: string): NetworkInterface {
  const subnet = call.state.subnets.get(subnetId);
  const { ipAddressType } = endpoint;
  const ipv4 = ipAddressType === "ipv6" ? undefined : parseCidr(subnet?.cidrBlock ?? "");
  const ipv6 = ipAddressType === "ipv4" ? undefined : parseCidr(subnet?.ipv6CidrBlock ?? "");
  const number = Number.parseInt(derivedHex(8, id), 16);
  const room = ipv4 ? Number(ipv4.last - ipv4.first) - 4 : 1;
  return {
    id,
    subnetId,
    endpoint,
    zone: subnet?.availabilityZone,
    ipv4: ipv4 && addressAt(ipv4, 4 + (number % room)),
    ipv6: ipv6 && addressAt(ipv6, 4 + number),
  };
}

function describe(call: Call, item: NetworkInterface): XmlElement {
  const { id, subnetId, endpoint, zone, ipv4, ipv6 } = item;
  return {
    networkInterfaceId: id,
    subnetId,
    vpcId: endpoint.vpcId,
    availabilityZone: zone,
    availabilityZoneId: zone && zoneId(call.region, zone),
    description: interfaceDescription(item),
    ownerId: call.account,
    requesterManaged: true,
    status: "in-use",
    interfaceType: "vpc_endpoint",
    privateIpAddress: ipv4,
    privateIpAddressesSet: xmlList(ipv4 === undefined ? [] : [{ privateIpAddress: ipv4, primary: true }]),
    ipv6Address: ipv6,
    ipv6AddressesSet: xmlList(ipv6 === undefined ? [] : [{ ipv6Address: ipv6, isPrimaryIpv6: false }]),
    groupSet: groupSet(call.state, endpoint.securityGroupIds),
    tagSet: tagSet(tagsOf(call.state, id)),
  };
}
