/**
 * Widths of the characters from space to tilde in hundredths of the font size: the wider of DejaVu Sans, the
 * widest of the common sans-serif fonts, and Liberation Sans, which has the widths of Arial and Helvetica;
 * measured in Chromium. Where the reader's font is narrower, there is some air.
 */
const regular = [
  32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34,
  34, 84, 84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 30, 50, 67, 56, 87, 75, 79, 67, 79, 73, 67, 62, 74,
  69, 99, 69, 67, 69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64,
  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
const bold = [
  35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40,
  40, 84, 84, 84, 62, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 56, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69,
  82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72,
  69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
];
/** What we put between words ourselves. */
const known: Readonly<Record<string, number>> = { "…": 100, "·": 38, "–": 56 };
/** Wider than a Chinese character, an emoji or the widest Cyrillic letter. */
const anyOther = 135;

export interface Face {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** How wide the text is at most, in pixels, in any common sans-serif font. */
export function textWidth(text: string, face: Face): number {
  const widths = face.bold ? bold : regular;
  let sum = 0;
  for (const character of text) {
    sum += widths[character.charCodeAt(0) - 32] ?? known[character] ?? anyOther;
  }
  return (sum * face.size) / 100;
}

/** The text, or as much of its beginning and its end as fits: long names that are alike differ at either. */
export function fitted(text: string, width: number, face: Face): string {
  if (textWidth(text, face) <= width) return text;
  const characters = [...text];
  let [least, most] = [0, characters.length - 1];
  const shortened = (kept: number) => {
    const atEnd = Math.floor(kept / 2);
    return `${characters.slice(0, kept - atEnd).join("")}…${characters.slice(characters.length - atEnd).join("")}`;
  };
  while (least < most) {
    const kept = Math.ceil((least + most) / 2);
    if (textWidth(shortened(kept), face) <= width) least = kept;
    else most = kept - 1;
  }
  return shortened(least);
}

/** The pieces, which stay whole, in lines of the width; a piece that is too wide for a line is shortened. */
export function wrapped(pieces: readonly string[], width: number, face: Face): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : `${last} ${piece}`;
    if (longer !== undefined && textWidth(longer, face) <= width) lines[lines.length - 1] = longer;
    else lines.push(fitted(piece, width, face));
  }
  return lines;
}
