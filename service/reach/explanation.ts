/** Who asks for access. */
export type AccessFrom =
  | (NetworkFrom & SignedBy)
  /** An IAM user or role, the session of an assumed role, or a SAML user or group, wherever it is. */
  | { readonly kind: "principal"; readonly principal: string };

/** Where requests come from. */
export type NetworkFrom =
  /** An address block. In the VPC `vpcId` if given, else in the known VPCs that hold it. */
  | { readonly kind: "cidr"; readonly cidr: string; readonly vpcId?: string | undefined }
  /** Whatever carries a security group. In the VPC `vpcId` if given, where it is not known which it belongs to. */
  | { readonly kind: "security-group"; readonly id: string; readonly vpcId?: string | undefined }
  /** The addresses of a prefix list. */
  | { readonly kind: "prefix-list"; readonly id: string }
  /** Whoever gets as far as this endpoint. */
  | { readonly kind: "endpoint"; readonly id: string }
  /** An AWS service, such as `bedrock.amazonaws.com`. */
  | { readonly kind: "service"; readonly service: string }
  /** Anybody on the internet. */
  | { readonly kind: "public" };

/** Who signs the requests. */
export interface SignedBy {
  /**
   * The principal: an ARN, or a SAML user or group. Data access is then the last gate of every path.
   * @default - anybody: `alsoNeeded` tells which principals are permitted something
   */
  readonly as?: string | undefined;
}

/** What is to be reached. */
export interface AccessTo {
  /** The OpenSearch API of a collection, or its dashboards. */
  readonly kind: "collection" | "dashboard";
  /** The collection's name, or a pattern (`logs-*`, `*`) for all collections it covers, those to come included. */
  readonly name: string;
}

/**
 * `open`: all of what was asked gets in. `shut`: none of it does. `partly`: part surely does, of the address
 * block or of the collections that a pattern covers. `unknown`: something that decides is not known.
 */
export type AccessVerdict = "open" | "shut" | "partly" | "unknown";

/** What has to be passed, in this order; `data-access` only where a principal is asked about. */
export type AccessGateName = "route" | "security-group" | "generation" | "network-policy" | "data-access";

/** A block of a policy that lets in, counted from 0 as AWS does (`$[0]`). */
export interface PolicyPlace {
  readonly policy: string;
  readonly address?: string | undefined;
  readonly block: number;
}

/** One gate on a path, judged by itself. */
export interface AccessGate {
  readonly gate: AccessGateName;
  readonly verdict: AccessVerdict;
  /** One line: why, in the words of AWS. */
  readonly reason: string;
  /** One line: what would open it. Only where it is not open. */
  readonly remedy?: string | undefined;
  /** The blocks of policies that open it, wholly or in part. */
  readonly places?: readonly PolicyPlace[] | undefined;
}

/** One way in. */
export interface AccessPath {
  /**
   * Through an endpoint; over the internet to the collection's public name; as an AWS service named in
   * SourceServices; or, for a principal, what data access policies say wherever it comes from.
   */
  readonly via: "endpoint" | "internet" | "service" | "principal";
  /** The endpoint's id, where the path leads through one. */
  readonly endpoint?: string | undefined;
  readonly verdict: AccessVerdict;
  /** All gates of the path in order, those behind a shut one too. */
  readonly gates: readonly AccessGate[];
  /** The first gate that nothing passes; only where the path is shut. */
  readonly shutAt?: AccessGateName | undefined;
  /** The address blocks that surely get in; only for address blocks and prefix lists that get in in part. */
  readonly cidrs?: readonly string[] | undefined;
}

/** The answer of `explain`. */
export interface AccessExplanation {
  readonly from: AccessFrom;
  readonly to: AccessTo;
  readonly verdict: AccessVerdict;
  /** Every path, those that are open first, then partly, unknown, shut; by endpoint id among these. */
  readonly paths: readonly AccessPath[];
  /** What is not known and decides; empty unless the verdict is `unknown` or `partly`. */
  readonly unknown: readonly string[];
  /** What is needed besides the network path, or besides data access: one line each. */
  readonly alsoNeeded: readonly string[];
  /** What else to know about the answer. */
  readonly notes: readonly string[];
}
