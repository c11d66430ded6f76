import type { Change } from "../../terraform";

/** Whether the change destroys the object and makes another, in either order. */
export const isReplaced = ({ actions }: Change): boolean =>
  actions.includes("delete") && actions.includes("create");

/** The attributes that force a replacement, each once. */
export function replacedFor({ replace_paths: paths = [] }: Change): string[] {
  const names = (Array.isArray(paths) ? paths : []).map((path) =>
    Array.isArray(path) ? path[0] : undefined,
  );
  return [...new Set(names.filter((name) => typeof name === "string"))].sort();
}
