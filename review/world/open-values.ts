import type { Value } from "./evaluate";
import { members } from "./seen";

/** Whether anything in `open` is true, as Terraform marks what is not known or sensitive. */
export const isOpen = (open: unknown): boolean =>
  open === true || (typeof open === "object" && open !== null && Object.values(open).some(isOpen));

/** A value with marks where it is open. */
export function marked(value: Value, open: unknown, mark: () => string): Value {
  if (open === true) return mark();
  if (Array.isArray(open)) {
    const items = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(open.length, items.length) }, (_, index) =>
      marked(items[index], open[index], mark),
    );
  }
  if (typeof open !== "object" || open === null) return value;
  const result: Record<string, Value> = { ...members(value) };
  for (const [name, one] of Object.entries(open))
    if (isOpen(one)) result[name] = marked(result[name], one, mark);
  return result;
}

/** Ids of which some are known: those that are not are the ones referred to, if their number is right. */
export function idList(value: Value, found: Value[] | undefined, notTold: () => string): Value {
  if (!Array.isArray(value)) return found ? [...found, notTold()] : [notTold()];
  const known = value.filter((one) => one !== null);
  const missing = value.length - known.length;
  const others = (found ?? []).filter((one) => !known.includes(one));
  return [...known, ...(others.length === missing ? others : [...others, notTold()])];
}
