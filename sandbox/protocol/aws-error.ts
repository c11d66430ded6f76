/** A refusal as AWS words it; the protocols render it, the caller of the API sees code, message and status. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** further members of the error shape, such as `serviceCode` of ServiceQuotaExceededException */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "AwsError";
  }
}

/** ValidationException of OpenSearch Serverless (API model 2021-11-01). */
export const validationError = (message: string): AwsError => new AwsError("ValidationException", message);

/** ConflictException of OpenSearch Serverless (API model 2021-11-01). */
export const conflictError = (message: string): AwsError => new AwsError("ConflictException", message);

/** ResourceNotFoundException of OpenSearch Serverless; status 400 as all errors of JSON protocol 1.0. */
export const notFoundError = (message: string): AwsError =>
  new AwsError("ResourceNotFoundException", message);

/** ServiceQuotaExceededException of OpenSearch Serverless; `serviceCode` is required (API model 2021-11-01). */
export function quotaError(message: string, quotaCode?: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", message, 400, {
    serviceCode: "aoss",
    ...(quotaCode === undefined ? {} : { quotaCode }),
  });
}

/** EC2's answer to a value it cannot take. */
export const invalidParameterValue = (message: string): AwsError =>
  new AwsError("InvalidParameterValue", message);

/** EC2's answer to a parameter left out. */
export const missingParameter = (name: string): AwsError =>
  new AwsError("MissingParameter", `The request must contain the parameter ${name}`);
