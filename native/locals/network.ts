import { longestEndpointId } from "../../service";
import { bytesOf, json, sortedUnique } from "../hcl";
import { derivedName } from "../names";
import { labelOf, longListBytes, policyName, sortedRules, withoutEmpty } from "./policies";

/** What an endpoint is sorted by: the key of one that is made, as its id is not known yet, else the id. */
const standIn =
  'contains(keys(local.endpoints), from) ? "$${${from}}" : lookup(local.existing_endpoint_ids, from, from)';

/** Bytes of a pattern in the rules of a block. */
const patternBytes =
  "sum(concat([0], [for pattern in one.patterns : length(pattern) + 14])) * (one.both ? 2 : 1)";

const unitKey = json(
  `[one.description, one.both, one.patterns, ${patternBytes} >= ${longListBytes} ? "" : jsonencode([one.endpoints, one.services])]`,
);

const resources = (units: string) =>
  `${sortedUnique(`flatten([for one in ${units} : [for pattern in one.patterns : "collection/\${pattern}"]])`)}`;

const rules = sortedRules(
  `concat([{ ResourceType = "collection", Resource = ${resources("units")} }], [for both in [[for one in units : one if one.both]] : { ResourceType = "dashboard", Resource = ${resources("both")} } if length(both) > 0])`,
);

/** A policy for each label, as `compileNetworkPolicies` of `service` writes one that holds all. */
function documents(idOf: string): string {
  const block = withoutEmpty(
    `{
      AllowFromPublic = false
      Description = units[0].description
      Rules = ${rules}
      SourceServices = units[0].services
      SourceVPCEs = [for endpoint in units[0].endpoints : ${idOf}]
    }`,
    {
      Description: 'units[0].description == ""',
      SourceServices: "length(units[0].services) == 0",
      SourceVPCEs: "length(units[0].endpoints) == 0",
    },
  );
  return `{ for label, blocks in local.network_blocks : label => jsonencode([for units in blocks : ${block}]) }`;
}

/** Network policies: who reaches what. */
export const networkLocals: Readonly<Record<string, string>> = {
  existing_endpoint_ids: "{ for key, one in var.existing_endpoints : key => one.id }",
  only_endpoint:
    "[for keys in [concat(keys(local.endpoints), keys(var.existing_endpoints))] : length(keys) == 1 ? keys : []][0]",
  network_grants: `concat([for index, one in var.grants : {
    at = "grants[\${index}]"
    label = ${labelOf("one.policy")}
    collections = one.collections
    dashboards = one.dashboards
    from = one.from != null ? one.from : length(one.services) == 0 ? local.only_endpoint : []
    services = one.services
    description = one.description == null ? "" : one.description
  }], [for name, one in var.collections : {
    at = "collections.\${name}"
    label = ${labelOf("one.policy")}
    collections = [name]
    dashboards = one.dashboards
    from = one.from
    services = one.services
    description = ""
  } if length(one.from) + length(one.services) > 0 || one.dashboards])`,
  network_wishes: `[for one in local.network_grants : {
    label = one.label
    patterns = ${sortedUnique("one.collections")}
    both = one.dashboards && length(one.from) > 0
    endpoints = ${sortedUnique(`[for from in one.from : ${standIn}]`)}
    services = ${sortedUnique("one.services")}
    description = one.description
  }]`,
  // Grants of the very same collections become one where the list is long, as it would be said again for each.
  network_units: `{ for label in toset(local.network_wishes[*].label) : label => [for units in { for one in local.network_wishes : ${unitKey} => one... if one.label == label } : merge(units[0], {
    endpoints = ${sortedUnique("flatten(units[*].endpoints)")}
    services = ${sortedUnique("flatten(units[*].services)")}
  })] }`,
  // In the order of who is let in.
  network_blocks: `{ for label, units in local.network_units : label => { for one in units : ${json("[one.endpoints, one.services, one.description]")} => one... } }`,
  network_documents: documents("lookup(local.made_endpoints_by_stand_in, endpoint, endpoint)"),
  network_documents_at_the_longest: documents(
    `startswith(endpoint, "$") ? "${longestEndpointId}" : endpoint`,
  ),
  made_endpoints_by_stand_in: '{ for key, id in local.made_endpoint_ids : "$${${key}}" => id }',
  network_policy_name: `var.policy_name == null ? ${derivedName("var.name", '"private-access"')} : var.policy_name`,
  network_policy_names: `{ for label in keys(local.network_blocks) : label => ${policyName("local.network_policy_name", "label")} }`,
  network_policies: `{ for label, document in local.network_documents : label => {
    name = local.network_policy_names[label]
    policy = document
  } }`,
  network_policy_bytes: `{ for label, document in local.network_documents_at_the_longest : label => ${bytesOf(plain("document"))} }`,
};

/** A JSON text without what `jsonencode` escapes and AWS counts as one byte; a backslash before it is one. */
export function plain(text: string): string {
  return `replace(replace(${text}, "\\\\\\\\", "--"), "/\\\\\\\\u00(?:3c|3e|26)/", "-")`;
}
