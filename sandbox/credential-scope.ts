import { AwsError } from "./aws-error";

/** The account that everything in the sandbox belongs to. */
export const sandboxAccountId = "123456789012";

/** The access key id that the sandbox knows; any secret goes, since signatures are not verified. */
export const sandboxAccessKeyId = "AKIASANDBOXLOOPBACK0";

export interface CredentialScope {
  readonly region: string;
  readonly service: string;
}

/**
 * Service and Region of a request, from the credential scope of its Signature Version 4 header:
 * `AWS4-HMAC-SHA256 Credential=KEY/20261123/us-east-1/aoss/aws4_request, SignedHeaders=..., Signature=...`.
 * JSON services and query services name the same refusals differently.
 */
export function readCredentialScope(authorization: string | undefined, isJson: boolean): CredentialScope {
  if (authorization === undefined || authorization.trim() === "") {
    const code = isJson ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken";
    throw new AwsError(code, "Request is missing Authentication Token", 403);
  }
  const incomplete = (what: string): AwsError =>
    new AwsError(
      isJson ? "IncompleteSignatureException" : "IncompleteSignature",
      `Authorization header requires ${what}. Authorization=${authorization.slice(0, 60)}`,
      400,
    );
  if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) throw incomplete("the algorithm AWS4-HMAC-SHA256");
  const fields = new Map(
    authorization
      .slice("AWS4-HMAC-SHA256 ".length)
      .split(",")
      .map((field) => field.trim().split("=", 2) as [string, string | undefined]),
  );
  for (const name of ["Credential", "SignedHeaders", "Signature"]) {
    if (!fields.get(name)) throw incomplete(`'${name}' parameter`);
  }
  const scope = /^([^/]+)\/\d{8}\/([a-z]{2,}(?:-[a-z]+)+-\d+)\/([a-z0-9-]+)\/aws4_request$/.exec(
    fields.get("Credential") ?? "",
  );
  if (!scope) throw incomplete("a Credential of the form KEY/YYYYMMDD/REGION/SERVICE/aws4_request");
  const [, accessKeyId, region = "", service = ""] = scope;
  if (accessKeyId !== sandboxAccessKeyId) {
    const code = isJson ? "UnrecognizedClientException" : "InvalidClientTokenId";
    throw new AwsError(code, "The security token included in the request is invalid.", 403);
  }
  return { region, service };
}
