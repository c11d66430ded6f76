import { projectFolder, runNode } from "./child";
import { median } from "./paired";
import type { ReviewMeasure } from "./review-child";

/** What the review of the middle size may take, the plan's text read already. */
const targetMilliseconds = 1_000;
const targetBytes = 300 * 1024 * 1024;
/** How much faster than the number of changes its time may grow from there to the largest size. */
const growthTarget = 1.3;

const sizes = [1_000, 10_000, 40_000];
const judged = 10_000;

interface ReviewSize {
  readonly changes: number;
  readonly planBytes: number;
  /** of each run */
  readonly milliseconds: readonly number[];
  readonly median: number;
  readonly parseMedian: number;
  readonly peakBytes: number;
  /** How much longer than the size before it takes, as a multiple of what the changes grow by. */
  readonly growth?: number;
}

export interface ReviewResult {
  readonly part: "g";
  readonly name: string;
  readonly sizes: readonly ReviewSize[];
  readonly targetMilliseconds: number;
  readonly targetBytes: number;
  readonly growthTarget: number;
  readonly met: boolean;
}

/** Part g: reviews of plans of several sizes, each run in a process of its own. */
export async function reviews(runs: number, say: (text: string) => void): Promise<ReviewResult> {
  const results: ReviewSize[] = [];
  for (const changes of sizes) {
    const measures: ReviewMeasure[] = [];
    for (let run = 1; run <= runs; run++) {
      say(`g: review, ${whole(changes)} changes: run ${run} of ${runs}`);
      const { stdout } = await runNode(["bin/run.js", "bench/review-child.ts", String(changes)], {
        cwd: projectFolder,
      });
      measures.push(JSON.parse(stdout) as ReviewMeasure);
    }
    const before = results.at(-1);
    const middle = median(measures.map(({ milliseconds }) => milliseconds));
    results.push({
      changes,
      planBytes: measures[0]?.planBytes ?? 0,
      milliseconds: measures.map(({ milliseconds }) => milliseconds),
      median: middle,
      parseMedian: median(measures.map(({ parseMilliseconds }) => parseMilliseconds)),
      peakBytes: median(measures.map(({ peakBytes }) => peakBytes)),
      ...(before && { growth: middle / before.median / (changes / before.changes) }),
    });
  }
  const met = results.every(
    ({ changes, median: middle, peakBytes, growth = 0 }) =>
      (changes !== judged || (middle <= targetMilliseconds && peakBytes <= targetBytes)) &&
      (changes <= judged || growth <= growthTarget),
  );
  const targets = { targetMilliseconds, targetBytes, growthTarget };
  return { part: "g", name: "review of a plan", sizes: results, ...targets, met };
}

const whole = (value: number) => Math.round(value).toLocaleString("en");
const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

export function reviewBenchText({ part, name, sizes: results, met, ...targets }: ReviewResult): string {
  const lines = results.map(({ changes, milliseconds, growth, ...size }) =>
    [
      `   ${whole(changes)} changes, ${mebibytes(size.planBytes)} of JSON: ${whole(size.median)} ms`,
      `(${milliseconds.length} runs, ${whole(Math.min(...milliseconds))} to ${whole(Math.max(...milliseconds))}),`,
      ...(growth === undefined ? [] : [`${growth.toFixed(2)} times the changes,`]),
      `after ${whole(size.parseMedian)} ms to read it; ${mebibytes(size.peakBytes)} peak`,
    ].join(" "),
  );
  const wanted = `${whole(judged)} changes in at most ${whole(targets.targetMilliseconds)} ms and ${mebibytes(targets.targetBytes)}, and from there at most ${targets.growthTarget} times the changes`;
  return [`${part}  ${name}, target ${wanted}: ${met ? "OK" : "MISSED"}`, ...lines].join("\n");
}
