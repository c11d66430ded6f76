import { authorization, type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const kms = (operation: string, input: Json = {}) =>
  aws.post(
    {
      authorization: authorization("kms"),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `TrentService.${operation}`,
    },
    JSON.stringify(input),
  );
async function newKey(input: Json = {}): Promise<string> {
  const made = await kms("CreateKey", input);
  return String((made.body["KeyMetadata"] as Json)["KeyId"]);
}
const missing = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

test("a key is made enabled, symmetric, with the default policy and its tags", async () => {
  const KeyId = await newKey({ Description: "collections", Tags: [{ TagKey: "team", TagValue: "search" }] });
  const described = await kms("DescribeKey", { KeyId });
  expect(described.body["KeyMetadata"]).toMatchObject({
    Arn: `arn:aws:kms:us-east-1:123456789012:key/${KeyId}`,
    Description: "collections",
    KeyState: "Enabled",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    MultiRegion: false,
  });
  expect(JSON.parse(String((await kms("GetKeyPolicy", { KeyId })).body["Policy"]))).toMatchObject({
    Statement: [{ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*" }],
  });
  expect((await kms("ListResourceTags", { KeyId })).body).toMatchObject({
    Tags: [{ TagKey: "team", TagValue: "search" }],
    Truncated: false,
  });
  expect((await kms("ListKeys")).body["Keys"]).toEqual([
    { KeyId, KeyArn: `arn:aws:kms:us-east-1:123456789012:key/${KeyId}` },
  ]);
});

test("a key is found by ARN, alias and the ARN of an alias", async () => {
  const KeyId = await newKey();
  await kms("CreateAlias", { AliasName: "alias/search", TargetKeyId: KeyId });
  for (const name of [
    `arn:aws:kms:us-east-1:123456789012:key/${KeyId}`,
    "alias/search",
    "arn:aws:kms:us-east-1:123456789012:alias/search",
  ]) {
    expect((await kms("DescribeKey", { KeyId: name })).body["KeyMetadata"]).toMatchObject({ KeyId });
  }
  expect(await kms("DescribeKey", { KeyId: missing })).toMatchObject({
    status: 400,
    code: "NotFoundException",
    message: `Key 'arn:aws:kms:us-east-1:123456789012:key/${missing}' does not exist`,
  });
  expect(await kms("DescribeKey", { KeyId: "alias/other" })).toMatchObject({ code: "NotFoundException" });
});

test.each([
  ["CreateKey", { KeySpec: "RSA_2048" }, "ValidationException"],
  ["CreateKey", { Description: "d".repeat(8193) }, "ValidationException"],
  ["CreateKey", { Policy: "{" }, "MalformedPolicyDocumentException"],
  ["CreateKey", { Tags: [{ TagKey: "aws:x", TagValue: "" }] }, "TagException"],
  ["CreateKey", { Colour: "blue" }, "ValidationException"],
  ["DescribeKey", {}, "ValidationException"],
  ["Encrypt", { KeyId: missing }, "UnknownOperationException"],
  ["CreateAlias", { AliasName: "search", TargetKeyId: missing }, "ValidationException"],
  ["CreateAlias", { AliasName: "alias/aws/search", TargetKeyId: missing }, "NotAuthorizedException"],
  ["CreateAlias", { AliasName: "alias/search", TargetKeyId: missing }, "NotFoundException"],
  ["ListKeys", { Marker: "x" }, "InvalidMarkerException"],
])("%s refuses %j", async (operation, input, code) => {
  expect(await kms(operation, input)).toMatchObject({ status: 400, code });
  expect(aws.sandbox.contents().kmsKeys).toEqual([]);
});

test("a body that is no JSON object is refused", async () => {
  const headers = { authorization: authorization("kms"), "x-amz-target": "TrentService.ListKeys" };
  for (const body of ["[]", "1", "{"]) {
    expect(await aws.post(headers, body)).toMatchObject({ status: 400, code: "SerializationException" });
  }
});

test("rotation, description, policy and tags change; a disabled key does not rotate", async () => {
  const KeyId = await newKey();
  expect((await kms("GetKeyRotationStatus", { KeyId })).body).toMatchObject({ KeyRotationEnabled: false });
  await kms("EnableKeyRotation", { KeyId });
  expect((await kms("GetKeyRotationStatus", { KeyId })).body).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 365,
  });
  await kms("UpdateKeyDescription", { KeyId, Description: "logs" });
  await kms("TagResource", {
    KeyId,
    Tags: [
      { TagKey: "a", TagValue: "1" },
      { TagKey: "b", TagValue: "2" },
    ],
  });
  await kms("UntagResource", { KeyId, TagKeys: ["a"] });
  expect(aws.sandbox.contents().kmsKeys).toMatchObject([{ description: "logs", tags: { b: "2" } }]);
  await kms("DisableKey", { KeyId });
  expect(await kms("DisableKeyRotation", { KeyId })).toMatchObject({ code: "DisabledException" });
});

test("a grant is made, listed and revoked", async () => {
  const KeyId = await newKey();
  const GranteePrincipal = "arn:aws:iam::123456789012:role/search";
  const made = await kms("CreateGrant", { KeyId, GranteePrincipal, Operations: ["Decrypt"] });
  const GrantId = String(made.body["GrantId"]);
  expect((await kms("ListGrants", { KeyId })).body["Grants"]).toMatchObject([{ GrantId, GranteePrincipal }]);
  expect(await kms("RevokeGrant", { KeyId, GrantId })).toMatchObject({ status: 200 });
  expect(await kms("RevokeGrant", { KeyId, GrantId })).toMatchObject({ code: "NotFoundException" });
  expect(
    await kms("CreateGrant", { KeyId, GranteePrincipal: "search", Operations: ["Decrypt"] }),
  ).toMatchObject({ code: "InvalidArnException" });
});

test("a grant of the same name and parameters is the same grant, with a token of its own", async () => {
  const KeyId = await newKey();
  const RetiringPrincipal = "arn:aws:iam::123456789012:role/retire";
  const input = {
    KeyId,
    GranteePrincipal: "arn:aws:iam::123456789012:role/search",
    RetiringPrincipal,
    Operations: ["Decrypt", "DescribeKey"],
    Name: "search",
  };
  const first = await kms("CreateGrant", input);
  const again = await kms("CreateGrant", input);
  expect(again.body["GrantId"]).toBe(first.body["GrantId"]);
  expect(again.body["GrantToken"]).not.toBe(first.body["GrantToken"]);
  expect((await kms("ListGrants", { KeyId })).body["Grants"]).toMatchObject([
    { GrantId: first.body["GrantId"], Name: "search", RetiringPrincipal },
  ]);
  const others = [
    { ...input, Operations: ["Decrypt"] },
    { ...input, RetiringPrincipal: undefined },
  ];
  for (const other of others) await kms("CreateGrant", other);
  const { Name: _name, ...unnamed } = input;
  for (const one of [unnamed, unnamed]) await kms("CreateGrant", one);
  expect((await kms("ListGrants", { KeyId })).body["Grants"]).toHaveLength(5);
});

test("a key in China has its ARN, policy and grants in that partition", async () => {
  const kmsIn = (operation: string, input: Json) =>
    aws.post(
      {
        authorization: authorization("kms", "cn-north-1"),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `TrentService.${operation}`,
      },
      JSON.stringify(input),
    );
  const made = (await kmsIn("CreateKey", {})).body["KeyMetadata"] as Json;
  const Arn = `arn:aws-cn:kms:cn-north-1:123456789012:key/${made["KeyId"]}`;
  expect(made).toMatchObject({ Arn });
  expect((await kmsIn("GetKeyPolicy", { KeyId: Arn })).body["Policy"]).toContain(
    '"arn:aws-cn:iam::123456789012:root"',
  );
  const GranteePrincipal = "arn:aws-cn:iam::123456789012:role/search";
  await kmsIn("CreateGrant", { KeyId: Arn, GranteePrincipal, Operations: ["Decrypt"] });
  expect((await kmsIn("ListGrants", { KeyId: Arn })).body["Grants"]).toMatchObject([
    { KeyId: Arn, GranteePrincipal, IssuingAccount: "arn:aws-cn:iam::123456789012:root" },
  ]);
});

test("a key that is to be deleted can be looked at, and kept, and nothing else", async () => {
  const KeyId = await newKey();
  await kms("CreateAlias", { AliasName: "alias/search", TargetKeyId: KeyId });
  expect((await kms("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })).body).toMatchObject({
    KeyState: "PendingDeletion",
  });
  expect(aws.sandbox.contents().kmsKeys).toEqual([]);
  expect((await kms("DescribeKey", { KeyId })).body["KeyMetadata"]).toMatchObject({
    KeyState: "PendingDeletion",
    Enabled: false,
  });
  expect(await kms("EnableKey", { KeyId })).toMatchObject({
    code: "KMSInvalidStateException",
    message: `arn:aws:kms:us-east-1:123456789012:key/${KeyId} is pending deletion.`,
  });
  expect(await kms("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 6 })).toMatchObject({
    code: "ValidationException",
  });
  await kms("CancelKeyDeletion", { KeyId });
  expect((await kms("DescribeKey", { KeyId })).body["KeyMetadata"]).toMatchObject({ KeyState: "Disabled" });
});

test("an alias moves to another key and is deleted", async () => {
  const [one, two] = [await newKey(), await newKey()];
  await kms("CreateAlias", { AliasName: "alias/search", TargetKeyId: one });
  expect(await kms("CreateAlias", { AliasName: "alias/search", TargetKeyId: two })).toMatchObject({
    code: "AlreadyExistsException",
  });
  await kms("UpdateAlias", { AliasName: "alias/search", TargetKeyId: two });
  expect((await kms("ListAliases", { KeyId: two })).body["Aliases"]).toMatchObject([
    { AliasName: "alias/search", TargetKeyId: two },
  ]);
  await kms("DeleteAlias", { AliasName: "alias/search" });
  expect((await kms("ListAliases")).body["Aliases"]).toEqual([]);
});

test.each([
  ["CreateKey", { Description: 7 }, "SerializationException", "number can not be converted to a string"],
  ["CreateKey", { Tags: "x" }, "SerializationException", "string can not be converted to a list"],
  ["ListKeys", { Limit: 1.5 }, "SerializationException", "number can not be converted to an integer"],
  [
    "CreateKey",
    { KeySpec: "RSA_2048", Tags: [{ TagKey: "", TagValue: "x" }] },
    "ValidationException",
    "2 validation errors detected: Value 'RSA_2048' at 'keySpec' failed to satisfy constraint: Member must satisfy " +
      "enum value set: [SYMMETRIC_DEFAULT]; Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: " +
      "Member must have length greater than or equal to 1",
  ],
  [
    "ListKeys",
    { Limit: 1001 },
    "ValidationException",
    "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: " +
      "Member must have value less than or equal to 1000",
  ],
  [
    "DescribeKey",
    {},
    "ValidationException",
    "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  ],
  [
    "CreateKey",
    { CustomKeyStoreId: "x" },
    "ValidationException",
    "1 validation error detected: The sandbox does not act upon 'customKeyStoreId', and refuses it",
  ],
])("%s refuses %j in AWS's words", async (operation, input, code, message) => {
  expect(await kms(operation, input as Json)).toMatchObject({ status: 400, code, message });
});
