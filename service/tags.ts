import { shown } from "./policy-document";
import type { Problem } from "./problem";
import { quotas } from "./quotas";

/** Longest key of a tag and longest value (Amazon EC2 user guide, tag restrictions; API model 2021-11-01, Tag). */
export const tagLimits = { keyCharacters: 128, valueCharacters: 256 } as const;

/** Checks the key of a tag: 1 to 128 characters, and none that AWS keeps for itself. */
export function checkTagKey(key: string): Problem | undefined {
  const { keyCharacters } = tagLimits;
  if (key.length < 1 || key.length > keyCharacters) {
    return {
      problem: `tag key of ${key.length} characters, 1 to ${keyCharacters} are allowed`,
      remedy: "rename it",
    };
  }
  if (!key.toLowerCase().startsWith("aws:")) return undefined;
  return { problem: `tag ${shown(key)}: aws: is reserved`, remedy: "rename it" };
}

/** Tags that a resource carries besides, counted. */
export interface OtherTags {
  readonly count: number;
  /** Whose they are, as in "beside the stack's". */
  readonly what: string;
}

/** Checks how many tags a resource is given: 50 at most, those included that it carries besides. */
export function checkTagCount(count: number, others?: OtherTags): Problem | undefined {
  const room = quotas.tagsPerResource.limit - (others?.count ?? 0);
  if (count <= room) return undefined;
  return {
    problem: `tags: ${count} given, ${Math.max(room, 0)} are allowed${others ? ` beside ${others.what}` : ""}`,
    remedy: `drop ${count - Math.max(room, 0)}`,
  };
}
