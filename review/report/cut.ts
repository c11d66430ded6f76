/** A part of a text that may have to be cut. */
export interface Block {
  readonly head: string;
  readonly lines: readonly string[];
  /** Stands whatever is cut: what `head` opened, it closes. */
  readonly tail: string;
}

/**
 * The blocks one after another in at most `most` characters. Lines that do not fit are left out from the end, with a
 * line in their place that says how many; blocks of which not even that fits are named at the end by `cutNote`.
 */
export function cutTo(most: number, blocks: readonly Block[], cutNote: (lines: number) => string): string {
  const whole = blocks.map(textOf).join("");
  if (whole.length <= most) return whole;
  const reserve = cutNote(blocks.reduce((sum, { lines }) => sum + lines.length, 0)).length;
  let room = most - reserve;
  let left = 0;
  const parts: string[] = [];
  for (const block of blocks) {
    const { head, lines, tail } = block;
    const kept = left === 0 ? fitting(block, room) : 0;
    if (kept === lines.length) {
      parts.push(textOf(block));
      room -= textOf(block).length;
      continue;
    }
    if (kept > 0) {
      const text = textOf({ head, lines: lines.slice(0, kept), tail });
      parts.push(text);
      room -= text.length;
    }
    left += lines.length - kept;
  }
  return [...parts, cutNote(left)].join("");
}

const textOf = ({ head, lines, tail }: Block): string => `${head}${lines.join("")}${tail}`;

/** How many of the lines fit with what stands around them. */
function fitting({ head, lines, tail }: Block, room: number): number {
  let left = room - head.length - tail.length;
  let kept = 0;
  for (const line of lines) {
    left -= line.length;
    if (left < 0) break;
    kept += 1;
  }
  return kept;
}
