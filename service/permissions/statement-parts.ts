import { sortedUnique } from "../policy-document";
import type { Feature } from "./feature";
import type { IamCondition, IamStatement } from "./iam-policy";
import {
  allOf,
  forNextgen,
  inRegions,
  namedCollections,
  oneOrMore,
  requestTags,
  resourceTags,
  type StatementContext,
  sharedVpcs,
  sortedRegions,
  used,
} from "./statement-conditions";
import type { StatementName } from "./statement-names";

/** What a statement is limited to. */
export interface StatementPart {
  readonly Resource: "*" | readonly string[];
  readonly Condition?: IamCondition;
}

/** Nothing where another statement of the same policies allows the same and more. */
type MakePart = (context: StatementContext) => StatementPart | undefined;

const has = ({ scope }: StatementContext, feature: Feature): boolean => scope.features.includes(feature);

/** The role that OpenSearch Serverless writes metrics with (developer guide, service-linked roles). */
const serviceRole = {
  principal: "observability.aoss.amazonaws.com",
  name: "AWSServiceRoleForAmazonOpenSearchServerless",
};

/** Calls that take `*` only, in the Regions. */
const anywhere: MakePart = (context) => ({ Resource: "*", ...allOf(inRegions(context)) });

/** Calls that take `*` only, of services that are the same in every Region. */
const everywhere: MakePart = () => ({ Resource: "*" });

const ofNamedCollections: MakePart = (context) => ({
  Resource: "*",
  ...allOf(inRegions(context), namedCollections(context)),
});

/** The same; ForAllValues is true of a request that names no collection, so that it has to name some is said too. */
const ofSomeNamedCollections: MakePart = (context) => {
  const named = namedCollections(context);
  return {
    Resource: "*",
    ...allOf(inRegions(context), named, named && { Null: { "aoss:collection": "false" } }),
  };
};

/** A NEXTGEN endpoint may stand in a VPC that another account shares; a managed one may not. */
const networkOwner = (context: StatementContext, ids: readonly string[] | undefined): string | undefined =>
  ids && has(context, "nextgen-endpoint") ? "*" : undefined;

const vpcArns = (context: StatementContext): readonly string[] => {
  const { vpcs } = context.scope;
  return context.arns.some("ec2", "vpc", vpcs, networkOwner(context, vpcs));
};

const subnetArns = (context: StatementContext): readonly string[] => {
  const { subnets } = context.scope;
  return context.arns.some("ec2", "subnet", subnets, networkOwner(context, subnets));
};

/** Groups that are yet to be made have no id. */
const groupArns = (context: StatementContext): readonly string[] =>
  context.arns.some(
    "ec2",
    "security-group",
    has(context, "security-group") ? undefined : context.scope.securityGroups,
  );

const ownGroups = ({ arns }: StatementContext): readonly string[] => arns.any("ec2", "security-group");

const newEndpoints = ({ arns }: StatementContext): readonly string[] => arns.any("ec2", "vpc-endpoint");

const endpointArns = ({ arns, scope }: StatementContext): readonly string[] =>
  arns.some("ec2", "vpc-endpoint", scope.endpoints);

const zones: MakePart = ({ arns }) => ({ Resource: arns.global("route53", "hostedzone/*") });

/** Groups of the VPCs of endpoints. */
const inVpcs = (context: StatementContext): IamCondition | undefined =>
  context.scope.vpcs && { ArnEquals: { "ec2:Vpc": oneOrMore(vpcArns(context)) } };

const customerKeys =
  (more?: IamCondition): MakePart =>
  (context) => {
    const { kmsKeys } = context.scope;
    const via = oneOrMore(sortedRegions(context).map((region) => `aoss.${region}.amazonaws.com`));
    return {
      Resource: kmsKeys ? sortedUnique(kmsKeys) : context.arns.any("kms", "key"),
      ...allOf(more, { StringEquals: { "kms:ViaService": via } }),
    };
  };

const parts: Readonly<Record<StatementName, MakePart>> = {
  CreateManagedEndpoint: anywhere,
  ChangeManagedEndpoints: anywhere,
  ReadManagedEndpoints: anywhere,
  CreateEndpointInVpc: (context) => ({
    Resource: [
      ...vpcArns(context),
      ...subnetArns(context),
      ...groupArns(context),
      // What OpenSearch Serverless asks for with it, nobody documents, so nothing is asked of it here.
      ...(has(context, "managed-endpoint") ? newEndpoints(context) : []),
    ],
  }),
  CreateNextgenEndpoint: (context) =>
    has(context, "managed-endpoint")
      ? undefined
      : { Resource: newEndpoints(context), ...allOf(requestTags(context), forNextgen(context)) },
  ChangeEndpoints: (context) => ({
    Resource: endpointArns(context),
    // The tags of a managed endpoint are not known, nor are they the deployment's.
    ...(has(context, "managed-endpoint") ? {} : allOf(resourceTags(context))),
  }),
  ChangeEndpointNetwork: (context) => ({ Resource: [...subnetArns(context), ...groupArns(context)] }),
  UsePrivateDns: (context) => (has(context, "managed-endpoint") ? undefined : zones(context)),
  TagEndpoints: (context) => ({ Resource: endpointArns(context) }),
  CreateManagedZones: everywhere,
  ChangeZones: zones,
  UnshareZones: (context) => ({
    Resource: context.arns.global("route53", "hostedzone/*"),
    ...allOf(sharedVpcs(context)),
  }),
  FollowZoneChanges: ({ arns }) => ({ Resource: arns.global("route53", "change/*") }),
  LookUpZones: everywhere,
  ReadZones: zones,
  LookUpVpcs: everywhere,
  LookUpNetwork: anywhere,
  CreateSecurityGroup: (context) => ({ Resource: ownGroups(context), ...allOf(requestTags(context)) }),
  CreateSecurityGroupInVpc: (context) => ({ Resource: vpcArns(context) }),
  TagNewSecurityGroup: (context) =>
    inVpcs(context) && {
      Resource: ownGroups(context),
      ...allOf({ StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" } }, requestTags(context)),
    },
  TagSecurityGroups: (context) => ({ Resource: ownGroups(context), ...allOf(inVpcs(context)) }),
  UntagSecurityGroups: (context) => ({ Resource: ownGroups(context), ...allOf(resourceTags(context)) }),
  ChangeSecurityGroups: (context) => ({
    Resource: ownGroups(context),
    ...allOf(inVpcs(context), resourceTags(context)),
  }),
  ChangeSecurityGroupRules: ({ arns }) => ({ Resource: arns.any("ec2", "security-group-rule") }),
  // Those of AWS belong to the account `aws`.
  UsePrefixLists: ({ arns, scope }) => ({
    Resource: arns.some("ec2", "prefix-list", scope.prefixLists, "*"),
  }),
  TagSecurityGroupRules: ({ arns }) => ({ Resource: arns.any("ec2", "security-group-rule") }),
  CreateNetworkPolicies: ofSomeNamedCollections,
  WriteNetworkPolicies: ofNamedCollections,
  ReadNetworkPolicies: anywhere,
  CreateEncryptionPolicies: ofSomeNamedCollections,
  WriteEncryptionPolicies: ofNamedCollections,
  ReadEncryptionPolicies: anywhere,
  WriteDataAccessPolicies: ofNamedCollections,
  ReadDataAccessPolicies: anywhere,
  WriteLifecyclePolicies: anywhere,
  ReadLifecyclePolicies: anywhere,
  CreateCollections: (context) => ({ Resource: "*", ...allOf(inRegions(context), requestTags(context)) }),
  ChangeCollections: (context) => ({
    Resource: context.arns.some("aoss", "collection", context.scope.collectionIds),
    ...allOf(resourceTags(context)),
  }),
  JoinCollectionGroups: ({ arns }) => ({ Resource: arns.any("aoss", "collection-group") }),
  ReadCollections: ofNamedCollections,
  ReadCollectionTags: anywhere,
  TagCollections: anywhere,
  CreateServiceLinkedRole: ({ arns }) => ({
    Resource: arns.role(`aws-service-role/${serviceRole.principal}/${serviceRole.name}`),
    Condition: { StringEquals: { "iam:AWSServiceName": serviceRole.principal } },
  }),
  UseCustomerKey: customerKeys(),
  GrantCustomerKey: customerKeys({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
  FindExisting: anywhere,
  UseCollections: (context) => ({
    Resource: context.arns.some("aoss", "collection", context.scope.collectionIds),
    ...allOf(used(context.scope.collections)),
  }),
  UseDashboards: ({ arns, scope }) =>
    scope.dashboards?.length === 0
      ? undefined
      : { Resource: arns.dashboards(), ...allOf(used(scope.dashboards ?? scope.collections)) },
};

/**
 * The statement of this name with these actions; nothing where another one allows the same and more, or where there
 * is nothing that it could be about.
 */
export function makeStatement(
  name: StatementName,
  actions: readonly string[],
  context: StatementContext,
): IamStatement | undefined {
  const part = parts[name](context);
  if (!part || part.Resource.length === 0) return undefined;
  const { Resource, Condition } = part;
  return {
    Sid: name,
    Effect: "Allow",
    Action: [...actions],
    Resource: Resource === "*" ? Resource : oneOrMore(Resource),
    ...(Condition ? { Condition } : {}),
  };
}
