import { type JsonOperation, jsonService, served } from "../protocol/json-protocol";
import {
  createSecurityPolicy,
  deleteSecurityPolicy,
  getSecurityPolicy,
  listSecurityPolicies,
  updateSecurityPolicy,
} from "./policies";
import {
  batchGetVpcEndpoint,
  createVpcEndpoint,
  deleteVpcEndpoint,
  listVpcEndpoints,
  updateVpcEndpoint,
} from "./vpc-endpoints";
import { checkInput, targetPrefix } from "./wire-model";

/** The operations of OpenSearch Serverless that the sandbox serves, by name. */
export const aossOperations: ReadonlyMap<string, JsonOperation> = new Map([
  ["BatchGetVpcEndpoint", served(batchGetVpcEndpoint)],
  ["CreateSecurityPolicy", served(createSecurityPolicy)],
  ["CreateVpcEndpoint", served(createVpcEndpoint)],
  ["DeleteSecurityPolicy", served(deleteSecurityPolicy)],
  ["DeleteVpcEndpoint", served(deleteVpcEndpoint)],
  ["GetSecurityPolicy", served(getSecurityPolicy)],
  ["ListSecurityPolicies", served(listSecurityPolicies)],
  ["ListVpcEndpoints", served(listVpcEndpoints)],
  ["UpdateSecurityPolicy", served(updateSecurityPolicy)],
  ["UpdateVpcEndpoint", served(updateVpcEndpoint)],
]);

/** OpenSearch Serverless: JSON protocol 1.0, requests checked against the API model 2021-11-01. */
export const aoss = jsonService({
  targetPrefix,
  version: "1.0",
  operations: aossOperations,
  check: checkInput,
});
