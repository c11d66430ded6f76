import type { Diagnostic } from "./diagnostics";

/** What Terraform's messages call for, by the words they are known to use. First match wins. */
const REMEDIES: readonly { readonly match: RegExp; readonly remedy: (cwd: string) => string }[] = [
  {
    match: /no existing workspaces/i,
    remedy: (cwd) => `run \`terraform init\` in ${cwd}: it asks for the name of a workspace and makes it`,
  },
  {
    match: /failed to find workspace/i,
    remedy: () => "correct TF_WORKSPACE, or give the workspace that it names all of the tags",
  },
  {
    match: /TF_WORKSPACE[\s\S]*workspace|workspaces not supported/i,
    remedy: () =>
      "unset TF_WORKSPACE, which this backend does not take; in the sandbox, try a cloud backend with sandbox --hcp HOST",
  },
  {
    match: /error acquiring the state lock/i,
    remedy: () => "wait for the run that holds the lock; if none does, `terraform force-unlock ID`",
  },
  {
    match: /no valid credential sources|failed to refresh cached credentials|ExpiredToken|get credentials/i,
    remedy: () =>
      "sign in to AWS (for example `aws sso login`), or try it without an account: aoss-privatelink sandbox -- COMMAND",
  },
  {
    match: /AWS account ID not allowed/i,
    remedy: () =>
      "use credentials of the account that the stack allows, or correct `account`; the sandbox is account 123456789012",
  },
  {
    match: /UnauthorizedOperation|AccessDenied|is not authorized to perform/i,
    remedy: () => "the AWS identity in use lacks the permission named above; use another or have it granted",
  },
  {
    match: /unable to find remote state/i,
    remedy: () => "deploy the stack named above first; its state is where the ids come from",
  },
  {
    match: /saved plan is stale/i,
    remedy: () => "the state changed since the plan was made; plan again and apply that",
  },
  {
    match: /checksums previously recorded in the dependency lock file/i,
    remedy: (cwd) => `add this platform to the lock file: \`terraform providers lock\` in ${cwd}`,
  },
  {
    match: /previously-selected version \S+ is no longer available/i,
    remedy: (cwd) => `to take the version there is, run \`terraform init -upgrade\` in ${cwd}`,
  },
  {
    match: /no available releases match/i,
    remedy: () => "widen the version constraint, or add a release that meets it to the mirror",
  },
];

/** One line that says how to mend what the diagnostics report. */
export function remedyFor(command: string, cwd: string, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const { summary, detail } of errors) {
    const known = REMEDIES.find(({ match }) => match.test(`${summary}\n${detail}`));
    if (known) return known.remedy(cwd);
  }
  return errors.length > 1
    ? `mend what is named above and run it again; ${errors.length - 1} more errors are in the full messages`
    : `mend what is named above and run \`terraform ${command}\` again`;
}
