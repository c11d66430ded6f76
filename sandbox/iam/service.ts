import { commonQueryForm, queryService } from "../protocol/query-protocol";
import {
  addClientId,
  createOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
  removeClientId,
  updateOpenIdConnectProviderThumbprint,
} from "./oidc-providers";
import { createPolicy, deletePolicy, getPolicy, listPolicies } from "./policies";
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from "./policy-versions";
import {
  createRole,
  deleteRole,
  updateAssumeRolePolicy,
  updateRole,
  updateRoleDescription,
} from "./role-changes";
import { deleteServiceLinkedRole, getServiceLinkedRoleDeletionStatus } from "./role-deletion";
import {
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  listInstanceProfilesForRole,
  listRolePolicies,
} from "./role-policies";
import { createServiceLinkedRole, getRole, getUser, listRoles } from "./roles";
import { policyTags, providerTags, roleTags } from "./tags";

/**
 * IAM, as far as it takes to give a deployment its roles: managed policies, roles, OpenID Connect providers; the role
 * that OpenSearch Serverless works with, and who calls.
 */
export const iam = queryService({
  version: "2010-05-08",
  actions: {
    AddClientIDToOpenIDConnectProvider: addClientId,
    AttachRolePolicy: attachRolePolicy,
    CreateOpenIDConnectProvider: createOpenIdConnectProvider,
    CreatePolicy: createPolicy,
    CreatePolicyVersion: createPolicyVersion,
    CreateRole: createRole,
    CreateServiceLinkedRole: createServiceLinkedRole,
    DeleteOpenIDConnectProvider: deleteOpenIdConnectProvider,
    DeletePolicy: deletePolicy,
    DeletePolicyVersion: deletePolicyVersion,
    DeleteRole: deleteRole,
    DeleteServiceLinkedRole: deleteServiceLinkedRole,
    DetachRolePolicy: detachRolePolicy,
    GetOpenIDConnectProvider: getOpenIdConnectProvider,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
    GetUser: getUser,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListInstanceProfilesForRole: listInstanceProfilesForRole,
    ListOpenIDConnectProviderTags: providerTags.list,
    ListOpenIDConnectProviders: listOpenIdConnectProviders,
    ListPolicies: listPolicies,
    ListPolicyTags: policyTags.list,
    ListPolicyVersions: listPolicyVersions,
    ListRolePolicies: listRolePolicies,
    ListRoleTags: roleTags.list,
    ListRoles: listRoles,
    RemoveClientIDFromOpenIDConnectProvider: removeClientId,
    SetDefaultPolicyVersion: setDefaultPolicyVersion,
    TagOpenIDConnectProvider: providerTags.tag,
    TagPolicy: policyTags.tag,
    TagRole: roleTags.tag,
    UntagOpenIDConnectProvider: providerTags.untag,
    UntagPolicy: policyTags.untag,
    UntagRole: roleTags.untag,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    UpdateOpenIDConnectProviderThumbprint: updateOpenIdConnectProviderThumbprint,
    UpdateRole: updateRole,
    UpdateRoleDescription: updateRoleDescription,
  },
  ...commonQueryForm("https://iam.amazonaws.com/doc/2010-05-08/"),
});
