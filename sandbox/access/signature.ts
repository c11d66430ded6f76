import { createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "../protocol/http-request";
import {
  type Called,
  incompleteSignature,
  invalidSignature,
  invalidToken,
  requestExpired,
} from "./authentication-errors";
import { canonicalRequest, headerOf, sha256 } from "./canonical-request";
import { type CredentialScope, secretKeyOf } from "./credential-scope";

/** How far the clocks of a caller and of AWS may be apart. */
const skewMinutes = 5;

/**
 * Verifies the Signature Version 4 of a request that is signed by its Authorization header, as AWS describes it in
 * the IAM user guide: the secret, the scope, the date, the headers and the body all have to be those that were
 * signed. A session token is refused, since the sandbox hands out none.
 *
 * Throws an `AwsError` in AWS's words. A request whose body was too large to be read is left to whoever refuses it
 * for that.
 */
export function verifySignature(request: HttpRequest, scope: CredentialScope, now = Date.now()): void {
  const called: Called = { service: scope.service, isJson: headerOf(request, "x-amz-target") !== undefined };
  if (headerOf(request, "x-amz-security-token") !== undefined) throw invalidToken(called);
  const signedHeaders = scope.signedHeaders.map((name) => name.toLowerCase());
  requireSigned(called, request, signedHeaders);
  const time = timeOf(called, request);
  if (time.slice(0, 8) !== scope.date) {
    throw invalidSignature(
      called,
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
        `'${scope.date}' != '${time.slice(0, 8)}', from '${time}'.`,
    );
  }
  refuseSkew(called, time, now);
  if (!request.body) return;
  const payloadHash = sha256(request.body);
  const claimedHash = headerOf(request, "x-amz-content-sha256");
  if (claimedHash !== undefined && claimedHash !== payloadHash) throw invalidSignature(called);
  const { date, region, service } = scope;
  const toSign =
    `AWS4-HMAC-SHA256\n${time}\n${date}/${region}/${service}/aws4_request\n` +
    sha256(canonicalRequest(request, signedHeaders, payloadHash, service));
  const expected = createHmac("sha256", signingKey(scope)).update(toSign).digest();
  // Buffer.from would stop at the first character that is none of these, and take what stands before it.
  const isHexadecimal = /^[0-9a-f]{64}$/.test(scope.signature);
  if (!isHexadecimal || !timingSafeEqual(Buffer.from(scope.signature, "hex"), expected)) {
    throw invalidSignature(called);
  }
}

/** What a signature has to cover: the host, the date, and every header by which AWS is told what to do. */
function requireSigned(called: Called, request: HttpRequest, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes("host")) {
    throw invalidSignature(
      called,
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const dateHeader = Object.hasOwn(request.headers, "x-amz-date") ? "x-amz-date" : "date";
  for (const name of Object.keys(request.headers)) {
    if (!(name === dateHeader || name.startsWith("x-amz-")) || signedHeaders.includes(name)) continue;
    throw invalidSignature(called, `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

/** The time that was signed: `20261123T101112Z`. */
function timeOf(called: Called, request: HttpRequest): string {
  const given = headerOf(request, "x-amz-date") ?? headerOf(request, "date");
  if (given === undefined) {
    throw incompleteSignature(
      called,
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  const time = /^\d{8}T\d{6}Z$/.test(given) ? given : basicFormat(Date.parse(given));
  if (Number.isNaN(millisecondsOf(time))) {
    throw incompleteSignature(
      called,
      `Date must be in ISO-8601 'basic format'. Got '${given.slice(0, 60)}'.`,
    );
  }
  return time;
}

function refuseSkew(called: Called, time: string, now: number): void {
  const signed = millisecondsOf(time);
  const skew = skewMinutes * 60_000;
  if (signed < now - skew) {
    const bound = `${basicFormat(now - skew)} (${basicFormat(now)} - ${skewMinutes} min.)`;
    throw requestExpired(called, `Signature expired: ${time} is now earlier than ${bound}`);
  }
  if (signed > now + skew) {
    const bound = `${basicFormat(now + skew)} (${basicFormat(now)} + ${skewMinutes} min.)`;
    throw requestExpired(called, `Signature not yet current: ${time} is still later than ${bound}`);
  }
}

const basicFormat = (time: number): string =>
  Number.isNaN(time) ? "" : new Date(time).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");

const millisecondsOf = (time: string): number =>
  Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

/** Keys derived of late: four hashes saved per request. */
const signingKeys = new Map<string, Buffer>();
const maxSigningKeys = 1000;

function signingKey({ accessKeyId, date, region, service }: CredentialScope): Buffer {
  const name = `${accessKeyId}/${date}/${region}/${service}`;
  const known = signingKeys.get(name);
  if (known) return known;
  let key = Buffer.from(`AWS4${secretKeyOf(accessKeyId)}`);
  for (const part of [date, region, service, "aws4_request"]) {
    key = createHmac("sha256", key).update(part).digest();
  }
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}
