import type { Finding } from "../findings";
import { documented } from "../findings/documented";
import type { NamedReview, ReportedRule } from "./named-review";

/** Where the schema that the log follows is published. */
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export interface SarifOptions {
  /** Those that found nothing among them. @default - all rules that there are */
  readonly rules?: readonly ReportedRule[];
  /** Of this program. */
  readonly version?: string | undefined;
}

/**
 * Reviews as one run of a SARIF 2.1.0 log. A finding stands at its line of the access file, and without one in the
 * file of the plan, since code scanning takes no result without a file; its address is a logical location. Accepted
 * findings are suppressed results. The same reviews give the same log.
 */
export function reviewSarif(
  reviews: readonly NamedReview[],
  { rules = documented, version }: SarifOptions = {},
): object {
  const known = [...rules, ...missingRules(reviews, rules)];
  const indexOf = new Map(known.map(({ id }, index) => [id, index]));
  const notSeen = reviews.flatMap(({ name, review }) =>
    review.change.notSeen.map((line) => ({ level: "note", message: { text: `${name}: not seen: ${line}` } })),
  );
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "aoss-privatelink",
            ...(version === undefined ? {} : { version, semanticVersion: version }),
            rules: known.map(ruleOf),
          },
        },
        automationDetails: { id: "aoss-privatelink/review/" },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notSeen }],
        results: reviews.flatMap((one) =>
          one.review.findings.map((finding) => resultOf(finding, one, indexOf.get(finding.id) ?? -1)),
        ),
      },
    ],
  };
}

/** A result has to have its rule, whoever gave the list. */
function missingRules(reviews: readonly NamedReview[], rules: readonly ReportedRule[]): ReportedRule[] {
  const ids = new Set(rules.map(({ id }) => id));
  const missing = new Map<string, ReportedRule>();
  for (const { review } of reviews) {
    for (const finding of review.findings) if (!ids.has(finding.id)) missing.set(finding.id, finding);
  }
  return [...missing.values()];
}

function ruleOf({ id, severity, title, why, remedy }: ReportedRule): object {
  return {
    id,
    name: id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\n${remedy}`,
      markdown: `**Why it matters.** ${why}\n\n**How to mend it.** ${remedy}`,
    },
    defaultConfiguration: { level: severity },
    properties: { tags: ["security", "network-access"] },
  };
}

function resultOf(finding: Finding, { name, file }: NamedReview, ruleIndex: number): object {
  const { id, severity, message, address, why, remedy, fingerprint, accepted } = finding;
  return {
    ruleId: id,
    ruleIndex,
    level: severity,
    message: { text: `${message}. ${capitalized(remedy)}` },
    locations: [locationOf(finding, file)],
    // the same rule may find the same address in several stacks
    partialFingerprints: { "aossPrivatelinkFinding/v1": `${name}/${fingerprint}` },
    ...(accepted === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: "inSource",
              status: "accepted",
              justification: `${accepted.reason} (until ${accepted.until})`,
            },
          ],
        }),
    properties: { stack: name, ...(address === undefined ? {} : { address }), why, remedy },
  };
}

function locationOf({ place, address }: Finding, file: string | undefined): object {
  const physical =
    place !== undefined
      ? {
          artifactLocation: { uri: uriOf(place.file) },
          region: { startLine: place.line, startColumn: place.column },
        }
      : file !== undefined
        ? { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } }
        : undefined;
  return {
    ...(physical === undefined ? {} : { physicalLocation: physical }),
    ...(address === undefined
      ? {}
      : {
          logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }],
        }),
  };
}

/** A relative path is a relative reference; an absolute one needs its scheme. */
function uriOf(file: string): string {
  const path = file.replace(/\\/g, "/");
  const encoded = path
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");
  if (/^[a-z]:\//i.test(path)) return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf("/"))}`;
  return path.startsWith("/") ? `file://${encoded}` : encoded.replace(/^(?:\.\/)+/, "");
}

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
