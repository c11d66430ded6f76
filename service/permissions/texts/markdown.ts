import { featureTitles } from "../feature";
import type { IamStatement, NamedIamPolicy } from "../iam-policy";
import type { PermissionScope, PermissionVariant } from "../permission-scope";
import { permissionPolicies } from "../policies";
import { statementNamesOf, statementPurposeOf, statementReasonOf } from "../statement-words";
import { rowsFor } from "../statements";
import { widenedCollections } from "../widened-collections";

const code = (text: string): string => `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;

const listed = (values: string | readonly string[]): string => [values].flat().map(code).join(", ");

const titles: Readonly<Record<PermissionVariant, string>> = {
  deploy: "Permissions to deploy and destroy",
  plan: "Permissions to plan, reading only",
  client: "Permissions to use collections",
  adopt: "Permissions to find and import what exists, reading only",
};

/** Policies of a customer that a role takes, until AWS raises it (IAM quotas). */
const policiesPerRole = 10;

/**
 * The policies in words: what they are for, and statement by statement what each action is needed for, whose call it
 * is, what it is limited to, and why not further. Throws as `permissionPolicies`.
 */
export function policiesMarkdown(variant: PermissionVariant, scope: PermissionScope): string {
  const policies = permissionPolicies(variant, scope);
  return [
    `# ${titles[variant]}`,
    about(variant, scope),
    counted(policies),
    ...widened(variant, scope, policies),
    ...policies.flatMap((policy) => [
      `## ${code(policy.name)}`,
      ...policy.document.Statement.map((statement) => statementText(statement, variant, scope)),
    ]),
    ...neverCalled(variant, scope),
    ...(variant === "deploy" && scope.features.includes("managed-endpoint") ? [ourReading] : []),
    ...(variant === "client" ? [] : [notIncluded]),
  ]
    .join("\n\n")
    .concat("\n");
}

const ourReading =
  "For managed endpoints AWS lists what its own calls take and no more: which of them asks for which action, and why, is our reading of the names.";

const notIncluded =
  "Not in the policies: `sts:GetCallerIdentity`, which takes no permission, and whatever the backend that keeps Terraform's state takes.";

function about(variant: PermissionVariant, { account, regions, features }: PermissionScope): string {
  const where = `In account ${account === undefined ? "any (none was named)" : code(account)}, ${regions.length === 1 ? "Region" : "Regions"} ${listed([...regions].sort())}`;
  if (variant === "client") return `${where}.`;
  const all = Object.entries(featureTitles).filter(([feature]) => features.some((one) => one === feature));
  return `${where}, for:\n\n${all.map(([, title]) => `- ${title}`).join("\n")}`;
}

function counted(policies: readonly NamedIamPolicy[]): string {
  if (policies.length === 0) return "No policy: it takes no permission.";
  const counts = policies
    .map(({ name, characters }) => `${code(name)} (${characters} characters)`)
    .join(", ");
  const many =
    policies.length > policiesPerRole
      ? `\n\nA role takes ${policiesPerRole} policies until AWS raises that quota: name fewer VPCs, subnets and collections, or use prefixes.`
      : "";
  return `${policies.length === 1 ? "One policy" : `${policies.length} policies, of which all have to be attached`}: ${counts}. IAM takes 6,144 characters, white space not counted.${many}`;
}

/** Tells where names did not fit into a statement, and prefixes stand for them. */
function widened(
  variant: PermissionVariant,
  scope: PermissionScope,
  policies: readonly NamedIamPolicy[],
): readonly string[] {
  const found = widenedCollections(variant, scope, policies);
  if (!found) return [];
  return [
    `${found.asked} names and prefixes of collections do not fit into one statement, and a list of which all collections of a request have to be part cannot be spread over several. ${found.given} prefixes and names stand for them, which allow all of them and whatever else begins the same way. Names with prefixes in common keep that narrow.`,
  ];
}

function statementText(
  { Sid, Action, Resource, Condition = {} }: IamStatement,
  variant: PermissionVariant,
  scope: PermissionScope,
): string {
  const rows = rowsFor(variant, scope).filter(
    ({ action, statements }) =>
      Action.includes(action) && statementNamesOf(Sid).some((name) => statements.includes(name)),
  );
  const lines = rows.map(
    ({ action, operation, purpose, forwarded }) =>
      `| ${code(action)} | ${operation}${forwarded ? ", by AWS in your name" : ""} | ${purpose} |`,
  );
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${code(operator)} ${code(key)}: ${listed(values)}`),
  );
  const reason = statementReasonOf(Sid);
  return [
    `### ${Sid}: ${statementPurposeOf(Sid)}`,
    ["| action | called by | what for |", "| --- | --- | --- |", ...new Set(lines)].join("\n"),
    [
      `- resources: ${listed(Resource)}`,
      ...conditions.map((condition) => `- condition: ${condition}`),
      ...(reason === undefined ? [] : [`- ${reason}`]),
    ].join("\n"),
  ].join("\n\n");
}

function neverCalled(variant: PermissionVariant, scope: PermissionScope): readonly string[] {
  const rows = rowsFor(variant, scope).filter((row) => row.neverCalled !== undefined);
  if (variant !== "deploy" || rows.length === 0) return [];
  return [
    "## Documented by AWS, and not called",
    rows.map(({ action, source, neverCalled: why }) => `- ${code(action)}: ${why} (${source}).`).join("\n"),
  ];
}
