import { z } from "zod";

/** Keys that are known where they stand only to be refused in words of their own. */
const refused = new WeakSet<object>();

/** A key that is not taken where it stands; the error is what is wrong and, behind "; ", how to mend it. */
export function notHere(error: string) {
  const schema = z.never({ error }).optional();
  refused.add(schema);
  return schema;
}

/** A key that is not taken either, of several that one rule of the whole entry tells at once. */
export function toldTogether() {
  const schema = z.unknown().meta({ not: {} }).optional();
  refused.add(schema);
  return schema;
}

/** Keys that an editor is not told of either. */
const unlisted = new WeakSet<object>();

/** A key that nobody should write and that is known only to be refused in words of its own. */
export function nowhere(error: string) {
  const schema = notHere(error);
  unlisted.add(schema);
  return schema;
}

/** Whether the key stands in the schema for editors. */
export const isListed = (schema: object): boolean => !unlisted.has(schema);

/** Whether a key may be offered to somebody who wrote another one. */
export const isOffered = (schema: object): boolean => !refused.has(schema);
