import type { NamedIamPolicy } from "../iam-policy";
import type { PermissionScope, PermissionVariant } from "../permission-scope";
import { permissionPolicies } from "../policies";
import { type HclValue, hclText, hclValue, withoutTemplates } from "./hcl-text";

/** `deploy`, `deploy_2`: what the resources are called in Terraform. */
const labelOf = ({ name }: NamedIamPolicy): string =>
  name.replace(/^aoss-privatelink-/, "").replaceAll("-", "_");

const descriptions: Readonly<Record<PermissionVariant, string>> = {
  deploy: "Deploys and destroys private access to OpenSearch Serverless",
  plan: "Plans private access to OpenSearch Serverless, reading only",
  client: "Uses collections of OpenSearch Serverless",
  adopt: "Finds and imports private access to OpenSearch Serverless, reading only",
};

const output = (variant: PermissionVariant): string => `${variant}_policy_arns`;

/** What both forms say of a policy besides its document. */
const partsOf = (variant: PermissionVariant, { name }: NamedIamPolicy) => ({
  name,
  description: descriptions[variant],
});

/**
 * The policies as a file of Terraform, in the form of `terraform fmt`: an `aws_iam_policy` each, and their ARNs as an
 * output. Attaching them to a role is left to whoever has the role. Throws as `permissionPolicies`.
 */
export function policiesHcl(variant: PermissionVariant, scope: PermissionScope): string {
  const policies = permissionPolicies(variant, scope);
  const resources = policies.map((policy) => {
    const { name, description } = partsOf(variant, policy);
    // The interfaces of a document are closed, an HCL object is open.
    const document = policy.document as unknown as HclValue;
    return [
      `resource "aws_iam_policy" "${labelOf(policy)}" {`,
      `  name        = ${hclText(name)}`,
      `  description = ${hclText(description)}`,
      `  policy = jsonencode(${hclValue(document, "  ")})`,
      "}",
      "",
      "",
    ].join("\n");
  });
  const arns = policies.map((policy) => `aws_iam_policy.${labelOf(policy)}.arn`);
  const value =
    arns.length > 1
      ? ` = [\n${arns.map((arn) => `    ${arn},\n`).join("")}  ]`
      : `       = [${arns.join("")}]`;
  return [
    ...resources,
    `output "${output(variant)}" {\n`,
    `  description = ${hclText(toAttach)}\n`,
    `  value${value}\n`,
    "}\n",
  ].join("");
}

const toAttach = "ARNs of the policies; all of them have to be attached";

/** The same in Terraform's JSON syntax. */
export function policiesTerraformJson(variant: PermissionVariant, scope: PermissionScope): string {
  const policies = permissionPolicies(variant, scope);
  const resources = policies.map((policy) => [
    labelOf(policy),
    { ...partsOf(variant, policy), policy: withoutTemplates(policy.text) },
  ]);
  const arns = policies.map((policy) => `\${aws_iam_policy.${labelOf(policy)}.arn}`);
  const document = {
    ...(policies.length === 0 ? {} : { resource: { aws_iam_policy: Object.fromEntries(resources) } }),
    output: { [output(variant)]: { description: toAttach, value: arns } },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
