import { projectFolder, runNode } from "./child";
import { median } from "./paired";
import type { ReachMeasure } from "./reach-child";

/** What the matrix of the middle size may take, in milliseconds. */
const target = 2_000;
/** How much faster than n log n its time may grow from there to the largest size. */
const growthTarget = 1.5;

/** AWS takes 500 network policies in an account and Region; the largest size only shows how time grows. */
const sizes = [
  { collections: 100, endpoints: 50, policies: 10 },
  { collections: 1_000, endpoints: 50, policies: 100 },
  { collections: 5_000, endpoints: 50, policies: 500 },
  { collections: 50_000, endpoints: 50, policies: 5_000 },
];
const judged = 5_000;

interface ReachSize {
  readonly collections: number;
  readonly endpoints: number;
  /** of each kind, network and data access, as large as AWS takes them */
  readonly policies: number;
  readonly groups: number;
  /** of each run */
  readonly milliseconds: readonly number[];
  readonly median: number;
  readonly answerMedian: number;
  readonly worldBytes: number;
  readonly peakBytes: number;
  /** How much longer than the size before it takes, as a multiple of n log n. */
  readonly growth?: number;
}

export interface ReachResult {
  readonly part: "f";
  readonly name: string;
  readonly sizes: readonly ReachSize[];
  readonly target: number;
  readonly growthTarget: number;
  readonly met: boolean;
}

/** Part f: who reaches what in worlds of several sizes, each run in a process of its own. */
export async function reachability(runs: number, say: (text: string) => void): Promise<ReachResult> {
  const results: ReachSize[] = [];
  for (const size of sizes) {
    const { collections, endpoints, policies } = size;
    const measures: ReachMeasure[] = [];
    for (let run = 1; run <= runs; run++) {
      say(`f: reach, ${whole(collections)} collections: run ${run} of ${runs}`);
      const args = [collections, endpoints, policies].map(String);
      const { stdout } = await runNode(["bin/run.js", "bench/reach-child.ts", ...args], {
        cwd: projectFolder,
      });
      measures.push(JSON.parse(stdout) as ReachMeasure);
    }
    const before = results.at(-1);
    const middle = median(measures.map(({ milliseconds }) => milliseconds));
    results.push({
      ...size,
      groups: measures[0]?.groups ?? 0,
      milliseconds: measures.map(({ milliseconds }) => milliseconds),
      median: middle,
      answerMedian: median(measures.map(({ answerMilliseconds }) => answerMilliseconds)),
      worldBytes: median(measures.map(({ worldBytes }) => worldBytes)),
      peakBytes: median(measures.map(({ peakBytes }) => peakBytes)),
      ...(before && { growth: middle / before.median / (nLogN(collections) / nLogN(before.collections)) }),
    });
  }
  const met = results.every(
    ({ collections, median: middle, growth = 0 }) =>
      (collections !== judged || middle <= target) && (collections <= judged || growth <= growthTarget),
  );
  return { part: "f", name: "who reaches what", sizes: results, target, growthTarget, met };
}

const nLogN = (n: number) => n * Math.log(n);
const whole = (value: number) => Math.round(value).toLocaleString("en");

export function reachText({ part, name, sizes: results, met, ...targets }: ReachResult): string {
  const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
  const lines = results.map((size) => {
    const { milliseconds, growth, worldBytes, peakBytes } = size;
    const range = `${milliseconds.length} runs, ${whole(Math.min(...milliseconds))} to ${whole(Math.max(...milliseconds))}`;
    return [
      `   ${whole(size.collections)} collections in ${whole(size.groups)} groups, ${size.endpoints} endpoints, ${whole(size.policies)} policies:`,
      `${whole(size.median)} ms (${range}),`,
      ...(growth === undefined ? [] : [`${growth.toFixed(2)} times n log n,`]),
      `one answer ${whole(size.answerMedian)} ms; ${mebibytes(peakBytes)} peak, ${mebibytes(worldBytes)} of it before`,
    ].join(" ");
  });
  const wanted = `${whole(judged)} collections in at most ${whole(targets.target)} ms, and from there at most ${targets.growthTarget} times n log n`;
  return [`${part}  ${name}, target ${wanted}: ${met ? "OK" : "MISSED"}`, ...lines].join("\n");
}
