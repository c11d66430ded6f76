/** What exists of collections in a Region: plain data, see `state/state.ts`. */

export type Generation = "CLASSIC" | "NEXTGEN";
export type Switch = "ENABLED" | "DISABLED";
export type CollectionType = "SEARCH" | "TIMESERIES" | "VECTORSEARCH";

export interface VectorOptions {
  readonly ServerlessVectorAcceleration: "ENABLED" | "DISABLED" | "ALLOWED";
}

export interface Collection {
  /** 20 lower case letters and digits */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: CollectionType;
  readonly standbyReplicas: Switch;
  /** `auto` for a key that AWS owns */
  readonly kmsKeyArn: string;
  readonly collectionGroupName?: string;
  /** of its group; a collection without a group is CLASSIC */
  readonly generation: Generation;
  description?: string;
  deletionProtection: Switch;
  vectorOptions?: VectorOptions;
  status: "CREATING" | "UPDATING" | "DELETING" | "ACTIVE" | "FAILED" | "UPDATE_FAILED";
  /** when CREATING and UPDATING become ACTIVE, and DELETING becomes nothing; milliseconds since 1970 */
  settlesAt: number;
  failureCode?: string;
  failureMessage?: string;
  readonly createdDate: number;
  lastModifiedDate: number;
}

/** In OpenSearch Compute Units. */
export interface GroupCapacityLimits {
  readonly maxIndexingCapacityInOCU?: number;
  readonly maxSearchCapacityInOCU?: number;
  readonly minIndexingCapacityInOCU?: number;
  readonly minSearchCapacityInOCU?: number;
}

export interface CollectionGroup {
  /** 20 lower case letters and digits */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly standbyReplicas: Switch;
  readonly generation: Generation;
  description?: string;
  capacityLimits?: GroupCapacityLimits;
  readonly createdDate: number;
  lastModifiedDate: number;
}

/** What all collections without a group may use together, in OpenSearch Compute Units. */
export interface AccountSettings {
  readonly maxIndexingCapacityInOCU: number;
  readonly maxSearchCapacityInOCU: number;
}

/** The capacity limits of an account that changed nothing (quota table of OpenSearch Serverless). */
export const defaultAccountSettings: AccountSettings = {
  maxIndexingCapacityInOCU: 10,
  maxSearchCapacityInOCU: 10,
};
