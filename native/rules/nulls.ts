import type { Fields, InputType } from "../inputs/input";
import type { Rule } from "../message";

/**
 * `null` in a list, a map or a field that has to be given. Terraform takes it for any value; whoever makes a list with
 * conditions has one easily, and what looks into it fails with a message of Terraform's own.
 * @param name the input
 */
export function nullsIn(name: string, type: InputType): Rule | undefined {
  const found = nullsOf(type, `var.${name}`, name, 0);
  if (found === undefined) return undefined;
  const all = `flatten(${found})`;
  return { breaches: all, problems: all };
}

/** An expression of texts, in lists of any depth, or nothing where Terraform itself sees to it. */
function nullsOf(type: InputType, value: string, at: string, depth: number): string | undefined {
  const [key, item] = [`key${depth}`, `item${depth}`];
  const isList = typeof type === "string" ? type.startsWith("list(") : "list" in type;
  const place = isList ? `${at}[\${${key}}]` : `${at}.\${${key}}`;
  const told = `["${place} is null; leave it out"]`;
  const each = (isNull: string, inner: string) =>
    `[for ${key}, ${item} in ${value} : ${isNull} ? ${told} : ${inner}]`;
  if (typeof type === "string")
    return /^(?:list|map)\(/.test(type) ? each(isNullText(item), "[]") : undefined;
  const fields = "list" in type ? type.list : type.map;
  const [anyField = ""] = Object.keys(fields);
  const inner = fieldNulls(fields, item, place, depth).join(", ");
  return each(failsOn(`${item}.${anyField}`), `flatten([${inner}])`);
}

/**
 * Whether something fails that does so with null alone. `== null` is not known of what Terraform does not know yet, and
 * a list that has such an id beside a null would pass; how many items a list of one has is always known.
 */
const failsOn = (value: string) => `!can(length([${value}]))`;
const isNullText = (value: string) => failsOn(`substr(${value}, 0, 0)`);
const isNullList = (value: string) => failsOn(`length(${value})`);

function fieldNulls(fields: Fields, item: string, place: string, depth: number): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const [value, at] = [`${item}.${name}`, `${place}.${name}`];
    const inner = nullsOf(field.type, value, at, depth + 1) ?? "[]";
    // Terraform puts the default in the place of null, where there is one
    if (!("default" in field)) {
      const isNull = field.type === "string" ? isNullText(value) : isNullList(value);
      return [`${isNull} ? ["${at} is null; fill it in"] : flatten(${inner})`];
    }
    if (inner === "[]") return [];
    return [field.default === null ? `${isNullList(value)} ? [] : flatten(${inner})` : inner];
  });
}
