import { devNull } from "node:os";
import { accessKeyIdOf, secretKeyOf } from "./access/credential-scope";

/** What would lead the AWS SDKs past the sandbox: to another account, or to the real AWS. */
const misleading = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
];

/** Where the environment leads to. */
interface Place {
  readonly url: string;
  readonly region: string;
  readonly account: string;
  readonly workspace: string;
}

/**
 * What to set (a string) and what to unset (undefined) in the environment of a process that shall talk to the
 * sandbox at `url` and to nothing else, with Terraform's state in `workspace`.
 */
export function sandboxEnvironment(
  { url, region, account, workspace }: Place,
  present: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  // The endpoint of a single service outranks AWS_ENDPOINT_URL; the second form is the Terraform provider's own.
  const serviceUrls = Object.keys(present).filter((name) =>
    /^(?:AWS_ENDPOINT_URL_|(?:TF_)?AWS_[A-Z0-9_]+_ENDPOINT$)/i.test(name),
  );
  return {
    ...Object.fromEntries([...misleading, ...serviceUrls].map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyIdOf(account),
    AWS_SECRET_ACCESS_KEY: secretKeyOf(accessKeyIdOf(account)),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    // A workspace of its own: the state of a real deployment is never written, and a new sandbox, which is empty,
    // does not meet the state of an earlier one.
    TF_WORKSPACE: workspace,
    CHECKPOINT_DISABLE: "1",
  };
}
