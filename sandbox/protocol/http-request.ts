/** A request as it came in. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** undefined if it was too large to be read */
  readonly body: Buffer | undefined;
}

/** What is read of a body. Objects of S3 are larger than requests; from 5 MiB on Terraform sends a state in parts. */
export const maxBodyBytes = ({ headers }: Pick<HttpRequest, "headers">): number =>
  (/\/s3\/aws4_request/.test(String(headers["authorization"])) ? 5 : 1) * 1024 * 1024;
