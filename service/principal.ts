import { shown } from "./policy-document";
import type { Problem } from "./problem";

/**
 * Principals of data access policies in the forms AWS documents: IAM and STS ARNs, SAML users and groups
 * (`saml/ACCOUNT/CONFIG/user/NAME`), IAM Identity Center users and groups (`iamidentitycenter/INSTANCE/user/NAME`).
 * Those of an IAM federation are taken in the same form, after the ids of security configurations.
 */
export const principalPattern =
  /^(?:arn:aws[a-z-]*:(?:iam|sts)::[0-9]{12}:.+|saml\/[0-9]{12}\/[a-z][a-z0-9-]{2,31}\/(?:user|group)\/.+|(?:iamidentitycenter|iamfederation)\/[^/]+\/(?:[^/]+\/)?(?:user|group)\/.+)$/;

const arnPattern = /^arn:(aws[a-z-]*):(iam|sts)::([0-9]{12}):([^/]+)(?:\/(.*))?$/s;

/** Path and name, `team/a/reader`: printable ASCII, the name of 1 to 64 characters (IAM API reference). */
const pathAndName = /^(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/;

/** Only the name of the role and of the session stand in a session's ARN; the role's path does not. */
const roleAndSession = /^([\w+=,.@-]{1,64})\/[\w+=,.@-]{2,64}$/;

/**
 * The ARN of a role of the longest partition, with a path that begins and ends with "/" and a name: by itself the
 * longest there is, 512 characters of path and 64 of name (IAM API reference).
 */
export const longRoleArn = (path = `/${"0".repeat(510)}/`, name = "0".repeat(64)): string =>
  `arn:aws-us-gov:iam::000000000000:role${path}${name}`;

/** The account a principal belongs to, if it names one for sure: IAM and STS ARNs and SAML identities do. */
export function accountOfPrincipal(principal: string): string | undefined {
  return /^(?:arn:aws[a-z-]*:(?:iam|sts)::|saml\/)([0-9]{12})[:/]/.exec(principal)?.[1];
}

/** The ARN of the role behind the session ARN of an assumed role, without the role's path, which it does not tell. */
export function roleOfSession(principal: string): string | undefined {
  const [, partition, service, account, type, rest = ""] = arnPattern.exec(principal) ?? [];
  const role = service === "sts" && type === "assumed-role" ? roleAndSession.exec(rest)?.[1] : undefined;
  return role && `arn:${partition}:iam::${account}:role/${role}`;
}

/** Checks that a principal is of the policy's account, where both are known. AWS refuses any other. */
export function checkAccount(principal: string, account: string | undefined): Problem | undefined {
  const owner = accountOfPrincipal(principal);
  if (account === undefined || owner === undefined || owner === account) return undefined;
  return {
    problem: `principal ${shown(principal)} is of account ${owner}, the policy of ${account}: cross-account principals are not allowed`,
    remedy: `name a role of account ${account}, which the other account may assume`,
  };
}

const give = 'give the ARN of a role such as "arn:aws:iam::123456789012:role/reader"';

/**
 * Checks a principal that we are to write into a data access policy: an IAM user or role (with or without a path), a
 * federated user, a SAML, IAM Identity Center or IAM federation user or group, or the root of the account; of the
 * policy's own account where that is known. AWS takes the session of an assumed role too, but access would end with
 * the session's name, so it is refused with the role it should be.
 */
export function checkPrincipal(principal: string, account?: string): Problem | undefined {
  if (principal === "*") {
    return {
      problem: 'principal "*": a data access policy has no principal for everybody',
      remedy: "name the roles and users that need access",
    };
  }
  const formProblem = principal.startsWith("arn:") ? checkArn(principal) : checkIdentity(principal);
  return formProblem ?? checkAccount(principal, account);
}

function checkArn(principal: string): Problem | undefined {
  const problem = (what: string) => `principal ${shown(principal)}: ${what}`;
  const [, , service, , type = "", rest] = arnPattern.exec(principal) ?? [];
  const role = roleOfSession(principal);
  if (role) {
    return {
      problem: problem("a session of an assumed role, whose access would end with the session's name"),
      remedy: `name the role: "${role}"; ${pathRemark(role)}`,
    };
  }
  const kind = `${service}:${type}`;
  if (kind === "iam:root" && rest === undefined) return undefined;
  if (["iam:user", "iam:role", "sts:federated-user"].includes(kind) && pathAndName.test(rest ?? "")) {
    return undefined;
  }
  if (kind === "iam:group") {
    return {
      problem: problem("an IAM group cannot be a principal"),
      remedy: "name its users, or a role that they assume",
    };
  }
  if (kind === "iam:instance-profile") {
    return { problem: problem("an instance profile is not a principal"), remedy: "name the role in it" };
  }
  return { problem: problem("not the ARN of an IAM user or role"), remedy: give };
}

/** Roles that IAM Identity Center makes always have a path (IAM Identity Center user guide). */
const pathRemark = (role: string): string =>
  role.includes(":role/AWSReservedSSO_")
    ? 'its path, "aws-reserved/sso.amazonaws.com/" and the Region where there is one, is not in the session ARN and has to stand before its name'
    : "if it has a path, that is not in the session ARN and has to stand before its name";

function checkIdentity(principal: string): Problem | undefined {
  if (principalPattern.test(principal)) return undefined;
  const saml = principal.startsWith("saml/");
  const identityCenter = principal.startsWith("iamidentitycenter/");
  return {
    problem: `${shown(principal)} is not a principal`,
    remedy: saml
      ? "write saml/ACCOUNT/CONFIG/user/NAME or saml/ACCOUNT/CONFIG/group/NAME"
      : identityCenter
        ? "write iamidentitycenter/INSTANCE/user/NAME or iamidentitycenter/INSTANCE/group/NAME"
        : give,
  };
}

/** What to tell about a principal that names a whole account; AWS does not document whom it admits. */
export function wholeAccountHint(principal: string): string | undefined {
  if (!/^arn:aws[a-z-]*:iam::[0-9]{12}:root$/.test(principal)) return undefined;
  return `${shown(principal)} names a whole account, and AWS does not say whom that admits to data; name roles and users`;
}
