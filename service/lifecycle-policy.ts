import { retentionIndexResource } from "./index-pattern";
import { type DocumentProblem, type Findings, findingsOf, mergeRules, shown } from "./policy-document";
import { parseRetention, retentionPattern } from "./retention";

/** How long the data of indexes, named as `index/COLLECTION/INDEX`, is kept at least. */
export type RetentionRule = {
  readonly ResourceType: "index";
  readonly Resource: readonly string[];
} & ({ readonly MinIndexRetention: string } | { readonly NoMinIndexRetention: true });

/**
 * A lifecycle policy as OpenSearch Serverless takes it. It acts on collections of type TIMESERIES only (developer
 * guide, data lifecycle policies).
 */
export interface LifecyclePolicyDocument {
  readonly Rules: readonly RetentionRule[];
}

/** How long the data of which indexes is to be kept. */
export interface RetentionWish {
  /** `COLLECTION/INDEX`; each may be a name, a prefix with `*`, or `*`. */
  readonly indexes: readonly string[];
  /** `1d` to `3650d`, hours that make whole days (`48h`), or `unlimited`: never deleted by the service. */
  readonly retention: string;
}

/** The rule that keeps the data of these indexes for as long as wanted. The retention has passed `checkRetention`. */
export function retentionRule({ indexes, retention }: RetentionWish): RetentionRule {
  const named = { ResourceType: "index", Resource: indexes.map((pattern) => `index/${pattern}`) } as const;
  return retention === "unlimited"
    ? { ...named, NoMinIndexRetention: true }
    : { ...named, MinIndexRetention: inDays(retention) };
}

/** A retention in days if it is one of whole days, else as it is. */
function inDays(retention: string): string {
  const parsed = parseRetention(retention);
  return "problem" in parsed || parsed.days === "unlimited" ? retention : `${parsed.days}d`;
}

/**
 * The one text of a policy: minified, keys in alphabetical order, resources sorted and unique, rules for the same
 * retention made one, hours that make whole days written as days.
 */
export function serialiseLifecyclePolicy(document: LifecyclePolicyDocument): string {
  const Rules = mergeRules<RetentionRule>(document.Rules, (rule, Resource) =>
    "MinIndexRetention" in rule
      ? {
          MinIndexRetention: inDays(rule.MinIndexRetention),
          Resource,
          ResourceType: rule.ResourceType,
        }
      : { NoMinIndexRetention: true, Resource, ResourceType: rule.ResourceType },
  );
  return JSON.stringify({ Rules });
}

const ruleKeys = ["ResourceType", "Resource", "MinIndexRetention", "NoMinIndexRetention"];

/**
 * Checks a whole lifecycle policy, also one that somebody else wrote, against every rule AWS is known to apply
 * (developer guide and probes): one object, known keys, indexes only, one retention in each rule, size. Returns all
 * that is wrong; nothing means AWS should take it.
 */
export function validateLifecyclePolicy(document: unknown): DocumentProblem[] {
  return findingsOf("retention", document, (findings) => {
    if (Array.isArray(document)) {
      findings.add("a lifecycle policy is one object, an array found", "write { Rules: [ … ] }");
      return;
    }
    const members = findings.members(document, "a lifecycle policy", ["Rules"]);
    if (members) findings.at("Rules").each(members["Rules"], "one rule", "{ ResourceType, … }", checkRule);
  });
}

function checkRule(rule: unknown, at: Findings): void {
  const members = at.members(rule, "a rule", ruleKeys);
  if (!members) return;
  const { MinIndexRetention: atLeast, NoMinIndexRetention: unlimited } = members;
  at.at("ResourceType").word(members["ResourceType"], "a ResourceType of a lifecycle policy", ["index"]);
  at.at("Resource").each(members["Resource"], "one index", '"index/COLLECTION/INDEX"', (resource, place) => {
    place.text(resource, "an index resource", retentionIndexResource);
  });
  if (atLeast !== undefined && unlimited !== undefined) {
    at.at("NoMinIndexRetention").add(
      "MinIndexRetention and NoMinIndexRetention in one rule",
      "keep one of them",
    );
  } else if (atLeast === undefined && unlimited === undefined) {
    at.add("no retention", 'add MinIndexRetention, such as "30d", or NoMinIndexRetention: true');
  }
  if (atLeast !== undefined) {
    at.at("MinIndexRetention").text(
      atLeast,
      "a retention",
      retentionPattern,
      'write days, "1d" to "3650d", or hours, "24h" to "87600h"',
    );
  }
  if (unlimited !== undefined && unlimited !== true) {
    at.at("NoMinIndexRetention").add(
      `NoMinIndexRetention is true, ${shown(unlimited)} found`,
      "write true, or give MinIndexRetention",
    );
  }
}
