import { longestKmsKeyArn } from "../../service";
import { bytesOf, sortedUnique } from "../hcl";
import { derivedName } from "../names";
import { labelOf, noLabel } from "./policies";

const rules = `[{ Resource = [for pattern in group.patterns : "collection/\${pattern}"], ResourceType = "collection" }]`;

const document = (keyArn: string) =>
  `group.kms_key == "" ? jsonencode({ AWSOwnedKey = true, Rules = ${rules} }) : jsonencode({ AWSOwnedKey = false, KmsARN = ${keyArn}, Rules = ${rules} })`;

/** A policy of a KMS key is called by a hash of its ARN, as where the constructs write it. */
const slot = '"key-${substr(sha256(jsonencode([lookup(var.kms_key_arns, group.kms_key, ""), ""])), 0, 8)}"';

const base = derivedName("var.name", '"encryption"');

/** Encryption policies: which collections are encrypted with which key. A policy holds one key. */
export const encryptionLocals: Readonly<Record<string, string>> = {
  encryption_wishes: `concat([for index, one in var.encryption : {
    at = "encryption[\${index}]"
    label = ${labelOf("one.policy")}
    kms_key = one.kms_key == null ? "" : one.kms_key
    patterns = one.collections
  }], [for name, one in var.collections : {
    at = "collections.\${name}"
    label = ${labelOf("one.policy")}
    kms_key = one.kms_key == null ? "" : one.kms_key
    patterns = [name]
  }])`,
  encryption_groups: `{ for key, wishes in { for one in local.encryption_wishes : join("/", compact([one.label, one.kms_key])) => one... } : key => {
    label = wishes[0].label
    kms_key = wishes[0].kms_key
    patterns = ${sortedUnique("flatten(wishes[*].patterns)")}
  } }`,
  encryption_policy_name: base,
  encryption_policy_names: `{ for key, group in local.encryption_groups : key => [for base in [local.encryption_policy_name] : group.label == "${noLabel}" && group.kms_key == "" ? base : group.kms_key == "" ? ${derivedName("base", "group.label")} : group.label == "${noLabel}" ? ${derivedName("base", slot)} : ${derivedName("base", "group.label", slot)}][0] }`,
  encryption_policies: `{ for key, group in local.encryption_groups : key => {
    name = local.encryption_policy_names[key]
    policy = ${document('lookup(var.kms_key_arns, group.kms_key, "")')}
  } }`,
  encryption_policy_bytes: `{ for key, group in local.encryption_groups : key => ${bytesOf(document(JSON.stringify(longestKmsKeyArn)))} }`,
};
