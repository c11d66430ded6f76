/** One rule of a block: what may be done to which collections, indexes, models or agents. */
export interface DataAccessRule {
  readonly ResourceType: "collection" | "index" | "model" | "agent";
  /** `collection/NAME`, `index/COLLECTION/INDEX`; NAME and INDEX may end in `*`. */
  readonly Resource: readonly string[];
  /** `aoss:ReadDocument` and the like, or `aoss:*`. */
  readonly Permission: readonly string[];
}

/** One block of a data access policy: what its principals may do. */
export interface DataAccessBlock {
  readonly Description?: string;
  readonly Rules: readonly DataAccessRule[];
  /** ARNs of IAM users and roles of the same account, or SAML users and groups. */
  readonly Principal: readonly string[];
}

/** A data access policy as OpenSearch Serverless takes it: an array of blocks that add up. */
export type DataAccessPolicyDocument = readonly DataAccessBlock[];
