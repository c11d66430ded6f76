import type { AccountSettings, Collection, CollectionGroup } from "../aoss/collection-state";
import type { Bucket } from "../s3/bucket-state";
import type { AccountWorld } from "../world/world";

/** What exists in the sandbox: plain data, maps and sets, so that it can be copied and written to a file. */

export interface VpcEndpoint {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** the network interface in each subnet */
  readonly networkInterfaces: Map<string, string>;
  securityGroupIds: readonly string[];
  status: "PENDING" | "ACTIVE" | "DELETING" | "FAILED";
  /** when PENDING becomes ACTIVE, and DELETING becomes nothing; milliseconds since 1970 */
  settlesAt: number;
  /** a fault keeps it PENDING at least until then; milliseconds since 1970 */
  heldUntil?: number;
  failureCode?: string;
  failureMessage?: string;
  /** the endpoint policy as it was given through EC2; undefined: full access */
  policyDocument?: string;
  /** VPCs that its hosted zones are associated with beside its own, by the zone's host: `aoss` */
  zoneVpcs?: Map<string, readonly VpcInRegion[]>;
  readonly createdDate: number;
  lastModifiedDate: number;
}

/** An interface endpoint that EC2 made for its caller, not OpenSearch Serverless. */
export interface InterfaceEndpoint {
  readonly id: string;
  readonly vpcId: string;
  /** such as `com.amazonaws.eu-central-1.aoss-data` */
  readonly serviceName: string;
  /** the network interface in each subnet */
  readonly networkInterfaces: Map<string, string>;
  securityGroupIds: readonly string[];
  privateDnsEnabled: boolean;
  ipAddressType: "ipv4" | "ipv6" | "dualstack";
  dnsRecordIpType: "ipv4" | "ipv6" | "dualstack" | "service-defined";
  /** the endpoint policy as it was given; undefined: full access */
  policyDocument?: string;
  status: "pending" | "available" | "deleting";
  /** when pending becomes available, and deleting becomes nothing; milliseconds since 1970 */
  settlesAt: number;
  readonly createdDate: number;
}

export interface Vpc {
  readonly id: string;
  readonly cidrBlock: string;
  ipv6CidrBlock?: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  enableNetworkAddressUsageMetrics?: boolean;
  /** undefined: `default` */
  readonly instanceTenancy?: "dedicated";
  /** another account's, shared with this one: the account that owns it makes its endpoints */
  readonly ownerId?: string;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  /** undefined in a subnet that is IPv6 only */
  readonly cidrBlock?: string;
  ipv6CidrBlock?: string;
  mapPublicIpOnLaunch: boolean;
  assignIpv6AddressOnCreation?: boolean;
  enableDns64?: boolean;
  resourceNameDnsARecord?: boolean;
  resourceNameDnsAaaaRecord?: boolean;
}

export interface PrefixList {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly addressFamily: "IPv4" | "IPv6";
  maxEntries: number;
  entries: readonly { readonly cidr: string; readonly description?: string }[];
  version: number;
  /** what the last change came to: it failed to delete the list if a rule names it; undefined: create-complete */
  lastState?: "modify-complete" | "delete-failed";
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
}

export interface RuleSource {
  readonly kind: "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedGroupId";
  readonly value: string;
  /** the account of a referenced group */
  readonly ownerId?: string;
}

export interface RuleDefinition {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or a protocol number */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly source: RuleSource;
  readonly description?: string;
}

export interface SecurityGroupRule extends RuleDefinition {
  readonly id: string;
  readonly securityGroupId: string;
  readonly isEgress: boolean;
}

export interface VpcInRegion {
  readonly id: string;
  readonly region: string;
}

export interface RecordSet {
  /** fully qualified, lower case, with the dot at the end */
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
  readonly weight?: number;
  readonly multiValueAnswer?: boolean;
  /** seconds; undefined for an alias */
  readonly ttl?: number;
  readonly values: readonly string[];
  readonly alias?: {
    readonly hostedZoneId: string;
    readonly dnsName: string;
    readonly evaluateTargetHealth: boolean;
  };
}

export interface HostedZone {
  /** without `/hostedzone/` */
  readonly id: string;
  /** lower case, with the dot at the end */
  readonly name: string;
  readonly callerReference: string;
  comment?: string;
  vpcs: readonly VpcInRegion[];
  recordSets: readonly RecordSet[];
  readonly tags: Map<string, string>;
}

export interface KmsKey {
  /** a UUID */
  readonly id: string;
  description: string;
  enabled: boolean;
  policy: string;
  readonly multiRegion: boolean;
  /** days between rotations; undefined: the key is not rotated */
  rotationPeriodDays?: number;
  /** when a key that is pending deletion goes; milliseconds since 1970 */
  deletionDate?: number;
  readonly createdDate: number;
  readonly tags: Map<string, string>;
  readonly grants: Map<string, { readonly granteePrincipal: string; readonly operations: readonly string[] }>;
}

export interface KmsAlias {
  /** with `alias/` */
  readonly name: string;
  keyId: string;
  readonly createdDate: number;
  lastUpdatedDate: number;
}

export interface ServiceLinkedRole {
  readonly name: string;
  readonly id: string;
  readonly serviceName: string;
  readonly description?: string;
  /** the caller asked IAM for it, and so has to delete it; a collection brings it too */
  readonly isByCaller?: boolean;
  readonly createdDate: number;
}

export interface ManagedPolicy {
  /** `ANPA...` */
  readonly id: string;
  readonly name: string;
  /** begins and ends with a slash */
  readonly path: string;
  readonly description?: string;
  /** by number, of which `v3` is made */
  readonly versions: Map<number, { readonly document: string; readonly createdDate: number }>;
  defaultVersion: number;
  /** the highest number that was ever given */
  lastVersion: number;
  readonly createdDate: number;
  lastModifiedDate: number;
  readonly tags: Map<string, string>;
}

/** A role that was made through IAM, not a service-linked one. */
export interface Role {
  /** `AROA...` */
  readonly id: string;
  readonly name: string;
  /** begins and ends with a slash */
  readonly path: string;
  description?: string;
  maxSessionSeconds: number;
  /** the trust policy as it was given */
  trustPolicy: string;
  /** ARNs of managed policies */
  readonly attachedPolicies: Set<string>;
  readonly createdDate: number;
  readonly tags: Map<string, string>;
}

export interface OpenIdConnectProvider {
  /** without `https://` */
  readonly url: string;
  clientIds: readonly string[];
  thumbprints: readonly string[];
  readonly createdDate: number;
  readonly tags: Map<string, string>;
}

export interface IamState {
  /** by ARN */
  readonly policies: Map<string, ManagedPolicy>;
  /** by name */
  readonly roles: Map<string, Role>;
  /** by ARN */
  readonly openIdConnectProviders: Map<string, OpenIdConnectProvider>;
}

export type PolicyType = "data" | "encryption" | "network" | "retention";

export interface Policy {
  readonly type: PolicyType;
  readonly name: string;
  document: unknown;
  description?: string;
  /** counts the updates; the version that callers see is made from it */
  revision: number;
  policyVersion: string;
  readonly createdDate: number;
  lastModifiedDate: number;
}

export interface SecurityConfig {
  /** `saml/123456789012/okta`: type, account, name */
  readonly id: string;
  readonly type: "saml" | "iamidentitycenter" | "iamfederation";
  description?: string;
  /** the options of its type, as they are answered */
  options: Readonly<Record<string, string | number>>;
  /** counts the updates; the version that callers see is made from it */
  revision: number;
  configVersion: string;
  readonly createdDate: number;
  lastModifiedDate: number;
}

interface RememberedAnswer {
  /** a digest of it */
  readonly request: string;
  readonly answer: object;
}

export interface RegionState {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly prefixLists: Map<string, PrefixList>;
  readonly vpcEndpoints: Map<string, VpcEndpoint>;
  readonly interfaceEndpoints: Map<string, InterfaceEndpoint>;
  readonly kmsKeys: Map<string, KmsKey>;
  /** by name, with `alias/` */
  readonly kmsAliases: Map<string, KmsAlias>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly securityGroupRules: Map<string, SecurityGroupRule>;
  /** by `type/name` */
  readonly policies: Map<string, Policy>;
  readonly securityConfigs: Map<string, SecurityConfig>;
  readonly collections: Map<string, Collection>;
  readonly collectionGroups: Map<string, CollectionGroup>;
  /** undefined: as AWS sets them */
  accountSettings?: AccountSettings;
  /** tags by the id, or the ARN, of what carries them */
  readonly tags: Map<string, Map<string, string>>;
  /** ids of what the world holds from the start, and so nobody made */
  readonly given: Set<string>;
  /** in an open world: the VPC in which an endpoint first showed a subnet or a group not made here; kept for good */
  readonly vpcOfForeignIds: Map<string, string>;
  /** answers to creates, updates and deletes by operation and client token */
  readonly answersByClientToken: Map<string, RememberedAnswer>;
}

export interface AccountState {
  readonly regions: Map<string, RegionState>;
  /** what the world says of the account; the Regions are filled from it when they are first called */
  readonly world: AccountWorld;
  /** every id ever given out, in all Regions: one of these that is no longer there does not exist */
  readonly issuedIds: Set<string>;
  /** private hosted zones that were made here; those of managed endpoints follow from the endpoints */
  readonly hostedZones: Map<string, HostedZone>;
  /** when each change of a hosted zone was submitted, by its id without `/change/`; milliseconds since 1970 */
  readonly hostedZoneChanges: Map<string, number>;
  /** by name */
  readonly serviceLinkedRoles: Map<string, ServiceLinkedRole>;
  /** by name, in all Regions; undefined: nobody looked yet, and there are those of the world */
  buckets?: Map<string, Bucket>;
  /** undefined: nothing was ever made in it but the service-linked role */
  iam?: IamState;
  /** by the id of the task, the newest: ARNs of what kept the role from being deleted, by Region; empty: it is gone */
  roleDeletions?: Map<string, ReadonlyMap<string, readonly string[]>>;
}

export interface WorldState {
  /** the Terraform workspace that belongs to this state */
  readonly workspace: string;
  readonly accounts: Map<string, AccountState>;
}

export function emptyRegion(): RegionState {
  return {
    vpcs: new Map(),
    subnets: new Map(),
    prefixLists: new Map(),
    vpcEndpoints: new Map(),
    interfaceEndpoints: new Map(),
    kmsKeys: new Map(),
    kmsAliases: new Map(),
    securityGroups: new Map(),
    securityGroupRules: new Map(),
    policies: new Map(),
    securityConfigs: new Map(),
    collections: new Map(),
    collectionGroups: new Map(),
    tags: new Map(),
    given: new Set(),
    vpcOfForeignIds: new Map(),
    answersByClientToken: new Map(),
  };
}
