import { constants } from "node:buffer";
import { isObject } from "./is-object";
import { TerraformError } from "./terraform-error";

/** Decodes a file's content; PowerShell's `>` writes UTF-16, and several editors a byte order mark. */
export function decodeText(content: string | Uint8Array, where: string): string {
  if (typeof content === "string") return content.replace(/^\uFEFF/, "");
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const wide = utf16Of(buffer);
  if (wide !== undefined) return wide;
  if (buffer.length > constants.MAX_STRING_LENGTH) {
    throw new TerraformError({
      problem: `${buffer.length} bytes of JSON are more than can be read at once`,
      where,
      remedy: "divide the stack",
    });
  }
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  return buffer.toString("utf8", start);
}

/** UTF-16 with a byte order mark, or, of JSON, which starts with an ASCII character, by its zero bytes; else undefined. */
function utf16Of(buffer: Buffer): string | undefined {
  const [first, second] = buffer;
  if (first === undefined || second === undefined) return undefined;
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  if (!isBig && !isLittle) return undefined;
  const whole = buffer.subarray(0, buffer.length - (buffer.length % 2));
  const text = isBig ? Buffer.from(whole).swap16().toString("utf16le") : whole.toString("utf16le");
  return text.replace(/^\uFEFF/, "");
}

/** Deeper than anything that Terraform or AWS writes, and far from what the stack holds. */
const deepest = 500;

/** What to say of a text whose arrays and objects stand within one another too deeply to be looked through. */
export const tooDeep = `nested too deeply: more than ${deepest} arrays and objects within one another`;

/** Whether a value is; `JSON.parse` takes any depth, and what looks through it would not. */
export function isTooDeep(value: unknown, left = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((one) => isTooDeep(one, left - 1));
  for (const key in value) {
    if (isTooDeep((value as Readonly<Record<string, unknown>>)[key], left - 1)) return true;
  }
  return false;
}

/**
 * Why a text is not JSON, without what V8 quotes of it: a file that was named by mistake may hold secrets, and what a
 * terminal would obey.
 */
export function whyNotJson(text: string, error: unknown): string {
  if (text.trim() === "") return "it is empty";
  const said = error instanceof Error ? error.message : "";
  const reason = said
    .replace(/(?:^|, )(?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, "")
    .replace(/'(.+)'$/s, (whole, token: string) => (/^[!-~]$/.test(token) ? whole : codePointOf(token)));
  if (reason === "") return "no value stands in it";
  if (/^Unexpected end of JSON input/.test(reason))
    return `it ends at ${placeIn(text, text.length)}, half-way`;
  return reason.replace(
    /(?: in JSON)? at position (\d+)(?: \(line \d+ column \d+\))?$/,
    (_, position: string) => ` at ${placeIn(text, Number(position))}`,
  );
}

/** As editors count: both from 1. */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

const codePointOf = (token: string): string =>
  `U+${(token.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** @throws {TerraformError} if the text is no JSON, or no object */
export function parseJsonObject(text: string, where: string, remedy: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // the error itself is no cause to keep: it quotes the file
    throw new TerraformError({ problem: `not JSON: ${whyNotJson(text, error)}`, where, remedy });
  }
  if (isTooDeep(value)) throw new TerraformError({ problem: tooDeep, where, remedy });
  if (isObject(value)) return value;
  throw new TerraformError({ problem: "not a JSON object", where, remedy });
}
