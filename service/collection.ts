import { checkResourceName, resourceName } from "./names";
import { shown } from "./policy-document";
import type { Problem } from "./problem";
import type { Generation } from "./reach/world";

/** The types of collections, as the API names them in capitals; none can be changed later. */
export const collectionTypes = ["search", "timeseries", "vectorsearch"] as const;

export type CollectionType = (typeof collectionTypes)[number];

/** The longest name of a collection (API model 2021-11-01, CollectionName). */
const longestName = 64;

/**
 * Checks the name of a collection: 3 to 64 of `a-z`, `0-9` and `-`, a letter first (API model 2021-11-01); one that
 * Terraform is to make has up to 32 (Terraform AWS provider, aws_opensearchserverless_collection).
 */
export function checkCollectionName(name: string, exists = false): Problem | undefined {
  const { min, pattern } = resourceName;
  const max = exists ? longestName : resourceName.max;
  const problem = (what: string) => `collection name ${shown(name)}: ${what}`;
  if (name.length < min || name.length > max) {
    return {
      problem: problem(`${name.length} characters, ${min} to ${max} are allowed`),
      remedy: `use a ${name.length < min ? "longer" : "shorter"} one`,
    };
  }
  if (pattern.test(name)) return undefined;
  return {
    problem: problem('only a-z, 0-9 and "-" are allowed, a letter first'),
    remedy: "rename it",
  };
}

/** Checks the description of a collection: up to 1,000 characters (API model 2021-11-01). */
export function checkCollectionDescription(text: string): Problem | undefined {
  if (text.length <= 1000) return undefined;
  return {
    problem: `description: ${text.length} characters, up to 1,000 are allowed`,
    remedy: "shorten it",
  };
}

/** Checks the name of a collection group, which has the form of other names (API model 2021-11-01). */
export function checkCollectionGroupName(name: string): Problem | undefined {
  const problem = checkResourceName(name);
  // A name derived from it, as for what is made here, would be that of no group.
  return (
    problem && { problem: `group: ${problem.problem}`, remedy: "give the name of a group that is there" }
  );
}

/** What of a collection has to go together. */
export interface CollectionParts {
  readonly generation: Generation | undefined;
  /** Whether a collection group is named. */
  readonly hasGroup: boolean;
  /** Whether the collection exists already and is only given access to. */
  readonly exists: boolean;
  readonly standbyReplicas: boolean;
}

/** What is wrong with a collection as a whole, and the part that says it. */
export interface CollectionProblem extends Problem {
  readonly part: "generation" | "standbyReplicas";
}

/** What to do about a missing group, in the words of whoever writes the collection. */
export interface GroupRemedies {
  /** How to name a group. */
  readonly name: string;
  /** How to say that the collection exists already. */
  readonly exists: string;
}

/**
 * Checks a collection as a whole. The generation is that of the collection group, CLASSIC where there is none, so a
 * NEXTGEN collection needs a group; and CreateCollectionGroup refuses NEXTGEN without standby replicas (its answer:
 * "StandbyReplicas cannot be set to DISABLED for NEXTGEN collection groups.").
 */
export function checkCollection(parts: CollectionParts, remedies: GroupRemedies): CollectionProblem[] {
  if (parts.generation !== "nextgen") return [];
  const problems: CollectionProblem[] = [];
  if (!parts.hasGroup && !parts.exists) {
    problems.push({
      part: "generation",
      problem: "generation nextgen without a collection group: a collection has the generation of its group",
      remedy: `${remedies.name}, or ${remedies.exists}`,
    });
  }
  if (!parts.standbyReplicas) {
    problems.push({
      part: "standbyReplicas",
      problem: "a nextgen collection has standby replicas, AWS refuses its group without them",
      remedy: "leave standbyReplicas out",
    });
  }
  return problems;
}
