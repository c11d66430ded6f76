import { renderXml } from "../protocol/query-protocol";
import { namespace, requireBucket } from "./buckets";
import type { S3Operation } from "./operation";
import { invalidArgument } from "./refusals";

/** S3 lists no more at once (API reference, ListObjectsV2). */
const pageSize = 1000;

export const listObjectsV2: S3Operation = {
  action: "ListBucket",
  read: ({ bucket, query }) => {
    query("list-type");
    const prefix = query("prefix") ?? "";
    const delimiter = query("delimiter") ?? "";
    const maxKeys = pageOf(query("max-keys"));
    const token = query("continuation-token");
    const after = token === undefined ? (query("start-after") ?? "") : startOf(token);
    query("start-after");
    const isEncoded = query("encoding-type") === "url";
    const shown = (text: string) => (isEncoded ? encodeURIComponent(text).replaceAll("%2F", "/") : text);
    return (call) => {
      const { objects } = requireBucket(call, bucket);
      const entries = grouped([...objects.keys()].sort(byBytes), prefix, delimiter).filter(
        ({ last }) => byBytes(last, after) > 0,
      );
      const page = entries.slice(0, maxKeys);
      const isTruncated = page.length < entries.length;
      const next = Buffer.from(page.at(-1)?.last ?? "").toString("base64url");
      return renderXml(200, {
        ListBucketResult: {
          "@xmlns": namespace,
          Name: bucket,
          Prefix: shown(prefix),
          ...(delimiter === "" ? {} : { Delimiter: shown(delimiter) }),
          MaxKeys: maxKeys,
          KeyCount: page.length,
          IsTruncated: isTruncated,
          ...(isEncoded ? { EncodingType: "url" } : {}),
          ...(token === undefined ? {} : { ContinuationToken: token }),
          ...(isTruncated ? { NextContinuationToken: next } : {}),
          Contents: page.flatMap(({ key }) => {
            const object = key === undefined ? undefined : objects.get(key);
            return object
              ? [
                  {
                    Key: shown(object.key),
                    LastModified: new Date(object.lastModified).toISOString(),
                    ETag: object.etag,
                    Size: Buffer.byteLength(object.content),
                    StorageClass: "STANDARD",
                  },
                ]
              : [];
          }),
          CommonPrefixes: page.flatMap(({ common }) =>
            common === undefined ? [] : [{ Prefix: shown(common) }],
          ),
        },
      });
    };
  },
};

/** A key, or what several keys have in common up to the delimiter; and the last key of it. */
interface Entry {
  readonly key?: string;
  readonly common?: string;
  readonly last: string;
}

function grouped(keys: readonly string[], prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) entries.set(`key ${key}`, { key, last: key });
    else {
      const common = key.slice(0, end + delimiter.length);
      entries.set(`common ${common}`, { common, last: key });
    }
  }
  return [...entries.values()];
}

function pageOf(given: string | undefined): number {
  if (given === undefined) return pageSize;
  if (/^\d{1,9}$/.test(given)) return Math.min(Number(given), pageSize);
  throw invalidArgument("Provided max-keys not an integer or within integer range");
}

function startOf(token: string): string {
  const start = Buffer.from(token, "base64url").toString("utf8");
  if (start !== "" && Buffer.from(start).toString("base64url") === token) return start;
  throw invalidArgument("The continuation token provided is incorrect");
}

/** S3 lists in the order of the bytes of UTF-8. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
