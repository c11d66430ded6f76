import { type Problem, refuse } from "../service";
import type { GithubRun } from "./github-run";
import { isKnown } from "./known";
import { literal } from "./literal";

/** Runs of HCP Terraform, or of Terraform Enterprise, that may take a role. */
export interface HcpTerraformTrustProps {
  /** Name of the organization. */
  readonly organization: string;
  /** Name of the project that the workspace is in: `Default Project` where none was made. */
  readonly project: string;
  /**
   * Name of the workspace.
   * @default - none: say so with `anyWorkspace`
   */
  readonly workspace?: string;
  /**
   * Whether every workspace of the project may take the role, those that are made later too.
   * @default - false
   */
  readonly anyWorkspace?: boolean;
  /**
   * Phases of a run that take the role: a role for plans (`TFC_AWS_PLAN_ROLE_ARN`) has `plan`, one for applies
   * (`TFC_AWS_APPLY_ROLE_ARN`) has `apply`, one for both (`TFC_AWS_RUN_ROLE_ARN`) has both. A destroy is an apply.
   */
  readonly phases: readonly ("plan" | "apply")[];
  /**
   * Host of Terraform Enterprise.
   * @default - app.terraform.io
   */
  readonly hostname?: string;
  /**
   * Audience of the tokens: what `TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE` says.
   * @default - aws.workload.identity
   */
  readonly audience?: string;
}

/** Runs of GitHub Actions that may take a role. */
export interface GithubTrustProps {
  /** The user or organization that owns the repository. */
  readonly owner: string;
  readonly repository: string;
  /** One or more. */
  readonly runs: readonly GithubRun[];
  /**
   * Ids of owner and repository, which stand in the tokens of repositories that are made, renamed or transferred
   * after 15 July 2026 and of those that opted in: digits, by `gh api repos/OWNER/REPOSITORY`.
   * @default - none: the tokens name owner and repository alone
   */
  readonly ids?: { readonly owner: string; readonly repository: string };
}

interface Trusted {
  /** `app.terraform.io` */
  readonly host: string;
  readonly audience: string;
  /** Patterns where one of them holds a wildcard. */
  readonly subjects: readonly string[];
}

/**
 * Who may take a role with a token of OpenID Connect, in place of keys that are kept: runs of one workspace of HCP
 * Terraform, or of one repository of GitHub Actions. Wildcards are there only where a name says so. Throws a
 * `RuleError` for names that could be more than one.
 *
 * ```ts
 * const trust = OidcTrust.hcpTerraform({ organization: "acme", project: "search", workspace: "prod", phases: ["apply"] });
 * new IamRole(stack, "deploy", { name: "deploy", assumeRolePolicy: trust.policyFor(provider.arn) });
 * ```
 */
export class OidcTrust {
  private constructor(private readonly trusted: Trusted) {}

  /** Runs of HCP Terraform (its documentation, dynamic provider credentials for AWS). */
  static hcpTerraform(props: HcpTerraformTrustProps): OidcTrust {
    const { organization, project, workspace, anyWorkspace = false, phases } = props;
    const { hostname = "app.terraform.io", audience = "aws.workload.identity" } = props;
    refuse(checkName("organization", organization));
    refuse(checkName("project", project));
    if (workspace !== undefined) refuse(checkName("workspace", workspace));
    refuse(checkWorkspace(workspace, anyWorkspace));
    refuse(checkPhases(phases));
    refuse(checkHost(hostname));
    refuse(checkAudience(audience));
    const start = `organization:${organization}:project:${project}:workspace:${workspace ?? "*"}`;
    return new OidcTrust({
      host: hostname,
      audience,
      subjects: phases.map((phase) => `${start}:run_phase:${phase}`),
    });
  }

  /** Runs of GitHub Actions (its documentation, OpenID Connect reference). */
  static github({ owner, repository, runs, ids }: GithubTrustProps): OidcTrust {
    refuse(checkOwner(owner));
    refuse(checkRepository(repository));
    refuse(checkRuns(runs));
    if (ids) for (const [what, id] of Object.entries(ids)) refuse(checkGithubId(what, id));
    const start = ids
      ? `repo:${owner}@${ids.owner}/${repository}@${ids.repository}`
      : `repo:${owner}/${repository}`;
    return new OidcTrust({
      host: "token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
      subjects: [...new Set(runs.map((run) => `${start}:${run.subject}`))],
    });
  }

  /** `url` of the `aws_iam_openid_connect_provider`, of which an account has one for each URL. */
  get providerUrl(): string {
    return `https://${this.trusted.host}`;
  }

  /** What its `client_id_list` has to hold. */
  get audience(): string {
    return this.trusted.audience;
  }

  /** What the subject of a token has to be: one of these. */
  get subjects(): readonly string[] {
    return this.trusted.subjects;
  }

  /**
   * The trust policy of a role, as JSON.
   * @param providerArn ARN of the `aws_iam_openid_connect_provider`; may be a token
   */
  policyFor(providerArn: string): string {
    if (isKnown(providerArn)) refuse(checkProviderArn(providerArn, this.trusted.host));
    const { host, audience, subjects } = this.trusted;
    const operator = subjects.some((subject) => subject.includes("*")) ? "StringLike" : "StringEquals";
    const [only, ...more] = subjects.map(literal);
    const wanted = { [`${host}:sub`]: more.length === 0 ? only : [only, ...more] };
    const isAudience = { [`${host}:aud`]: literal(audience) };
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TakeRole",
          Effect: "Allow",
          Principal: { Federated: providerArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition:
            operator === "StringEquals"
              ? { StringEquals: { ...isAudience, ...wanted } }
              : { StringEquals: isAudience, StringLike: wanted },
        },
      ],
    };
    return JSON.stringify(policy);
  }
}

/** Names of HCP Terraform: letters, digits, `-` and `_`, in those of projects spaces too. */
function checkName(what: "organization" | "project" | "workspace", name: string): Problem | undefined {
  const spaces = what === "project";
  const pattern = spaces ? /^[\w-](?:[\w -]*[\w-])?$/ : /^[\w-]+$/;
  if (name.length <= maxNameLength && pattern.test(name)) return undefined;
  const isWildcard = /[*?]/.test(name);
  return {
    problem: isWildcard
      ? `${what} "${name}": a wildcard, the role would be open to others`
      : `${what} "${name}": not a name of HCP Terraform`,
    remedy: isWildcard
      ? `write the one name${what === "workspace" ? ", or anyWorkspace: true for all of the project" : ""}`
      : `use 1 to ${maxNameLength} letters, digits, "-" and "_"${spaces ? ", with spaces between" : ""}`,
  };
}

const maxNameLength = 90;

function checkWorkspace(workspace: string | undefined, anyWorkspace: boolean): Problem | undefined {
  if ((workspace === undefined) === anyWorkspace) return undefined;
  return workspace === undefined
    ? { problem: "workspace: none given", remedy: "name one, or say anyWorkspace: true" }
    : {
        problem: `workspace "${workspace}" and anyWorkspace exclude each other`,
        remedy: "drop one of the two",
      };
}

function checkPhases(phases: readonly string[]): Problem | undefined {
  const wrong = phases.find((phase) => phase !== "plan" && phase !== "apply");
  if (wrong !== undefined) {
    return { problem: `phases: no phase "${wrong}"`, remedy: "use plan and apply; a destroy is an apply" };
  }
  if (new Set(phases).size < phases.length) {
    return { problem: `phases: ${phases.join(", ")}: one is given twice`, remedy: "drop one of the two" };
  }
  return phases.length > 0
    ? undefined
    : { problem: "phases: none given", remedy: "give plan, apply or both" };
}

function checkHost(host: string): Problem | undefined {
  if (/^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)) return undefined;
  return {
    problem: `hostname "${host}": not a host`,
    remedy: 'give it without https:// and in lower case, as in "app.terraform.io"',
  };
}

function checkAudience(audience: string): Problem | undefined {
  if (/^[^*?\s]{1,255}$/.test(audience)) return undefined;
  return {
    problem: `audience "${audience}": 1 to 255 characters without spaces and wildcards are allowed`,
    remedy: "write the one audience that the tokens carry",
  };
}

function checkOwner(owner: string): Problem | undefined {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/.test(owner)) return undefined;
  return {
    problem: `owner "${owner}": not the name of a user or an organization of GitHub`,
    remedy: 'write the one name, as in "octo-org"; the role would be open to others by a wildcard',
  };
}

function checkRepository(repository: string): Problem | undefined {
  if (/^[A-Za-z0-9._-]{1,100}$/.test(repository)) return undefined;
  const name = repository.slice(repository.indexOf("/") + 1);
  return {
    problem: `repository "${repository}": not the name of a repository of GitHub`,
    remedy: repository.includes("/")
      ? `give "${name}", and who owns it as owner`
      : "write the one name; the role would be open to others by a wildcard",
  };
}

const checkRuns = ({ length }: readonly GithubRun[]): Problem | undefined =>
  length > 0
    ? undefined
    : { problem: "runs: none given", remedy: 'give one, such as GithubRun.environment("production")' };

function checkGithubId(what: string, id: string): Problem | undefined {
  if (/^\d{1,20}$/.test(id)) return undefined;
  return {
    problem: `ids: ${what} "${id}": not an id of GitHub`,
    remedy: "write its digits; gh api repos/OWNER/REPOSITORY shows both",
  };
}

function checkProviderArn(arn: string, host: string): Problem | undefined {
  if (new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:oidc-provider/${host.replaceAll(".", "\\.")}$`).test(arn)) {
    return undefined;
  }
  return {
    problem: `"${arn}": not the OpenID Connect provider of ${host}`,
    remedy: `give its ARN, as in arn:aws:iam::123456789012:oidc-provider/${host}`,
  };
}
