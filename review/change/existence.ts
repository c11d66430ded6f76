import type { ResourceChange } from "../../terraform";

/** Which collections, by name, a step makes or takes away for good. */
export interface Existence {
  readonly made: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

/** Of all names that are not told here it is taken that they are what they were: policies may be there first. */
export function existenceAfter(changes: readonly ResourceChange[]): Existence {
  const [before, after] = [new Set<string>(), new Set<string>()];
  for (const { type, mode, deposed, change } of changes) {
    if (type !== "aws_opensearchserverless_collection" || mode !== "managed" || deposed !== undefined)
      continue;
    // what is forgotten or imported is there all the while
    const isKept = change.actions.includes("forget");
    const names = [nameIn(change.before), isKept ? nameIn(change.before) : nameIn(change.after)];
    if (names[0] !== undefined) before.add(names[0]);
    if (change.importing && names[1] !== undefined) before.add(names[1]);
    if (names[1] !== undefined) after.add(names[1]);
  }
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    new Set([...some].filter((one) => !others.has(one)));
  return { made: without(after, before), gone: without(before, after) };
}

function nameIn(values: unknown): string | undefined {
  const name = (values as { readonly name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}
