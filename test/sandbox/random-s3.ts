import type { Dice } from "./random-from";

interface S3Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Requests to S3 at random: few buckets and keys, so that what was written is met again. */
export function randomS3({ next, below, one }: Dice, text: () => string): () => S3Request {
  const bucket = () =>
    next() < 0.95 ? `fuzz-states-${below(6)}` : encodeURIComponent(one(["", "A", "..", "x"]));
  const key = () =>
    next() < 0.9
      ? `env%3A/${below(3)}/state-${below(5)}${one(["", ".tflock"])}`
      : encodeURIComponent(
          text()
            .replaceAll(/\p{Surrogate}/gu, "")
            .slice(0, 400),
        ).replaceAll("%2F", "/");
  const query = () =>
    one([
      "list-type=2",
      `list-type=2&prefix=env%3A%2F&delimiter=%2F&max-keys=${below(4)}`,
      `list-type=2&start-after=${key()}&encoding-type=url`,
      "list-type=2&continuation-token=x",
      "versioning",
      "%zz",
    ]);
  const headers = () =>
    one<Readonly<Record<string, string>>>([
      {},
      {},
      { "if-none-match": "*" },
      { "if-match": '"x"' },
      { "x-amz-server-side-encryption": one(["AES256", "aws:kms", "x"]) },
      { "x-amz-acl": "private" },
      { range: one(["bytes=0-3", "bytes=-2", "bytes=9-1", "x"]) },
    ]);
  const kinds: readonly (() => S3Request)[] = [
    () => ({ method: "GET", path: "/", headers: {}, body: "" }),
    () => ({ method: "GET", path: `/${bucket()}?${query()}`, headers: {}, body: "" }),
    () => ({
      method: one(["HEAD", "PUT", "DELETE"]),
      // some of them never hold anything, and so can be deleted
      path: next() < 0.5 ? `/${bucket()}` : `/fuzz-empty-${below(3)}`,
      headers: {},
      body: one(["", "<a/>"]),
    }),
    () => ({ method: "PUT", path: `/${bucket()}/${key()}`, headers: headers(), body: text() }),
    () => ({
      method: one(["GET", "GET", "HEAD", "DELETE", "POST"]),
      path: `/${bucket()}/${key()}`,
      headers: headers(),
      body: "",
    }),
  ];
  return () => one(kinds)();
}
