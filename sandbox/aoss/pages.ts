import { validationError } from "../protocol/aws-error";

/** Lists of OpenSearch Serverless hold 20 entries unless `maxResults` says otherwise (API reference). */
const defaultPageSize = 20;

/** One page of a list that is sorted by key. The token names the last entry shown, so that deletes do not shift it. */
export function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  request: { readonly maxResults?: number; readonly nextToken?: string },
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const after = request.nextToken === undefined ? undefined : readToken(request.nextToken);
  const rest = [...items]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .filter((item) => after === undefined || keyOf(item) > after);
  const shown = rest.slice(0, request.maxResults ?? defaultPageSize);
  const last = shown.at(-1);
  return shown.length === rest.length || last === undefined
    ? { items: shown }
    : { items: shown, nextToken: Buffer.from(`after:${keyOf(last)}`).toString("base64") };
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (!text.startsWith("after:")) throw validationError("Invalid nextToken");
  return text.slice("after:".length);
}
