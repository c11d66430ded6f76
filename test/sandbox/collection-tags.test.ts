import { newCollection, newCollectionGroup } from "./collection-requests";
import { sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const tagsOf = async (resourceArn: unknown) =>
  (await aws.json("ListTagsForResource", { resourceArn })).body["tags"];
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: "" }));

test("tags are given at creation, added, replaced and removed, of collections and of groups", async () => {
  const tags = [{ key: "team", value: "search" }];
  for (const { arn } of [
    await newCollection(aws, "logs", { tags }),
    await newCollectionGroup(aws, "shared", { tags }),
  ]) {
    expect(await tagsOf(arn)).toEqual(tags);
    const more = [
      { key: "team", value: "logs" },
      { key: "cost", value: "" },
    ];
    expect((await aws.json("TagResource", { resourceArn: arn, tags: more })).body).toEqual({});
    expect(await tagsOf(arn)).toEqual(more);
    await aws.json("UntagResource", { resourceArn: arn, tagKeys: ["team", "nothing"] });
    expect(await tagsOf(arn)).toEqual([{ key: "cost", value: "" }]);
  }
});

test("50 tags are taken, a 51st is refused for the quota and nothing is changed", async () => {
  const { arn } = await newCollection(aws, "logs", { tags: many(50) });
  const extra = { resourceArn: arn, tags: [{ key: "extra", value: "" }] };
  expect(await aws.json("TagResource", extra)).toMatchObject({ code: "ServiceQuotaExceededException" });
  expect(await tagsOf(arn)).toHaveLength(50);
  expect((await aws.json("TagResource", { ...extra, tags: [{ key: "k0", value: "new" }] })).status).toBe(200);
});

test.each([
  [
    "a key given twice",
    [
      { key: "a", value: "1" },
      { key: "a", value: "2" },
    ],
  ],
  ["a key reserved for AWS", [{ key: "aws:team", value: "1" }]],
  ["51 tags at once", many(51)],
])("refused at creation and later: %s", async (_what, tags) => {
  const { arn } = await newCollection(aws, "logs");
  for (const [operation, request] of [
    ["TagResource", { resourceArn: arn, tags }],
    ["CreateCollection", { name: "orders", encryptionConfig: { aWSOwnedKey: true }, tags }],
    ["CreateCollectionGroup", { name: "shared", standbyReplicas: "ENABLED", tags }],
  ] as const) {
    expect(await aws.json(operation, request)).toMatchObject({ status: 400, code: "ValidationException" });
  }
  expect(await tagsOf(arn)).toEqual([]);
});

test.each([
  ["a collection that does not exist", "arn:aws:aoss:us-east-1:123456789012:collection/abc"],
  ["a collection of another account", "arn:aws:aoss:us-east-1:210987654321:collection/abc"],
])("%s is not found", async (_what, resourceArn) => {
  for (const [operation, more] of [
    ["TagResource", { tags: [] }],
    ["UntagResource", { tagKeys: [] }],
    ["ListTagsForResource", {}],
  ] as const) {
    expect(await aws.json(operation, { resourceArn, ...more })).toMatchObject({
      status: 400,
      code: "ResourceNotFoundException",
    });
  }
});

test("what is no ARN of a collection or group is a ValidationException", async () => {
  for (const resourceArn of ["logs", "arn:aws:aoss:us-east-1:123456789012:dashboards/default"]) {
    expect(await aws.json("ListTagsForResource", { resourceArn })).toMatchObject({
      code: "ValidationException",
    });
  }
});

test("the tags go with what carried them", async () => {
  const tags = [{ key: "team", value: "search" }];
  const { id, arn } = await newCollection(aws, "logs", { tags });
  await aws.json("DeleteCollection", { id });
  expect(await aws.json("ListTagsForResource", { resourceArn: arn })).toMatchObject({
    code: "ResourceNotFoundException",
  });
});
