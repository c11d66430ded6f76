import type { Call } from "../call";
import { newId } from "../ids";
import { conflictError, notFoundError, quotaError, validationError } from "../protocol/aws-error";
import type { VpcEndpoint } from "../state/state";
import { page } from "./pages";
import { forwardChanges, forwardLookups } from "./vpc-endpoint-permissions";
import { checkPlacement, checkVpc, defaultGroupOf, rememberPlacement } from "./vpc-endpoint-placement";

interface CreateVpcEndpointRequest {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds?: readonly string[];
}

interface UpdateVpcEndpointRequest {
  readonly id: string;
  readonly addSubnetIds?: readonly string[];
  readonly removeSubnetIds?: readonly string[];
  readonly addSecurityGroupIds?: readonly string[];
  readonly removeSecurityGroupIds?: readonly string[];
}

interface ListVpcEndpointsRequest {
  readonly vpcEndpointFilters?: { readonly status?: string };
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Quota table of OpenSearch Serverless. */
const maxEndpoints = 50;

export function createVpcEndpoint(call: Call, request: CreateVpcEndpointRequest): object {
  const { vpcEndpoints } = call.state;
  const { name, vpcId, subnetIds } = request;
  forwardLookups(call, "create");
  checkVpc(call, vpcId);
  checkPlacement(call, vpcId, subnetIds, request.securityGroupIds ?? []);
  const failed = `Failed to create a VpcEndpoint ${name} for AccountId ${call.account} :: `;
  for (const other of vpcEndpoints.values()) {
    if (other.name === name) throw conflictError(`${failed}There is already a VpcEndpoint with name ${name}`);
    if (other.vpcId === vpcId) {
      throw conflictError(`${failed}There is already a VpcEndpoint exist under VpcId ${vpcId}`);
    }
  }
  if (vpcEndpoints.size >= maxEndpoints) {
    throw quotaError(`${failed}The limit of ${maxEndpoints} VpcEndpoints is reached`);
  }
  forwardChanges(call, "create");
  const endpoint: VpcEndpoint = {
    id: newId("vpce"),
    name,
    vpcId,
    networkInterfaces: new Map(subnetIds.map((subnetId) => [subnetId, newId("eni")])),
    securityGroupIds: request.securityGroupIds ?? [defaultGroupOf(call, vpcId)],
    status: "PENDING",
    settlesAt: call.now + call.duration("endpoint create"),
    createdDate: call.now,
    lastModifiedDate: call.now,
  };
  vpcEndpoints.set(endpoint.id, endpoint);
  rememberPlacement(call, endpoint);
  return { createVpcEndpointDetail: summaryOf(endpoint) };
}

export function batchGetVpcEndpoint(call: Call, request: { readonly ids: readonly string[] }): object {
  const found = (id: string): VpcEndpoint | undefined => call.state.vpcEndpoints.get(id);
  const ids = [...new Set(request.ids)];
  return {
    vpcEndpointDetails: ids.flatMap((id) => {
      const endpoint = found(id);
      return endpoint ? [detailOf(endpoint)] : [];
    }),
    vpcEndpointErrorDetails: ids
      .filter((id) => !found(id))
      .map((id) => ({ id, errorCode: "NOT_FOUND", errorMessage: `VpcEndpoint with id ${id} is not found` })),
  };
}

/** That an update which names nothing is taken, and makes the endpoint PENDING for a while, is not confirmed. */
export function updateVpcEndpoint(call: Call, request: UpdateVpcEndpointRequest): object {
  const endpoint = call.state.vpcEndpoints.get(request.id);
  // The model gives this operation no ResourceNotFoundException.
  if (!endpoint) throw validationError(`VpcEndpoint with id ${request.id} is not found`);
  if (endpoint.status !== "ACTIVE") {
    throw conflictError(
      `VpcEndpoint ${endpoint.id} cannot be updated while its status is ${endpoint.status}`,
    );
  }
  forwardLookups(call, "update");
  const subnetIds = changed(
    "subnetIds",
    [...endpoint.networkInterfaces.keys()],
    request.addSubnetIds ?? [],
    request.removeSubnetIds ?? [],
  );
  const groupIds = changed(
    "securityGroupIds",
    endpoint.securityGroupIds,
    request.addSecurityGroupIds ?? [],
    request.removeSecurityGroupIds ?? [],
  );
  checkPlacement(call, endpoint.vpcId, subnetIds, groupIds);
  forwardChanges(call, "update");
  for (const subnetId of request.removeSubnetIds ?? []) endpoint.networkInterfaces.delete(subnetId);
  for (const subnetId of request.addSubnetIds ?? []) endpoint.networkInterfaces.set(subnetId, newId("eni"));
  endpoint.securityGroupIds = groupIds;
  endpoint.status = "PENDING";
  endpoint.settlesAt = call.now + call.duration("endpoint update");
  endpoint.lastModifiedDate = call.now;
  rememberPlacement(call, endpoint);
  const { vpcId: _vpcId, createdDate: _createdDate, ...detail } = detailOf(endpoint);
  // The capital U is the model's.
  return { UpdateVpcEndpointDetail: { ...detail, lastModifiedDate: endpoint.lastModifiedDate } };
}

export function deleteVpcEndpoint(call: Call, request: { readonly id: string }): object {
  const endpoint = call.state.vpcEndpoints.get(request.id);
  if (!endpoint) throw notFoundError(`VpcEndpoint with id ${request.id} is not found`);
  if (endpoint.status !== "ACTIVE" && endpoint.status !== "FAILED") {
    throw conflictError(
      `VpcEndpoint ${endpoint.id} cannot be deleted while its status is ${endpoint.status}`,
    );
  }
  forwardLookups(call, "delete");
  forwardChanges(call, "delete");
  endpoint.status = "DELETING";
  endpoint.settlesAt = call.now + call.duration("endpoint delete");
  return { deleteVpcEndpointDetail: summaryOf(endpoint) };
}

export function listVpcEndpoints(call: Call, request: ListVpcEndpointsRequest): object {
  const status = request.vpcEndpointFilters?.status;
  const matching = [...call.state.vpcEndpoints.values()].filter(
    (endpoint) => status === undefined || endpoint.status === status,
  );
  const { items, nextToken } = page(matching, (endpoint) => endpoint.id, request);
  return { vpcEndpointSummaries: items.map(summaryOf), ...(nextToken === undefined ? {} : { nextToken }) };
}

const summaryOf = ({ id, name, status }: VpcEndpoint) => ({ id, name, status });

function detailOf(endpoint: VpcEndpoint) {
  return {
    ...summaryOf(endpoint),
    vpcId: endpoint.vpcId,
    subnetIds: [...endpoint.networkInterfaces.keys()],
    securityGroupIds: endpoint.securityGroupIds,
    createdDate: endpoint.createdDate,
    ...(endpoint.status === "FAILED"
      ? { failureCode: endpoint.failureCode, failureMessage: endpoint.failureMessage }
      : {}),
  };
}

function changed(
  what: string,
  current: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): readonly string[] {
  for (const id of remove) {
    if (!current.includes(id)) throw validationError(`${what}: ${id} is not associated with the VpcEndpoint`);
  }
  for (const id of add) {
    if (current.includes(id))
      throw validationError(`${what}: ${id} is already associated with the VpcEndpoint`);
  }
  if (new Set(remove).size < remove.length)
    throw validationError(`${what}: the same id must not appear twice`);
  const result = [...current.filter((id) => !remove.includes(id)), ...add];
  if (result.length === 0) throw validationError(`${what}: a VpcEndpoint needs at least one`);
  return result;
}
