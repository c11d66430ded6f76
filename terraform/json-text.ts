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

/** @throws {TerraformError} if the text is no JSON, or no object */
export function parseJsonObject(text: string, where: string, remedy: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason =
      text.trim() === "" ? "it is empty" : error instanceof Error ? error.message : String(error);
    throw new TerraformError({ problem: `not JSON: ${reason.split("\n")[0]}`, where, remedy, cause: error });
  }
  if (isObject(value)) return value;
  throw new TerraformError({ problem: "not a JSON object", where, remedy });
}
