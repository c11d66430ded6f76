import type { Finding, Severity } from "../findings";
import { severities } from "../findings";
import { documented } from "../findings/documented";
import { element, escaped, escapedLines } from "../picture/markup";
import { placeText } from "./finding-groups";
import type { NamedReview, ReportedRule } from "./named-review";
import { headline, interruptionText } from "./verdict";

export interface JunitOptions {
  /** A test each; those that found nothing among them. @default - all rules that there are */
  readonly rules?: readonly ReportedRule[];
  /** Findings of this severity and graver ones are failures. */
  readonly failOn: Severity | "never";
}

/**
 * Reviews as JUnit's XML: a test suite for each plan; a test for each rule that found nothing, and for each finding.
 * Findings below `failOn` pass and are told in the suite's output, accepted ones are skipped. Valid by both schemas in
 * use, Ant's (JUnit.xsd) and Jenkins' (junit-4.xsd); there is no official one.
 */
export function reviewJunit(reviews: readonly NamedReview[], options: JunitOptions): string {
  const suites = reviews.map((one, id) => `\n${suiteOf(one, id, options)}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", {}, ...suites, "\n")}\n`;
}

function suiteOf(
  { name, review, plannedAt }: NamedReview,
  id: number,
  { rules = documented, failOn }: JunitOptions,
): string {
  const { findings, change } = review;
  const found = new Set(findings.map((finding) => finding.id));
  const passed = rules.filter((rule) => !found.has(rule.id));
  const fails = (finding: Finding) => finding.accepted === undefined && isAtLeast(finding.severity, failOn);
  const tests = [
    ...passed.map(({ id: rule, title }) => testcase(name, rule, title)),
    ...findings.map((finding) => findingCase(name, finding, fails(finding))),
  ];
  const told = findings.filter((finding) => finding.accepted === undefined && !fails(finding));
  const out = [
    headline(change),
    ...change.interruptions.map(interruptionText),
    ...told.map((finding) => `${finding.severity} ${finding.id}: ${finding.message} (${placeText(finding)})`),
    ...change.notSeen.map((line) => `not seen: ${line}`),
  ];
  return element(
    "testsuite",
    {
      id,
      name,
      package: "aoss-privatelink",
      hostname: "localhost",
      timestamp: timestampOf(plannedAt),
      tests: tests.length,
      failures: findings.filter(fails).length,
      errors: 0,
      skipped: findings.filter(({ accepted }) => accepted !== undefined).length,
      time: 0,
    },
    ...[
      element("properties", {}, element("property", { name: "fail-on", value: failOn })),
      ...tests,
      element("system-out", {}, escapedLines(out)),
      element("system-err", {}, ""),
    ].map((part) => `\n  ${part}`),
    "\n",
  );
}

const isAtLeast = (severity: Severity, failOn: Severity | "never"): boolean =>
  failOn !== "never" && severities.indexOf(severity) <= severities.indexOf(failOn);

/** Ant's schema wants one, without a zone. */
const timestampOf = (plannedAt: string | undefined): string =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(plannedAt ?? "")?.[0] ?? "1970-01-01T00:00:00";

const testcase = (stack: string, rule: string, name: string, ...content: readonly string[]): string =>
  element("testcase", { classname: `${stack}.${rule}`, name, time: 0 }, ...content);

function findingCase(stack: string, finding: Finding, fails: boolean): string {
  const { id, severity, message, why, remedy, accepted } = finding;
  const place = placeText(finding);
  const name = place === "" ? message : `${message} (${place})`;
  if (accepted !== undefined) {
    const reason = escaped(`accepted until ${accepted.until}: ${accepted.reason}`);
    return testcase(stack, id, name, element("skipped", {}, reason));
  }
  if (!fails) return testcase(stack, id, name);
  const lines = [message, ...(place === "" ? [] : [`where: ${place}`]), `why: ${why}`, `mend: ${remedy}`];
  return testcase(stack, id, name, element("failure", { type: severity, message }, escapedLines(lines)));
}
