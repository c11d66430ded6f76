import { review } from "../review";
import { parsePlan } from "../terraform";
import { peakBytes } from "./peak-memory";
import { bigPlan } from "./review-plan";

/** What one review took. */
export interface ReviewMeasure {
  /** of the review alone, from a start with nothing compiled */
  readonly milliseconds: number;
  /** of reading the plan out of its text */
  readonly parseMilliseconds: number;
  /** of the plan's text */
  readonly planBytes: number;
  readonly findings: number;
  readonly peakBytes: number;
}

const changes = Number(process.argv[2]);

function main(): void {
  if (!changes) throw new Error("use: review-child CHANGES");
  const content = new TextEncoder().encode(JSON.stringify(bigPlan(changes)));
  const start = performance.now();
  const plan = parsePlan(content, "plan.json");
  const parsed = performance.now();
  const { findings } = review({ plan, today: "2026-11-25" });
  const measure: ReviewMeasure = {
    milliseconds: performance.now() - parsed,
    parseMilliseconds: parsed - start,
    planBytes: content.byteLength,
    findings: findings.length,
    peakBytes: peakBytes(),
  };
  console.log(JSON.stringify(measure));
}

main();
