import { accountOfPrincipal } from "../principal";

const iamForm = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/;

/** Whether a principal may stand in data access policies of the account: those of others are refused. */
export function belongsTo(account: string | undefined, principal: string): boolean {
  const own = accountOfPrincipal(principal);
  return account === undefined || own === undefined || own === account;
}

/**
 * Whether a principal that a policy names is the one that asks. The session of an assumed role has what its role
 * has; a session's ARN leaves out the role's path.
 */
export function isSamePrincipal(named: string, asking: string): boolean {
  if (named === asking) return true;
  const [, account, session] = iamForm.exec(asking) ?? [];
  const [, namedAccount, role] = iamForm.exec(named) ?? [];
  if (account === undefined || account !== namedAccount) return false;
  const sessionRole = /^assumed-role\/([^/]+)\//.exec(session ?? "")?.[1];
  const roleName = /^role\/(?:.*\/)?([^/]+)$/.exec(role ?? "")?.[1];
  return sessionRole !== undefined && sessionRole === roleName;
}

const rootForm = /^arn:[^:]*:iam::(\d{12}):root$/;

/** Users and groups that an identity provider tells of, `saml/ACCOUNT/CONFIG/user/NAME` and the like. */
const identityForm =
  /^(saml\/\d{12}\/[^/]+|(?:iamidentitycenter|iamfederation)\/[^/]+(?:\/[^/]+)??)\/(user|group)\/./;

/**
 * What is not known of a principal that a policy names and that may have to do with the one that asks, another one;
 * undefined where it has nothing to do with it. AWS does not say whom the root of an account admits to data, and who is
 * in which group is not in the world. A group that asks is what the group itself is permitted, whoever is in it.
 */
export function doubtOn(named: string, asking: string): string | undefined {
  if (isSamePrincipal(named, asking)) return undefined;
  const account = rootForm.exec(named)?.[1];
  if (account !== undefined) {
    return belongsTo(account, asking)
      ? `whether ${named} admits ${asking}, which AWS does not say`
      : undefined;
  }
  if (isSamePrincipal(asking, named)) return `whether ${asking} comes as its session ${named}`;
  const [, provider, kind] = identityForm.exec(named) ?? [];
  const [, ofAsking, kindOfAsking] = identityForm.exec(asking) ?? [];
  const mayBeIn = kind === "group" && kindOfAsking === "user" && provider === ofAsking;
  return mayBeIn ? `whether ${asking} is in ${named}` : undefined;
}
