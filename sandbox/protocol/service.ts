import type { Call } from "../call";
import type { AwsError } from "./aws-error";
import type { HttpRequest } from "./http-request";

/** A request whose signature has been seen to. */
export interface ServiceRequest {
  readonly requestId: string;
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly target: string | undefined;
  readonly text: string;
  /** by their names in lower case */
  readonly headers: HttpRequest["headers"];
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * What a request was sent with: the members of a JSON input, the fields of a form by their full names, or the
 * parameters of a REST path and the elements of its body.
 */
export type RequestInput = Readonly<Record<string, unknown>>;

/** One request, read as far as it takes to say what it asks for. */
export interface Asked {
  /** as in the API, and mostly in IAM: `CreateVpcEndpoint` */
  readonly operation: string;
  /** the action in IAM, where it is called otherwise: `ListBucket` for ListObjectsV2 */
  readonly action?: string;
  /** Whether it changes nothing. */
  readonly isRead: boolean;
  /** What conditions and resources of an IAM policy may be about. @default - nothing */
  input?(): RequestInput;
  /** Does it. Throws an `AwsError` before anything is changed, or not at all. */
  run(call: Call): ServiceAnswer;
}

/** An AWS service as the sandbox serves it. */
export interface Service {
  /** what it serves, by name */
  readonly operations: readonly string[];
  /** the actions of these in IAM @default - called as the operations */
  readonly actions?: readonly string[];
  /** The operation that a method and a path name, before anything else is looked at. @default - they name none */
  operationAt?(method: string, path: string): string | undefined;
  /** Throws an `AwsError` for what the service does not know. */
  ask(request: ServiceRequest): Asked;
  error(error: AwsError, requestId: string): ServiceAnswer;
}

/** AWS names what changes nothing this way throughout. */
export const isReadName = (operation: string): boolean =>
  /^(?:BatchGet|Describe|Get|List|Search)/.test(operation);
