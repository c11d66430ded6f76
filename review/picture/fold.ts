/** Something that is joined to others; `tokens` say to which, sorted. */
export interface Foldable {
  /** Only what is of the same class is folded together. */
  readonly class: string;
  /** Orders what is joined to the same. */
  readonly key: string;
  readonly tokens: readonly string[];
}

/**
 * Folds together what is joined to much the same until at most `most` lists are left, or one for each class. What
 * is joined to exactly the same is folded first. Nothing is folded where all fits. The order of the input does
 * not matter. Time: `most` times the number of items.
 */
export function fold<Item extends Foldable>(items: readonly Item[], most: number): Item[][] {
  const sorted = items
    .map((item) => ({ item, order: JSON.stringify([item.class, item.tokens, item.key]) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ item }) => item);
  if (sorted.length <= most) return sorted.map((item) => [item]);
  // how much each differs from the one before it; what is of another class, more than any
  const gaps = sorted.map((item, place) => gap(sorted[place - 1], item));
  const starts = gaps.flatMap((size, place) => (size > 1 ? [place] : []));
  while (starts.length < most) {
    const cut = bestCut(starts, gaps);
    if (cut === undefined) break;
    starts.push(cut);
    starts.sort((a, b) => a - b);
  }
  return starts.map((start, place) => sorted.slice(start, starts[place + 1]));
}

/** Where the longest list that can be cut differs most; in its middle, where it differs evenly. */
function bestCut(starts: readonly number[], gaps: readonly number[]): number | undefined {
  const lists = starts
    .map((start, place) => ({ start, end: starts[place + 1] ?? gaps.length }))
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const { start, end } of lists) {
    const middle = (start + end) / 2;
    let best: number | undefined;
    for (let place = start + 1; place < end; place += 1) {
      const size = gaps[place] ?? 0;
      if (size === 0) continue;
      const before = best === undefined ? 0 : (gaps[best] ?? 0);
      const nearer = best === undefined || Math.abs(place - middle) < Math.abs(best - middle);
      if (size > before || (size === before && nearer)) best = place;
    }
    if (best !== undefined) return best;
  }
  return undefined;
}

/** 0 where both are joined to the same, 1 where to nothing in common, 2 where they are of different classes. */
function gap(before: Foldable | undefined, item: Foldable): number {
  if (before?.class !== item.class) return 2;
  const tokens = new Set(before.tokens);
  const common = item.tokens.filter((token) => tokens.has(token)).length;
  const all = tokens.size + item.tokens.length - common;
  return all === 0 ? 0 : 1 - common / all;
}
