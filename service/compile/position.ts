import { createHash } from "node:crypto";

/**
 * A place in the fixed order that policies are cut from: words of 32 bits, read as one long binary fraction. It
 * depends on what stands there and on nothing else, so whatever is added or removed, the rest keeps its place.
 */
export type Position = readonly number[];

/** Two words for a text, the same on every machine; keeps what it has worked out. */
export function hashing(): (text: string) => readonly [number, number] {
  const known = new Map<string, readonly [number, number]>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const digest = createHash("sha256").update(text).digest();
    const words = [digest.readUInt32BE(0), digest.readUInt32BE(4)] as const;
    known.set(text, words);
    return words;
  };
}

/** Negative if `a` comes first, 0 if both are the same place. */
export function comparePositions(a: Position, b: Position): number {
  for (let word = 0; word < a.length; word++) {
    const difference = (a[word] ?? 0) - (b[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first bit in which two places differ, counted from 0; nothing if they are the same. */
export function firstDifferentBit(a: Position, b: Position): number | undefined {
  for (let word = 0; word < a.length; word++) {
    const difference = (a[word] ?? 0) ^ (b[word] ?? 0);
    if (difference !== 0) return 32 * word + Math.clz32(difference);
  }
  return undefined;
}

export const bitAt = (position: Position, bit: number): number =>
  ((position[bit >>> 5] ?? 0) >>> (31 - (bit & 31))) & 1;

/** The first bits of a place, as "0" and "1". */
export const bitsOf = (position: Position, count: number): string =>
  Array.from({ length: count }, (_, bit) => bitAt(position, bit)).join("");
