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
  failureCode?: string;
  failureMessage?: string;
  readonly createdDate: number;
  lastModifiedDate: number;
}

export interface Vpc {
  readonly id: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  /** another account's, shared with this one: the account that owns it makes its endpoints */
  readonly ownerId?: string;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  /** undefined in a subnet that is IPv6 only */
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  mapPublicIpOnLaunch: boolean;
}

export interface PrefixList {
  readonly id: string;
  name: string;
  readonly ownerId: string;
  readonly addressFamily: "IPv4" | "IPv6";
  maxEntries: number;
  entries: readonly { readonly cidr: string; readonly description?: string }[];
  version: number;
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

interface RememberedAnswer {
  readonly request: string;
  readonly answer: object;
}

export interface RegionState {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly prefixLists: Map<string, PrefixList>;
  readonly vpcEndpoints: Map<string, VpcEndpoint>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly securityGroupRules: Map<string, SecurityGroupRule>;
  /** by `type/name` */
  readonly policies: Map<string, Policy>;
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
    securityGroups: new Map(),
    securityGroupRules: new Map(),
    policies: new Map(),
    tags: new Map(),
    given: new Set(),
    vpcOfForeignIds: new Map(),
    answersByClientToken: new Map(),
  };
}
