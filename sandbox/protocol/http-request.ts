/** A request as it came in. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** undefined if it was too large to be read */
  readonly body: Buffer | undefined;
}
