import type { Problem } from "./problem";
import { quotas } from "./quotas";
import { didYouMean } from "./text";

/** The types of policies, as the API names them: two security policies, the access and the lifecycle policy. */
export type PolicyKind = "network" | "encryption" | "data" | "retention";

/** Keys and indexes from the top of a document, as in `[0, "Rules", 1]`. */
export type DocumentPath = readonly (string | number)[];

/** A place in a policy document and what is wrong there. */
export interface DocumentProblem extends Problem {
  readonly path: DocumentPath;
}

/** What a kind of policy is called in a sentence, and the limit on its bytes. */
export const policyKinds = {
  network: { what: "a network policy", bytes: quotas.networkPolicyBytes },
  encryption: { what: "an encryption policy", bytes: quotas.encryptionPolicyBytes },
  data: { what: "a data access policy", bytes: quotas.dataAccessPolicyBytes },
  retention: { what: "a lifecycle policy", bytes: quotas.lifecyclePolicyBytes },
} as const satisfies Record<PolicyKind, object>;

/** What makes a policy of a kind smaller. */
const waysToShrink: Readonly<Record<PolicyKind, string>> = {
  network:
    "use prefixes instead of single collections, shorten descriptions, or move grants to a second stack",
  encryption: "use prefixes instead of single collections, or make a second policy",
  data: "use prefixes instead of single collections and indexes, or make a second policy",
  retention: "use prefixes instead of single indexes, or make a second policy",
};

/**
 * Checks the size of a policy's text as AWS counts it, minified: 10,240 bytes of UTF-8 at most for every kind (quota
 * table; probed on both sides of the limit). What stands for a value not known yet is counted as it stands there.
 */
export function checkPolicySize(kind: PolicyKind, text: string): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  const { what, bytes: quota } = policyKinds[kind];
  if (bytes <= quota.limit) return undefined;
  return {
    problem: `${what.replace(/^an? /, "the ")} would take ${bytes} bytes, AWS takes ${quota.limit}`,
    remedy: waysToShrink[kind],
  };
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Without repetitions, in the order of code units, which is the same on every machine. */
export const sortedUnique = (values: readonly string[]): string[] => [...new Set(values)].sort(compareText);

/**
 * Rules that differ in their resources alone become one, with the resources of all; in the order of their text.
 * `build` makes the canonical rule from one of them and the resources.
 */
export function mergeRules<R extends { readonly Resource: readonly string[] }>(
  rules: readonly R[],
  build: (rule: R, resources: readonly string[]) => R,
): R[] {
  const merged = new Map<string, { rule: R; resources: (readonly string[])[] }>();
  for (const rule of rules) {
    const key = JSON.stringify(build(rule, []));
    const same = merged.get(key);
    if (same) same.resources.push(rule.Resource);
    else merged.set(key, { rule, resources: [rule.Resource] });
  }
  return [...merged.values()]
    .map(({ rule, resources }) => build(rule, sortedUnique(resources.flat())))
    .map((rule) => ({ rule, text: JSON.stringify(rule) }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ rule }) => rule);
}

const longestShown = 100;

/** A value as an error shows it: never more than a line, whatever somebody wrote there. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return value.length > longestShown
    ? `${JSON.stringify(value.slice(0, longestShown))}…`
    : JSON.stringify(value);
}

/** What is wrong below one place of a document; all places of a document write into one list. */
export class Findings {
  constructor(
    readonly problems: DocumentProblem[] = [],
    private readonly path: DocumentPath = [],
  ) {}

  at(...steps: DocumentPath): Findings {
    return new Findings(this.problems, [...this.path, ...steps]);
  }

  add(problem: string, remedy: string): void {
    this.problems.push({ path: this.path, problem, remedy });
  }

  /** The members of an object, if it is one; keys that are not `known` are findings. */
  members(value: unknown, what: string, known: readonly string[]): Record<string, unknown> | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.add(`${what} is an object, ${shown(value)} found`, `write { ${known.join(", ")} }`);
      return undefined;
    }
    for (const key of Object.keys(value).filter((one) => !known.includes(one))) {
      const meant = didYouMean(key, known);
      this.at(key).add(
        `${what} has no key ${shown(key)}`,
        `${meant ? `did you mean ${JSON.stringify(meant)}? ` : ""}allowed: ${known.join(", ")}`,
      );
    }
    return value as Record<string, unknown>;
  }

  /** Each item of an array that holds something. `what` has its article: `a rule`. */
  each(value: unknown, what: string, example: string, check: (item: unknown, at: Findings) => void): void {
    if (!Array.isArray(value)) {
      this.add(
        value === undefined ? `missing; ${what} or more are needed` : `not an array: ${shown(value)}`,
        `write [${example}]`,
      );
    } else if (value.length === 0) {
      this.add(`empty; ${what} or more are needed`, `write [${example}]`);
    } else {
      value.forEach((item: unknown, index) => {
        check(item, this.at(index));
      });
    }
  }

  /** A text that AWS's own pattern takes; the remedy quotes the pattern unless there is a better one. */
  text(value: unknown, what: string, pattern: RegExp, remedy = `it must match ${pattern.source}`): void {
    if (typeof value !== "string" || !pattern.test(value)) this.add(`${shown(value)} is not ${what}`, remedy);
  }

  /** Descriptions are optional everywhere. */
  description(value: unknown): void {
    if (value === undefined || typeof value === "string") return;
    this.at("Description").add("a description is a text", "put it into quotes, or leave it out");
  }

  /** One of a few words. */
  word(value: unknown, what: string, known: readonly string[]): void {
    if (typeof value === "string" && known.includes(value)) return;
    const meant = typeof value === "string" ? didYouMean(value, known) : undefined;
    const allowed = `allowed: ${known.join(", ")}`;
    this.add(
      value === undefined ? `missing; ${what} is needed` : `${shown(value)} is not ${what}`,
      meant ? `did you mean ${JSON.stringify(meant)}? ${allowed}` : allowed,
    );
  }
}

/**
 * All that is wrong with a document: what `check` finds and, if that is nothing, its size. AWS counts the document
 * as it is given, without white space; a canonical text is never larger.
 */
export function findingsOf(
  kind: PolicyKind,
  document: unknown,
  check: (findings: Findings) => void,
): DocumentProblem[] {
  const findings = new Findings();
  check(findings);
  if (findings.problems.length > 0) return findings.problems;
  const size = checkPolicySize(kind, JSON.stringify(document));
  return size ? [{ path: [], ...size }] : [];
}
