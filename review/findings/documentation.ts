import { markdownTable } from "../../service/markdown-table";
import { documented } from "./documented";
import type { Severity } from "./finding";
import type { Rule } from "./rule";

const severityWords: Readonly<Record<Severity, string>> = {
  error: "Fails a review unless `--fail-on` says otherwise.",
  warning: "Fails a review with `--fail-on warning`.",
  note: "Fails a review with `--fail-on note`.",
};

const head = `# Findings

What a review tells of a plan besides who gains and who loses access.
This page is written by \`npm run docs:findings\` from the rules themselves; do not edit it.

A finding has a stable id, a severity, the Terraform address it is about and, for stacks of an [access file](access-file.md), the line there.
It can be [accepted in the access file](access-file.md#accepted-findings) with a reason and a last day.
Findings judge everything that the plan knows of as it is after the apply, changed or not; those about endpoints that go, last paths and other writers judge the change.
`;

/** The text of \`docs/findings.md\`. */
export function findingsDocument(): string {
  const rows = documented.map(({ id, severity, title }) => [`[\`${id}\`](#${id})`, severity, title]);
  return `${head}\n${markdownTable(["finding", "severity", "what it says"], rows)}\n\n${documented.map(section).join("\n")}`;
}

function section({ id, severity, title, why, remedy, severityNote, examples }: Omit<Rule, "check">): string {
  const language = id.startsWith("acceptance-") ? "yaml" : "hcl";
  const note = severityNote === undefined ? "" : ` ${severityNote}`;
  const block = (code: string) => `\`\`\`${language}\n${code}\n\`\`\``;
  return `## ${id}

**${title}.**
${why}

Severity: ${severity}. ${severityWords[severity]}${note}

To mend it: ${remedy}.

Found:

${block(examples.found)}

Not found:

${block(examples.passes)}
`;
}
