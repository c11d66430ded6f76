import { AwsError } from "../protocol/aws-error";

// Codes, statuses and words: Amazon S3 API reference, "Error responses", list of error codes.

/** What S3 has and the sandbox does not: `x-amz-acl`, multipart uploads, versions. */
export const notImplemented = (what: string): AwsError =>
  new AwsError(
    "NotImplemented",
    `A header or parameter you provided implies functionality that is not implemented: ${what}`,
    501,
  );

export const invalidArgument = (message: string): AwsError => new AwsError("InvalidArgument", message);

export const noSuchBucket = (BucketName: string): AwsError =>
  new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName });

export const noSuchKey = (Key: string): AwsError =>
  new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key });

export const preconditionFailed = (Condition: string): AwsError =>
  new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition,
  });
