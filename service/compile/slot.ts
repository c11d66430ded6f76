import { createHash } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Up to this many bits are written out, five to a character; longer ones are told apart by a hash. */
const longestWritten = 20;
const hashCharacters = 7;

/** What the parts for what is left over are named by; no range has this name. */
const leftOver = "more";

/**
 * The name of what begins at a place, given as its first bits: "" for the very beginning, 1 to 4 characters for a
 * place in the upper part of the order, 7 for one deep in it. Zeros at the end say nothing of where a range begins,
 * so the first half of a range has the name of the whole.
 */
export function slotOf(bits: string): string {
  const start = bits.replace(/0+$/, "");
  const written = inBase32(start.slice(0, longestWritten));
  if (start.length <= longestWritten && written !== leftOver) return written;
  const hash = createHash("sha256").update(start).digest("hex").slice(0, 10);
  const hashBits = BigInt(`0x${hash}`).toString(2).padStart(40, "0");
  return inBase32(hashBits.slice(0, 5 * hashCharacters));
}

/** The name of the policy that takes what is left over in the ranges that begin at a place. */
export const leftOverSlot = (slot: string): string => (slot === "" ? leftOver : `${slot}-${leftOver}`);

function inBase32(bits: string): string {
  const padded = bits.padEnd(Math.ceil(bits.length / 5) * 5, "0");
  return (padded.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join("");
}
