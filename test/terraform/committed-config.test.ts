import { committedConfig } from "../../terraform";

const commit = (config: object, folders: readonly string[] = []) =>
  committedConfig(JSON.stringify(config), { where: "stack search", folders });

test("the version of CDKTF goes, the rest stays in its order", () => {
  const config = {
    "//": { metadata: { backend: "s3", stackName: "search", version: "0.21.0" } },
    terraform: { backend: { s3: { bucket: "acme", key: "a" } } },
  };
  expect(commit(config)).toBe(
    `${JSON.stringify({ ...config, "//": { metadata: { backend: "s3", stackName: "search" } } }, null, 2)}\n`,
  );
});

test.each(["/home/ci/app/terraform.tfstate", "C:\\states\\a.tfstate"])(
  "state at an absolute path is refused: %s",
  (file) => {
    expect(() => commit({ terraform: { backend: { local: { path: file } } } })).toThrow(
      "the state is kept at an absolute path, which is of this machine\nstack search: terraform.backend.local.path",
    );
  },
);

test.each([
  ["terraform.backend.s3.secret_key", { terraform: { backend: { s3: { secret_key: "x" } } } }],
  ["terraform.backend.http.password", { terraform: { backend: { http: { password: "x" } } } }],
  ["terraform.cloud.token", { terraform: { cloud: { token: "x" } } }],
  ["provider.aws.access_key", { provider: { aws: [{ region: "eu-central-1" }, { access_key: "x" }] } }],
])("a credential is refused and not repeated: %s", (place, config) => {
  expect(() => commit(config)).toThrow(`stack search: ${place}\n`);
});

test.each([
  "AKIAIOSFODNN7EXAMPLE",
  "glpat-0123456789abcdefghij",
  `ghp_${"0".repeat(36)}`,
  "a0b1.atlasv1.c2d3",
])("a credential that is known by its form is refused wherever it stands, and not repeated: %s", (token) => {
  const config = { resource: { aws_s3_object: { a: { content: `key ${token}` } } } };
  expect(() => commit(config)).toThrow(/^an access key or a token [^\n]*\nstack search: content\n/);
  expect(() => commit(config)).not.toThrow(token);
});

test("what only looks like a credential is none", () => {
  const content = "role/AKIAIOSFODNN7EXAMPLES glpat-none ghp_team collection/ghp-orders";
  expect(commit({ resource: { aws_s3_object: { a: { content } } } })).toContain(content);
});

test("a variable for a credential is none", () => {
  expect(commit({ provider: { aws: [{ token: "${var.token}" }] } })).toContain("${var.token}");
});

test("a folder of this machine is refused, but not what only ends as it", () => {
  const withSource = (source: string) => commit({ resource: { aws_s3_object: { a: { source } } } }, ["/app"]);
  expect(() => withSource("/app/assets/a.txt")).toThrow("stack search: /app");
  expect(() => withSource('${file("/app")}')).toThrow("stack search: /app");
  expect(withSource("arn:aws:iam::123456789012:role/app")).toContain("role/app");
  expect(withSource("/application")).toContain("/application");
});
