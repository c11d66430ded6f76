import { type Face, fitted } from "./text-width";

/** One line of text in a box: `y` is its baseline, from the top of the box. */
export interface TextLine {
  readonly text: string;
  readonly y: number;
  readonly look: Look;
}

export type Look = "name" | "small" | "note";

/** As in the style sheet of the picture. */
export const faces: Readonly<Record<Look, Face>> = {
  name: { size: 13, bold: true },
  small: { size: 12 },
  note: { size: 12 },
};

/** A box with its text, not placed yet. */
export interface TextBox {
  readonly height: number;
  readonly lines: readonly TextLine[];
  /** All of what the box may have shortened. */
  readonly tooltip: readonly string[];
}

const lineHeight = 17;
/** Left and right of the text. */
const inset = 10;
const firstBaseline = 19;

/** Between the insets of a box of the width. */
export const roomIn = (width: number) => width - 2 * inset;

/** Lines one below the other, each shortened to the width of the box where it has to be. */
export function textBox(
  lines: readonly (readonly [Look, string])[],
  width: number,
  tooltip: readonly string[],
): TextBox {
  return {
    height: lines.length * lineHeight + 12,
    lines: lines.map(([look, text], place) => ({
      look,
      text: fitted(text, roomIn(width), faces[look]),
      y: firstBaseline + place * lineHeight,
    })),
    tooltip,
  };
}
