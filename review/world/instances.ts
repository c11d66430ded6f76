import type { SynthesizedResource } from "../../terraform";
import type { Value } from "./evaluate";
import { hasUnknown, isUnknown } from "./unknowns";

/** One of what `count` or `for_each` makes of a resource. */
export interface Instance {
  /** As in an address: `[0]`, `["apps"]`, nothing without count and for_each, `[*]` for all where they are not known. */
  readonly suffix: string;
  readonly key?: string | number;
  readonly value?: Value;
}

const single: readonly Instance[] = [{ suffix: "" }];
const any: readonly Instance[] = [{ suffix: "[*]" }];

/** The instances of a resource, or one that stands for all. */
export function instancesOf(
  { attributes }: SynthesizedResource,
  evaluate: (written: unknown) => Value,
): readonly Instance[] {
  const { count, for_each: forEach } = attributes;
  if (count !== undefined) {
    const value = evaluate(count);
    const number = hasUnknown(value) ? Number.NaN : Number(value);
    if (!Number.isInteger(number) || number < 0 || number > 10_000) return any;
    return Array.from({ length: number }, (_, key) => ({ suffix: `[${key}]`, key }));
  }
  if (forEach === undefined) return single;
  const value = evaluate(forEach);
  if (isUnknown(value) || typeof value !== "object" || value === null) return any;
  const entries: readonly (readonly [Value, Value])[] = Array.isArray(value)
    ? value.map((item) => [item, item])
    : Object.entries(value);
  if (entries.some(([key]) => typeof key !== "string" || hasUnknown(key))) return any;
  return entries.map(([key, one]) => ({ suffix: `[${JSON.stringify(key)}]`, key: String(key), value: one }));
}
