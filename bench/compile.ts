import { type AccessWorld, accessWorlds } from "./access-worlds";
import { projectFolder, runNode } from "./child";
import type { CompileOutcome, CompileTime } from "./compile-child";
import { median } from "./paired";

/** What 5,000 collections over 50 endpoints may take. */
const targets = {
  milliseconds: 2_000,
  megabytes: 300,
  /** policies made, as a multiple of what their bytes would fill: the median of the worlds of a kind */
  policies: 1.3,
  /** policies that were there and are changed by one more grant */
  changes: 2,
  /** how much faster than n log n the time may grow, from each size to the next */
  growth: 1.5,
} as const;

const judged = 5_000;
const worldsOfAKind = 20;
const grantsAdded = 10;

/** AWS takes 500 policies; the largest size only shows how time grows. */
const sizes = [100, 1_000, judged, 50_000];
const growing: AccessWorld = "teams with prefixes, dashboards, services";

interface WorldResult extends CompileOutcome {
  readonly world: string;
  /** of each run, in a process of its own */
  readonly milliseconds: readonly number[];
  readonly peakBytes: number;
  /** policies made, as a multiple of what their bytes would fill, of each world */
  readonly ratios: readonly number[];
  readonly met: boolean;
}

interface SizeResult {
  readonly collections: number;
  readonly milliseconds: readonly number[];
  readonly peakBytes: number;
  /** How much longer than the size before it takes, as a multiple of n log n; none for the smallest. */
  readonly growth?: number;
}

export interface CompileResult {
  readonly part: "e";
  readonly name: string;
  readonly worlds: readonly WorldResult[];
  readonly sizes: readonly SizeResult[];
  readonly targets: typeof targets;
  readonly met: boolean;
}

type Say = (text: string) => void;

/** Part e: network policies from the access wanted: time, memory, how many they are and how they change. */
export async function compilation(runs: number, say: Say): Promise<CompileResult> {
  const worlds: WorldResult[] = [];
  for (const world of Object.keys(accessWorlds) as AccessWorld[]) {
    const times = await timesOf(world, judged, runs, say);
    say(`e: compile, ${world}: ${worldsOfAKind} worlds`);
    const outcome = await child<CompileOutcome>("outcome", world, judged, worldsOfAKind, grantsAdded);
    const ratios = outcome.policies.map(([made, byBytes]) => made / byBytes);
    const met =
      median(times.milliseconds) <= targets.milliseconds &&
      times.peakBytes <= targets.megabytes * 1e6 &&
      median(ratios) <= targets.policies &&
      outcome.changes.length - 1 <= targets.changes;
    worlds.push({ world, ...times, ...outcome, ratios, met });
  }
  const bySize = await growth(runs, say);
  const met = worlds.every((one) => one.met) && bySize.every((one) => (one.growth ?? 0) <= targets.growth);
  return { part: "e", name: "network policies compiled", worlds, sizes: bySize, targets, met };
}

async function growth(runs: number, say: Say): Promise<SizeResult[]> {
  const results: SizeResult[] = [];
  for (const collections of sizes) {
    const times = await timesOf(growing, collections, runs, say);
    const before = results.at(-1);
    results.push({
      collections,
      ...times,
      ...(before && {
        growth:
          median(times.milliseconds) /
          median(before.milliseconds) /
          (nLogN(collections) / nLogN(before.collections)),
      }),
    });
  }
  return results;
}

const nLogN = (n: number) => n * Math.log(n);

async function timesOf(world: AccessWorld, collections: number, runs: number, say: Say) {
  const times: CompileTime[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`e: compile, ${world}, ${whole(collections)} collections: run ${run} of ${runs}`);
    times.push(await child<CompileTime>("time", world, collections));
  }
  return {
    milliseconds: times.map(({ milliseconds }) => milliseconds),
    peakBytes: median(times.map(({ peakBytes }) => peakBytes)),
  };
}

async function child<T>(...args: readonly (string | number)[]): Promise<T> {
  const { stdout } = await runNode(["bin/run.js", "bench/compile-child.ts", ...args.map(String)], {
    cwd: projectFolder,
  });
  return JSON.parse(stdout) as T;
}

const whole = (value: number) => Math.round(value).toLocaleString("en");
const decimal = (value: number) => value.toFixed(2);

function range(values: readonly number[], text: (value: number) => string): string {
  return `${text(Math.min(...values))} to ${text(Math.max(...values))}`;
}

export function compileText({ part, name, worlds, sizes: bySize, met }: CompileResult): string {
  const { milliseconds, megabytes, policies, changes, growth: grows } = targets;
  const wanted = `${whole(judged)} collections in at most ${whole(milliseconds)} ms and ${megabytes} MB, at most ${policies} times the policies that the bytes fill in the median world, one more grant changes at most ${changes}, at most ${grows} times n log n from each size to the next`;
  return [
    `${part}  ${name}, target ${wanted}: ${met ? "OK" : "MISSED"}`,
    ...worlds.flatMap(worldText),
    ...bySize.map(sizeText),
  ].join("\n");
}

function worldText({ world, ratios, changes, policies, met, ...times }: WorldResult): string[] {
  const within = ratios.filter((ratio) => ratio <= targets.policies).length;
  const all = changes.reduce((sum, count) => sum + count, 0);
  const shares = changes.map((count, changed) => `${changed}: ${((100 * count) / all).toFixed(0)} %`);
  const made = policies.map(([count]) => count);
  return [
    `   ${whole(judged)} collections, ${world}: ${timeText(times)}${met ? "" : " MISSED"}`,
    `      ${range(made, whole)} policies, ${decimal(median(ratios))} times the bytes (${ratios.length} worlds, ${range(ratios, decimal)}, ${within} within ${targets.policies})`,
    `      policies that one more grant changes (${all} grants): ${shares.join(", ")}`,
  ];
}

function sizeText({ collections, growth: grows, ...times }: SizeResult): string {
  const by = grows === undefined ? "" : `, ${decimal(grows)} times n log n from the size before`;
  return `   ${whole(collections)} collections: ${timeText(times)}${by}`;
}

function timeText({ milliseconds, peakBytes }: Pick<SizeResult, "milliseconds" | "peakBytes">): string {
  return `${whole(median(milliseconds))} ms (${milliseconds.length} runs, ${range(milliseconds, whole)}), ${whole(peakBytes / 1e6)} MB peak`;
}
