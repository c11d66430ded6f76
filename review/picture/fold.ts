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

/**
 * Where the lists are worth most to be cut: the longer the list and the more differs there. Where it differs
 * evenly, in its middle.
 */
function bestCut(starts: readonly number[], gaps: readonly number[]): number | undefined {
  let best: { place: number; worth: number } | undefined;
  for (const [list, start] of starts.entries()) {
    const end = starts[list + 1] ?? gaps.length;
    const place = largestGap(gaps, start + 1, end);
    if (place === undefined) continue;
    const worth = (end - start) * (gaps[place] ?? 0);
    if (!best || worth > best.worth) best = { place, worth };
  }
  return best?.place;
}

/** Of gaps of the same size, the one nearest to the middle; undefined where there is none. */
function largestGap(gaps: readonly number[], start: number, end: number): number | undefined {
  const middle = (start - 1 + end) / 2;
  let best: number | undefined;
  for (let place = start; place < end; place += 1) {
    const size = gaps[place] ?? 0;
    const before = best === undefined ? 0 : (gaps[best] ?? 0);
    const nearer = best !== undefined && Math.abs(place - middle) < Math.abs(best - middle);
    if (size > before || (size === before && nearer)) best = place;
  }
  return best;
}

/** 0 where both are joined to the same, 1 where to nothing in common, 2 where they are of different classes. */
function gap(before: Foldable | undefined, item: Foldable): number {
  if (before?.class !== item.class) return 2;
  const tokens = new Set(before.tokens);
  const common = item.tokens.filter((token) => tokens.has(token)).length;
  const all = tokens.size + item.tokens.length - common;
  return all === 0 ? 0 : 1 - common / all;
}
