import type { z } from "zod";
import type { Problem } from "../../service";
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

/** Credentials that are known by their form, wherever they stand, with what says where they belong. */
const knownForms: readonly (readonly [form: RegExp, what: string, remedy: string])[] = [
  [
    /(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/,
    "an access key of AWS",
    "set AWS_ACCESS_KEY_ID and its like, or sign in with the AWS CLI",
  ],
  [/\.atlasv1\.\w/, "a token of HCP Terraform", "run terraform login, or set TF_TOKEN_ and the host name"],
  [/(?<!\w)gl(?:pat|dt|cbt|ptt)-[\w-]{20}/, "a token of GitLab", "set TF_HTTP_PASSWORD in the environment"],
  [
    /(?<!\w)(?:gh[pousr]_\w{36}|github_pat_\w{22})/,
    "a token of GitHub",
    "set TF_HTTP_PASSWORD in the environment",
  ],
];

/** A credential that stands in a text, told by its kind and never by its value. */
export function secretWithin(field: string, value: string): Problem | undefined {
  const [, what, remedy] = knownForms.find(([form]) => form.test(value)) ?? [];
  return what === undefined || remedy === undefined
    ? undefined
    : {
        problem: `${field}: ${what} stands in it: credentials do not belong into this file, which is committed`,
        remedy,
      };
}
