/** What the constructs call things, where the module's inputs have another name for them. */
const names: Readonly<Record<string, string>> = {
  allowAnywhere: "allow_anywhere",
  collectionPermissions: "collection_permissions",
  indexPermissions: "index_permissions",
  keepDays: "keep_days",
  securityGroups: "security_group_ids",
  subnets: "subnet_ids",
};

const anyName = new RegExp(`\\b(${Object.keys(names).join("|")})(?=:)`, "g");
const permissionKeys = /\b(collectionPermissions|indexPermissions)\b/g;

/** A message of the constructs in the words of the module: `keepDays: 0 given` is `keep_days: 0 given` here. */
export function inHclWords(message: string): string {
  return message
    .replace("pass allowAnywhere: true", "pass allow_anywhere = true")
    .replace(anyName, (name) => names[name] ?? name)
    .replace(permissionKeys, (name) => names[name] ?? name);
}
