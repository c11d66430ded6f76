/** An object, of text: state files and their locks are JSON. */
export interface S3Object {
  readonly key: string;
  readonly content: string;
  /** with its quotes */
  readonly etag: string;
  readonly contentType: string;
  /** SHA-256 of the content, in Base64 */
  readonly checksum: string;
  readonly encryption: "AES256" | "aws:kms";
  /** ARN of the key, with aws:kms */
  readonly kmsKeyArn?: string;
  /** milliseconds since 1970 */
  readonly lastModified: number;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Whether the world has it, or an open world took it as it came: nobody made it. */
  readonly isGiven: boolean;
  /** milliseconds since 1970 */
  readonly createdDate: number;
  /** by key */
  readonly objects: Map<string, S3Object>;
}
