/** A few names in full, of many the first and how many more. */
export function someOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Without repetitions, in the order of code units, which is the same on every machine. */
export const sortedUnique = (values: readonly string[]): string[] => [...new Set(values)].sort();
