import type { NamedReview } from "../review";
import { Ended } from "./command-error";
import { type FailLevel, failLevels } from "./review-options";

/** The review found something at or above `--fail-on`. */
const found = 3;

/** Ends with 3, and a line that says why, where a finding that is not accepted is at or above the level. */
export function failOn(reviews: readonly Pick<NamedReview, "name" | "review">[], level: FailLevel): void {
  if (level === "never") return;
  const graver = failLevels.slice(0, failLevels.indexOf(level) + 1);
  const lines = reviews.flatMap(({ name, review }) => {
    const ids = review.findings
      .filter(({ severity, accepted }) => accepted === undefined && graver.includes(severity))
      .map(({ id }) => id);
    return ids.length > 0 ? [`${name}: --fail-on ${level}: ${counted(ids)}`] : [];
  });
  if (lines.length === 0) return;
  for (const line of lines) console.error(line);
  throw new Ended(found);
}

/** The day by UTC, wherever the command runs. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** `public-access, single-subnet (3)` */
function counted(ids: readonly string[]): string {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times].map(([id, count]) => (count === 1 ? id : `${id} (${count})`)).join(", ");
}
