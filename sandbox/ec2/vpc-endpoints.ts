import type { Call } from "../call";
import { requireIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { RegionState } from "../state/state";
import { type FilterValues, readSelection, select } from "./describe";
import { type EndpointView, endpointsOf } from "./endpoint-view";
import { tagSet, tagsOf } from "./tags";

/**
 * Endpoints of both kinds: those that EC2 made, and those that OpenSearch Serverless manages. The Terraform provider
 * reads the security groups of a managed endpoint from here.
 */
export const describeVpcEndpoints = queryAction(
  (parameters) => readSelection(parameters, "VpcEndpointId"),
  (call, selection) => {
    const { state } = call;
    const endpoints = endpointsOf(call);
    for (const id of selection.ids) {
      requireIdForm("vpce", id);
      if (!endpoints.some((endpoint) => endpoint.id === id)) throw endpointNotFound(id);
    }
    const { items, nextToken } = select(
      endpoints.filter(({ id }) => selection.ids.length === 0 || selection.ids.includes(id)),
      selection,
      endpointFilters,
      (endpoint) => tagsOf(state, endpoint.id),
    );
    return { vpcEndpointSet: xmlList(items.map((endpoint) => describeEndpoint(call, endpoint))), nextToken };
  },
);

export const endpointNotFound = (id: string): AwsError =>
  new AwsError("InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${id}' does not exist`);

const endpointFilters: FilterValues<EndpointView> = {
  "ip-address-type": (endpoint) => [endpoint.ipAddressType],
  "service-name": (endpoint) => [endpoint.serviceName],
  "vpc-endpoint-id": (endpoint) => [endpoint.id],
  "vpc-endpoint-state": (endpoint) => [endpoint.state],
  "vpc-endpoint-type": () => ["Interface"],
  "vpc-id": (endpoint) => [endpoint.vpcId],
};

export function describeEndpoint({ state, region, account }: Call, endpoint: EndpointView): XmlElement {
  return {
    vpcEndpointId: endpoint.id,
    vpcEndpointType: "Interface",
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    serviceRegion: region,
    state: endpoint.state,
    policyDocument: endpoint.policyDocument,
    routeTableIdSet: xmlList([]),
    subnetIdSet: xmlList([...endpoint.networkInterfaces.keys()]),
    groupSet: groupSet(state, endpoint.securityGroupIds),
    ipAddressType: endpoint.ipAddressType,
    dnsOptions: { dnsRecordIpType: endpoint.dnsRecordIpType },
    privateDnsEnabled: endpoint.privateDnsEnabled,
    requesterManaged: endpoint.requesterManaged,
    networkInterfaceIdSet: xmlList([...endpoint.networkInterfaces.values()]),
    dnsEntrySet: xmlList(endpoint.dnsEntries.map((entry) => ({ ...entry }))),
    creationTimestamp: new Date(endpoint.createdDate).toISOString(),
    tagSet: tagSet(tagsOf(state, endpoint.id)),
    ownerId: account,
  };
}

/** The groups of an endpoint; the name of a group that was not made here is not known. */
export const groupSet = (state: RegionState, groupIds: readonly string[]): XmlElement =>
  xmlList(groupIds.map((groupId) => ({ groupId, groupName: state.securityGroups.get(groupId)?.name })));
