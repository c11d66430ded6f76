import { bytesOf, json, sortedUnique } from "../hcl";
import { derivedName } from "../names";
import { plain } from "./network";
import { labelOf, longPrincipalsBytes, policyName, sortedRules, withoutEmpty } from "./policies";

const principalBytes = "sum(concat([0], [for principal in one.principals : length(principal) + 3]))";

const rules = sortedRules(
  `[for same in { for unit in units : jsonencode([unit.permissions, unit.type]) => unit... } : {
    Permission = same[0].permissions
    Resource = ${sortedUnique('flatten([for unit in same : [for name in unit.names : "${unit.type}/${name}"]])')}
    ResourceType = same[0].type
  }]`,
);

const block = withoutEmpty(
  `{
    Description = units[0].description
    Principal = units[0].principals
    Rules = ${rules}
  }`,
  { Description: 'units[0].description == ""' },
);

/** Data access policies: who may do what. */
export const dataAccessLocals: Readonly<Record<string, string>> = {
  data_grants: `concat([for index, one in var.data_access : {
    at = "data_access[\${index}]"
    label = ${labelOf("one.policy")}
    principals = ${sortedUnique("one.principals")}
    description = one.description == null ? "" : one.description
    collections = one.collections
    collection_permissions = one.collection_permissions
    indexes = one.indexes
    index_permissions = one.index_permissions
  }], flatten([for name, collection in var.collections : [for index, one in collection.data_access : {
    at = "collections.\${name}.data_access[\${index}]"
    label = ${labelOf("collection.policy")}
    principals = ${sortedUnique("one.principals")}
    description = one.description == null ? "" : one.description
    collections = length(one.collection_permissions) > 0 ? [name] : []
    collection_permissions = one.collection_permissions
    indexes = [for named in one.indexes : "\${name}/\${named}"]
    index_permissions = one.index_permissions
  }]]))`,
  // Principals whose list takes much of a policy are each given the permissions by themselves.
  data_units: `flatten([for one in local.data_grants : [for principals in chunklist(one.principals, ${principalBytes} > ${longPrincipalsBytes} ? 1 : max(1, length(one.principals))) : [for part in [
    { type = "collection", names = one.collections, permissions = one.collection_permissions },
    { type = "index", names = one.indexes, permissions = one.index_permissions },
  ] : {
    label = one.label
    principals = principals
    description = one.description
    type = part.type
    names = part.names
    permissions = ${sortedUnique("part.permissions")}
  } if length(part.names) > 0]]])`,
  data_documents: `{ for label in toset(local.data_grants[*].label) : label => jsonencode([for units in { for unit in local.data_units : ${json("[unit.principals, unit.description]")} => unit... if unit.label == label } : ${block}]) }`,
  data_access_policies: `{ for label, document in local.data_documents : label => {
    name = ${policyName(derivedName("var.name", '"data-access"'), "label")}
    policy = document
  } }`,
  data_access_policy_bytes: `{ for label, document in local.data_documents : label => ${bytesOf(plain("document"))} }`,
};
