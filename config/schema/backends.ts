import { z } from "zod";
import { type Problem, regionPattern } from "../../service";
import { backendOfStack } from "../state-backend";
import { always, report, text } from "./fields";
import { nowhere } from "./not-here";
import { kmsKey } from "./policies";
import { awsSecrets, cloudSecrets, httpSecrets, secretIn, secretWithin } from "./secrets";

/** A text in which `{stack}` may stand; the rule sees it with a name in that place. */
function templated(
  field: string,
  rule: (value: string) => Problem | undefined,
  describe: { description: string },
) {
  return text((value) => {
    const secret = secretWithin(field, value);
    if (secret) return secret;
    const [other] = value.replaceAll("{stack}", "").match(/\$?\{[^}]*\}?|\}/) ?? [];
    if (other !== undefined) {
      return {
        problem: `${field}: ${other} is not known here; {stack} stands for the name of the stack`,
        remedy: "write {stack}, or the text itself; Terraform takes no expressions in a backend",
      };
    }
    return value === ""
      ? { problem: `${field} is empty`, remedy: "fill it in" }
      : rule(backendOfStack(value, "stack"));
  }, describe);
}

const matching =
  (field: string, pattern: RegExp, allowed: string) =>
  (value: string): Problem | undefined =>
    pattern.test(value) ? undefined : { problem: `${field} "${value}": ${allowed}`, remedy: "rename it" };

const local = z
  .strictObject({
    path: templated("path", checkLocalPath, {
      description: "File, relative to the project; default: terraform.{stack}.tfstate",
    }).optional(),
  })
  .meta({ description: "State in a file of the project" });

function checkLocalPath(path: string): Problem | undefined {
  if (/^(?:[\\/~]|[A-Za-z]:)/.test(path)) {
    return {
      problem: "path: an absolute path is of one machine, and would be committed",
      remedy: "give a path relative to the project, such as states/{stack}.tfstate",
    };
  }
  return /(?:^|\/)\.{0,2}$/.test(path) || path.includes("\\")
    ? { problem: `path "${path}": not the path of a file`, remedy: "give one such as states/{stack}.tfstate" }
    : undefined;
}

const s3 = z
  .strictObject({
    // Amazon S3 user guide, "General purpose bucket naming rules".
    bucket: templated(
      "bucket",
      matching(
        "bucket",
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        '3 to 63 of a-z, 0-9, "." and "-" are allowed, a letter or digit first and last',
      ),
      { description: "The bucket, which is there already" },
    ),
    key: templated("key", checkKey, { description: "Key of the state, such as aoss/{stack}.tfstate" }),
    region: text(
      (value) =>
        regionPattern.test(value)
          ? undefined
          : { problem: `"${value}" is not a Region`, remedy: 'give one such as "eu-central-1"' },
      { description: "Region of the bucket", pattern: regionPattern.source },
    ),
    useLockfile: z
      .boolean()
      .default(true)
      .meta({ description: "Lock with a file beside the state; needs Terraform or OpenTofu 1.10" }),
    encrypt: z.boolean().default(true).meta({ description: "Ask S3 to encrypt the state" }),
    kmsKey: kmsKey.meta({ description: "ARN of a KMS key to encrypt with" }).optional(),
    ...awsSecrets,
  })
  .superRefine(({ encrypt, kmsKey: key }, context) => {
    if (encrypt !== false || key === undefined) return;
    report(context, { problem: "kmsKey beside encrypt: false", remedy: "leave out one of them" }, ["kmsKey"]);
  }, always)
  .meta({ description: "State in an S3 bucket" });

/** Of a key Terraform refuses a slash at either end; `.tflock` is what it calls the lock of another. */
function checkKey(key: string): Problem | undefined {
  if (/^\/|\/$/.test(key)) {
    return { problem: `key "${key}": starts or ends with "/"`, remedy: "drop the slash" };
  }
  return key.endsWith(".tflock")
    ? { problem: `key "${key}": .tflock is the name of lock files`, remedy: "let it end in .tfstate" }
    : undefined;
}

/** @param field name of the field, whose value may be secret */
const url = (field: string, description: string) =>
  templated(
    field,
    (value) => {
      const parsed = URL.canParse(value) ? new URL(value) : undefined;
      if (!parsed || !/^https?:$/.test(parsed.protocol)) {
        return {
          problem: `${field}: not an http or https URL`,
          remedy: "give one such as https://state.example.com/{stack}",
        };
      }
      const secret = secretIn(parsed);
      return secret === undefined
        ? undefined
        : {
            problem: `${field}: ${secret} in the URL: credentials do not belong into this file, which is committed`,
            remedy: "set TF_HTTP_USERNAME and TF_HTTP_PASSWORD in the environment",
          };
    },
    { description },
  );

const method = (verb: string) =>
  z
    .enum(["GET", "POST", "PUT", "PATCH", "DELETE", "LOCK", "UNLOCK"])
    .meta({ description: `HTTP method to ${verb} with` })
    .optional();

const http = z
  .strictObject({
    address: url("address", "URL of the state"),
    updateMethod: method("write the state"),
    lockAddress: url("lockAddress", "URL of the lock; left out: no locking").optional(),
    lockMethod: method("lock"),
    unlockAddress: url("unlockAddress", "URL to unlock at, often that of lockAddress").optional(),
    unlockMethod: method("unlock"),
    ...httpSecrets,
  })
  .superRefine((entry, context) => {
    const [given, missing] =
      entry.lockAddress === undefined ? ["unlockAddress", "lockAddress"] : ["lockAddress", "unlockAddress"];
    if ((entry.lockAddress === undefined) === (entry.unlockAddress === undefined)) return;
    report(
      context,
      { problem: `${given} without ${missing}`, remedy: `add ${missing}; it may be the same URL` },
      [given],
    );
  }, always)
  .meta({ description: "State behind a URL, as GitLab and others keep it" });

// "Workspace naming", "Organizations" and "Workspace tags" of HashiCorp's documentation of HCP Terraform.
const nameOfCloud = (field: string, description: string) =>
  templated(
    field,
    matching(field, /^[A-Za-z0-9_-]{1,90}$/, "up to 90 letters, digits, - and _ are allowed"),
    {
      description,
    },
  );

const workspaces = z
  .strictObject({
    name: nameOfCloud("name", "The workspace, such as aoss-{stack}").optional(),
    tags: z
      .array(
        templated(
          "tag",
          matching("tag", /^[A-Za-z0-9:_-]{1,255}$/, "letters, digits, :, - and _ are allowed"),
          {
            description: "A tag",
          },
        ),
      )
      .min(1)
      .meta({ description: "Tags of the workspaces that the stack may be deployed to" })
      .optional(),
    project: z
      .string()
      .min(1)
      .max(40)
      .meta({ description: "Project of workspaces that are made" })
      .optional(),
  })
  .superRefine((entry, context) => {
    if ((entry.name === undefined) !== (entry.tags === undefined)) return;
    report(context, {
      problem: `workspaces: ${entry.name === undefined ? "neither name nor tags" : "name and tags"} given`,
      remedy: "give one of them: name for one workspace, tags to choose among several",
    });
  }, always);

const cloud = z
  .strictObject({
    organization: nameOfCloud("organization", "The organization"),
    hostname: templated(
      "hostname",
      (value) =>
        /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i.test(value)
          ? undefined
          : {
              problem: "hostname: not a host name",
              remedy: 'give one such as "app.terraform.io", without https://',
            },
      { description: "Host of a Terraform Enterprise; default: app.terraform.io" },
    ).optional(),
    workspaces: workspaces.meta({ description: "The workspace by name, or workspaces by tags" }),
    project: nowhere("the project stands under workspaces, as in Terraform; move it there"),
    ...cloudSecrets,
  })
  .meta({ description: "State, and runs, in HCP Terraform or Terraform Enterprise" });

const kinds = { local, s3, http, cloud };

/** Where state is kept: one kind, whose name is the key. */
export const stateBackend = z
  .strictObject({
    local: local.optional(),
    s3: s3.optional(),
    http: http.optional(),
    cloud: cloud.optional(),
  })
  .superRefine((entry, context) => {
    const given = Object.keys(kinds).filter((kind) => Object.hasOwn(entry, kind));
    if (given.length === 1) return;
    // Of one that is misspelt that is told already.
    if (given.length === 0 && context.issues.length > 0) return;
    report(context, {
      problem: `a backend is one of ${Object.keys(kinds).join(", ")}; ${given.join(" and ") || "none"} given`,
      remedy: given.length === 0 ? "add one of them" : "keep one",
    });
  }, always)
  .meta({ description: "Where state is kept: one of local, s3, http, cloud" });
