import { bigPlan } from "../../../bench/review-plan";
import { review } from "../../../review";
import { leastProcessorMilliseconds } from "../../support/processor-time";

const today = "2026-11-25";

function milliseconds(changes: number): number {
  const plan = bigPlan(changes);
  return leastProcessorMilliseconds(3, () => review({ plan, today }));
}

test("time grows with the number of resource changes, not with its square", () => {
  milliseconds(1_000);
  const [few, many] = [milliseconds(2_000), milliseconds(16_000)];
  // eight times the changes: linear is 8, a square 64
  expect(many / few).toBeLessThan(30);
});

test("of ten thousand changes what changes for people is told, and nothing else", () => {
  const { change, counts } = review({ plan: bigPlan(10_000), today });
  // 990 groups of ten behind 100 changes of endpoints and their groups: a tenth each is widened, made and deleted
  const wider = change.gained.flatMap(({ collections }) =>
    collections.filter((name) => name.startsWith("more-")),
  );
  expect(new Set(wider).size).toBe(99);
  const collectionsOf = (paths: typeof change.lost) =>
    new Set(paths.flatMap(({ who, collections }) => (who.kind === "endpoint" ? collections : [])));
  expect(collectionsOf(change.lost).size).toBe(99 * 6);
  expect(collectionsOf(change.gained).size).toBe(99 * 6 + 99);
  expect(change.unsure).toEqual([]);
  expect(counts.error).toBeGreaterThan(0);
});
