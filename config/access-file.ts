import type { CollectionType, Generation } from "../service";
import type { StateBackend } from "./state-backend";

/** Who may open a connection to an endpoint, as the access file says it: exactly one of the three kinds. */
export interface SourceEntry {
  readonly cidr?: string | undefined;
  readonly securityGroup?: string | undefined;
  readonly prefixList?: string | undefined;
  /** Says that a block of all addresses is meant. */
  readonly allowAnywhere?: boolean | undefined;
  readonly description?: string | undefined;
}

/** An endpoint that is made and kept by the stack. */
export interface ManagedEndpointEntry {
  /** Not known only while the file is judged, where another word stands there. */
  readonly generation?: Generation | undefined;
  readonly name?: string | undefined;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly allow: readonly SourceEntry[];
  readonly securityGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** VPCs that the endpoint's private hosted zone is shared with. */
  readonly shareZoneWith: readonly string[];
}

/** An endpoint that exists already and is only named in grants. */
export interface ExistingEndpointEntry {
  readonly id: string;
  /** Not said: not known, and nothing is checked against it. */
  readonly generation?: Generation | undefined;
}

export type EndpointEntry = ManagedEndpointEntry | ExistingEndpointEntry;

/** Which collections and dashboards a set of endpoints or AWS services may reach. */
export interface GrantEntry {
  readonly collections: readonly string[];
  readonly dashboards: boolean;
  /** Keys of endpoints of the same stack, `STACK.KEY` for those of another, or ids of endpoints. */
  readonly from: readonly string[];
  readonly services: readonly string[];
  readonly description?: string | undefined;
}

/** Who may do what in one collection. */
export interface CollectionAccessEntry {
  readonly principals: readonly string[];
  /** On the collection itself. */
  readonly permissions: readonly string[];
  /** Within the collection, as in `logs-*`. */
  readonly indexes: readonly string[];
  readonly indexPermissions: readonly string[];
  readonly description?: string | undefined;
}

/** How long the data of indexes is kept; in a collection's own list the indexes are named without it. */
export interface RetentionEntry {
  readonly indexes: readonly string[];
  /** Not said: for ever. */
  readonly keepDays?: number | undefined;
}

/** Who gets into a collection, by which way, and how long its data is kept. */
interface OpenedCollection {
  /** Not said of one that is kept elsewhere or in a group: not known, and nothing is checked against it. */
  readonly generation?: Generation | undefined;
  readonly from: readonly string[];
  readonly services: readonly string[];
  readonly dashboards: boolean;
  readonly access: readonly CollectionAccessEntry[];
  readonly retention: readonly RetentionEntry[];
}

/** A collection that is made and kept by the stack; its key is its name. */
export interface MadeCollectionEntry extends OpenedCollection {
  readonly exists?: boolean | undefined;
  readonly type: CollectionType;
  readonly description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly standbyReplicas: boolean;
  readonly group?: string | undefined;
  /** ARN of a KMS key. */
  readonly kmsKey?: string | undefined;
}

/** A collection that is kept elsewhere and only opened here. */
export interface ExistingCollectionEntry extends OpenedCollection {
  readonly exists: true;
}

export type CollectionEntry = MadeCollectionEntry | ExistingCollectionEntry;

/** Who may do what in which collections and indexes, over several collections. */
export interface DataAccessEntry {
  readonly principals: readonly string[];
  readonly collections: readonly string[];
  readonly collectionPermissions: readonly string[];
  /** `COLLECTION/INDEX` */
  readonly indexes: readonly string[];
  readonly indexPermissions: readonly string[];
  readonly description?: string | undefined;
}

/** With which key collections are encrypted that are made elsewhere or later. */
export interface EncryptionEntry {
  readonly collections: readonly string[];
  /** ARN of a KMS key; not said: the key that AWS owns. */
  readonly kmsKey?: string | undefined;
}

/** A finding of the review that is accepted. */
export interface AcceptanceEntry {
  /** Id of the finding. */
  readonly finding: string;
  /** Terraform address; not said: all findings of this id in the stack. */
  readonly address?: string | undefined;
  readonly reason: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until: string;
}

/** One stack: one account and Region, its endpoints and collections and what may reach them. */
export interface StackEntry {
  readonly region: string;
  readonly account?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, EndpointEntry>>;
  readonly grants: readonly GrantEntry[];
  readonly collections: Readonly<Record<string, CollectionEntry>>;
  readonly dataAccess: readonly DataAccessEntry[];
  readonly encryption: readonly EncryptionEntry[];
  readonly lifecycle: readonly RetentionEntry[];
  readonly accept: readonly AcceptanceEntry[];
  /** Its own or that for all stacks, `{stack}` filled in; not said: a file of the project. */
  readonly backend?: StateBackend | undefined;
}

/** The whole access file, checked. */
export interface AccessFile {
  readonly version: 1;
  /** For stacks that say nothing else, as it is written: each of them has it with its name filled in. */
  readonly backend?: StateBackend | undefined;
  readonly stacks: Readonly<Record<string, StackEntry>>;
}

/** Whether the entry names an endpoint that exists already. */
export function isExisting(entry: EndpointEntry): entry is ExistingEndpointEntry {
  return "id" in entry;
}

/** Whether the collection is kept elsewhere. */
export function isKeptElsewhere(entry: CollectionEntry): entry is ExistingCollectionEntry {
  return entry.exists === true;
}
