import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const type = "retention";
const rule = (resource: string, retention: Json = { MinIndexRetention: "15d" }): Json => ({
  ResourceType: "index",
  Resource: [resource],
  ...retention,
});
const create = (name: string, ...rules: Json[]) =>
  aws.json("CreateLifecyclePolicy", { type, name, policy: JSON.stringify({ Rules: rules }) });
const detailOf = (body: Json): Json => body["lifecyclePolicyDetail"] as Json;

test("a lifecycle policy is created, read in a batch, updated and deleted", async () => {
  const created = detailOf((await create("logs", rule("index/logs/*"))).body);
  expect(created).toMatchObject({ type, name: "logs", policy: { Rules: [rule("index/logs/*")] } });
  const batch = await aws.json("BatchGetLifecyclePolicy", {
    identifiers: [
      { type, name: "logs" },
      { type, name: "none" },
    ],
  });
  expect(batch.body).toEqual({
    lifecyclePolicyDetails: [created],
    lifecyclePolicyErrorDetails: [
      {
        type,
        name: "none",
        errorCode: "NOT_FOUND",
        errorMessage: "Policy with name none and type retention is not found",
      },
    ],
  });
  const updated = await aws.json("UpdateLifecyclePolicy", {
    type,
    name: "logs",
    policyVersion: created["policyVersion"],
    policy: JSON.stringify({ Rules: [rule("index/logs/*", { NoMinIndexRetention: true })] }),
  });
  expect(detailOf(updated.body)["policy"]).toEqual({
    Rules: [rule("index/logs/*", { NoMinIndexRetention: true })],
  });
  expect(detailOf(updated.body)["policyVersion"]).not.toBe(created["policyVersion"]);
  expect(aws.sandbox.contents().lifecyclePolicies).toHaveLength(1);
  expect((await aws.json("DeleteLifecyclePolicy", { type, name: "logs" })).body).toEqual({});
  expect(aws.sandbox.contents().lifecyclePolicies).toEqual([]);
});

test("an update without a change is refused", async () => {
  const { policyVersion } = detailOf((await create("logs", rule("index/logs/*"))).body);
  expect(await aws.json("UpdateLifecyclePolicy", { type, name: "logs", policyVersion })).toMatchObject({
    code: "ValidationException",
  });
});

test("listing filters by `resources` and goes page by page", async () => {
  for (const name of ["aaa", "bbb", "ccc"]) await create(name, rule(`index/${name}/log*`));
  const list = async (input: Json) => {
    const { body } = await aws.json("ListLifecyclePolicies", { type, ...input });
    const summaries = body["lifecyclePolicySummaries"] as Json[];
    return { names: summaries.map(({ name }) => name), nextToken: body["nextToken"] };
  };
  expect((await list({ resources: ["index/bbb/logstash"] })).names).toEqual(["bbb"]);
  const { names, nextToken } = await list({ maxResults: 2 });
  expect(names).toEqual(["aaa", "bbb"]);
  expect(await list({ maxResults: 2, nextToken })).toEqual({ names: ["ccc"], nextToken: undefined });
});

describe("the effective policy", () => {
  const effective = async (...resources: string[]): Promise<Json> =>
    (
      await aws.json("BatchGetEffectiveLifecyclePolicy", {
        resourceIdentifiers: resources.map((resource) => ({ type, resource })),
      })
    ).body;

  // The example of AWS's documentation on overlapping rules.
  test("is the rule with the longest match within a policy", async () => {
    await create("sales", rule("index/sales/*"), rule("index/sales/log*", { NoMinIndexRetention: true }));
    expect(await effective("index/sales/logstash", "index/sales/orders")).toEqual({
      effectiveLifecyclePolicyDetails: [
        {
          type,
          resource: "index/sales/logstash",
          resourceType: "index",
          policyName: "sales",
          noMinRetentionPeriod: true,
        },
        {
          type,
          resource: "index/sales/orders",
          resourceType: "index",
          policyName: "sales",
          retentionPeriod: "15d",
        },
      ],
      effectiveLifecyclePolicyErrorDetails: [],
    });
  });

  test("is the rule with the longest match across policies, an index by its name before a prefix", async () => {
    await create("prefix", rule("index/sales/orders*", { MinIndexRetention: "1d" }));
    await create("whole", rule("index/sales/orders", { MinIndexRetention: "2d" }));
    await create("all", rule("index/*/*", { MinIndexRetention: "3d" }));
    const { effectiveLifecyclePolicyDetails: details } = await effective(
      "index/sales/orders",
      "index/sales/orders-eu",
      "index/other/orders",
    );
    expect((details as Json[]).map(({ policyName }) => policyName)).toEqual(["whole", "prefix", "all"]);
  });

  test("of an index that no rule names comes back as an error", async () => {
    expect(await effective("index/sales/orders")).toMatchObject({
      effectiveLifecyclePolicyDetails: [],
      effectiveLifecyclePolicyErrorDetails: [
        { type, resource: "index/sales/orders", errorCode: "NOT_FOUND" },
      ],
    });
  });
});

describe("documents", () => {
  test.each(["1d", "99d", "3650d", "24h", "720h", "7999h", "8000h", "79999h", "87600h"])(
    "a retention of %s is taken",
    async (retention) => {
      expect(await create("logs", rule("index/logs/*", { MinIndexRetention: retention }))).toMatchObject({
        status: 200,
      });
    },
  );

  test.each(["0d", "3651d", "23h", "87601h", "10000d", "1.5d", "7", "24 h", "-1d"])(
    "a retention of %s is refused",
    async (retention) => {
      const { code, message } = await create("logs", rule("index/logs/*", { MinIndexRetention: retention }));
      expect(code).toBe("ValidationException");
      expect(message).toContain("$.Rules[0].MinIndexRetention: does not match the regex pattern");
    },
  );

  test.each<[string, Json, string]>([
    [
      "both retentions",
      rule("index/logs/*", { MinIndexRetention: "1d", NoMinIndexRetention: true }),
      "$.Rules[0]: should be valid to one and only one of schema, but more than one are valid",
    ],
    [
      "no retention",
      rule("index/logs/*", {}),
      "$.Rules[0].MinIndexRetention: is missing but it is required, $.Rules[0].NoMinIndexRetention: is missing but it is required",
    ],
    [
      "NoMinIndexRetention false",
      rule("index/logs/*", { NoMinIndexRetention: false }),
      "$.Rules[0].NoMinIndexRetention: must be a constant value true",
    ],
    [
      "a collection",
      { ...rule("index/logs/*"), ResourceType: "collection" },
      "$.Rules[0].ResourceType: must be a constant value index",
    ],
    [
      "an index without its collection",
      rule("index/logs"),
      "$.Rules[0].Resource[0]: does not match the regex pattern ^index/(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)/([a-z;0-9&$%][+.~=\\-_a-z;0-9&$%]*\\*?|\\*)$",
    ],
    [
      "a permission",
      rule("index/logs/*", { MinIndexRetention: "1d", Permission: [] }),
      "$.Rules[0].Permission: is not defined",
    ],
  ])("refused: %s", async (_what, wrong, message) => {
    const refused = await create("logs", wrong);
    expect(refused).toMatchObject({ status: 400, code: "ValidationException" });
    expect(refused.message).toContain(message);
  });

  test("an array is refused", async () => {
    const policy = JSON.stringify([{ Rules: [rule("index/logs/*")] }]);
    expect(await aws.json("CreateLifecyclePolicy", { type, name: "logs", policy })).toMatchObject({
      message: "Policy json is invalid, error: [$: array found, object expected]",
    });
  });

  test("more than 10240 bytes are refused for the quota", async () => {
    const indexes = Array.from({ length: 400 }, (_, index) => `index/logs/number-${1000 + index}-0123456789`);
    const policy = JSON.stringify({ Rules: [{ ...rule("index/logs/*"), Resource: indexes }] });
    expect(await aws.json("CreateLifecyclePolicy", { type, name: "logs", policy })).toMatchObject({
      code: "ServiceQuotaExceededException",
      message:
        "Your request exceeds the retention-policy-max-size-bytes limit of 10240 bytes per RETENTION policy",
    });
  });
});
