import { constants } from "node:buffer";
import { isObject } from "./is-object";
import { TerraformError } from "./terraform-error";

/** Decodes a file's content; PowerShell's `>` writes UTF-16, and several editors a byte order mark. */
export function decodeText(content: string | Uint8Array, where: string): string {
  if (typeof content === "string") return content.replace(/^\uFEFF/, "");
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString("utf16le", 2);
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
  return reason === "" ? "no value stands in it" : reason;
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
  if (isObject(value)) return value;
  throw new TerraformError({ problem: "not a JSON object", where, remedy });
}
