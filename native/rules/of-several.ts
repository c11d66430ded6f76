import { checkSubnets, type PolicyKind, quotas } from "../../service";
import { checkPolicySize, policyKinds } from "../../service/policy-document";
import { noLabel } from "../locals/policies";
import { given, message, type Rule, ruleOn, ruleWhen, text } from "../message";
import { otherRegions } from "./collections";
import { wrongEndpoints, wrongSecurityGroups } from "./endpoints";
import { otherGenerations, unknownEndpoints, wrongGrants } from "./grants";
import { wrongIds } from "./ids";
import { otherAccounts } from "./principals";
import { tooManyTags } from "./tags";

/** Rules on endpoints as a whole, the one endpoint included. */
export function endpointRules(): Rule[] {
  const missing = message('""', {
    problem: "no vpc_id is given for the one endpoint",
    remedy:
      "give vpc_id and subnet_ids, or endpoints, or existing_endpoints; create_endpoint = false makes none",
  });
  const beside = message('""', {
    problem: "vpc_id is of no effect beside endpoints, existing_endpoints or create_endpoint = false",
    remedy: "leave it out, or make it one of the endpoints",
  });
  const noSubnet = message('""', checkSubnets([]));
  return [
    ruleWhen("local.makes_main && var.vpc_id == null", missing),
    ruleWhen("!local.makes_main && var.vpc_id != null", beside),
    ruleWhen("local.makes_main && length(var.subnet_ids) == 0", noSubnet),
    ...wrongSecurityGroups(
      '[for own in [length(var.allow) > 0] : { at = "", value = var.security_group_ids, own = own }]',
    ),
    ...wrongEndpoints(),
    tooManyTags(
      '[for key, one in local.endpoints : { at = "endpoints.${key}: ", value = local.endpoint_tags[key], others = one.generation == "nextgen" && !contains(keys(local.endpoint_tags[key]), "Name") ? 1 : 0 }]',
    ),
  ];
}

/** Rules on grants as a whole. */
export function networkRules(): Rule[] {
  const ids =
    'flatten([for one in local.network_grants : [for from in one.from : { at = "${one.at}.from: ", value = from } if startswith(from, "vpce-")]])';
  return [
    wrongGrants(),
    unknownEndpoints(),
    wrongIds("endpoint", ids),
    otherGenerations(),
    wrongLabels("grants", "local.network_grants[*].label"),
    tooLarge("network", "network_policy_bytes"),
    tooMany("network policies", "network_policy_names", quotas.networkPolicies.limit),
  ];
}

/** Rules on encryption as a whole. */
export function encryptionRules(): Rule[] {
  const pairs =
    "flatten([for one in local.encryption_wishes : [for pattern in one.patterns : { pattern = pattern, kms_key = one.kms_key, label = one.label }]])";
  const twoKeys = {
    problem: `collection "${given}" is given two keys`,
    remedy: "leave it out of one; AWS takes a name or pattern in one encryption policy only",
  };
  const twoPolicies = {
    problem: `collection "${given}" is in two encryption policies`,
    remedy: "leave it out of one; AWS takes a name or pattern in one encryption policy only",
  };
  const noKey = {
    problem: `no key "${given}" in kms_key_arns`,
    remedy: "defined: KEYS",
  };
  const sameArn = {
    problem: `kms_key_arns: "${given}" has two keys of this module`,
    remedy: "keep one of them, and name it in all that is encrypted with it",
  };
  return [
    ruleOn(
      `pattern, uses in { for one in ${pairs} : one.pattern => one... }`,
      `length(distinct(uses[*].kms_key)) > 1 ? ${message('""', twoKeys, { [given]: "pattern" })} : ${message('""', twoPolicies, { [given]: "pattern" })}`,
      'length(distinct([for one in uses : "${one.label}/${one.kms_key}"])) > 1',
    ),
    ruleOn(
      "one in local.encryption_wishes",
      message('"${one.at}.kms_key: "', noKey, {
        [given]: "one.kms_key",
        KEYS: 'length(var.kms_key_arns) == 0 ? "none" : join(", ", keys(var.kms_key_arns))',
      }),
      'one.kms_key != "" && !contains(keys(var.kms_key_arns), one.kms_key)',
    ),
    ruleOn(
      "arn, keys in { for key, arn in var.kms_key_arns : arn => key... }",
      message('""', sameArn, { [given]: "arn" }),
      "length(keys) > 1",
    ),
    otherRegions(),
    wrongLabels("encryption", "local.encryption_wishes[*].label"),
    tooLarge("encryption", "encryption_policy_bytes"),
    tooMany("encryption policies", "encryption_policies", quotas.encryptionPolicies.limit),
  ];
}

/** Rules on collections as a whole. */
export const collectionRules = (): Rule[] => [
  tooManyTags(
    '[for name, one in var.collections : { at = "collections.${name}: ", value = merge(var.tags, one.tags), others = 0 }]',
  ),
];

/** Rules on data access as a whole. */
export const dataAccessRules = (): Rule[] => [
  otherAccounts(),
  wrongLabels("data_access", "local.data_grants[*].label"),
  tooLarge("data", "data_access_policy_bytes"),
  tooMany("data access policies", "data_access_policies", quotas.dataAccessPolicies.limit),
];

/** Rules on retention as a whole. */
export const retentionRules = (): Rule[] => [
  wrongLabels("retention", "local.retention_wishes[*].label"),
  tooLarge("retention", "lifecycle_policy_bytes"),
];

function wrongLabels(what: string, labels: string): Rule {
  const problem = {
    problem: `policy ${JSON.stringify(given)} of ${what}: 1 to 25 of a-z, 0-9 and "-" are allowed`,
    remedy: "use another label",
  };
  const told = message('""', problem, { [JSON.stringify(given)]: text`"${"label"}"` });
  return ruleOn(`label in distinct(${labels})`, told, '!can(regex("^[a-z0-9-]{1,25}$", label))');
}

/** The module cannot share out among policies what the constructs would: labels do. */
const remedy =
  "use prefixes instead of single names, shorten descriptions, or give some entries a policy label of their own";

function tooLarge(kind: PolicyKind, local: string): Rule {
  const { limit } = policyKinds[kind].bytes;
  const problem = checkPolicySize(kind, "x".repeat(100_000));
  const told = message(
    `"\${label == "${noLabel}" ? "" : "policy \${label}: "}"`,
    problem && { problem: problem.problem, remedy },
    { "100000": "bytes" },
  );
  return ruleOn(`label, bytes in local.${local}`, told, `bytes > ${limit}`);
}

function tooMany(what: string, local: string, limit: number): Rule {
  const problem = {
    problem: `what is wanted takes COUNT ${what}, AWS takes ${limit}: OVER too many`,
    remedy: "use fewer labels, or move some to another account or Region",
  };
  const count = `length(local.${local})`;
  const told = message('""', problem, { COUNT: count, OVER: `${count} - ${limit}` });
  return ruleWhen(`${count} > ${limit}`, told);
}
