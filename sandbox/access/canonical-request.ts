import { createHash } from "node:crypto";
import type { HttpRequest } from "../protocol/http-request";

/** The value of a header; Node.js gives what came in several lines as one value or as an array. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "object" ? value.join(",") : value;
}

/** SHA-256 in hexadecimal; text is taken as the bytes that came over the wire. */
export const sha256 = (data: Buffer | string): string =>
  createHash("sha256")
    .update(data as string, "latin1")
    .digest("hex");

/**
 * What Signature Version 4 signs of a request: the path is encoded once more than it was sent, but for Amazon S3,
 * which takes it as it was sent; the query string is sorted by encoded names and values.
 * @param signedHeaders names in lower case, in the order of the Authorization header
 */
export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  service = "",
): string {
  const mark = request.path.indexOf("?");
  const path = mark < 0 ? request.path : request.path.slice(0, mark);
  const query = mark < 0 ? "" : request.path.slice(mark + 1);
  let headers = "";
  for (const name of signedHeaders) headers += `${name}:${oneLine(headerOf(request, name) ?? "")}\n`;
  return `${request.method}\n${service === "s3" ? pathOfS3(path) : canonicalPath(path)}\n${canonicalQuery(query)}\n${headers}\n${signedHeaders.join(";")}\n${payloadHash}`;
}

const oneLine = (value: string): string => value.trim().replaceAll(/\s+/g, " ");

function canonicalPath(path: string): string {
  if (path === "/" || path === "") return "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(encode(segment));
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

/** No segment is dropped: a key may be `a//b` or `a/../b`. */
const pathOfS3 = (path: string): string =>
  path
    .split("/")
    .map((segment) => encode(decode(segment.replaceAll("+", "%2B"))))
    .join("/") || "/";

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? "" : pair.slice(equals + 1);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([a, valueOfA], [b, valueOfB]) => compare(a, b) || compare(valueOfA, valueOfB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 3986: everything but letters, digits and `-._~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Text with a broken escape stays as it is; no signature that was made of something else will fit it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
