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
