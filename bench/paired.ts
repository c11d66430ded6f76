/** What one run took. */
export interface Measure {
  readonly milliseconds: number;
  /** The most memory held by the process; some runs are only timed. */
  readonly peakBytes?: number;
}

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  run(): Promise<Measure>;
}

/** What is compared, and how much more than the baseline ours may take. */
export interface Comparison {
  readonly part: string;
  readonly name: string;
  readonly target: number;
  /** How many pairs tell enough: what is over sooner is told from noise by more of them. */
  readonly runs: number;
  readonly ours: Side;
  readonly baseline: Side;
  /** Done once before the runs. */
  readonly before?: () => Promise<void> | void;
  /** Measures the memory of both where the timed runs cannot. */
  readonly peaks?: () => Promise<{ readonly ours: number; readonly baseline: number }>;
}

/** Medians of one side. */
export interface SideResult {
  readonly name: string;
  readonly milliseconds: number;
  readonly peakBytes: number;
}

export interface Result {
  readonly part: string;
  readonly name: string;
  readonly ours: SideResult;
  readonly baseline: SideResult;
  /** The ratio of each pair, in the order of the runs. */
  readonly ratios: readonly number[];
  /** The median of them. */
  readonly ratio: number;
  readonly target: number;
  readonly met: boolean;
}

export const leastRuns = 5;

/**
 * Runs both sides in turn, ours first, and compares each run with the one beside it: what else the machine does
 * changes within seconds, and hits both of a pair about equally.
 */
export async function compare(
  comparison: Comparison,
  runs: number,
  say: (text: string) => void,
): Promise<Result> {
  const { part, name, target } = comparison;
  await comparison.before?.();
  const ours: Measure[] = [];
  const baseline: Measure[] = [];
  for (let index = 1; index <= runs; index++) {
    say(`${part}: ${name}: run ${index} of ${runs}`);
    ours.push(await comparison.ours.run());
    baseline.push(await comparison.baseline.run());
  }
  const peaks = await comparison.peaks?.();
  const ratios = ours.map(({ milliseconds }, index) => milliseconds / (baseline[index]?.milliseconds ?? 0));
  const ratio = median(ratios);
  return {
    part,
    name,
    ours: medians(comparison.ours.name, ours, peaks?.ours),
    baseline: medians(comparison.baseline.name, baseline, peaks?.baseline),
    ratios,
    ratio,
    target,
    met: ratio <= target,
  };
}

function medians(name: string, measures: readonly Measure[], peak: number | undefined): SideResult {
  return {
    name,
    milliseconds: median(measures.map(({ milliseconds }) => milliseconds)),
    peakBytes: peak ?? median(measures.flatMap(({ peakBytes }) => peakBytes ?? [])),
  };
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
