import { type JsonOperation, jsonService, served } from "../protocol/json-protocol";
import { getAccountSettings, updateAccountSettings } from "./account-settings";
import { listTagsForResource, tagResource, untagResource } from "./aoss-tags";
import {
  batchGetCollectionGroup,
  createCollectionGroup,
  deleteCollectionGroup,
  listCollectionGroups,
  updateCollectionGroup,
} from "./collection-groups";
import {
  batchGetCollection,
  createCollection,
  deleteCollection,
  listCollections,
  updateCollection,
} from "./collections";
import { batchGetEffectiveLifecyclePolicy, batchGetLifecyclePolicy } from "./lifecycle-policies";
import { createPolicy, deletePolicy, getPolicy, listPolicies, updatePolicy } from "./policies";
import { getPoliciesStats } from "./policy-stats";
import {
  createSecurityConfig,
  deleteSecurityConfig,
  getSecurityConfig,
  listSecurityConfigs,
  updateSecurityConfig,
} from "./security-configs";
import {
  batchGetVpcEndpoint,
  createVpcEndpoint,
  deleteVpcEndpoint,
  listVpcEndpoints,
  updateVpcEndpoint,
} from "./vpc-endpoints";
import { readInput, takesClientToken, targetPrefix } from "./wire-model";

/** The operations of OpenSearch Serverless that the sandbox serves, by name. */
export const aossOperations: ReadonlyMap<string, JsonOperation> = new Map([
  ["BatchGetCollection", served(batchGetCollection)],
  ["BatchGetCollectionGroup", served(batchGetCollectionGroup)],
  ["BatchGetEffectiveLifecyclePolicy", served(batchGetEffectiveLifecyclePolicy)],
  ["BatchGetLifecyclePolicy", served(batchGetLifecyclePolicy)],
  ["BatchGetVpcEndpoint", served(batchGetVpcEndpoint)],
  ["CreateAccessPolicy", served(createPolicy)],
  ["CreateCollection", served(createCollection)],
  ["CreateCollectionGroup", served(createCollectionGroup)],
  ["CreateLifecyclePolicy", served(createPolicy)],
  ["CreateSecurityConfig", served(createSecurityConfig)],
  ["CreateSecurityPolicy", served(createPolicy)],
  ["CreateVpcEndpoint", served(createVpcEndpoint)],
  ["DeleteAccessPolicy", served(deletePolicy)],
  ["DeleteCollection", served(deleteCollection)],
  ["DeleteCollectionGroup", served(deleteCollectionGroup)],
  ["DeleteLifecyclePolicy", served(deletePolicy)],
  ["DeleteSecurityConfig", served(deleteSecurityConfig)],
  ["DeleteSecurityPolicy", served(deletePolicy)],
  ["DeleteVpcEndpoint", served(deleteVpcEndpoint)],
  ["GetAccessPolicy", served(getPolicy)],
  ["GetAccountSettings", served(getAccountSettings)],
  ["GetPoliciesStats", served(getPoliciesStats)],
  ["GetSecurityConfig", served(getSecurityConfig)],
  ["GetSecurityPolicy", served(getPolicy)],
  ["ListAccessPolicies", served(listPolicies)],
  ["ListCollectionGroups", served(listCollectionGroups)],
  ["ListCollections", served(listCollections)],
  ["ListLifecyclePolicies", served(listPolicies)],
  ["ListSecurityConfigs", served(listSecurityConfigs)],
  ["ListSecurityPolicies", served(listPolicies)],
  ["ListTagsForResource", served(listTagsForResource)],
  ["ListVpcEndpoints", served(listVpcEndpoints)],
  ["TagResource", served(tagResource)],
  ["UntagResource", served(untagResource)],
  ["UpdateAccessPolicy", served(updatePolicy)],
  ["UpdateAccountSettings", served(updateAccountSettings)],
  ["UpdateCollection", served(updateCollection)],
  ["UpdateCollectionGroup", served(updateCollectionGroup)],
  ["UpdateLifecyclePolicy", served(updatePolicy)],
  ["UpdateSecurityConfig", served(updateSecurityConfig)],
  ["UpdateSecurityPolicy", served(updatePolicy)],
  ["UpdateVpcEndpoint", served(updateVpcEndpoint)],
]);

/** OpenSearch Serverless: JSON protocol 1.0, requests checked against the API model 2021-11-01. */
export const aoss = jsonService({
  targetPrefix,
  version: "1.0",
  operations: aossOperations,
  read: readInput,
  takesClientToken,
});
