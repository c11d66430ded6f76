import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  identityFromPolicy,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type WorldFile,
} from "../../sandbox";
import { s3 } from "./raw-s3";

const world: WorldFile = {
  version: 1,
  accounts: { "123456789012": { regions: { "eu-central-1": { buckets: ["acme-states"] } } } },
};

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ world });
});
afterEach(() => sandbox.close());

const call = (...args: [method: string, path: string, call?: Parameters<typeof s3>[3]]) =>
  s3(sandbox, ...args);
const key = "/acme-states/aoss/search.tfstate";
/** `printf '{"serial":1}' | openssl dgst -sha256 -binary | base64` */
const state = '{"serial":1}';
const sha256 = "3dVyHEmS5EpZV7kLnjS8xTyU1GYvWUyRCuU1tf/95L0=";

test("an object is read as it was written, whole, in part and by its head", async () => {
  const put = await call("PUT", key, { body: state, headers: { "content-type": "application/json" } });
  expect(put).toMatchObject({ status: 200, text: "", headers: { "x-amz-server-side-encryption": "AES256" } });
  // printf '{"serial":1}' | md5sum
  expect(put.headers["etag"]).toBe('"831e8c059d3cab92258db45450409e4b"');
  const get = await call("GET", key);
  expect(get).toMatchObject({ status: 200, text: state });
  expect(get.headers).toMatchObject({ etag: put.headers["etag"], "content-type": "application/json" });
  const part = await call("GET", key, { headers: { range: "bytes=2-7" } });
  expect(part).toMatchObject({ status: 206, text: "serial" });
  expect(part.headers["content-range"]).toBe("bytes 2-7/12");
  expect((await call("GET", key, { headers: { range: "bytes=0-5242879" } })).text).toBe(state);
  expect(await call("GET", key, { headers: { range: "bytes=12-" } })).toMatchObject({
    status: 416,
    code: "InvalidRange",
  });
  const head = await call("HEAD", key);
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers["content-length"]).toBe("12");
});

test("a part that cuts a character in two is the bytes that were asked for", async () => {
  await call("PUT", key, { body: "aü" });
  const part = await call("GET", key, { headers: { range: "bytes=1-2" } });
  expect([part.text, part.headers["content-range"]]).toEqual(["ü", "bytes 1-2/3"]);
});

test.each(["a b+c", "a//b", "a/../b/./c", "~(x)'*!", "ü/ж", "env:/default"])(
  "a key is taken as it is, and signed so: %s",
  async (name) => {
    const encoded = name
      .split("/")
      .map((part) => encodeURIComponent(part))
      .join("/");
    expect((await call("PUT", `/acme-states/${encoded}`, { body: name })).status).toBe(200);
    expect(sandbox.contents().buckets[0]?.objects.map((object) => object.key)).toEqual([name]);
    expect((await call("GET", `/acme-states/${encoded}`)).text).toBe(name);
  },
);

test("If-None-Match: * writes what is not there yet, and nothing else", async () => {
  const once = { headers: { "if-none-match": "*" } };
  expect((await call("PUT", key, { body: "first", ...once })).status).toBe(200);
  expect(await call("PUT", key, { body: "second", ...once })).toMatchObject({
    status: 412,
    code: "PreconditionFailed",
  });
  expect((await call("GET", key)).text).toBe("first");
  await call("DELETE", key);
  expect((await call("PUT", key, { body: "second", ...once })).status).toBe(200);
});

test("of many writers with If-None-Match: * at once one gets through", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      call("PUT", key, { body: String(index), headers: { "if-none-match": "*" } }),
    ),
  );
  const winners = answers.flatMap(({ status }, index) => (status === 200 ? [String(index)] : []));
  expect(winners).toHaveLength(1);
  expect((await call("GET", key)).text).toBe(winners[0]);
});

test("If-Match writes over the version that it names", async () => {
  const { headers } = await call("PUT", key, { body: "first" });
  const etag = String(headers["etag"]);
  expect((await call("PUT", key, { body: "second", headers: { "if-match": etag } })).status).toBe(200);
  expect((await call("PUT", key, { body: "third", headers: { "if-match": etag } })).status).toBe(412);
  expect((await call("PUT", "/acme-states/new", { headers: { "if-match": etag } })).status).toBe(404);
});

test("digests have to fit the body", async () => {
  expect((await call("PUT", key, { body: state, headers: { "x-amz-checksum-sha256": sha256 } })).status).toBe(
    200,
  );
  const checked = await call("GET", key, { headers: { "x-amz-checksum-mode": "ENABLED" } });
  expect(checked.headers["x-amz-checksum-sha256"]).toBe(sha256);
  for (const headers of [{ "x-amz-checksum-sha256": "AAAA" }, { "content-md5": "AAAA" }]) {
    expect(await call("PUT", key, { body: state, headers: headers as Record<string, string> })).toMatchObject(
      {
        status: 400,
        code: "BadDigest",
      },
    );
  }
});

test("keys are listed by prefix, in pages and in groups, in the order of their bytes", async () => {
  for (const name of ["env:/b/x", "env:/a/x", "env:/a/y", "z", "Z"]) {
    await call("PUT", `/acme-states/${encodeURIComponent(name).replaceAll("%2F", "/")}`, { body: name });
  }
  const list = (query: string) => call("GET", `/acme-states?list-type=2${query}`);
  const keys = ({ xml }: { xml: Readonly<Record<string, unknown>> }) =>
    ((xml["Contents"] ?? []) as { Key: string }[]).map(({ Key }) => Key);
  const all = await list("");
  expect(keys(all)).toEqual(["Z", "env:/a/x", "env:/a/y", "env:/b/x", "z"]);
  expect(all.xml).toMatchObject({
    Name: "acme-states",
    KeyCount: "5",
    IsTruncated: "false",
    MaxKeys: "1000",
  });
  expect(keys(await list("&prefix=env%3A%2F"))).toEqual(["env:/a/x", "env:/a/y", "env:/b/x"]);
  const groups = await list("&prefix=env%3A%2F&delimiter=%2F");
  expect(groups.xml["CommonPrefixes"]).toEqual([{ Prefix: "env:/a/" }, { Prefix: "env:/b/" }]);
  expect(keys(groups)).toEqual([]);
  const first = await list("&max-keys=2");
  expect([keys(first), first.xml["IsTruncated"]]).toEqual([["Z", "env:/a/x"], "true"]);
  const token = encodeURIComponent(String(first.xml["NextContinuationToken"]));
  expect(keys(await list(`&max-keys=3&continuation-token=${token}`))).toEqual(["env:/a/y", "env:/b/x", "z"]);
  expect(keys(await list("&start-after=env:/b/x"))).toEqual(["z"]);
  expect(keys(await list("&prefix=env%3A%2Fa&encoding-type=url"))).toEqual(["env%3A/a/x", "env%3A/a/y"]);
});

test("buckets: made, listed, of one Region, deleted once they are empty", async () => {
  const constraint =
    "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
  expect(await call("PUT", "/more-states", { region: "eu-west-1", body: constraint })).toMatchObject({
    status: 200,
    headers: { location: "/more-states" },
  });
  expect(await call("PUT", "/more-states", { region: "eu-west-1", body: constraint })).toMatchObject({
    status: 409,
    code: "BucketAlreadyOwnedByYou",
  });
  const { Buckets } = (await call("GET", "/")).xml as { Buckets: { Bucket: { Name: string }[] } };
  expect(Buckets.Bucket.map(({ Name }) => Name)).toEqual(["acme-states", "more-states"]);
  const head = await call("HEAD", "/more-states", { region: "eu-west-1" });
  expect([head.status, head.headers["x-amz-bucket-region"]]).toEqual([200, "eu-west-1"]);
  expect(await call("GET", "/more-states/x")).toMatchObject({
    status: 301,
    code: "PermanentRedirect",
    xml: { Endpoint: "more-states.s3.eu-west-1.amazonaws.com" },
  });
  await call("PUT", "/more-states/x", { region: "eu-west-1", body: "x" });
  expect(sandbox.contents().buckets).toEqual([
    {
      account: "123456789012",
      region: "eu-west-1",
      name: "more-states",
      objects: [{ key: "x", bytes: 1 }],
    },
  ]);
  expect(await call("DELETE", "/more-states", { region: "eu-west-1" })).toMatchObject({
    status: 409,
    code: "BucketNotEmpty",
  });
  await call("DELETE", "/more-states/x", { region: "eu-west-1" });
  expect((await call("DELETE", "/more-states", { region: "eu-west-1" })).status).toBe(204);
  expect(sandbox.contents().buckets).toEqual([]);
});

test.each([
  ["GET", "/acme-states/none", {}, 404, "NoSuchKey"],
  ["GET", "/no-such-bucket/x", {}, 404, "NoSuchBucket"],
  ["PUT", "/Bad_Bucket", {}, 400, "InvalidBucketName"],
  ["PUT", "/another-bucket", {}, 400, "IllegalLocationConstraintException"],
  ["PUT", key, { "x-amz-acl": "public-read" }, 501, "NotImplemented"],
  ["PUT", key, { "x-amz-server-side-encryption": "none" }, 400, "InvalidArgument"],
  ["PUT", key, { "if-none-match": '"x"' }, 501, "NotImplemented"],
  ["POST", `${key}?uploads`, {}, 405, "MethodNotAllowed"],
  ["GET", "/acme-states?versioning", {}, 501, "NotImplemented"],
  ["GET", "/acme-states?list-type=2&max-keys=x", {}, 400, "InvalidArgument"],
  ["GET", "/acme-states?list-type=2&continuation-token=x", {}, 400, "InvalidArgument"],
])("%s %s with %j is refused", async (method, at, headers, status, code) => {
  expect(await call(method, at, { headers: headers as Record<string, string> })).toMatchObject({
    status,
    code,
  });
});

test("a key has up to 1,024 bytes", async () => {
  expect((await call("PUT", `/acme-states/${"k".repeat(1024)}`)).status).toBe(200);
  expect(await call("PUT", `/acme-states/${"k".repeat(1025)}`)).toMatchObject({
    status: 400,
    code: "KeyTooLongError",
  });
});

test("a body of more than 5 MiB is refused: from there on Terraform would send parts", async () => {
  const fits = await call("PUT", key, { body: "x".repeat(5 * 1024 * 1024) });
  expect(fits.status).toBe(200);
  expect((await call("PUT", key, { body: "x".repeat(5 * 1024 * 1024 + 1) })).status).toBe(413);
});

test("a key that is signed for another service, or not at all, is refused in S3's words", async () => {
  const answer = await fetch(`${sandbox.url}${key}`, {
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261123/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=00",
    },
  });
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining("<Code>InvalidAccessKeyId</Code>"),
  ]);
});

/** A sandbox with other options in place of that of the file. */
async function restarted(options: SandboxOptions): Promise<void> {
  await sandbox.close();
  sandbox = await startSandbox(options);
}

test("an open world takes any bucket as it comes", async () => {
  await restarted({ openWorld: true });
  expect((await call("PUT", "/some-bucket/x", { body: "x" })).status).toBe(200);
  expect((await call("GET", "/some-bucket/x")).text).toBe("x");
  expect((await call("GET", "/Some_Bucket/x")).status).toBe(404);
});

test("buckets and objects are kept in the state file", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-s3-"));
  try {
    await restarted({ world, state: path.join(folder, "state.json") });
    await call("PUT", key, { body: state });
    await restarted({ state: path.join(folder, "state.json") });
    expect((await call("GET", key)).text).toBe(state);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
});

test("IAM's actions and resources: GetObject for the head, ListBucket for the list", async () => {
  const statement = (Action: string[], Resource: string) => ({ Effect: "Allow", Action, Resource });
  const policy = {
    Version: "2012-10-17",
    Statement: [
      statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme-states/aoss/*"),
      statement(["s3:ListBucket"], "arn:aws:s3:::acme-states"),
    ],
  };
  await restarted({ world, identity: identityFromPolicy(policy, "123456789012") });
  expect((await call("PUT", key, { body: state })).status).toBe(200);
  expect((await call("HEAD", key)).status).toBe(200);
  expect((await call("GET", "/acme-states?list-type=2")).status).toBe(200);
  expect(await call("PUT", "/acme-states/other", { body: state })).toMatchObject({
    status: 403,
    code: "AccessDenied",
  });
  expect((await call("DELETE", key)).status).toBe(403);
  expect(sandbox.calls().map(({ operation, actions }) => [operation, actions])).toEqual([
    ["PutObject", ["s3:PutObject"]],
    ["HeadObject", ["s3:GetObject"]],
    ["ListObjectsV2", ["s3:ListBucket"]],
    ["PutObject", ["s3:PutObject"]],
    ["DeleteObject", ["s3:DeleteObject"]],
  ]);
});

test("whoever may not list a bucket is not told that an object is missing", async () => {
  const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-states/*" };
  const policy = { Version: "2012-10-17", Statement: [read] };
  await restarted({ world, identity: identityFromPolicy(policy, "123456789012") });
  expect(await call("GET", key)).toMatchObject({ status: 403, code: "AccessDenied" });
  expect((await call("HEAD", key)).status).toBe(403);
});

test("a KMS key has to be there and enabled", async () => {
  const arn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
  const headers = {
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-server-side-encryption-aws-kms-key-id": arn,
  };
  expect(await call("PUT", key, { body: state, headers })).toMatchObject({
    status: 400,
    code: "KMS.NotFoundException",
  });
  await restarted({ openWorld: true });
  expect(await call("PUT", key, { body: state, headers })).toMatchObject({ status: 200, headers });
});
