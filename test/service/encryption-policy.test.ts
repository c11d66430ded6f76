import {
  checkKmsKeyArn,
  checkPolicySize,
  encryptionDocument,
  longestKmsKeyArn,
  quotas,
  serialiseEncryptionPolicy,
  validateEncryptionPolicy,
} from "../../service";

const key = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const rules = [{ ResourceType: "collection" as const, Resource: ["collection/orders"] }];
const owned = { Rules: rules, AWSOwnedKey: true as const };

describe("the canonical text", () => {
  test("of AWS's own key", () => {
    expect(
      serialiseEncryptionPolicy(encryptionDocument({ collections: ["orders", "logs-*", "orders"] })),
    ).toBe(
      '{"AWSOwnedKey":true,"Rules":[{"Resource":["collection/logs-*","collection/orders"],"ResourceType":"collection"}]}',
    );
  });

  test("of a KMS key says that it is not AWS's own, whether the document does or not", () => {
    const text = `{"AWSOwnedKey":false,"KmsARN":"${key}","Rules":[{"Resource":["collection/orders"],"ResourceType":"collection"}]}`;
    const document = encryptionDocument({ collections: ["orders"], kmsKeyArn: key });
    expect(serialiseEncryptionPolicy(document)).toBe(text);
    expect(serialiseEncryptionPolicy({ Rules: rules, AWSOwnedKey: false, KmsARN: key })).toBe(text);
  });
});

describe("each row of what is known of encryption policies has a document that is taken and one that is not", () => {
  test.each<[row: string, taken: unknown, refused: unknown, path: readonly (string | number)[]]>([
    ["the document is an object", owned, [owned], []],
    ["Rules stands there", owned, { AWSOwnedKey: true }, ["Rules"]],
    [
      "rules are for collections alone",
      owned,
      { ...owned, Rules: [{ ...rules[0], ResourceType: "dashboard" }] },
      ["Rules", 0, "ResourceType"],
    ],
    [
      "a resource is a collection",
      owned,
      { ...owned, Rules: [{ ...rules[0], Resource: ["index/orders/*"] }] },
      ["Rules", 0, "Resource", 0],
    ],
    ["AWS's own key or another", { Rules: rules, KmsARN: key }, { Rules: rules }, ["AWSOwnedKey"]],
    [
      "not AWS's own key needs another",
      { Rules: rules, AWSOwnedKey: false, KmsARN: key },
      { Rules: rules, AWSOwnedKey: false },
      ["AWSOwnedKey"],
    ],
    ["not both keys", owned, { ...owned, KmsARN: key }, ["AWSOwnedKey"]],
    [
      "the key is of the policy's Region",
      { Rules: rules, KmsARN: key },
      { Rules: rules, KmsARN: key.replace("eu-central-1", "us-east-1") },
      ["KmsARN"],
    ],
    [
      "the key is named by its id",
      { Rules: rules, KmsARN: key },
      { Rules: rules, KmsARN: "arn:aws:kms:eu-central-1:123456789012:alias/orders" },
      ["KmsARN"],
    ],
    ["no key of a network policy", owned, { ...owned, AllowFromPublic: false }, ["AllowFromPublic"]],
  ])("%s", (_row, taken, refused, path) => {
    const context = { region: "eu-central-1" };
    expect(validateEncryptionPolicy(taken, context)).toEqual([]);
    expect(validateEncryptionPolicy(refused, context).map((one) => one.path)).toEqual([path]);
  });

  test("a key of any Region is taken while the policy's is not known", () => {
    expect(
      validateEncryptionPolicy({ Rules: rules, KmsARN: key.replace("eu-central-1", "us-east-1") }),
    ).toEqual([]);
  });

  test("a key that is almost spelled right is recognised", () => {
    expect(validateEncryptionPolicy({ Rules: rules, KmsArn: key })).toContainEqual({
      path: ["KmsArn"],
      problem: 'an encryption policy has no key "KmsArn"',
      remedy: 'did you mean "KmsARN"? allowed: Rules, AWSOwnedKey, KmsARN',
    });
  });
});

test("a multi-Region key is a key, of its own Region as any other, and no key where its digits are not 32", () => {
  const multiRegion = "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab";
  expect(checkKmsKeyArn(multiRegion, "eu-central-1")).toBeUndefined();
  expect(checkKmsKeyArn(multiRegion, "us-east-1")?.problem).toMatch(/is a key of eu-central-1/);
  expect(checkKmsKeyArn(multiRegion.slice(0, -1))?.problem).toMatch(/is not the ARN of a KMS key$/);
  expect(multiRegion.length).toBeLessThanOrEqual(longestKmsKeyArn.length);
});

test("an alias in place of a key is called so, and a key of another Region names both", () => {
  expect(checkKmsKeyArn("arn:aws:kms:eu-central-1:123456789012:alias/orders")?.remedy).toMatch(
    /^an alias is not taken; /,
  );
  expect(checkKmsKeyArn(key, "us-east-1")).toEqual({
    problem: `"${key}" is a key of eu-central-1, the policy is of us-east-1`,
    remedy: "give a key of us-east-1",
  });
  expect(checkKmsKeyArn(key, "eu-central-1")).toBeUndefined();
});

describe("the sizes of policies other than network policies", () => {
  test.each([
    ["encryption", "the encryption policy would take 10241 bytes, AWS takes 10240"],
    ["data", "the data access policy would take 10241 bytes, AWS takes 10240"],
    ["retention", "the lifecycle policy would take 10241 bytes, AWS takes 10240"],
  ] as const)("%s: 10,240 bytes are taken, one more is not", (kind, problem) => {
    expect(checkPolicySize(kind, "x".repeat(10_240))).toBeUndefined();
    expect(checkPolicySize(kind, "x".repeat(10_241))?.problem).toBe(problem);
  });

  test("are those of the quota table, with its codes, as are the counts", () => {
    expect([quotas.encryptionPolicies.limit, quotas.encryptionPolicies.code]).toEqual([150, "L-3EDA8079"]);
    expect([quotas.dataAccessPolicies.limit, quotas.dataAccessPolicies.code]).toEqual([500, "L-C3AEE11F"]);
    expect(quotas.encryptionPolicyBytes.code).toBe("L-2005AF7E");
    expect(quotas.dataAccessPolicyBytes.code).toBe("L-81F90FD2");
  });
});
