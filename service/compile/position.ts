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
    const words = [unevenly(digest.readUIntBE(0, 6) / 2 ** 48), digest.readUInt32BE(6)] as const;
    known.set(text, words);
    return words;
  };
}

/** How far from the middle a range is cut, at most. */
const unevenness = 0.05;
const unevenLevels = 20;

/**
 * The word for a place between 0 and 1, so that of the places that begin with the same bits not half go on with a 0,
 * but 45 to 55 percent: how many is drawn from the bits. With even halves, evenly spread places would get too many for
 * all ranges of a size at the same time, and policies would be nearly all half empty then.
 */
function unevenly(place: number): number {
  let rest = place;
  let node = 1;
  for (let level = 0; level < unevenLevels; level++) {
    const cut = 0.5 + (2 * drawn(node) - 1) * unevenness;
    const bit = rest < cut ? 0 : 1;
    rest = bit === 0 ? rest / cut : (rest - cut) / (1 - cut);
    node = 2 * node + bit;
  }
  const more = 32 - unevenLevels;
  const bits = Math.min(2 ** more - 1, Math.floor(rest * 2 ** more));
  return (node - 2 ** unevenLevels) * 2 ** more + bits;
}

/** A number between 0 and 1 for a node of the binary tree whose root is 1. */
function drawn(node: number): number {
  let mixed = Math.imul(node ^ (node >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
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
