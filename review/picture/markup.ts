/**
 * What XML cannot hold, and what would change the order in which a reader sees the characters around it
 * (bidirectional controls): names come from outside.
 */
const unprintable =
  /[\p{Cc}\p{Cs}\u{fffe}\u{ffff}\u{061c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;

/** The text with a replacement character for each that cannot be shown. */
export const shown = (text: string) => text.replace(unprintable, "\ufffd");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as content or as a value in quotes, in XML and in HTML. Line ends stay out, too. */
export const escaped = (text: string) =>
  shown(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** The same with line ends kept, for tooltips. */
export const escapedLines = (lines: readonly string[]) => lines.map(escaped).join("\n");

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element around markup that is made already; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escaped(String(value))}"`)
    .join("");
  return content.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${content.join("")}</${name}>`;
}

/** A coordinate to a tenth of a pixel. */
export const rounded = (value: number) => String(Math.round(value * 10) / 10);
