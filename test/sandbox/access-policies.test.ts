import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const key = { type: "data", name: "apps" };
const principal = "arn:aws:iam::123456789012:role/apps";
const indexRule = {
  ResourceType: "index",
  Resource: ["index/logs/2026*"],
  Permission: ["aoss:ReadDocument", "aoss:DescribeIndex"],
};
const block = { Rules: [indexRule], Principal: [principal] };
const create = (document: unknown = [block], more: Json = {}) =>
  aws.json("CreateAccessPolicy", { ...key, policy: JSON.stringify(document), ...more });
const detailOf = (body: Json): Json => body["accessPolicyDetail"] as Json;
const withRule = (rule: Json): Json[] => [{ ...block, Rules: [{ ...indexRule, ...rule }] }];

test("a data access policy lives as the other policies do", async () => {
  const created = await create([block], { description: "apps" });
  expect(detailOf(created.body)).toEqual({
    ...key,
    description: "apps",
    policy: [block],
    policyVersion: expect.stringMatching(/^[0-9a-zA-Z+/=]{20,36}$/),
    createdDate: expect.any(Number),
    lastModifiedDate: expect.any(Number),
  });
  expect((await aws.json("GetAccessPolicy", key)).body).toEqual(created.body);
  const policyVersion = detailOf(created.body)["policyVersion"];
  const updated = await aws.json("UpdateAccessPolicy", { ...key, policyVersion, description: "all apps" });
  expect(detailOf(updated.body)).toMatchObject({ description: "all apps", policy: [block] });
  expect(await aws.json("UpdateAccessPolicy", { ...key, policyVersion, description: "late" })).toMatchObject({
    code: "ValidationException",
    message:
      "Policy version specified in the request refers to an older version and policy has since changed",
  });
  expect(aws.sandbox.contents().accessPolicies).toEqual([
    { account: "123456789012", region: "us-east-1", ...key, description: "all apps", document: [block] },
  ]);
  expect(aws.sandbox.contents().securityPolicies).toEqual([]);
  expect((await aws.json("DeleteAccessPolicy", key)).body).toEqual({});
  expect(await aws.json("GetAccessPolicy", key)).toMatchObject({ code: "ResourceNotFoundException" });
});

test("an update that only reorders keys is refused as no change", async () => {
  const { policyVersion } = detailOf((await create()).body);
  const reordered = [{ Principal: block.Principal, Rules: block.Rules }];
  expect(
    await aws.json("UpdateAccessPolicy", { ...key, policyVersion, policy: JSON.stringify(reordered) }),
  ).toMatchObject({ status: 400, code: "ValidationException" });
});

test("the name of a security policy is free for an access policy", async () => {
  const policy = JSON.stringify([
    { Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], AllowFromPublic: true },
  ]);
  await aws.json("CreateSecurityPolicy", { type: "network", name: "apps", policy });
  expect((await create()).status).toBe(200);
  expect(await create()).toMatchObject({
    code: "ConflictException",
    message: "Policy with name apps and type data already exists",
  });
});

test("listing filters by index and by collection and leaves the documents out", async () => {
  const names = async (resource: string): Promise<unknown[]> => {
    const { body } = await aws.json("ListAccessPolicies", { type: "data", resource: [resource] });
    const summaries = body["accessPolicySummaries"] as Json[];
    for (const summary of summaries) expect(summary).not.toHaveProperty("policy");
    return summaries.map(({ name }) => name);
  };
  await create([block], { name: "one-index" });
  await create(
    withRule({
      ResourceType: "collection",
      Resource: ["collection/logs*"],
      Permission: ["aoss:*"],
    }),
    { name: "collections" },
  );
  expect(await names("index/logs/2026-11")).toEqual(["one-index"]);
  expect(await names("index/logs/2025-11")).toEqual([]);
  expect(await names("collection/logs-eu")).toEqual(["collections"]);
  expect(await names("collection/metrics")).toEqual([]);
});

describe("documents", () => {
  test.each<[string, Json[]]>([
    ["a role", [block]],
    ["an assumed role", [{ ...block, Principal: ["arn:aws:sts::123456789012:assumed-role/apps/me"] }]],
    [
      "a SAML user and group",
      [{ ...block, Principal: ["saml/123456789012/okta/user/me@x.org", "saml/123456789012/okta/group/ops"] }],
    ],
    ["every index of every collection", withRule({ Resource: ["index/*/*"] })],
    [
      "models",
      withRule({ ResourceType: "model", Resource: ["model/logs/*"], Permission: ["aoss:ExecuteMLResource"] }),
    ],
    [
      "agents",
      withRule({ ResourceType: "agent", Resource: ["agent/logs/*"], Permission: ["aoss:InvokeAgent"] }),
    ],
    ["snapshots", withRule({ Permission: ["aoss:RestoreSnapshot", "aoss:DescribeSnapshot", "aoss:*"] })],
  ])("taken: %s", async (_what, document) => {
    expect(await create(document)).toMatchObject({ status: 200 });
  });

  test.each<[string, unknown, string]>([
    ["an object", block, "$: object found, array expected"],
    ["no principal", [{ Rules: [indexRule] }], "$[0].Principal: is missing but it is required"],
    [
      "an empty list of principals",
      [{ ...block, Principal: [] }],
      "$[0].Principal: there must be a minimum of 1 items in the array",
    ],
    [
      "a service as a principal",
      [{ ...block, Principal: ["bedrock.amazonaws.com"] }],
      "$[0].Principal[0]: does not match the regex pattern",
    ],
    ["everybody", [{ ...block, Principal: ["*"] }], "$[0].Principal[0]: does not match the regex pattern"],
    [
      "no permission",
      withRule({ Permission: [] }),
      "$[0].Rules[0].Permission: there must be a minimum of 1 items in the array",
    ],
    [
      "a permission of collections on indexes",
      withRule({ Permission: ["aoss:CreateCollectionItems"] }),
      "$[0].Rules[0].Permission[0]: does not have a value in the enumeration [aoss:ReadDocument, aoss:WriteDocument,",
    ],
    [
      "a permission of IAM",
      withRule({ Permission: ["aoss:*", "aoss:CreateCollection"] }),
      "$[0].Rules[0].Permission[1]: does not have a value in the enumeration [",
    ],
    [
      "an unknown resource type",
      withRule({ ResourceType: "dashboard" }),
      "$[0].Rules[0].ResourceType: does not have a value in the enumeration [collection, index, model, agent]",
    ],
    [
      "an index without its collection",
      withRule({ Resource: ["index/logs"] }),
      "$[0].Rules[0].Resource[0]: does not match the regex pattern ^index/(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)/([a-z;0-9&$%][+.\\-_a-z;0-9&$%]*\\*?|\\*)$",
    ],
    [
      "a collection in a rule on indexes",
      withRule({ Resource: ["collection/logs"] }),
      "$[0].Rules[0].Resource[0]: does not match the regex pattern ^index/",
    ],
    [
      "an effect, as in IAM",
      [{ ...block, Effect: "Deny" }],
      "$[0].Effect: is not defined in the schema and the schema does not allow additional properties",
    ],
  ])("refused: %s", async (_what, document, message) => {
    const refused = await create(document);
    expect(refused).toMatchObject({ status: 400, code: "ValidationException" });
    expect(refused.message).toMatch(/^Policy json is invalid, error: \[.*\]$/s);
    expect(refused.message).toContain(message);
  });

  test.each(["arn:aws:iam::210987654321:role/apps", "saml/210987654321/okta/user/me"])(
    "refused: a principal of another account, %s",
    async (other) => {
      expect(await create([{ ...block, Principal: [principal, other] }])).toMatchObject({
        status: 400,
        code: "ValidationException",
        message: "Cross account principal(s) are not allowed in policy. Please update the policy and retry",
      });
    },
  );

  test("10240 bytes are taken; one more is a quota error on create, which the update does not know", async () => {
    const sized = (bytes: number): Json[] => {
      const bare = JSON.stringify([{ Description: "", ...block }]).length;
      return [{ Description: "x".repeat(bytes - bare), ...block }];
    };
    const message =
      "Your request exceeds the data-policy-max-size-bytes limit of 10240 bytes per DATA policy";
    const refused = await create(sized(10_241));
    expect(refused).toMatchObject({ code: "ServiceQuotaExceededException", message });
    expect(refused.body).toMatchObject({ serviceCode: "aoss", quotaCode: "L-81F90FD2" });
    const { policyVersion } = detailOf((await create(sized(10_240))).body);
    const policy = JSON.stringify(sized(10_241));
    expect(await aws.json("UpdateAccessPolicy", { ...key, policyVersion, policy })).toMatchObject({
      code: "ValidationException",
      message,
    });
  });
});

test("the 501st policy is refused for the quota", async () => {
  for (let index = 0; index < 500; index += 1) await create([block], { name: `apps-${index}` });
  const refused = await create();
  expect(refused).toMatchObject({ status: 400, code: "ServiceQuotaExceededException" });
  expect(refused.body).toMatchObject({ quotaCode: "L-C3AEE11F" });
});
