/** What a policy or a question names: one collection, or all whose names start with `text`. */
export interface NamePattern {
  readonly text: string;
  readonly wildcard: boolean;
}

/**
 * Reads a name, a prefix and `*`, or `*` (developer guide, serverless-network). A `*` anywhere else is taken as a
 * character that no name holds: AWS refuses such a policy.
 */
export function namePattern(text: string): NamePattern {
  return text.endsWith("*") ? { text: text.slice(0, -1), wildcard: true } : { text, wildcard: false };
}

/** The pattern behind `collection/` in a resource of a network policy; undefined if it is another resource. */
export function collectionOf(resource: string): string | undefined {
  return resource.startsWith("collection/") ? resource.slice("collection/".length) : undefined;
}

/** Whether `pattern` covers every name that `other` does. */
export function coversAll(pattern: NamePattern, other: NamePattern): boolean {
  return pattern.wildcard
    ? other.text.startsWith(pattern.text)
    : !other.wildcard && other.text === pattern.text;
}

/** Whether some name is covered by both. Prefixes are nested or apart, so one of the two covers the other. */
export function overlap(a: NamePattern, b: NamePattern): boolean {
  return coversAll(a, b) || coversAll(b, a);
}
