import { AwsError } from "../protocol/aws-error";
import { incompleteSignature, invalidToken } from "./authentication-errors";

/** The account of the built-in world. */
export const sandboxAccountId = "123456789012";

/** What the sandbox hands out for an account: 20 characters, as AWS's access key ids are. */
export const accessKeyIdOf = (account: string): string => `AKIASNDB${account}`;

/** The secret to an access key id of the sandbox. It guards nothing; a wrong one is refused as AWS refuses it. */
export const secretKeyOf = (accessKeyId: string): string => `sandbox-secret-of-${accessKeyId}`;

export const sandboxAccessKeyId = accessKeyIdOf(sandboxAccountId);

export interface CredentialScope {
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
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
    incompleteSignature(
      { isJson },
      `Authorization header requires ${what}. Authorization=${authorization.slice(0, 60)}`,
    );
  if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) throw incomplete("the algorithm AWS4-HMAC-SHA256");
  const fields = new Map(
    authorization
      .slice("AWS4-HMAC-SHA256 ".length)
      .split(",")
      .map((field) => {
        const [name = "", ...value] = field.trim().split("=");
        return [name, value.join("=")] as const;
      }),
  );
  for (const name of ["Credential", "SignedHeaders", "Signature"]) {
    if (!fields.get(name)) throw incomplete(`'${name}' parameter`);
  }
  const scope = /^([^/]+)\/(\d{8})\/([a-z]{2,}(?:-[a-z]+)+-\d+)\/([a-z0-9-]+)\/aws4_request$/.exec(
    fields.get("Credential") ?? "",
  );
  if (!scope) throw incomplete("a Credential of the form KEY/YYYYMMDD/REGION/SERVICE/aws4_request");
  const [, accessKeyId = "", date = "", region = "", service = ""] = scope;
  const signedHeaders = (fields.get("SignedHeaders") ?? "").split(";");
  return { accessKeyId, date, region, service, signedHeaders, signature: fields.get("Signature") ?? "" };
}

/** The account whose access key this is. */
export function accountOf(
  { accessKeyId, service }: CredentialScope,
  accounts: ReadonlyMap<string, unknown>,
  isJson: boolean,
): string {
  const account = accessKeyId.slice(-12);
  if (accounts.has(account) && accessKeyIdOf(account) === accessKeyId) return account;
  throw invalidToken({ service, isJson });
}
