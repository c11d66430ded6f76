import type { Call } from "../call";
import { defaultSecurityGroupId, newId, requireIdForm } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import { queryAction, type XmlElement, xmlList } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { InterfaceEndpoint, VpcEndpoint } from "../state/state";
import { answerOnce } from "./client-token";
import {
  checkPlacement,
  checkPolicyDocument,
  checkPrivateDns,
  chosenDnsRecordIpType,
  chosenIpAddressType,
  invalidParameter,
} from "./endpoint-checks";
import { requireService } from "./endpoint-services";
import { endpointsOf } from "./endpoint-view";
import { existingVpc, refuseShared } from "./existing";
import { readTagSpecifications, setTags } from "./tags";
import { describeEndpoint, endpointNotFound } from "./vpc-endpoints";

export const createVpcEndpoint = queryAction(
  (parameters, { region }) => ({
    vpcId: parameters.required("VpcId"),
    serviceName: parameters.required("ServiceName"),
    type: parameters.string("VpcEndpointType") ?? "Gateway",
    serviceRegion: parameters.string("ServiceRegion") ?? region,
    subnetIds: parameters.strings("SubnetId"),
    securityGroupIds: parameters.strings("SecurityGroupId"),
    // API reference, CreateVpcEndpoint: true unless it says otherwise.
    privateDnsEnabled: parameters.boolean("PrivateDnsEnabled") ?? true,
    ipAddressType: parameters.string("IpAddressType"),
    dnsRecordIpType: parameters.child("DnsOptions").string("DnsRecordIpType"),
    policyDocument: parameters.string("PolicyDocument"),
    token: parameters.string("ClientToken"),
    tags: readTagSpecifications(parameters, "vpc-endpoint"),
  }),
  (call, input) =>
    answerOnce(call, "CreateVpcEndpoint", input.token, { ...input, tags: [...input.tags] }, () => {
      const { vpcId, serviceName } = input;
      const vpc = existingVpc(call, vpcId);
      refuseShared(vpc);
      requireService(call.region, serviceName);
      if (input.serviceRegion !== call.region) {
        throw invalidParameter(`The service ${serviceName} is not available in ${input.serviceRegion}.`);
      }
      if (input.type !== "Interface") {
        throw invalidParameter(
          `Endpoint type (${input.type}) does not match available service types ([Interface]).`,
        );
      }
      const securityGroupIds =
        input.securityGroupIds.length > 0
          ? input.securityGroupIds
          : [defaultSecurityGroupId(call.region, vpcId)];
      checkPlacement(call, vpcId, input.subnetIds, input.securityGroupIds);
      const ipAddressType = chosenIpAddressType(call, input.subnetIds, input.ipAddressType);
      const dnsRecordIpType = chosenDnsRecordIpType(ipAddressType, input.dnsRecordIpType);
      if (input.privateDnsEnabled) checkPrivateDns(call, vpcId, serviceName);
      checkPolicyDocument(input.policyDocument);
      const endpoint: InterfaceEndpoint = {
        id: newId("vpce"),
        vpcId,
        serviceName,
        networkInterfaces: new Map(input.subnetIds.map((subnetId) => [subnetId, newId("eni")])),
        securityGroupIds,
        privateDnsEnabled: input.privateDnsEnabled,
        ipAddressType,
        dnsRecordIpType,
        ...(input.policyDocument === undefined ? {} : { policyDocument: input.policyDocument }),
        status: "pending",
        settlesAt: call.now + call.duration("endpoint create"),
        createdDate: call.now,
      };
      call.state.interfaceEndpoints.set(endpoint.id, endpoint);
      call.accountState.issuedIds.add(endpoint.id);
      setTags(call.state, endpoint.id, input.tags);
      return { vpcEndpoint: describeById(call, endpoint.id) };
    }),
);

function describeById(call: Call, id: string): XmlElement {
  const view = endpointsOf(call).find((endpoint) => endpoint.id === id);
  if (!view) throw endpointNotFound(id);
  return describeEndpoint(call, view);
}

export const modifyVpcEndpoint = queryAction(
  (parameters) => ({
    id: requireIdForm("vpce", parameters.required("VpcEndpointId")),
    resetPolicy: parameters.boolean("ResetPolicy") ?? false,
    policyDocument: parameters.string("PolicyDocument"),
    network: readNetworkChange(parameters),
  }),
  (call, { id, resetPolicy, policyDocument, network }) => {
    const ordinary = call.state.interfaceEndpoints.get(id);
    const endpoint = ordinary ?? call.state.vpcEndpoints.get(id);
    if (!endpoint) throw endpointNotFound(id);
    checkPolicyDocument(policyDocument);
    if (resetPolicy && policyDocument !== undefined) {
      throw new AwsError(
        "InvalidParameterCombination",
        "The parameter PolicyDocument cannot be used with the parameter ResetPolicy",
      );
    }
    if (ordinary) changeNetwork(call, ordinary, network);
    else if (Object.values(network).some((value) => value !== undefined && value !== noIds)) {
      // A managed endpoint is changed through OpenSearch Serverless; its policy is EC2's (developer guide).
      throw invalidParameter(`Operation is not allowed for requester-managed VPC endpoint ${id}.`);
    }
    changePolicy(endpoint, resetPolicy, policyDocument);
    return { return: true };
  },
);

interface NetworkChange {
  readonly addSubnetIds: readonly string[];
  readonly removeSubnetIds: readonly string[];
  readonly addSecurityGroupIds: readonly string[];
  readonly removeSecurityGroupIds: readonly string[];
  readonly privateDnsEnabled: boolean | undefined;
  readonly ipAddressType: string | undefined;
  readonly dnsRecordIpType: string | undefined;
}

const noIds: readonly string[] = [];

function readNetworkChange(parameters: QueryParameters): NetworkChange {
  const ids = (name: string): readonly string[] => {
    const given = parameters.strings(name);
    return given.length > 0 ? given : noIds;
  };
  return {
    addSubnetIds: ids("AddSubnetId"),
    removeSubnetIds: ids("RemoveSubnetId"),
    addSecurityGroupIds: ids("AddSecurityGroupId"),
    removeSecurityGroupIds: ids("RemoveSecurityGroupId"),
    privateDnsEnabled: parameters.boolean("PrivateDnsEnabled"),
    ipAddressType: parameters.string("IpAddressType"),
    dnsRecordIpType: parameters.child("DnsOptions").string("DnsRecordIpType"),
  };
}

function changeNetwork(call: Call, endpoint: InterfaceEndpoint, change: NetworkChange): void {
  if (endpoint.status !== "available") {
    throw new AwsError(
      "IncorrectState",
      `The VPC endpoint ${endpoint.id} is in the state ${endpoint.status}; it cannot be modified`,
    );
  }
  const current = [...endpoint.networkInterfaces.keys()];
  const subnetIds = changed(current, change.addSubnetIds, change.removeSubnetIds);
  const groupIds = changed(
    endpoint.securityGroupIds,
    change.addSecurityGroupIds,
    change.removeSecurityGroupIds,
  );
  if (groupIds.length === 0) throw invalidParameter("A VPC endpoint must have at least one security group.");
  checkPlacement(call, endpoint.vpcId, subnetIds, groupIds);
  const ipAddressType = chosenIpAddressType(call, subnetIds, change.ipAddressType ?? endpoint.ipAddressType);
  const dnsRecordIpType = chosenDnsRecordIpType(
    ipAddressType,
    change.dnsRecordIpType ?? (change.ipAddressType === undefined ? endpoint.dnsRecordIpType : undefined),
  );
  if (change.privateDnsEnabled && !endpoint.privateDnsEnabled) {
    checkPrivateDns(call, endpoint.vpcId, endpoint.serviceName);
  }
  for (const id of change.removeSubnetIds) endpoint.networkInterfaces.delete(id);
  for (const id of subnetIds) {
    if (!endpoint.networkInterfaces.has(id)) endpoint.networkInterfaces.set(id, newId("eni"));
  }
  endpoint.securityGroupIds = groupIds;
  endpoint.ipAddressType = ipAddressType;
  endpoint.dnsRecordIpType = dnsRecordIpType;
  endpoint.privateDnsEnabled = change.privateDnsEnabled ?? endpoint.privateDnsEnabled;
  if (subnetIds.join() !== current.join()) {
    endpoint.status = "pending";
    endpoint.settlesAt = call.now + call.duration("endpoint update");
  }
}

function changed(
  current: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): readonly string[] {
  for (const id of remove) {
    if (!current.includes(id)) throw invalidParameterValue(`${id} is not associated with the VPC endpoint`);
  }
  return [...new Set([...current.filter((id) => !remove.includes(id)), ...add])];
}

function changePolicy(
  endpoint: InterfaceEndpoint | VpcEndpoint,
  reset: boolean,
  policyDocument: string | undefined,
): void {
  if (reset) delete endpoint.policyDocument;
  if (policyDocument !== undefined) endpoint.policyDocument = policyDocument;
}

/** What cannot be deleted comes back in the answer; the rest is deleted all the same. */
export const deleteVpcEndpoints = queryAction(
  (parameters) => ({ ids: parameters.strings("VpcEndpointId") }),
  (call, { ids }) => {
    if (ids.length === 0) {
      throw new AwsError("MissingParameter", "The request must contain the parameter VpcEndpointId");
    }
    for (const id of ids) requireIdForm("vpce", id);
    const unsuccessful = ids.flatMap((id) => {
      const error = deletionError(call, id);
      return error ? [{ resourceId: id, error: { code: error.code, message: error.message } }] : [];
    });
    for (const id of ids) {
      const endpoint = call.state.interfaceEndpoints.get(id);
      if (!endpoint || endpoint.status === "deleting") continue;
      endpoint.status = "deleting";
      endpoint.settlesAt = call.now + call.duration("endpoint delete");
    }
    return { unsuccessful: xmlList(unsuccessful) };
  },
);

function deletionError({ state }: Call, id: string): AwsError | undefined {
  if (state.vpcEndpoints.has(id)) {
    return invalidParameter(`Operation is not allowed for requester-managed VPC endpoint ${id}.`);
  }
  return state.interfaceEndpoints.has(id) ? undefined : endpointNotFound(id);
}
