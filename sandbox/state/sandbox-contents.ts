import type { Collection, CollectionGroup } from "../aoss/collection-state";
import type {
  InterfaceEndpoint,
  KmsKey,
  OpenIdConnectProvider,
  PolicyType,
  PrefixList,
  RecordSet,
  SecurityConfig,
  Subnet,
  Vpc,
  VpcEndpoint,
  VpcInRegion,
} from "./state";

type TagsByKey = Readonly<Record<string, string>>;

/** Where something is: an id or a name alone may be that of several accounts and Regions. */
export interface Place {
  /** 12 digits */
  readonly account: string;
  readonly region: string;
}

/** Members of what is kept, each always there; undefined for one that is not set. */
type Shown<Of, Names extends keyof Of> = {
  readonly [Name in keyof Required<Pick<Of, Names>>]: Of[Name];
};

type InAccount<More> = Pick<Place, "account"> & More;
type Named<More> = Place & { readonly id: string } & More;
type Tagged<More> = Named<More> & { readonly tags: TagsByKey };

export type PolicyContents = Place & {
  readonly type: PolicyType;
  readonly name: string;
  readonly description: string | undefined;
  readonly document: unknown;
};

/** What is no longer as the world file has it. */
export type WorldChange = Named<{
  readonly isDeleted: boolean;
  /** the attributes that differ, as they are now, and the tags; null for one that is gone */
  readonly now: Readonly<Record<string, unknown>>;
}>;

/**
 * What was made in the sandbox and is there, in all accounts and Regions, and what is no longer as the world gave it:
 * all lists are empty if nothing is left of whatever was done. The service-linked role that the first collection brings
 * stays in AWS too, and is not listed.
 */
export interface SandboxContents {
  readonly vpcEndpoints: readonly Tagged<
    Shown<VpcEndpoint, "name" | "vpcId" | "status" | "failureCode" | "policyDocument"> & {
      readonly subnetIds: readonly string[];
      readonly securityGroupIds: readonly string[];
      /** VPCs that its hosted zones are associated with beside its own, by the zone's host: `aoss` */
      readonly zoneVpcs: Readonly<Record<string, readonly VpcInRegion[]>>;
    }
  >[];
  readonly securityGroups: readonly Tagged<{
    readonly name: string;
    readonly description: string;
    readonly vpcId: string;
  }>[];
  readonly securityGroupRules: readonly Tagged<{
    readonly securityGroupId: string;
    readonly isEgress: boolean;
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    /** a CIDR block, or the id of a prefix list or group */
    readonly source: string;
    readonly description: string | undefined;
  }>[];
  readonly vpcs: readonly Tagged<Vpc>[];
  readonly subnets: readonly Tagged<Subnet>[];
  readonly prefixLists: readonly Tagged<PrefixList>[];
  readonly interfaceEndpoints: readonly Tagged<
    Shown<
      InterfaceEndpoint,
      "vpcId" | "serviceName" | "privateDnsEnabled" | "ipAddressType" | "policyDocument" | "status"
    > & { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }
  >[];
  /** private zones that were made through Route 53, not those of managed endpoints */
  readonly hostedZones: readonly {
    readonly account: string;
    readonly id: string;
    readonly name: string;
    readonly comment: string | undefined;
    readonly vpcs: readonly VpcInRegion[];
    readonly recordSets: readonly RecordSet[];
    readonly tags: TagsByKey;
  }[];
  /** of S3: those that were made, and those of the world that hold something; without what the objects hold */
  readonly buckets: readonly (Place & {
    readonly name: string;
    readonly objects: readonly { readonly key: string; readonly bytes: number }[];
  })[];
  /** without those that are pending deletion */
  readonly kmsKeys: readonly Tagged<
    Shown<KmsKey, "description" | "enabled" | "rotationPeriodDays"> & {
      readonly aliases: readonly string[];
      readonly grants: number;
    }
  >[];
  readonly collections: readonly Tagged<
    Shown<
      Collection,
      | "name"
      | "type"
      | "status"
      | "failureCode"
      | "description"
      | "standbyReplicas"
      | "deletionProtection"
      | "vectorOptions"
      | "collectionGroupName"
    > & {
      /** `auto` for a key that AWS owns */
      readonly kmsKeyArn: string;
    }
  >[];
  readonly collectionGroups: readonly Tagged<
    Shown<CollectionGroup, "name" | "generation" | "standbyReplicas" | "description" | "capacityLimits">
  >[];
  /** network and encryption */
  readonly securityPolicies: readonly PolicyContents[];
  readonly accessPolicies: readonly PolicyContents[];
  readonly lifecyclePolicies: readonly PolicyContents[];
  /** the id is such as `saml/123456789012/okta` */
  readonly securityConfigs: readonly Named<Shown<SecurityConfig, "type" | "description" | "options">>[];
  /** capacity limits that are not those that AWS sets, in OpenSearch Compute Units */
  readonly accountSettings: readonly (Place & {
    readonly maxIndexingCapacityInOCU: number;
    readonly maxSearchCapacityInOCU: number;
  })[];
  /** those that the caller made */
  readonly serviceLinkedRoles: readonly { readonly account: string; readonly name: string }[];
  readonly iamPolicies: readonly InAccount<{
    readonly arn: string;
    readonly document: unknown;
    readonly tags: TagsByKey;
  }>[];
  /** those that are not service-linked */
  readonly iamRoles: readonly InAccount<{
    readonly arn: string;
    readonly trustPolicy: unknown;
    /** ARNs, sorted */
    readonly attachedPolicies: readonly string[];
    readonly tags: TagsByKey;
  }>[];
  readonly openIdConnectProviders: readonly InAccount<
    Shown<OpenIdConnectProvider, "url" | "clientIds"> & { readonly tags: TagsByKey }
  >[];
  readonly worldChanges: readonly WorldChange[];
}
