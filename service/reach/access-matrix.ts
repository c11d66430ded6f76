import type { Generation } from "./world";

/**
 * Who reaches what in a whole world, in the form that tables, JSON and pictures are made of. Everything is
 * sorted by `key`, and a key depends only on what it names, so that two matrices can be compared key by key and
 * the order of the input never shows. Sizes are linear in the world, but for the endpoints listed per group.
 */
export interface AccessMatrix {
  /** The endpoints of the world and those that policies name besides, but for idle ones. */
  readonly endpoints: readonly EndpointRow[];
  /** The AWS services that policies name. */
  readonly services: readonly ServiceRow[];
  /** The known collections, grouped by who reaches them, and the patterns that match none of them. */
  readonly groups: readonly CollectionGroup[];
  /** The principals that data access policies name. */
  readonly principals: readonly PrincipalRow[];
  /** What data access policies permit, as `principals` refers to it. */
  readonly permissions: readonly PermissionSet[];
}

/** An endpoint with what may open connections to it. */
export interface EndpointRow {
  /** `endpoint/ID`. */
  readonly key: string;
  readonly id: string;
  /** False for one that is only named in policies: of another stack or account. Its sources are not known. */
  readonly known: boolean;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly account?: string | undefined;
  /** Undefined for one that is not known: it may serve either. */
  readonly generation?: Generation | undefined;
  /** Of a NEXTGEN one, whether its private DNS leads the names of collections to it; undefined: not known. */
  readonly privateDns?: boolean | undefined;
  /** Each distinct source that a security group of the endpoint lets in on TCP 443. */
  readonly sources: readonly SourceRow[];
  /** What is not known of its sources: one line each. Empty: `sources` are all. */
  readonly unknownSources: readonly string[];
}

/** A source of an endpoint: reaches all that the endpoint reaches. */
export interface SourceRow {
  /** `endpoint/ID/cidr/10.0.0.0/16`, `endpoint/ID/security-group/sg-…`, `endpoint/ID/prefix-list/pl-…`. */
  readonly key: string;
  readonly kind: "cidr" | "security-group" | "prefix-list";
  /** The CIDR block, or the id. */
  readonly value: string;
  /** The security groups of the endpoint that let it in. */
  readonly securityGroupIds: readonly string[];
}

/** An AWS service named in SourceServices. */
export interface ServiceRow {
  /** `service/bedrock.amazonaws.com`. */
  readonly key: string;
  readonly service: string;
}

/** Collections that the same ones reach. */
export interface CollectionGroup {
  /** `group/` or `patterns/` and a digest of who reaches it: the same access has the same key in every matrix. */
  readonly key: string;
  /** Whether `collections` are names of known collections, or patterns and names of policies that match none. */
  readonly known: boolean;
  /** Names, or patterns such as `logs-*`; sorted. */
  readonly collections: readonly string[];
  /** Undefined for patterns. */
  readonly generation?: Generation | undefined;
  /** Who reaches the collections themselves. */
  readonly collection: ReachedBy;
  /** Who reaches their dashboards. Services never do. */
  readonly dashboard: ReachedBy;
}

/** Who gets in. */
export interface ReachedBy {
  /** Anybody on the internet. Then `endpoints` are all that serve the generation, too. */
  readonly public: boolean;
  /** Ids of the endpoints, sorted. */
  readonly endpoints: readonly string[];
  /** AWS services that policies name for it, sorted. */
  readonly services: readonly string[];
}

/** A principal with what it is permitted, which all adds up. */
export interface PrincipalRow {
  /** `principal/ARN`. */
  readonly key: string;
  readonly principal: string;
  /** False where it belongs to another account than the world's, which AWS refuses: it is permitted nothing. */
  readonly sameAccount: boolean;
  /** Keys of `permissions`. */
  readonly permissions: readonly string[];
}

/** What one block of a data access policy permits. */
export interface PermissionSet {
  /** `permission/POLICY/` and a digest of what is permitted. */
  readonly key: string;
  readonly policy: string;
  readonly address?: string | undefined;
  readonly permits: readonly Permit[];
}

/** Permissions on one resource. */
export interface Permit {
  readonly type: "collection" | "index" | "model" | "agent";
  /** Name or pattern of the collections. */
  readonly collections: string;
  /** Name or pattern of the indexes, or of the models or agents; undefined for permissions on the collection. */
  readonly within?: string | undefined;
  /** Such as `aoss:ReadDocument`, or `aoss:*`; sorted. */
  readonly permissions: readonly string[];
}
