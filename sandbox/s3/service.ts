import { AwsError } from "../protocol/aws-error";
import { renderXml } from "../protocol/query-protocol";
import { isReadName, type Service, type ServiceRequest } from "../protocol/service";
import { createBucket, deleteBucket, headBucket, listBuckets } from "./buckets";
import { listObjectsV2 } from "./list-objects";
import { deleteObject, getObject, headObject } from "./objects";
import type { S3Operation, S3Request } from "./operation";
import { putObject } from "./put-object";
import { invalidArgument, notImplemented } from "./refusals";

const operations: Readonly<Record<string, S3Operation>> = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
};

/** By the method and whether the path names a bucket and a key. */
const routes: Readonly<Record<string, string>> = {
  "GET /": "ListBuckets",
  "GET bucket": "ListObjectsV2",
  "HEAD bucket": "HeadBucket",
  "PUT bucket": "CreateBucket",
  "DELETE bucket": "DeleteBucket",
  "GET key": "GetObject",
  "HEAD key": "HeadObject",
  "PUT key": "PutObject",
  "DELETE key": "DeleteObject",
};

/** What SDKs send beside what they are told to; none of it changes what is done here. */
const usualParameters = new Set(["x-id"]);
const usualHeaders = new Set(["x-amz-date", "x-amz-content-sha256", "x-amz-user-agent"]);

/**
 * S3, as far as Terraform keeps state in it: objects of text, in path-style requests, with conditional writes. What
 * else S3 has is refused as not implemented.
 */
export const s3: Service = {
  operations: Object.keys(operations),
  actions: Object.entries(operations).map(([name, { action = name }]) => action),
  operationAt: (method, path) => routes[routeOf(method, path)],
  ask(asked) {
    const { method, path, target } = asked;
    const name = routes[routeOf(method, path)];
    const operation = name === undefined ? undefined : operations[name];
    if (name === undefined || !operation || target !== undefined) {
      throw new AwsError(
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        405,
      );
    }
    const request = new TrackedRequest(asked);
    const run = operation.read(request);
    request.refuseUnread();
    return {
      operation: name,
      ...(operation.action === undefined ? {} : { action: operation.action }),
      isRead: isReadName(name) || name.startsWith("Head"),
      input: () => ({ bucket: request.bucket, key: request.key }),
      run,
    };
  },
  error: ({ code, message, status, members }, requestId) =>
    renderXml(status, { Error: { Code: code, Message: message, ...members, RequestId: requestId } }),
};

function routeOf(method: string, path: string): string {
  const { bucket, key } = placeIn(path);
  return `${method} ${bucket === "" ? "/" : key === "" ? "bucket" : "key"}`;
}

/** Bucket and key as they stand in the path, still encoded. */
function placeIn(path: string): { readonly bucket: string; readonly key: string } {
  const [pathname = ""] = path.split("?");
  const [, bucket = "", key = ""] = /^\/([^/]*)(?:\/(.*))?$/s.exec(pathname) ?? [];
  return { bucket, key };
}

/** Notes what was read, so that a parameter or header which nobody acts upon is never silently dropped. */
class TrackedRequest implements S3Request {
  readonly bucket: string;
  readonly key: string;
  readonly text: string;
  private readonly parameters: URLSearchParams;
  private readonly headers: ServiceRequest["headers"];
  private readonly read = new Set<string>();

  constructor({ path, text, headers }: ServiceRequest) {
    const { bucket, key } = placeIn(path);
    this.bucket = decoded(bucket);
    this.key = decoded(key);
    this.text = text;
    this.headers = headers;
    this.parameters = new URLSearchParams(path.split("?").slice(1).join("?"));
  }

  query = (name: string): string | undefined => {
    this.read.add(`?${name}`);
    return this.parameters.get(name) ?? undefined;
  };

  header = (name: string): string | undefined => {
    this.read.add(name);
    const value = this.headers[name];
    return typeof value === "object" ? value.join(",") : value;
  };

  refuseUnread(): void {
    for (const name of this.parameters.keys()) {
      if (!this.read.has(`?${name}`) && !usualParameters.has(name)) throw notImplemented(`?${name}`);
    }
    for (const name of Object.keys(this.headers)) {
      const says = /^(?:x-amz-|if-|range$)/.test(name) && !usualHeaders.has(name);
      if (says && !this.read.has(name)) throw notImplemented(name);
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidArgument("The path is not valid percent-encoding");
  }
}
