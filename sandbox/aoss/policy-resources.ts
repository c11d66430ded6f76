/** The resources that a checked document names: one object with Rules, or an array of blocks that have them. */
export function resourcesOf(document: unknown): readonly string[] {
  const blocks = (Array.isArray(document) ? document : [document]) as readonly {
    readonly Rules: readonly { readonly Resource: readonly string[] }[];
  }[];
  return blocks.flatMap((block) => block.Rules.flatMap((rule) => rule.Resource));
}

/**
 * Whether a pattern such as `collection/logs*` or `index/logs/*` takes in a resource, which may be a pattern itself.
 * A `*` stands at the end of a part only, and never reaches over a slash.
 */
export function coversResource(pattern: string, resource: string): boolean {
  const parts = pattern.split("/");
  const given = resource.split("/");
  return (
    parts.length === given.length && parts.every((part, index) => coversPart(part, given[index] as string))
  );
}

const coversPart = (part: string, given: string): boolean =>
  part.endsWith("*") ? given.startsWith(part.slice(0, -1)) : part === given;
