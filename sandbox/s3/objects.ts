import { partitionOf } from "../access/arns";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { S3Object } from "./bucket-state";
import { requireBucket } from "./buckets";
import type { S3Operation, S3Request } from "./operation";
import { encryptionHeaders } from "./put-object";
import { noSuchKey } from "./refusals";

export const getObject: S3Operation = {
  read: (request) => {
    const headers = headersFor(request);
    const range = request.header("range");
    return (call) => {
      const object = requireObject(call, request);
      const content = Buffer.from(object.content);
      if (range === undefined) return { status: 200, headers: headers(object), body: object.content };
      const { from, to } = rangeOf(range, content.length);
      const isWhole = from === 0 && to === content.length - 1;
      return {
        status: 206,
        headers: {
          // The checksum is of all of it, and of a part it would be wrong.
          ...headers(object, isWhole),
          "content-range": `bytes ${from}-${to}/${content.length}`,
        },
        body: isWhole ? object.content : content.subarray(from, to + 1),
      };
    };
  },
};

export const headObject: S3Operation = {
  action: "GetObject",
  read: (request) => {
    const headers = headersFor(request);
    return (call) => {
      const object = requireObject(call, request);
      const length = Buffer.byteLength(object.content);
      return { status: 200, headers: { ...headers(object), "content-length": String(length) }, body: "" };
    };
  },
};

export const deleteObject: S3Operation = {
  read:
    ({ bucket, key }) =>
    (call) => {
      requireBucket(call, bucket).objects.delete(key);
      return { status: 204, headers: {}, body: "" };
    },
};

function requireObject(call: Call, { bucket, key }: S3Request): S3Object {
  const object = requireBucket(call, bucket).objects.get(key);
  if (object) return object;
  // Whoever may not list the bucket is not told that there is nothing (API reference, GetObject, permissions).
  call.forward("s3:ListBucket", [`arn:${partitionOf(call.region)}:s3:::${bucket}`]);
  throw noSuchKey(key);
}

function headersFor({ header }: S3Request): (object: S3Object, isWhole?: boolean) => Record<string, string> {
  const wantsChecksum = header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  return (object, isWhole = true) => ({
    etag: object.etag,
    "content-type": object.contentType,
    "last-modified": new Date(object.lastModified).toUTCString(),
    "accept-ranges": "bytes",
    ...encryptionHeaders(object),
    ...(wantsChecksum && isWhole ? { "x-amz-checksum-sha256": object.checksum } : {}),
  });
}

/** RFC 9110, of which S3 takes one range. */
function rangeOf(range: string, length: number): { readonly from: number; readonly to: number } {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
  if ((first === "" && last === "") || from > to) {
    throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416);
  }
  return { from, to };
}
