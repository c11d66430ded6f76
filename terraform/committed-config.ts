import { isObject } from "./is-object";
import { parseJsonObject } from "./json-text";
import { TerraformError } from "./terraform-error";

const SYNTH = "synthesize it again";

export interface CommitOptions {
  /** What errors call the configuration. */
  readonly where: string;
  /** Folders of this machine that must not be named in it. */
  readonly folders: readonly string[];
}

/**
 * A synthesized configuration as it is committed: the same for Terraform, without the version of CDKTF, so that an
 * update of a library is no change of what is deployed. What the review reads of CDKTF's comments stays.
 *
 * @throws {TerraformError} if it names a path of this machine or holds credentials
 */
export function committedConfig(content: string, { where, folders }: CommitOptions): string {
  const root = parseJsonObject(content, where, SYNTH);
  refuseState(root, where);
  refuseCredentials(root, where);
  const metadata = isObject(root["//"]) ? root["//"]["metadata"] : undefined;
  if (isObject(metadata)) delete metadata["version"];
  const text = `${JSON.stringify(root, null, 2)}\n`;
  refuseTokens(text, where);
  const folder = folders.find((one) => names(text, one));
  if (folder !== undefined) {
    throw new TerraformError({
      problem: "the configuration names a folder of this machine, and would be committed",
      where: `${where}: ${folder}`,
      remedy: "give the constructs a path relative to the stack's folder",
    });
  }
  return text;
}

/** Whether the folder, or something in it, is named; `/app` is not in the ARN of a `role/app`. */
function names(text: string, folder: string): boolean {
  const written = JSON.stringify(folder).slice(1, -1);
  for (let index = text.indexOf(written); index >= 0; index = text.indexOf(written, index + 1)) {
    const [before = "", after = ""] = [text[index - 1], text[index + written.length]];
    if (!/[\w./-]/.test(before) && !/[\w.-]/.test(after)) return true;
  }
  return false;
}

/** Of a stack without a backend CDKTF keeps the state at an absolute path. */
function refuseState(root: Values, where: string): void {
  const local = at(root, "terraform", "backend", "local", "path");
  if (typeof local !== "string" || !/^(?:[\\/]|[A-Za-z]:)/.test(local)) return;
  throw new TerraformError({
    problem: "the state is kept at an absolute path, which is of this machine",
    where: `${where}: terraform.backend.local.path`,
    remedy: "give the stack a backend, such as new S3Backend(stack, …) or backend in the access file",
  });
}

/** What Terraform's backends and the AWS provider take as secrets. */
const secretKeys = ["access_key", "secret_key", "token", "password", "client_private_key_pem"];

function refuseCredentials(root: Values, where: string): void {
  const backends = ["s3", "http", "remote"].map((kind) => ["terraform", "backend", kind]);
  const places = [["terraform", "cloud"], ...backends, ["provider", "aws"]];
  for (const place of places) {
    for (const settings of [at(root, ...place)].flat()) {
      const key = isObject(settings) ? secretKeys.find((one) => isLiteral(settings[one])) : undefined;
      if (key === undefined) continue;
      throw new TerraformError({
        problem: `${key} is written into the configuration, and would be committed`,
        where: `${where}: ${place.join(".")}.${key}`,
        remedy: "leave it out; credentials belong into the environment or into terraform login",
      });
    }
  }
}

/** Credentials that are known by their form: access keys of AWS, tokens of HCP Terraform, GitLab and GitHub. */
const tokens =
  /(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])|\.atlasv1\.\w|(?<!\w)gl(?:pat|dt|cbt|ptt)-[\w-]{20}|(?<!\w)gh[pousr]_\w{36}|(?<!\w)github_pat_\w{22}/;

function refuseTokens(text: string, where: string): void {
  const line = text.split("\n").find((one) => tokens.test(one));
  if (line === undefined) return;
  const key = /^\s*"([^"]+)":/.exec(line)?.[1];
  throw new TerraformError({
    problem: "an access key or a token is written into the configuration, and would be committed",
    where: key === undefined ? where : `${where}: ${key}`,
    remedy: "leave it out; credentials belong into the environment or into terraform login",
  });
}

/** An expression holds no secret itself. */
const isLiteral = (value: unknown): boolean =>
  typeof value === "string" && value !== "" && !/^\$\{.*\}$/.test(value);

type Values = Readonly<Record<string, unknown>>;

const at = (root: Values, ...steps: readonly string[]): unknown =>
  steps.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), root);
