import { AwsError } from "../protocol/aws-error";

/** How a service says that it was called too often (its API reference; "Common errors" for the query services). */
export function throttled(service: string): AwsError {
  switch (service) {
    case "aoss":
    case "kms":
      return new AwsError("ThrottlingException", "Rate exceeded");
    case "ec2":
      return new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
    default:
      return new AwsError("Throttling", "Rate exceeded");
  }
}

/** How a service says that it failed (its API reference; "Common errors" for the query services). */
export function failedInside(service: string): AwsError {
  const message = "An internal error has occurred";
  switch (service) {
    case "aoss":
      return new AwsError("InternalServerException", message, 500);
    case "kms":
      return new AwsError("KMSInternalException", message, 500);
    case "ec2":
      return new AwsError("InternalError", message, 500);
    default:
      return new AwsError("InternalFailure", message, 500);
  }
}
