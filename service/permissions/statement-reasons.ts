import type { StatementName } from "./statement-names";

const noResources = "IAM takes no resources for these actions.";

const noNames =
  `${noResources} All collections that a policy names have to be among those named here. Patterns are compared as policies write them: a policy for \`logs-*\` fits \`logs-*\`. ` +
  "A collection that leaves the configuration has to stay here until that is applied, since a policy that names it is changed or deleted then.";

const changesAndDeletions = `${noNames} A request in which IAM finds no collection is allowed, since AWS does not document whether it finds those of a policy that is deleted by its name.`;

const readAll = `${noResources} They are not limited to collections: a plan has to see what somebody else wrote into a policy, and a condition would end it with AccessDenied.`;

const forwardedOnly =
  "OpenSearch Serverless makes these calls with the caller's permissions; with which tags and names, AWS does not document, so nothing is asked of them.";

const zoneIds = "The zones get their ids as they are made.";

/** Why a statement is not limited further, for whoever reviews it; none where it is about one thing. */
export const statementReasons: Readonly<Partial<Record<StatementName, string>>> = {
  CreateManagedEndpoint: `${noResources} They have no condition keys either; the VPC is limited by CreateEndpointInVpc.`,
  ChangeManagedEndpoints: `${noResources} They have no condition keys either.`,
  ReadManagedEndpoints: `${noResources} They have no condition keys either.`,
  CreateEndpointInVpc:
    "Endpoints and the security groups that belong to them get their ids as they are made. Where a NEXTGEN endpoint is made, the account is left open for VPCs and subnets with an id, since another account may share them.",
  CreateNextgenEndpoint: "The endpoint gets its id as it is made.",
  ChangeEndpoints:
    "Endpoints get their ids as they are made. Those of EC2 alone are limited by tags where the tags are known; a managed endpoint has tags that AWS does not document.",
  ChangeEndpointNetwork: "Security groups that belong to endpoints get their ids as they are made.",
  UsePrivateDns:
    "The zone is AWS's own, and AWS does not document with which id it is asked for. Beside a managed endpoint, ChangeZones allows the same.",
  TagEndpoints: "Endpoints get their ids as they are made.",
  CreateManagedZones: `IAM takes no resources for this action. ${forwardedOnly}`,
  ChangeZones: `${zoneIds} ${forwardedOnly}`,
  UnshareZones: `${zoneIds} The VPCs that they are shared with limit it, where those are known; as one leaves the configuration it has to stay here until that is applied.`,
  FollowZoneChanges: "A change gets its id as it is made.",
  LookUpZones: noResources,
  ReadZones: zoneIds,
  LookUpVpcs:
    "IAM takes no resources for this action. Route 53 asks for it too, from which Region AWS does not say.",
  LookUpNetwork: noResources,
  CreateSecurityGroup: "The group gets its id as it is made.",
  TagNewSecurityGroup: "The group gets its id as it is made.",
  TagSecurityGroups:
    "The groups get their ids as they are made. Tags are not asked for, so that tags that somebody removed can be set again.",
  UntagSecurityGroups:
    "The groups get their ids as they are made. This action has no condition key for the VPC; where tags are known, groups without them are out of reach.",
  ChangeSecurityGroups:
    "The groups get their ids as they are made. Where tags are known, groups without them are out of reach: change tags in one apply, what hangs on them in the next.",
  ChangeSecurityGroupRules:
    "Rules get their ids as they are made; the group that they belong to is limited by ChangeSecurityGroups.",
  UsePrefixLists: "The account is left open, since prefix lists may be AWS's or shared by another account.",
  TagSecurityGroupRules: "Rules get their ids as they are made.",
  CreateNetworkPolicies: noNames,
  WriteNetworkPolicies: changesAndDeletions,
  ReadNetworkPolicies: readAll,
  CreateEncryptionPolicies: noNames,
  WriteEncryptionPolicies: changesAndDeletions,
  ReadEncryptionPolicies: readAll,
  WriteDataAccessPolicies: `${noNames} A request in which IAM finds no collection is allowed, since a policy may be about indexes alone.`,
  ReadDataAccessPolicies: readAll,
  WriteLifecyclePolicies: `${noResources} Their only condition key is aoss:index, and AWS does not document what it is compared with.`,
  ReadLifecyclePolicies: noResources,
  CreateCollections: `${noResources} They have no condition key for the name.`,
  ChangeCollections:
    "A collection gets its id as it is made; where tags are known, collections without them are out of reach.",
  JoinCollectionGroups: "IAM knows groups by their ids, and configurations by their names.",
  ReadCollections: `${noResources} A request in which IAM finds no name, such as one for a collection that is gone, is allowed.`,
  ReadCollectionTags: noResources,
  TagCollections: `${noResources} Tags are not asked for: a change says only which of them differ, those that somebody removed can be set again, and removing has no key for what a collection carries.`,
  UseCustomerKey: "Only calls that OpenSearch Serverless makes are allowed.",
  GrantCustomerKey: "Only grants that OpenSearch Serverless makes are allowed.",
  FindExisting: noResources,
  UseCollections: "Collections get their ids as they are made; they are limited by their names.",
  UseDashboards:
    "There is one resource for all dashboards of a Region; they are limited by the names of collections.",
};
