import path from "node:path";
import {
  type NamedIamPolicy,
  type PermissionScope,
  type PermissionVariant,
  permissionPolicies,
  policiesHcl,
  policiesMarkdown,
  policiesTerraformJson,
  widenedCollections,
} from "../service";
import { CommandError } from "./command-error";
import type { PermissionFormat, PermissionsCommandOptions } from "./permission-options";
import { type AskedScope, askedScope } from "./permission-scope";
import { isFolder, type PolicyFile, tellLeftOver, writeFiles } from "./write-policies";
import { writeReport } from "./write-report";

/** `permissions [stack…]`: the IAM policies that it takes to deploy, plan, use or adopt what the stacks have. */
export async function permissionsCommand(
  names: readonly string[],
  options: PermissionsCommandOptions,
  builtInApp: readonly string[],
): Promise<void> {
  const format = formatOf(options);
  const asked = askedScope(names, options, builtInApp);
  const policies = permissionPolicies(options.variant, asked.scope);
  if (policies.length === 0) console.error("no policy: it takes no permission");
  tellWidened(options.variant, asked.scope, policies);
  if (options.json) return writeReport(jsonOf(asked, policies, options), options.out);
  const { out } = options;
  if (format === "json") return writeDocuments(chosenOf(policies, options.policy), options);
  const text = textOf(format, options, asked.scope);
  if (out === undefined || !isFolder(out)) return writeReport(text, out);
  writeFiles([{ name: `aoss-privatelink-${options.variant}.${endings[format]}`, text }], out);
}

/** What a policy allows beyond what was asked for is never left unsaid. */
function tellWidened(
  variant: PermissionVariant,
  scope: PermissionScope,
  policies: readonly NamedIamPolicy[],
): void {
  const found = widenedCollections(variant, scope, policies);
  if (!found) return;
  console.error(
    `warning: ${found.asked} names of collections do not fit into a statement, ${found.given} names and prefixes stand for them: other collections that begin the same way are allowed too`,
  );
}

/** The documents as IAM takes them; several on one page are a list, which IAM does not take. */
function writeDocuments(
  policies: readonly NamedIamPolicy[],
  { out, policy }: PermissionsCommandOptions,
): void {
  const documents = policies.map(({ document }) => document);
  if (out !== undefined && isFolder(out)) {
    const files = policies.map(
      ({ name, document }): PolicyFile => ({ name: `${name}.json`, text: pretty(document) }),
    );
    writeFiles(files, out);
    if (policy === undefined) tellLeftOver(files, out);
    return;
  }
  if (documents.length > 1) {
    console.error(
      `${documents.length} policies, written as a list: IAM takes them one by one, of up to 6,144 characters each; --out FOLDER/ writes a file of each, --policy NUMBER gives one`,
    );
  }
  writeReport(pretty(documents.length === 1 ? documents[0] : documents), out);
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

function jsonOf(
  { scope, stacks }: AskedScope,
  policies: readonly NamedIamPolicy[],
  { variant }: PermissionsCommandOptions,
): string {
  const { account, regions, features } = scope;
  return pretty({
    version: 1,
    variant,
    stacks,
    ...(account === undefined ? {} : { account }),
    regions,
    features,
    policies: policies.map(({ name, characters, document }) => ({ name, characters, document })),
  });
}

function chosenOf(
  policies: readonly NamedIamPolicy[],
  number: number | undefined,
): readonly NamedIamPolicy[] {
  if (number === undefined) return policies;
  const chosen = policies[number - 1];
  if (chosen) return [chosen];
  const { length } = policies;
  throw new CommandError(
    `--policy ${number}: ${length === 1 ? "there is one policy" : `there are ${length} policies`}`,
    "the command line",
    length > 1 ? `give 1 to ${length}` : "leave it out",
    2,
  );
}

function textOf(
  format: Exclude<PermissionFormat, "json">,
  { variant }: PermissionsCommandOptions,
  scope: PermissionScope,
): string {
  if (format === "hcl") return policiesHcl(variant, scope);
  return format === "tf-json" ? policiesTerraformJson(variant, scope) : policiesMarkdown(variant, scope);
}

const endings: Readonly<Record<PermissionFormat, string>> = {
  json: "json",
  hcl: "tf",
  "tf-json": "tf.json",
  markdown: "md",
};

/** By `--format`, or the name of the file that `--out` names. */
function formatOf({ format, json, policy, out = "" }: PermissionsCommandOptions): PermissionFormat {
  const refuse = (problem: string, where: string, remedy: string): never => {
    throw new CommandError(problem, where, remedy, 2);
  };
  if (json && format !== undefined) {
    refuse(`--json and --format ${format} are two forms`, "the command line", "give one of them");
  }
  if (json && policy !== undefined) {
    refuse("--json has all policies", "the command line", "leave out --policy, or --json");
  }
  if (json && out !== "" && isFolder(out)) {
    refuse("this is a folder, and --json is one file", `--out ${out}`, "name a file, or leave out --json");
  }
  const ending = /\.(?:tf\.json|[^.]+)$/.exec(path.basename(out).toLowerCase())?.[0].slice(1);
  const told = (Object.keys(endings) as PermissionFormat[]).find((one) => endings[one] === ending);
  if (format !== undefined && told !== undefined && told !== format) {
    refuse(
      `.${ending} is the ending of another format than --format ${format}`,
      `--out ${out}`,
      `leave out --format for ${told}, or name a file that ends in .${endings[format]}`,
    );
  }
  const chosen = format ?? told ?? "json";
  if (policy !== undefined && chosen !== "json") {
    refuse(`--policy with --format ${chosen}, which has all policies`, "the command line", "leave it out");
  }
  return chosen;
}
