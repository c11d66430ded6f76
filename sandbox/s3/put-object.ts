import { createHash, randomBytes } from "node:crypto";
import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { S3Object } from "./bucket-state";
import { requireBucket } from "./buckets";
import type { S3Operation, S3Request } from "./operation";
import { invalidArgument, noSuchKey, notImplemented, preconditionFailed } from "./refusals";

/** Keys have up to 1,024 bytes of UTF-8 (S3 user guide, naming objects). */
const maxKeyBytes = 1024;

export const putObject: S3Operation = {
  read: (request) => {
    const { bucket, key, text } = request;
    if (Buffer.byteLength(key) > maxKeyBytes) {
      throw new AwsError("KeyTooLongError", "Your key is too long", 400, { Key: key.slice(0, 100) });
    }
    const checksum = checkedBody(request);
    const encryption = encryptionOf(request);
    const condition = conditionOf(request);
    const contentType = request.header("content-type") ?? "binary/octet-stream";
    return (call) => {
      const { objects } = requireBucket(call, bucket);
      requireKey(call, encryption.kmsKeyArn);
      condition(objects.get(key));
      const object: S3Object = {
        key,
        content: text,
        etag: `"${etagOf(text, encryption.encryption)}"`,
        contentType,
        checksum,
        ...encryption,
        lastModified: call.now,
      };
      objects.set(key, object);
      return { status: 200, headers: { etag: object.etag, ...encryptionHeaders(object) }, body: "" };
    };
  },
};

/** That of an object under a KMS key is no digest of its content. */
const etagOf = (text: string, encryption: S3Object["encryption"]): string =>
  encryption === "AES256" ? createHash("md5").update(text).digest("hex") : randomBytes(16).toString("hex");

export const encryptionHeaders = ({ encryption, kmsKeyArn }: S3Object): Record<string, string> => ({
  "x-amz-server-side-encryption": encryption,
  ...(kmsKeyArn === undefined ? {} : { "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn }),
});

/** The body is what its digests say. Returns its SHA-256 in Base64. */
function checkedBody({ text, header }: S3Request): string {
  if (header("content-encoding")?.includes("aws-chunked")) throw notImplemented("aws-chunked");
  const algorithm = header("x-amz-sdk-checksum-algorithm");
  if (algorithm !== undefined && algorithm !== "SHA256") {
    throw notImplemented(`x-amz-sdk-checksum-algorithm: ${algorithm}; SHA256 is`);
  }
  const checksum = createHash("sha256").update(text).digest("base64");
  const given = header("x-amz-checksum-sha256");
  if (given !== undefined && given !== checksum) {
    throw new AwsError("BadDigest", "The SHA256 you specified did not match the calculated checksum.");
  }
  const md5 = header("content-md5");
  if (md5 !== undefined && md5 !== createHash("md5").update(text).digest("base64")) {
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  return checksum;
}

function encryptionOf({ header }: S3Request): Pick<S3Object, "encryption" | "kmsKeyArn"> {
  const encryption = header("x-amz-server-side-encryption") ?? "AES256";
  const kmsKeyArn = header("x-amz-server-side-encryption-aws-kms-key-id");
  if (encryption === "AES256" && kmsKeyArn === undefined) return { encryption };
  if (encryption !== "aws:kms") throw invalidArgument("The encryption method specified is not supported");
  return { encryption, ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) };
}

/** A key of this account and Region has to be there; of others nothing is known. */
function requireKey({ account, region, state, openWorld }: Call, arn: string | undefined): void {
  const [, id] = /^arn:[^:]+:kms:([^:]+:[^:]+):key\/(.+)$/.exec(arn ?? "")?.slice(1) ?? [];
  if (arn === undefined || id === undefined || !arn.includes(`:${region}:${account}:`)) return;
  const key = state.kmsKeys.get(id);
  if (key === undefined && !openWorld) {
    throw new AwsError("KMS.NotFoundException", `Key '${arn}' does not exist`);
  }
  if (key && (!key.enabled || key.deletionDate !== undefined)) {
    throw new AwsError("KMS.DisabledException", `${arn} is disabled.`);
  }
}

/** Writes that depend on what is there (S3 user guide, conditional writes). */
function conditionOf({ header }: S3Request): (present: S3Object | undefined) => void {
  const [none, match] = [header("if-none-match"), header("if-match")];
  if (none !== undefined && (none !== "*" || match !== undefined)) {
    throw notImplemented("If-None-Match takes * alone");
  }
  return (present) => {
    if (none !== undefined && present) throw preconditionFailed("If-None-Match");
    if (match === undefined) return;
    if (!present) throw noSuchKey("");
    if (match !== present.etag && `"${match}"` !== present.etag) throw preconditionFailed("If-Match");
  };
}
