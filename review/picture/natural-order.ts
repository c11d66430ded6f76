/** As people count: `team2` before `team10`. The same on every machine, which locales are not. */
export function inNaturalOrder(texts: readonly string[]): string[] {
  return inNaturalOrderBy(texts, String);
}

/** By the text that each is known by. */
export function inNaturalOrderBy<Item>(items: readonly Item[], textOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, text: textOf(item) }))
    .map(({ item, text }) => ({ item, text, key: text.replace(/\d+/g, padded) }))
    .sort((a, b) => order(a.key, b.key) || order(a.text, b.text))
    .map(({ item }) => item);
}

const padded = (digits: string) => digits.padStart(20, "0");
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
