import { bigPlan } from "../../../bench/review-plan";
import { review } from "../../../review";

const today = "2026-11-25";

/** The least time of a few runs: what others do on the machine only makes it longer. */
function leastMilliseconds(changes: number): number {
  const plan = bigPlan(changes);
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    review({ plan, today });
    return performance.now() - start;
  });
  return Math.min(...times);
}

test("time grows with the number of resource changes, not with its square", () => {
  leastMilliseconds(1_000);
  const [few, many] = [leastMilliseconds(2_000), leastMilliseconds(16_000)];
  // eight times the changes: linear is 8, a square 64
  expect(many / few).toBeLessThan(20);
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
