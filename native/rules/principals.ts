import { checkAccount, checkPrincipal, idForms, principalPattern } from "../../service";
import { json, matches, withName } from "../hcl";
import { given, message, type Rule, ruleOfTexts, ruleOn, text, type Values } from "../message";

const shownLength = 100;

/** A value as an error shows it: never more than a line. */
export const shown = (value: string) =>
  `length(${value}) > ${shownLength} ? "\${${json(`substr(${value}, 0, ${shownLength})`)}}…" : ${json(value)}`;

/** Partition, service, account, type and the rest of an ARN, of which HCL has a list; nulls where it is none. */
const arn = '"^arn:(aws[a-z-]*):(iam|sts)::([0-9]{12}):([^/]+)(?:/((?s:.*)))?$"';

const pathAndName = /^(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/;
const roleAndSession = /^[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/;

/**
 * Principals that a data access policy does not take, or should not be given.
 * @param items expression of a list of `{ at, value }`
 */
export function wrongPrincipals(items: string): Rule {
  const told = (example: string, values: Values = {}) =>
    message("one.at", checkPrincipal(example), {
      ...values,
      [JSON.stringify(example)]: shown("one.value"),
    });
  const session = (role: string) => {
    const behind = `arn:aws:iam::123456789012:role/${role}`;
    return told(`arn:aws:sts::123456789012:assumed-role/${role}/session`, {
      [behind]: text`arn:${"arn[0]"}:iam::${"arn[2]"}:role/${'split("/", arn[4])[0]'}`,
    });
  };
  const kind = '"${arn[1]}:${arn[3]}"';
  const ofArn = [
    `${kind} == "sts:assumed-role" && ${matches(roleAndSession, "arn[4]")} ? (startswith(arn[4], "AWSReservedSSO_") ? ${session("AWSReservedSSO_Admin")} : ${session("reader")})`,
    `${kind} == "iam:root" && arn[4] == null ? ""`,
    `contains(["iam:user", "iam:role", "sts:federated-user"], ${kind}) && ${matches(pathAndName, 'coalesce(arn[4], " ")')} ? ""`,
    `${kind} == "iam:group" ? ${told("arn:aws:iam::123456789012:group/a")}`,
    `${kind} == "iam:instance-profile" ? ${told("arn:aws:iam::123456789012:instance-profile/a")}`,
    told("arn:aws:s3:::bucket"),
  ].join(" : ");
  const parts = `try(regex(${arn}, one.value), ["", "", "", "", null])`;
  const judged = [
    `one.value == "*" ? ${told("*")}`,
    `startswith(one.value, "arn:") ? ${withName("arn", parts, ofArn)}`,
    `${matches(principalPattern, "one.value")} ? ""`,
    `startswith(one.value, "saml/") ? ${told("saml/wrong")}`,
    `startswith(one.value, "iamidentitycenter/") ? ${told("iamidentitycenter/wrong")}`,
    told(given),
  ].join(" : ");
  return ruleOfTexts(`one in ${items}`, judged);
}

/** Principals of another account than the provider's, which AWS refuses. */
export function otherAccounts(): Rule {
  const example = "arn:aws:iam::111111111111:role/reader";
  const told = message('"${one.at}.principals: "', checkAccount(example, "222222222222"), {
    [JSON.stringify(example)]: shown("one.principal"),
    "111111111111": "one.owner",
    "222222222222": account,
  });
  const owner = 'try(regex("^(?:arn:aws[a-z-]*:(?:iam|sts)::|saml/)([0-9]{12})[:/]", principal)[0], "")';
  const items = `flatten([for one in local.data_grants : [for principal in one.principals : { at = one.at, principal = principal, owner = ${owner} }]])`;
  // A stand-in of the provider, as tests have it, makes up an account that is none.
  const isKnown = matches(idForms.account.pattern, account);
  return ruleOn(`one in ${items}`, told, `one.owner != "" && one.owner != ${account} && ${isKnown}`);
}

const account = "data.aws_caller_identity.current.account_id";
