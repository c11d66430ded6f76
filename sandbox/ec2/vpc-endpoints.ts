import { createHash } from "node:crypto";
import type { Call } from "../call";
import { requireIdForm } from "../ids";
import { AwsError } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { RegionState, VpcEndpoint } from "../state/state";
import { type FilterValues, readSelection, select } from "./describe";
import { tagSet, tagsOf } from "./tags";

/**
 * EC2's view of the endpoints that OpenSearch Serverless manages. The Terraform provider reads the security groups
 * of an endpoint from here.
 */
export const describeVpcEndpoints = queryAction(
  (parameters) => readSelection(parameters, "VpcEndpointId"),
  (call, selection) => {
    const { state } = call;
    for (const id of selection.ids) {
      if (state.vpcEndpoints.has(requireIdForm("vpce", id))) continue;
      throw new AwsError("InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${id}' does not exist`);
    }
    const { items, nextToken } = select(
      [...state.vpcEndpoints.values()].filter(
        (endpoint) => selection.ids.length === 0 || selection.ids.includes(endpoint.id),
      ),
      selection,
      endpointFilters(call.region),
      (endpoint) => tagsOf(state, endpoint.id),
    );
    return { vpcEndpointSet: xmlList(items.map((endpoint) => describeEndpoint(call, endpoint))), nextToken };
  },
);

const stateNames = {
  PENDING: "pending",
  ACTIVE: "available",
  DELETING: "deleting",
  FAILED: "failed",
} as const;

/** The service behind managed endpoints has a name of its own in each Region; nobody published it. */
const serviceName = (region: string): string =>
  `com.amazonaws.vpce.${region}.vpce-svc-0${createHash("sha256").update(region).digest("hex").slice(0, 16)}`;

const endpointFilters = (region: string): FilterValues<VpcEndpoint> => ({
  "service-name": () => [serviceName(region)],
  "vpc-endpoint-id": (endpoint) => [endpoint.id],
  "vpc-endpoint-state": (endpoint) => [stateNames[endpoint.status]],
  "vpc-endpoint-type": () => ["Interface"],
  "vpc-id": (endpoint) => [endpoint.vpcId],
});

function describeEndpoint({ state, region, account }: Call, endpoint: VpcEndpoint): XmlElement {
  return {
    vpcEndpointId: endpoint.id,
    vpcEndpointType: "Interface",
    vpcId: endpoint.vpcId,
    serviceName: serviceName(region),
    state: stateNames[endpoint.status],
    policyDocument: JSON.stringify({
      Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
    }),
    routeTableIdSet: xmlList([]),
    subnetIdSet: xmlList([...endpoint.networkInterfaces.keys()]),
    groupSet: groupSet(state, endpoint),
    ipAddressType: "ipv4",
    privateDnsEnabled: false,
    requesterManaged: true,
    networkInterfaceIdSet: xmlList([...endpoint.networkInterfaces.values()]),
    dnsEntrySet: xmlList([]),
    creationTimestamp: new Date(endpoint.createdDate).toISOString(),
    tagSet: tagSet(tagsOf(state, endpoint.id)),
    ownerId: account,
  };
}

/** The groups of an endpoint; the name of a group that was not made here is not known. */
const groupSet = (state: RegionState, endpoint: VpcEndpoint): XmlElement =>
  xmlList(
    endpoint.securityGroupIds.map((groupId) => ({
      groupId,
      groupName: state.securityGroups.get(groupId)?.name,
    })),
  );

interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly endpoint: VpcEndpoint;
}

const interfaceDescription = ({ endpoint }: NetworkInterface): string =>
  `VPC Endpoint Interface ${endpoint.id}`;

const interfaceFilters: FilterValues<NetworkInterface> = {
  description: (networkInterface) => [interfaceDescription(networkInterface)],
  "group-id": ({ endpoint }) => endpoint.securityGroupIds,
  "interface-type": () => ["vpc_endpoint"],
  "network-interface-id": ({ id }) => [id],
  "requester-managed": () => ["true"],
  status: () => ["in-use"],
  "subnet-id": ({ subnetId }) => [subnetId],
  "vpc-id": ({ endpoint }) => [endpoint.vpcId],
};

/** The interfaces of the endpoints. The Terraform provider looks here for what still holds a group. */
export const describeNetworkInterfaces = queryAction(
  (parameters) => readSelection(parameters, "NetworkInterfaceId"),
  (call, selection) => {
    const all = [...call.state.vpcEndpoints.values()].flatMap((endpoint) =>
      [...endpoint.networkInterfaces].map(([subnetId, id]) => ({ id, subnetId, endpoint })),
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
    );
    return {
      networkInterfaceSet: xmlList(
        items.map((networkInterface) => ({
          networkInterfaceId: networkInterface.id,
          subnetId: networkInterface.subnetId,
          vpcId: networkInterface.endpoint.vpcId,
          description: interfaceDescription(networkInterface),
          ownerId: call.account,
          requesterManaged: true,
          status: "in-use",
          interfaceType: "vpc_endpoint",
          groupSet: groupSet(call.state, networkInterface.endpoint),
          tagSet: xmlList([]),
        })),
      ),
      nextToken,
    };
  },
);
