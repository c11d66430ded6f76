import { bytesOf, sortedUnique } from "../hcl";
import { derivedName } from "../names";
import { plain } from "./network";
import { labelOf, policyName, sortedRules } from "./policies";

const resource = sortedUnique('[for index in flatten(same[*].indexes) : "index/${index}"]');

const rules = sortedRules(
  `[for keep, same in { for one in local.retention_wishes : one.keep => one... if one.label == label } : { for key, value in {
    MinIndexRetention = keep
    NoMinIndexRetention = true
    Resource = ${resource}
    ResourceType = "index"
  } : key => value if key != (keep == "unlimited" ? "MinIndexRetention" : "NoMinIndexRetention") }]`,
);

/** Lifecycle policies: for how long data is kept. */
export const retentionLocals: Readonly<Record<string, string>> = {
  retention_wishes: `concat([for one in var.retention : {
    label = ${labelOf("one.policy")}
    keep = one.keep_days == null ? "unlimited" : "\${one.keep_days}d"
    indexes = one.indexes
  }], flatten([for name, collection in var.collections : [for one in collection.retention : {
    label = ${labelOf("collection.policy")}
    keep = one.keep_days == null ? "unlimited" : "\${one.keep_days}d"
    indexes = [for index in one.indexes : "\${name}/\${index}"]
  }]]))`,
  retention_documents: `{ for label in toset(local.retention_wishes[*].label) : label => jsonencode({ Rules = ${rules} }) }`,
  lifecycle_policies: `{ for label, document in local.retention_documents : label => {
    name = ${policyName(derivedName("var.name", '"lifecycle"'), "label")}
    policy = document
  } }`,
  lifecycle_policy_bytes: `{ for label, document in local.retention_documents : label => ${bytesOf(plain("document"))} }`,
};
