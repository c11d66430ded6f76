import { callerArn } from "../access/access-denied";
import type { Call } from "../call";
import { iamOf } from "./existing";
import { type PolicyStatement, policySize, readPolicy } from "./policy-grammar";
import { malformedPolicy, quotaExceeded } from "./refusals";

/** Characters without white space of a role's trust policy: quota `ACLSizePerRole`, by default. */
const maxTrustPolicySize = 2048;

/**
 * Providers that many organizations share, and what a trust policy has to compare of their tokens before IAM takes it
 * (IAM user guide, identity-provider controls for shared OIDC providers), as far as this project uses them.
 */
const sharedProviders: Readonly<Record<string, string>> = {
  "app.terraform.io": "app.terraform.io:sub",
  "token.actions.githubusercontent.com": "token.actions.githubusercontent.com:sub",
};

/** Reads the policy that says who may take a role. Throws MalformedPolicyDocument, LimitExceeded. */
export function checkTrustPolicy(call: Call, text: string): void {
  const size = policySize(text);
  if (size > maxTrustPolicySize) throw quotaExceeded("ACLSizePerRole", maxTrustPolicySize);
  for (const statement of readPolicy(text).Statement) {
    if (statement.Resource ?? statement.NotResource) throw malformedPolicy("Has prohibited field Resource");
    if (!statement.Principal) throw malformedPolicy("Missing required field Principal");
    const actions = statement.Action ?? [];
    if (actions.length === 0 || !actions.every(isStsAction)) {
      throw malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
    }
    if (statement.Principal === "*") continue;
    for (const [kind, names] of Object.entries(statement.Principal)) {
      const wrong = names.find((name) => !isPrincipal(call, kind, name));
      if (wrong !== undefined || names.length === 0) {
        throw malformedPolicy(`Invalid principal in policy: "${kind}":"${wrong ?? ""}"`);
      }
      if (kind === "Federated") for (const name of names) requireSubject(statement, name);
    }
  }
}

const stsActions: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setcontext",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

const isStsAction = (action: string): boolean =>
  stsActions.has(action.toLowerCase()) || /^sts:assumerole\w*\*$/i.test(action);

function isPrincipal(call: Call, kind: string, name: string): boolean {
  if (kind === "Service") return /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(name);
  if (kind === "Federated") {
    return /^arn:aws[a-z-]*:iam::\d{12}:(?:oidc|saml)-provider\/\S+$/.test(name) || /^[a-z.]+$/.test(name);
  }
  if (kind !== "AWS") return false;
  if (name === "*" || /^\d{12}$/.test(name)) return true;
  const [, account, entity = ""] = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(\S+)$/.exec(name) ?? [];
  if (account === undefined) return false;
  // Whoever belongs to another account cannot be looked up here.
  return account !== call.account || isEntityHere(call, entity, name);
}

/** A trust policy takes only a user or a role that is there, and makes its unique identifier of it. */
function isEntityHere(call: Call, entity: string, arn: string): boolean {
  if (entity === "root" || arn === callerArn(call.account)) return true;
  const [kind = "", ...path] = entity.split("/");
  const name = kind === "assumed-role" ? path[0] : path.at(-1);
  if (kind !== "role" && kind !== "assumed-role") return kind === "federated-user" && path.length > 0;
  if (name === undefined) return false;
  return iamOf(call).roles.has(name) || call.accountState.serviceLinkedRoles.has(name);
}

/** What IAM says here is not known word for word. */
function requireSubject({ Effect, Condition = {} }: PolicyStatement, provider: string): void {
  const claim = sharedProviders[provider.slice(provider.indexOf("/") + 1)];
  if (claim === undefined || Effect === "Deny") return;
  const compared = Object.values(Condition).flatMap((block) =>
    Object.entries(block).flatMap(([key, value]) => (key.toLowerCase() === claim ? [value].flat() : [])),
  );
  if (compared.length > 0 && compared.every((value) => !/^[*?]*$/.test(String(value)))) return;
  throw malformedPolicy(
    `The role trust policy of a shared OIDC provider must evaluate ${claim} with a value that is not a wildcard alone.`,
  );
}
