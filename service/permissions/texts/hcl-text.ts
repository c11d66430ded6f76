/** A value of HCL: what JSON has, as far as policies take it. */
export type HclValue = string | readonly HclValue[] | { readonly [key: string]: HclValue };

/** A text in which Terraform reads no template: `${` and `%{` begin one, and written twice over they do not. */
export const withoutTemplates = (text: string): string =>
  text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

/** A text in quotes. */
export const hclText = (text: string): string => withoutTemplates(JSON.stringify(text));

const isMap = (value: HclValue): value is { readonly [key: string]: HclValue } =>
  typeof value === "object" && !Array.isArray(value);

/** A key of an object, in quotes where it is no identifier. */
const hclKey = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : hclText(key));

/** A value as `terraform fmt` leaves it; lists of one stand in one line. */
export function hclValue(value: HclValue, indent: string): string {
  if (typeof value === "string") return hclText(value);
  const inner = `${indent}  `;
  if (isMap(value)) return `{\n${hclAttributes(value, inner)}${indent}}`;
  const items = (value as readonly HclValue[]).map((item) => hclValue(item, inner));
  if (items.length === 0) return "[]";
  if (items.length === 1 && !items[0]?.includes("\n")) return `[${items[0]}]`;
  return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
}

/** Attributes one below the other; the signs of neighbours that take a line each are aligned. */
export function hclAttributes(attributes: { readonly [key: string]: HclValue }, indent: string): string {
  const lines = Object.entries(attributes).map(
    ([key, value]) => [hclKey(key), hclValue(value, indent)] as const,
  );
  const isShort = (index: number): boolean => lines[index]?.[1].includes("\n") === false;
  return lines
    .map(([key, text], index) => {
      if (!isShort(index)) return `${indent}${key} = ${text}\n`;
      let from = index;
      while (isShort(from - 1)) from--;
      let to = index;
      while (isShort(to + 1)) to++;
      const width = Math.max(...lines.slice(from, to + 1).map(([name]) => name.length));
      return `${indent}${key.padEnd(width)} = ${text}\n`;
    })
    .join("");
}
