/** Orders texts by code unit, the same on every machine. */
export const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Different texts in that order. */
export const sortedUnique = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();
