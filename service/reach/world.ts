import type { DataAccessPolicyDocument } from "../data-access-policy";
import type { NetworkPolicyDocument } from "../network-policy";

/**
 * Classic collections are reached through endpoints that OpenSearch Serverless manages, NEXTGEN ones through
 * interface endpoints for `com.amazonaws.REGION.aoss-data` (developer guide, serverless-vpc, 2026).
 */
export type Generation = "classic" | "nextgen";

/**
 * What is known of one account and Region: the input of `explain` and `accessMatrix`. Plain data, read out of a
 * synthesized stack, a plan, a state or exported policies. Ids are only compared, so one that is not known yet
 * may be any text that is the same wherever the id stands, such as `<id of apps>`. What is left out counts as
 * not known, except where a field says otherwise.
 */
export interface AccessWorld {
  /**
   * The account that the collections and policies belong to, 12 digits. Data access policies take principals of
   * this account alone.
   * @default - not known: every principal is taken to belong to it
   */
  readonly account?: string | undefined;
  /** The VPCs whose address blocks are known; may be empty. */
  readonly vpcs: readonly WorldVpc[];
  /** The endpoints that are known. Others that policies name count as of another stack or account. */
  readonly endpoints: readonly WorldEndpoint[];
  /**
   * Endpoints through which no collection is reached, whatever policies name them.
   * @default - none
   */
  readonly idleEndpoints?: readonly IdleEndpoint[] | undefined;
  /** The security groups of the endpoints, and those that their rules name, as far as known. */
  readonly securityGroups: readonly WorldSecurityGroup[];
  /** The prefix lists that rules name, as far as their entries are known. */
  readonly prefixLists: readonly WorldPrefixList[];
  /** The collections that are known to exist or to be made. Policies may be there before them. */
  readonly collections: readonly WorldCollection[];
  /** All network policies that are known; they add up. A collection that none covers has no network access. */
  readonly networkPolicies: readonly WorldNetworkPolicy[];
  /** All data access policies that are known; they add up. */
  readonly dataPolicies: readonly WorldDataPolicy[];
}

/** A VPC with its address blocks. */
export interface WorldVpc {
  readonly id: string;
  /** What people call it. */
  readonly name?: string | undefined;
  /** All its CIDR blocks, IPv4 and IPv6, secondary ones included; empty when they are not known. */
  readonly cidrs: readonly string[];
}

/** An endpoint that serves the data plane: managed by OpenSearch Serverless, or an `aoss-data` one. */
export interface WorldEndpoint {
  /** As network policies name it in SourceVPCEs. */
  readonly id: string;
  /** What people call it. */
  readonly name?: string | undefined;
  /** Where it is configured, such as a Terraform address. */
  readonly address?: string | undefined;
  /** The VPC it is in. */
  readonly vpcId?: string | undefined;
  /** The account it belongs to, 12 digits; it may differ from that of the collections. */
  readonly account?: string | undefined;
  /** Which collections it serves: `classic` for a managed one, `nextgen` for an `aoss-data` one. */
  readonly generation: Generation;
  /**
   * Whether the names of collections lead to it in its VPC: private DNS of an interface endpoint. Of a managed one
   * it is of no meaning: its private hosted zone is always there.
   * @default - not known
   */
  readonly privateDns?: boolean | undefined;
  /** Its security groups. Undefined or empty: not known which. */
  readonly securityGroupIds: readonly string[] | undefined;
  /**
   * Other VPCs with which its private hosted zone is shared, so that names of collections lead to it from there
   * too. Whether packets do depends on peering or a transit gateway, which is not known here.
   * @default - none
   */
  readonly sharedWithVpcIds?: readonly string[] | undefined;
}

/** An endpoint that is failed, rejected or going away, or of a service that carries no data of collections. */
export interface IdleEndpoint {
  readonly id: string;
  /** What keeps it from serving, as in `vpce-… serves no collection: its status is FAILED`. */
  readonly why: string;
}

/** A security group: what its ingress rules let in. */
export interface WorldSecurityGroup {
  readonly id: string;
  /** What people call it. */
  readonly name?: string | undefined;
  /** The VPC it belongs to. */
  readonly vpcId?: string | undefined;
  /** All its ingress rules. Undefined: they are kept elsewhere and not known; empty: it lets nobody in. */
  readonly rules: readonly IngressRule[] | undefined;
}

/** One ingress rule: a protocol, a range of ports, and exactly one source. No source at all: not known which. */
export interface IngressRule {
  /** As in EC2: `tcp` or `6`, `-1` or `all` for every protocol and port, or another that never is TCP. */
  readonly protocol: string;
  /** First port. Left out with TCP: the ports are not known. Of no meaning with `-1`. */
  readonly fromPort?: number | undefined;
  /** Last port. */
  readonly toPort?: number | undefined;
  readonly cidrIpv4?: string | undefined;
  readonly cidrIpv6?: string | undefined;
  /** A prefix list, whose entries are those of `prefixLists`. */
  readonly prefixListId?: string | undefined;
  /** Lets in what carries this security group, the rule's own group included. */
  readonly securityGroupId?: string | undefined;
}

/** A prefix list whose entries are known. */
export interface WorldPrefixList {
  readonly id: string;
  /** All its entries, IPv4 or IPv6. */
  readonly cidrs: readonly string[];
}

/** A collection that exists or is to be made. */
export interface WorldCollection {
  /** Policies match collections by name. */
  readonly name: string;
  readonly id?: string | undefined;
  /** @default "classic" */
  readonly generation?: Generation | undefined;
}

/** A network policy and where it comes from. */
export interface WorldNetworkPolicy {
  readonly name: string;
  /** Where it is configured, such as a Terraform address. */
  readonly address?: string | undefined;
  readonly document: NetworkPolicyDocument;
}

/** A data access policy and where it comes from. */
export interface WorldDataPolicy {
  readonly name: string;
  /** Where it is configured, such as a Terraform address. */
  readonly address?: string | undefined;
  readonly document: DataAccessPolicyDocument;
}
