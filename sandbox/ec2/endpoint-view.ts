import type { Call } from "../call";
import { derivedHex, derivedId } from "../ids";
import type { InterfaceEndpoint, RegionState, VpcEndpoint } from "../state/state";
import { amazonZoneId, privateDnsNamesOf } from "./endpoint-services";

export type IpAddressType = InterfaceEndpoint["ipAddressType"];

interface DnsEntry {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** An endpoint of either kind as EC2 shows it: made through EC2, or managed by OpenSearch Serverless. */
export interface EndpointView {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly state: "pending" | "available" | "deleting" | "failed";
  /** the network interface in each subnet */
  readonly networkInterfaces: ReadonlyMap<string, string>;
  readonly securityGroupIds: readonly string[];
  readonly ipAddressType: IpAddressType;
  readonly dnsRecordIpType: InterfaceEndpoint["dnsRecordIpType"];
  readonly privateDnsEnabled: boolean;
  readonly requesterManaged: boolean;
  readonly policyDocument: string;
  readonly dnsEntries: readonly DnsEntry[];
  readonly createdDate: number;
}

/** What an endpoint lets through that was given no policy (PrivateLink guide, default endpoint policy). */
const fullAccess = JSON.stringify({
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
});

export function endpointsOf(call: Pick<Call, "state" | "region">): readonly EndpointView[] {
  const { state, region } = call;
  return [
    ...[...state.vpcEndpoints.values()].map((endpoint) => viewOfManaged(state, region, endpoint)),
    ...[...state.interfaceEndpoints.values()].map((endpoint) => viewOfOrdinary(state, region, endpoint)),
  ];
}

const stateOfManaged = {
  PENDING: "pending",
  ACTIVE: "available",
  DELETING: "deleting",
  FAILED: "failed",
} as const;

function viewOfManaged(state: RegionState, region: string, endpoint: VpcEndpoint): EndpointView {
  const ipAddressType = ipAddressTypeOf(state, [...endpoint.networkInterfaces.keys()]);
  return {
    id: endpoint.id,
    vpcId: endpoint.vpcId,
    // The service behind managed endpoints has a name of its own in each Region; nobody published it.
    serviceName: `com.amazonaws.vpce.${region}.${derivedId("vpce-svc", region)}`,
    state: stateOfManaged[endpoint.status],
    networkInterfaces: endpoint.networkInterfaces,
    securityGroupIds: endpoint.securityGroupIds,
    ipAddressType,
    dnsRecordIpType: ipAddressType,
    privateDnsEnabled: false,
    requesterManaged: true,
    policyDocument: endpoint.policyDocument ?? fullAccess,
    dnsEntries: [],
    createdDate: endpoint.createdDate,
  };
}

function viewOfOrdinary(state: RegionState, region: string, endpoint: InterfaceEndpoint): EndpointView {
  return {
    ...endpoint,
    state: endpoint.status,
    requesterManaged: false,
    policyDocument: endpoint.policyDocument ?? fullAccess,
    dnsEntries: dnsEntriesOf(state, region, endpoint),
  };
}

/** A name for the endpoint, one for each of its zones, and the private names if it has them. */
function dnsEntriesOf(state: RegionState, region: string, endpoint: InterfaceEndpoint): readonly DnsEntry[] {
  const base = `${endpoint.id}-${derivedHex(8, endpoint.id)}`;
  const suffix = `${endpoint.serviceName.split(".").pop()}.${region}.vpce.amazonaws.com`;
  const zones = [...endpoint.networkInterfaces.keys()].flatMap(
    (subnetId) => state.subnets.get(subnetId)?.availabilityZone ?? [],
  );
  const privateNames = endpoint.privateDnsEnabled ? privateDnsNamesOf(region, endpoint.serviceName) : [];
  return [
    ...[base, ...zones.sort().map((zone) => `${base}-${zone}`)].map((name) => ({
      dnsName: `${name}.${suffix}`,
      hostedZoneId: amazonZoneId(region, "vpce"),
    })),
    ...privateNames.map((dnsName) => ({ dnsName, hostedZoneId: amazonZoneId(endpoint.id, dnsName) })),
  ];
}

/**
 * Follows from the subnets: all dual, dualstack; all IPv6 only, ipv6; else ipv4 (developer guide, serverless-vpc).
 * Subnets that the sandbox was not told about count as IPv4.
 */
export function ipAddressTypeOf({ subnets }: RegionState, subnetIds: readonly string[]): IpAddressType {
  const families = subnetIds.map((id) => {
    const subnet = subnets.get(id);
    if (!subnet?.ipv6CidrBlock) return "ipv4";
    return subnet.cidrBlock === undefined ? "ipv6" : "dualstack";
  });
  const [first = "ipv4"] = families;
  return families.every((family) => family === first) ? first : "ipv4";
}
