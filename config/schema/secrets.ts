import type { z } from "zod";
import { nowhere } from "./not-here";

const awsCredentials =
  "credentials do not belong into this file, which is committed; set AWS_ACCESS_KEY_ID and its like, or sign in with the AWS CLI";
const awsProfile = "a profile is of one machine; set AWS_PROFILE there";
const ofHttp = (name: string) =>
  `credentials do not belong into this file, which is committed; set ${name} in the environment`;

const dynamoDb =
  "no DynamoDB table is taken, Terraform deprecates locking by one; leave it out: a lock file in the bucket locks unless useLockfile is false";

/** Keys that Terraform's backends take and this file does not: each with where it belongs instead. */
const awsKeys = {
  accessKey: awsCredentials,
  secretKey: awsCredentials,
  token: awsCredentials,
  profile: awsProfile,
  sharedCredentialsFile: awsProfile,
  sharedCredentialsFiles: awsProfile,
  sharedConfigFiles: awsProfile,
  dynamodbTable: dynamoDb,
};

const httpKeys = {
  username: "it does not belong into this file, which is committed; set TF_HTTP_USERNAME in the environment",
  password: ofHttp("TF_HTTP_PASSWORD"),
  clientCertificatePem: ofHttp("TF_HTTP_CLIENT_CERTIFICATE_PEM"),
  clientPrivateKeyPem: ofHttp("TF_HTTP_CLIENT_PRIVATE_KEY_PEM"),
};

const cloudKeys = {
  token:
    "a token does not belong into this file, which is committed; run terraform login, or set TF_TOKEN_app_terraform_io (TF_TOKEN_ and the host name)",
};

/** Each key refused, in the access file's spelling and in Terraform's own. */
function refused(keys: Readonly<Record<string, string>>): Record<string, z.ZodOptional<z.ZodNever>> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, error]) =>
      [...new Set([key, snakeCase(key)])].map((one) => [one, nowhere(error)]),
    ),
  );
}

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const awsSecrets = refused(awsKeys);
export const httpSecrets = refused(httpKeys);
export const cloudSecrets = refused(cloudKeys);

/** Parameters of a URL that hold a credential by their name. */
const secretParameter =
  /token|passw|secret|credential|signature|api[-_]?key|access[-_]?key|^(?:auth|key|sig)$/i;

/** What of a URL is a credential: its name, never its value. */
export function secretIn({ username, password, searchParams }: URL): string | undefined {
  if (username !== "" || password !== "") return "user and password";
  const name = [...searchParams.keys()].find((key) => secretParameter.test(key));
  return name === undefined ? undefined : `the parameter "${name}"`;
}
