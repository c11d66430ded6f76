import type { Call } from "../call";
import type { ServiceAnswer } from "../protocol/service";

/** What a request says, by the place where it says it. */
export interface S3Request {
  readonly bucket: string;
  readonly key: string;
  /** A parameter of the query string; reading it is what keeps it from being refused. */
  query(name: string): string | undefined;
  /** A header, likewise, if its name begins with `x-amz-` or `if-`. */
  header(name: string): string | undefined;
  readonly text: string;
}

/** An operation in two steps: read everything, then run; in between, what nobody read is refused. */
export interface S3Operation {
  /** as in IAM @default - called as the operation */
  readonly action?: string;
  readonly read: (request: S3Request) => (call: Call) => ServiceAnswer;
}
