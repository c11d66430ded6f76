import { AwsError } from "../protocol/aws-error";

// Errors of IAM with the status that its API reference gives each.

export const noSuchEntity = (message: string): AwsError => new AwsError("NoSuchEntity", message, 404);
export const invalidInput = (message: string): AwsError => new AwsError("InvalidInput", message);
export const alreadyExists = (message: string): AwsError => new AwsError("EntityAlreadyExists", message, 409);
export const deleteConflict = (message: string): AwsError => new AwsError("DeleteConflict", message, 409);
export const malformedPolicy = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocument", message);

/** @param quota its name in IAM: `PoliciesPerAccount` */
export const quotaExceeded = (quota: string, most: number): AwsError =>
  new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${most}`, 409);
