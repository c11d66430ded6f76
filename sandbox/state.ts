/** What exists in the sandbox. Plain data, so that a dry run can work on a copy. */

export interface VpcEndpoint {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** the network interface in each subnet */
  readonly networkInterfaces: Map<string, string>;
  securityGroupIds: readonly string[];
  status: "PENDING" | "ACTIVE" | "DELETING";
  /** when PENDING becomes ACTIVE, and DELETING becomes nothing; milliseconds since 1970 */
  settlesAt: number;
  readonly createdDate: number;
  lastModifiedDate: number;
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

export type SecurityPolicyType = "encryption" | "network";

export interface SecurityPolicy {
  readonly type: SecurityPolicyType;
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
  readonly vpcEndpoints: Map<string, VpcEndpoint>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly securityGroupRules: Map<string, SecurityGroupRule>;
  /** by `type/name` */
  readonly securityPolicies: Map<string, SecurityPolicy>;
  /** tags by the id of what carries them */
  readonly tags: Map<string, Map<string, string>>;
  /** the VPC in which an endpoint first showed a subnet or a group that was not made here; kept for good */
  readonly vpcOfForeignIds: Map<string, string>;
  /** answers to creates, updates and deletes by operation and client token */
  readonly answersByClientToken: Map<string, RememberedAnswer>;
}

/** What an operation gets to see of the world. */
export interface Call {
  readonly region: string;
  readonly now: number;
  readonly transitionMs: number;
  readonly state: RegionState;
  /** every group id ever given out, in all Regions: one of these that is not in `state` does not exist */
  readonly issuedGroupIds: Set<string>;
}

export function emptyRegion(): RegionState {
  return {
    vpcEndpoints: new Map(),
    securityGroups: new Map(),
    securityGroupRules: new Map(),
    securityPolicies: new Map(),
    tags: new Map(),
    vpcOfForeignIds: new Map(),
    answersByClientToken: new Map(),
  };
}

/** Lets the time that has passed show: there are no timers, so that nothing keeps the process alive. */
export function settle(state: RegionState, now: number): void {
  for (const endpoint of state.vpcEndpoints.values()) {
    if (endpoint.settlesAt > now) continue;
    if (endpoint.status === "PENDING") endpoint.status = "ACTIVE";
    if (endpoint.status === "DELETING") {
      state.vpcEndpoints.delete(endpoint.id);
      state.tags.delete(endpoint.id);
    }
  }
}

/** The sandbox takes ids that it did not make as they come, but one that it made must (still) be there. */
export const isUnknownGroup = (call: Call, groupId: string): boolean =>
  call.issuedGroupIds.has(groupId) && !call.state.securityGroups.has(groupId);
