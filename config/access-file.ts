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
  readonly name?: string | undefined;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly allow: readonly SourceEntry[];
  readonly securityGroups: readonly string[];
}

/** An endpoint that exists already and is only named in grants. */
export interface ExistingEndpointEntry {
  readonly id: string;
}

export type EndpointEntry = ManagedEndpointEntry | ExistingEndpointEntry;

/** Which collections and dashboards a set of endpoints or AWS services may reach. */
export interface GrantEntry {
  readonly collections: readonly string[];
  readonly dashboards: boolean;
  /** Keys of endpoints of the same stack, or ids of endpoints. */
  readonly from: readonly string[];
  readonly services: readonly string[];
  readonly description?: string | undefined;
}

/** One stack: one account and Region, its endpoints and what they may reach. */
export interface StackEntry {
  readonly region: string;
  readonly account?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, EndpointEntry>>;
  readonly grants: readonly GrantEntry[];
}

/** The whole access file, checked. */
export interface AccessFile {
  readonly version: 1;
  readonly stacks: Readonly<Record<string, StackEntry>>;
}

/** Whether the entry names an endpoint that exists already. */
export function isExisting(entry: EndpointEntry): entry is ExistingEndpointEntry {
  return "id" in entry;
}
