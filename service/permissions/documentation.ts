import { markdownTable } from "../markdown-table";
import { allFeatures, featureTitles } from "./feature";
import { guidePermissions } from "./guide-permissions";
import type { PermissionRow } from "./permission-row";
import { statementNames, statementPurposes } from "./statement-names";
import { statementReasons } from "./statement-reasons";
import { permissionTable } from "./table";

const head = `# Permissions

What it takes to deploy, plan, use and adopt private access: each call, the IAM action that it takes, and why.
This page is written by \`npm run docs:permissions\` from the table that the policies are made of; do not edit it.

\`aoss-privatelink permissions\` prints the policies for the stacks of an access file, or for the features below: [the command](commands.md#permissions).

${markdownTable(
  ["variant", "for", "rows of the tables"],
  [
    ["`deploy`", "plan, apply, repair, import by id, destroy", "create, read, update, delete"],
    ["`plan`", "plan; no action of it changes anything", "read"],
    ["`adopt`", "find and read what exists already, under any name", "find, read"],
    ["`client`", "an application that uses collections", "use"],
  ],
)}

In the tables:

- **call**: the operation of the API. _In your name_: AWS makes the call itself and asks for your permission, so it stands in no log of Terraform. For managed endpoints AWS lists the actions and no more: which call asks for which, and why, is our reading of their names.
- **for**: create, read, update, delete of what Terraform keeps; find: look for what exists already, to import it.
- **statement**: the \`Sid\` of the statement that holds the action; one that is split over several policies has a number behind it.
- **resource**: what the statement can name, in the words of AWS's service authorization reference; \`*\` where IAM takes nothing else.
- **conditions**: the keys that limit the action, as far as the access file or the options say by what.
`;

/** The text of \`docs/permissions.md\`. */
export function permissionsDocument(): string {
  const features = allFeatures.map((feature) => [`[\`${feature}\`](#${feature})`, featureTitles[feature]]);
  return [
    head,
    `${markdownTable(["feature", "what it is"], features)}\n`,
    section("account", "Whatever is deployed."),
    ...allFeatures.map((feature) => section(feature, `${capital(featureTitles[feature])}.`)),
    section("client", "What an application takes to use collections."),
    purposes(),
    changes,
    state,
    anyResource(),
    notCalled(),
    ofTheGuide(),
  ].join("\n");
}

function section(feature: PermissionRow["feature"], title: string): string {
  const rows = permissionTable.filter((row) => row.feature === feature);
  const cells = rows.map((row) => [
    `\`${row.action}\``,
    row.forwarded ? `${row.operation}, _in your name_` : row.operation,
    row.phases.join(", "),
    row.statements.join(", ") || "–",
    row.resourceTypes.join(", ") || "`*`",
    row.conditionKeys.map((key) => `\`${key}\``).join(", ") || "–",
    row.purpose,
  ]);
  const sources = [...new Set(rows.map(({ source }) => source))].map((source) => `- ${source}`);
  return `## ${feature}

${title}

${markdownTable(["action", "call", "for", "statement", "resource", "conditions", "why"], cells)}

Sources:

${sources.join("\n")}
`;
}

/** Shown by real runs in test/e2e/long/permissions-life-cycle.test.ts. */
const changes = `## When the access file changes

The policies are limited by what the file says: VPCs, collections, tags of the stack, features.
What is only added or changed in place takes the policies of the new file.
What is there and no more in the file takes those of the file before: with the new ones alone, Terraform may not read a collection that is to be deleted, nor change a security group that still has the stack's old tag.

1. Give the role the policies of both files: \`aoss-privatelink permissions --before OLD_FILE\`, where \`git show HEAD:access.yaml\` or the like prints the old one. Collections of either may stand in one policy then, and tags that differ are not asked for.
2. Apply the change.
3. Give the role the policies of the new file alone: without \`--before\`.

Where things only leave, it is enough to give the role the new policies after the apply.
`;

/** Terraform's documentation of the S3 backend, "S3 Bucket Permissions" and "State Locking". */
const state = `## State

The policies are for what is deployed, and state is not: a bucket often is of another account, and is made before.
State in S3 takes, by Terraform's documentation of the backend:

${markdownTable(
  ["action", "resource"],
  [
    ["`s3:ListBucket`", "the bucket"],
    ["`s3:GetObject`, `s3:PutObject`", "the object that the state is kept in"],
    [
      "`s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`",
      "the lock file, the same name with `.tflock` behind it",
    ],
  ],
)}

State that another stack reads takes \`s3:GetObject\` there too.
`;

function purposes(): string {
  const rows = statementNames.map((name) => [
    `\`${name}\``,
    statementPurposes[name],
    statementReasons[name] ?? "–",
  ]);
  return `## The statements

In the order of the policies. Network and encryption policies are one kind to IAM: where both are written, \`WriteNetworkAndEncryptionPolicies\` stands for the two.

${markdownTable(["statement", "what it is for", "why it is not limited further"], rows)}
`;
}

/** Why some statements have \`"Resource": "*"\`. */
function anyResource(): string {
  const actions = actionsOf(
    ({ resourceTypes, statements }) => resourceTypes.length === 0 && statements.length > 0,
  );
  return `## Where the resource is any

A statement names resources wherever IAM takes them. These actions stand with \`"Resource": "*"\`: the service authorization reference has no resource type for them, and a statement that names one never applies. What limits them besides, or why nothing does, stands with [their statements](#the-statements).

${actions.map((action) => `- ${action}`).join("\n")}
`;
}

function notCalled(): string {
  const rows = permissionTable.flatMap(({ action, neverCalled, source }) =>
    neverCalled === undefined ? [] : [[`\`${action}\``, neverCalled, source]],
  );
  return `## Documented and never called

AWS documents these as needed. The AWS provider does not call them, so no run shows whether they are.

${markdownTable(["action", "why it is here", "source"], unique(rows))}
`;
}

function ofTheGuide(): string {
  const rows = guidePermissions.map((action) => {
    const [first, ...others] = permissionTable.filter(
      (row) => row.feature === "managed-endpoint" && row.action.toLowerCase() === action.toLowerCase(),
    );
    if (!first) return [`\`${action}\``, "–", "not in the policies"];
    const statements = [...new Set([first, ...others].flatMap((row) => row.statements))];
    return [`\`${action}\``, statements.join(", "), first.neverCalled ?? first.purpose];
  });
  return `## The list of AWS's guide

AWS's guide lists ${guidePermissions.length} permissions for working with managed endpoints. Where each of them stands here:

${markdownTable(["permission of the guide", "statement", "why"], rows)}
`;
}

/** \`aoss: A, B\`, a line for each service. */
function actionsOf(isMeant: (row: PermissionRow) => boolean): string[] {
  const names = new Map<string, Set<string>>();
  for (const { action } of permissionTable.filter(isMeant)) {
    const [service = "", name = ""] = action.split(":");
    names.set(service, (names.get(service) ?? new Set()).add(name));
  }
  return [...names].map(([service, of]) => `\`${service}:\` ${[...of].sort().join(", ")}`);
}

const unique = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] => [
  ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
