import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { InterruptionReason } from "../../../review/change";
import { type Plan, parsePlan, parseSynthesizedConfig, type SynthesizedConfig } from "../../../terraform";

const casesFolder = path.join(__dirname, "cases");

/**
 * What a plan changes for people, written down by hand from what AWS does, before the review said anything.
 *
 * A path is one line, for one collection or pattern of collections:
 * `public -> collection orders`, `service bedrock.amazonaws.com -> collection orders`,
 * `endpoint NAME -> dashboard orders` (the id where the endpoint has no name in the plan),
 * `cidr 10.20.0.0/16 via NAME -> collection orders` (also `security-group`, `prefix-list`; where only a part of the
 * block gains or loses, `cidr 10.20.0.0/16 (10.20.128.0/17) via NAME -> …`),
 * `principal ARN aoss:ReadDocument index/orders/*`.
 * The path of an endpoint stands for all its sources; a source has paths of its own where the endpoint keeps its
 * path and the source is what changes. Where a plan is of several Regions, the Region stands at the end: ` in us-east-1`.
 * What stays of a pattern that is lost stands behind it: `endpoint NAME -> collection logs-* but logs-app, logs-b*`.
 * What an endpoint without a grant lets in is `cidr … via NAME -> nothing`.
 */
export interface Expected {
  /** What is done, in a sentence. */
  readonly what: string;
  /** Sorted, as all lines of paths. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Paths of which the plan does not tell whether they stay. */
  readonly unsure: readonly string[];
  /** What is cut off while the plan is applied, and is there again afterwards. */
  readonly interruptions: readonly ExpectedInterruption[];
  /** What somebody else changed since the last apply, of the resources that have to do with access. */
  readonly drift: ExpectedDrift;
  /** `ID ADDRESS`, or the id alone where a finding has no address; sorted. */
  readonly findings: readonly string[];
  /** For each line of what could not be seen a text that stands in it, such as an address. */
  readonly notSeen: readonly string[];
  /** Why it is so, where that is not plain. */
  readonly because?: string;
}

export interface ExpectedInterruption {
  readonly reason: InterruptionReason;
  readonly address: string;
  readonly loses: readonly string[];
}

export interface ExpectedDrift {
  /** Addresses, sorted. */
  readonly resources: readonly string[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly unsure: readonly string[];
}

/** A case: a plan that the real Terraform and AWS provider made, and what it has to be read as. */
export interface Case {
  readonly name: string;
  readonly plan: Plan;
  /** The synthesized configuration of one of our stacks; plans of HCL have none. */
  readonly config?: SynthesizedConfig;
  readonly expected: Expected;
}

/** The names of all cases, sorted. The folder is another where this runs bundled. */
export const caseNames = (folder = casesFolder): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

export function readCase(name: string): Case {
  const file = (base: string) => path.join(casesFolder, name, base);
  const content = (base: string) => readFileSync(file(base), "utf8");
  return {
    name,
    plan: parsePlan(content("plan.json"), `${name}/plan.json`),
    ...(existsSync(file("cdk.tf.json"))
      ? { config: parseSynthesizedConfig(content("cdk.tf.json"), `${name}/cdk.tf.json`) }
      : {}),
    expected: JSON.parse(content("expected.json")) as Expected,
  };
}
