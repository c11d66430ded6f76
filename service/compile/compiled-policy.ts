/** One policy of a compiled set. */
export interface CompiledPolicy<Document> {
  /**
   * Place in the set: "" for the first, else 1 to 12 of `a-z`, `0-9` and `-`. It stays while the wish changes
   * elsewhere, so it can be part of names and addresses.
   */
  readonly slot: string;
  readonly document: Document;
  /** The canonical text of the document. */
  readonly text: string;
}

/** What is known beside the wish. */
export interface CompileOptions {
  /**
   * How many bytes a text takes in the policy, between its quotes; for what stands for a value not known yet.
   * @default - a text as it is, and 25, the longest endpoint id, for an endpoint that is not an endpoint id
   */
  readonly bytesOf?: (text: string) => number;
  /**
   * How many policies there may be.
   * @default - as many as AWS takes: 500 network, 150 encryption, 500 data access policies
   */
  readonly policyLimit?: number;
  /**
   * How many bytes one policy may take; less than AWS takes leaves room for additions by hand.
   * @default - as many as AWS takes: 10,240
   */
  readonly maxBytes?: number;
}

/** Bytes of a text in JSON, without its quotes. */
export const bytesInJson = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;
