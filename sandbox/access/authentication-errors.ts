import { AwsError } from "../protocol/aws-error";

/** Whom a refusal speaks to: services of AWS's JSON protocol and EC2 have names of their own for the same thing. */
export interface Called {
  /** as in a credential scope: `aoss` */
  readonly service: string;
  readonly isJson: boolean;
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
  "Key and signing method. Consult the service documentation for details.";

/**
 * The signature does not fit. EC2 says of whatever is wrong with credentials or signature that it could not
 * validate them (seen in the issue trackers of the AWS SDKs).
 */
export function invalidSignature({ service, isJson }: Called, message = mismatch): AwsError {
  if (isJson) return new AwsError("InvalidSignatureException", message);
  return service === "ec2" ? authFailure() : new AwsError("SignatureDoesNotMatch", message, 403);
}

/** The access key, or the session token, is none that was handed out. */
export function invalidToken({ service, isJson }: Called): AwsError {
  if (service === "ec2" && !isJson) return authFailure();
  if (service === "s3") {
    return new AwsError(
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
      403,
    );
  }
  const code = isJson ? "UnrecognizedClientException" : "InvalidClientTokenId";
  return new AwsError(code, "The security token included in the request is invalid.", 403);
}

/** The request is too old, or comes from the future. */
export function requestExpired(called: Called, message: string): AwsError {
  if (called.service === "ec2" && !called.isJson) {
    return new AwsError("RequestExpired", "Request has expired.");
  }
  if (called.service === "s3") {
    return new AwsError(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      403,
    );
  }
  return invalidSignature(called, message);
}

/** Something is missing that a signature consists of, or cannot be read. */
export const incompleteSignature = ({ isJson }: Pick<Called, "isJson">, message: string): AwsError =>
  new AwsError(isJson ? "IncompleteSignatureException" : "IncompleteSignature", message, 400);

const authFailure = (): AwsError =>
  new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", 401);
