import { inputs } from "./inputs";
import type { Field, Fields, InputType } from "./inputs/input";
import { outputs } from "./module-outputs";

/** The page of the module, as registries show it: how to call it, and tables of what goes in and comes out. */
export function moduleReadme(required: { readonly terraform: string; readonly aws: string }): string {
  return `${introduction}
## Requirements

| what | version |
| --- | --- |
| Terraform | \`${required.terraform}\` |
| \`hashicorp/aws\` | \`${required.aws}\` |

The module has no provider and no backend: it uses those of the configuration that calls it.
The tests in \`tests\` take Terraform 1.7, for its stand-in of the provider.
All is run with Terraform 1.11 and provider 5.100; of Terraform 1.6 it is only checked that no function and no form of validation is used that it has not.

## Inputs

| name | description | type | default |
| --- | --- | --- | --- |
${inputRows(inputs).join("\n")}

${fieldSections().join("\n\n")}

## Outputs

| name | description |
| --- | --- |
${Object.entries(outputs)
  .map(([name, { description }]) => `| \`${name}\` | ${description} |`)
  .join("\n")}
`;
}

const introduction = `# Private access to Amazon OpenSearch Serverless

A Terraform module that gives VPCs private access to Amazon OpenSearch Serverless: an interface endpoint in each VPC, a security group that says who may connect, network policies that say which collections the endpoints open, and, where wanted, the collections themselves with encryption, data access and retention.
Nothing is public, and nobody is let in who is not named.

\`\`\`hcl
module "search_access" {
  source = "./terraform-aws-aoss-privatelink"

  name       = "search"
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.private[*].id
  allow = {
    apps = { cidr = "10.20.0.0/16", description = "application subnets" }
  }
  grants = [
    { collections = ["orders", "logs-*"], dashboards = true },
  ]
}
\`\`\`

This makes an endpoint and its security group with one rule, and one network policy.

| example | what it makes |
| --- | --- |
| [one-vpc](examples/one-vpc) | an endpoint in a VPC that is made in the same run, and access to collections |
| [several-endpoints](examples/several-endpoints) | endpoints of both generations and one that exists already |
| [collections](examples/collections) | a private collection from nothing: its key, its access and its retention |

The module is written by \`aoss-privatelink module\`, out of the constructs of the npm package \`aoss-privatelink\`: it plans the same resources with the same attributes, and refuses the same mistakes with the same words before anything is made.
A mistake within one input is told with that input; one between several, such as a grant that names no endpoint, with an output.
What is not known before the run that makes it, such as the id of a new VPC, is checked as soon as it is.

## Sources and keys

\`allow\`, \`endpoints\`, \`existing_endpoints\` and \`kms_key_arns\` are maps.
Their keys are yours; they become part of addresses, so that one more or less leaves the others alone, and their values may be ids that Terraform does not know yet.

\`vpc_id\`, \`subnet_ids\`, \`allow\`, \`security_group_ids\` and \`generation\` are a short form for one endpoint; its key is \`main\`.
To go on with several, write it as \`endpoints = { main = { … } }\`: no address and no name changes.
A module that makes policies or collections alone says \`create_endpoint = false\`.

## How many policies

AWS takes at most 10,240 bytes in a policy.
All that has no label is written into one policy of each kind, in the same bytes whatever the order of entries; a policy that gets too large is refused by how many bytes it takes.
Give some entries a label then, \`policy = "team-a"\`: all with the same label share policies of their own, whose names end in it.
The constructs share grants out among policies by themselves; Terraform's language cannot, without one more grant changing them all.
A collection and its encryption should keep their label: AWS refuses a name that is in two encryption policies, and one that moves is in both for a moment.

## What is left to others

- Collections of generation \`nextgen\` need a collection group, which release 5.100 of the provider does not know: make them elsewhere, and open them with \`grants\`.
- The private hosted zone of an endpoint is not shared with other VPCs, as \`shareZoneWith\` of the constructs does it.
- Data access policies let principals in; they need \`aoss:APIAccessAll\` in IAM besides, for dashboards \`aoss:DashboardsAccessAll\`.
- Policies take about a minute until they hold. \`collection_endpoints\` waits for the policies, not for that minute.
- The security group has no rule for outgoing traffic; answers need none.
- Until an endpoint is made its id is not known, and a plan shows the policy that names it as \`known after apply\`. From then on it shows it in full.
`;

/** @param within the input or field whose fields they are */
const inputRows = (all: Fields, within?: string): string[] =>
  Object.entries(all).map(
    ([name, field]) =>
      `| \`${name}\` | ${field.description} | ${typeWords(name, field.type, within)} | ${defaultWords(field)} |`,
  );

function typeWords(name: string, type: InputType, within?: string): string {
  if (typeof type === "string") return `\`${type}\``;
  const title = titleOf(name, type, within);
  // GitHub's anchors leave out dots.
  return `${"list" in type ? "list" : "map"} of [\`${title}\`](#${title.replaceAll(".", "")})`;
}

const fieldsOf = (type: Exclude<InputType, string>): Fields => ("list" in type ? type.list : type.map);

/** A field that is called as an input and has other fields than it is told apart by where it is. */
function titleOf(name: string, type: Exclude<InputType, string>, within?: string): string {
  const input = inputs[name]?.type;
  const isInput = typeof input === "object" && rowsOf(input) !== rowsOf(type);
  return within !== undefined && isInput ? `${within}.${name}` : name;
}

const rowsOf = (type: Exclude<InputType, string>): string => JSON.stringify(fieldsOf(type));

function defaultWords(field: Field): string {
  if (!("default" in field)) return "required";
  return field.default === null ? "" : `\`${JSON.stringify(field.default)}\``;
}

/** A table for each kind of object, once. */
function fieldSections(): string[] {
  const sections = new Map<string, string>();
  const visit = (all: Fields, within?: string) => {
    for (const [name, { type }] of Object.entries(all)) {
      if (typeof type === "string") continue;
      const title = titleOf(name, type, within);
      const rows = inputRows(fieldsOf(type), name).join("\n");
      const text = `### ${title}\n\n| name | description | type | default |\n| --- | --- | --- | --- |\n${rows}`;
      sections.set(title, text);
      visit(fieldsOf(type), name);
    }
  };
  visit(inputs);
  return [...sections.values()];
}
