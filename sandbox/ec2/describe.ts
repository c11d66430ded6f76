import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import type { QueryParameters } from "../protocol/query-parameters";
import { matchesWildcards } from "./wildcards";

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a Describe action is asked for. */
export interface Selection {
  readonly ids: readonly string[];
  readonly filters: readonly Filter[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export function readSelection(parameters: QueryParameters, idParameter?: string): Selection {
  const maxResults = parameters.integer("MaxResults");
  if (maxResults !== undefined && (maxResults < 5 || maxResults > 1000)) {
    throw invalidParameterValue(
      `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    );
  }
  const nextToken = parameters.string("NextToken");
  return {
    ids: idParameter === undefined ? [] : parameters.strings(idParameter),
    filters: readFilters(parameters),
    ...(maxResults === undefined ? {} : { maxResults }),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** `Filter.1.Name`, `Filter.1.Value.1`: a filter without a value says nothing, and is refused. */
export const readFilters = (parameters: QueryParameters): readonly Filter[] =>
  parameters.list("Filter", (filter) => {
    const name = filter.required("Name");
    const values = filter.strings("Value");
    if (values.length === 0) throw invalidParameterValue("The filter 'null' is invalid");
    return { name, values };
  });

/** What an item shows to each filter by name. */
export type FilterValues<Item> = Readonly<Record<string, (item: Item) => readonly string[]>>;

/**
 * The items that pass every filter, one page of them. Values of one filter are alternatives and may hold the
 * wildcards `*` and `?`; a filter that the action does not know is refused.
 */
export function select<Item>(
  items: readonly Item[],
  selection: Selection,
  filterValues: FilterValues<Item>,
  tagsOf?: (item: Item) => ReadonlyMap<string, string>,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const tests = selection.filters.map((filter) => {
    const valuesOf = valuesFor(filter.name, filterValues, tagsOf);
    return (item: Item) =>
      valuesOf(item).some((value) => filter.values.some((pattern) => matchesWildcards(pattern, value)));
  });
  const matching = items.filter((item) => tests.every((test) => test(item)));
  const start = selection.nextToken === undefined ? 0 : readToken(selection.nextToken);
  const end = start + (selection.maxResults ?? 1000);
  return {
    items: matching.slice(start, end),
    ...(end < matching.length ? { nextToken: Buffer.from(`from:${end}`).toString("base64") } : {}),
  };
}

function valuesFor<Item>(
  name: string,
  filterValues: FilterValues<Item>,
  tagsOf?: (item: Item) => ReadonlyMap<string, string>,
): (item: Item) => readonly string[] {
  if (tagsOf && name === "tag-key") return (item) => [...tagsOf(item).keys()];
  if (tagsOf && name.startsWith("tag:")) {
    const key = name.slice("tag:".length);
    return (item) => {
      const value = tagsOf(item).get(key);
      return value === undefined ? [] : [value];
    };
  }
  const values = Object.hasOwn(filterValues, name) ? filterValues[name] : undefined;
  if (!values) throw invalidParameterValue(`The filter '${name}' is invalid`);
  return values;
}

function readToken(token: string): number {
  const match = /^from:(\d{1,9})$/.exec(Buffer.from(token, "base64").toString("utf8"));
  if (match) return Number(match[1]);
  throw new AwsError("InvalidNextToken", "The specified NextToken is not valid");
}
