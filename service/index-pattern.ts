import { collectionPattern } from "./collection-pattern";
import type { Problem } from "./problem";

/** What a data access policy takes as an index resource, as the service quotes it when it refuses one. */
export const dataIndexResource =
  /^index\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)\/(?:[a-z;0-9&$%][+.\-_a-z;0-9&$%]*\*?|\*)$/;

/** The same for a lifecycle policy, which takes `~` and `=` in the name of an index too. */
export const retentionIndexResource =
  /^index\/(?:[a-z][a-z0-9_-]{2,63}\*?|\*)\/(?:[a-z;0-9&$%][+.~=\-_a-z;0-9&$%]*\*?|\*)$/;

/**
 * As long as the name of an index gets: 255 bytes (OpenSearch, `MAX_INDEX_NAME_BYTES`; the API model does not limit it).
 * What one not known yet is counted as.
 */
export const longestIndexName = "i".repeat(255);

/**
 * Checks what names indexes, `COLLECTION/INDEX`: the collection as in a grant, the index by name, by a prefix of 1 or
 * more characters with `*`, or `*`. An index name is lower case and starts with a letter, a digit or one of `;&$%`.
 */
export function checkIndexPattern(
  pattern: string,
  policy: "data" | "retention" = "data",
): Problem | undefined {
  const [collection = "", ...rest] = pattern.split("/");
  const index = rest.join("/");
  const problem = (what: string) => `index "${pattern}": ${what}`;
  if (collection === "index" && rest.length > 1) {
    return { problem: problem("written as a resource"), remedy: 'leave out "index/"' };
  }
  if (rest.length !== 1) {
    return {
      problem: problem("not a collection and an index"),
      remedy:
        rest.length === 0
          ? `write "${pattern}/*" for all indexes of the collection`
          : 'write COLLECTION/INDEX, such as "orders/2024-*"',
    };
  }
  if (!collectionPattern.test(collection)) {
    return {
      problem: problem(`"${collection}" does not name a collection`),
      remedy: 'use its name, a prefix of 3 or more characters and "*", or "*"',
    };
  }
  return checkIndexName(index, policy, problem);
}

/**
 * Checks what names indexes within one collection, the part behind the `/` alone: an index, a prefix of 1 or more
 * characters with `*`, or `*`.
 */
export function checkIndexOfCollection(
  index: string,
  policy: "data" | "retention" = "data",
): Problem | undefined {
  const problem = (what: string) => `index "${index}": ${what}`;
  const slash = index.lastIndexOf("/");
  if (slash < 0) return checkIndexName(index, policy, problem);
  return {
    problem: problem("names a collection too"),
    remedy: `leave it out: "${index.slice(slash + 1)}"`,
  };
}

function checkIndexName(
  index: string,
  policy: "data" | "retention",
  problem: (what: string) => string,
): Problem | undefined {
  const taken = policy === "data" ? dataIndexResource : retentionIndexResource;
  if (taken.test(`index/any/${index}`)) return undefined;
  return {
    problem: problem(`"${index}" does not name an index`),
    remedy: `use a name in lower case that starts with a letter, a digit or one of ;&$%, and holds besides only + . - _${policy === "data" ? "" : " ~ ="}; "*" stands only at the end`,
  };
}
