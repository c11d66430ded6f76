import { validationError } from "../protocol/aws-error";

/** Asks for several collections, or several groups, by id or by name. */
export interface BatchRequest {
  readonly ids?: readonly string[];
  readonly names?: readonly string[];
}

type Missing = { readonly id: string } | { readonly name: string };

/** What was asked for, in the order of the request. Throws ValidationException unless it is ids or names, not both. */
export function selectBatch<Item extends { readonly id: string; readonly name: string }>(
  items: readonly Item[],
  { ids, names }: BatchRequest,
): { readonly found: readonly Item[]; readonly missing: readonly Missing[] } {
  if ((ids === undefined) === (names === undefined)) {
    throw validationError(
      "You need to provide IDs or names. You can't provide both IDs and names in the same request",
    );
  }
  const found: Item[] = [];
  const missing: Missing[] = [];
  for (const asked of new Set(ids ?? names)) {
    const item = items.find(({ id, name }) => asked === (ids ? id : name));
    if (item) found.push(item);
    else missing.push(ids ? { id: asked } : { name: asked });
  }
  return { found, missing };
}

export const batchErrors = (missing: readonly Missing[], errorMessage: string): readonly object[] =>
  missing.map((asked) => ({ ...asked, errorCode: "NOT_FOUND", errorMessage }));
