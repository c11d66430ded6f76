import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();

const put = (type: string, name: string, document: unknown) =>
  aws.json("CreateSecurityPolicy", {
    type,
    name,
    policy: typeof document === "string" ? document : JSON.stringify(document),
  });

const rules = [{ ResourceType: "collection", Resource: ["collection/logs"] }];
const endpoints = ["vpce-0123456789abcdef0"];
const isPrivate = { Rules: rules, AllowFromPublic: false, SourceVPCEs: endpoints };
const resources = (...Resource: string[]): Json[] => [
  { ...isPrivate, Rules: [{ ResourceType: "collection", Resource }] },
];
const resourcePattern = "^collection/(?:[a-z][a-z0-9_-]{2,63}\\*?|\\*)$";

describe("network policy documents", () => {
  test.each<[string, unknown]>([
    ["a private block", [isPrivate]],
    ["a public block", [{ Rules: rules, AllowFromPublic: true }]],
    [
      "a block for an AWS service",
      [{ ...isPrivate, SourceVPCEs: [], SourceServices: ["bedrock.amazonaws.com"] }],
    ],
    [
      "dashboards, which are named by their collection",
      [{ ...isPrivate, Rules: [{ ResourceType: "dashboard", Resource: ["collection/logs"] }] }],
    ],
    ["several blocks, one with a description", [{ ...isPrivate, Description: "apps" }, isPrivate]],
    ["every collection", resources("collection/*")],
    ["a prefix of three characters, with an underscore", resources("collection/a_b*")],
    ["an endpoint that does not exist", [{ ...isPrivate, SourceVPCEs: ["vpce-00000000"] }]],
  ])("taken: %s", async (_what, document) => {
    expect(await put("network", "apps", document)).toMatchObject({ status: 200 });
  });

  test.each<[string, unknown, string]>([
    ["an object", {}, "$: object found, array expected"],
    ["no block", [], "$: there must be a minimum of 1 items in the array"],
    ["a block that is no object", ["x"], "$[0]: string found, object expected"],
    ["no AllowFromPublic", [{ Rules: rules }], "$[0].AllowFromPublic: is missing but it is required"],
    [
      "a string for the boolean",
      [{ ...isPrivate, AllowFromPublic: "false" }],
      "$[0].AllowFromPublic: string found, boolean expected",
    ],
    ["no Rules", [{ AllowFromPublic: true }], "$[0].Rules: is missing but it is required"],
    ["no rule", [{ ...isPrivate, Rules: [] }], "$[0].Rules: there must be a minimum of 1 items in the array"],
    [
      "an unknown key, in the second block",
      [isPrivate, { ...isPrivate, AWSOwnedKey: true }],
      "$[1].AWSOwnedKey: is not defined in the schema and the schema does not allow additional properties",
    ],
    [
      "an unknown key in a rule",
      [{ ...isPrivate, Rules: [{ ...rules[0], Permission: [] }] }],
      "$[0].Rules[0].Permission: is not defined in the schema and the schema does not allow additional properties",
    ],
    [
      "dashboards in the plural",
      [{ ...isPrivate, Rules: [{ ResourceType: "dashboards", Resource: ["collection/logs"] }] }],
      "$[0].Rules[0].ResourceType: does not have a value in the enumeration [collection, dashboard]",
    ],
    [
      "a resource without its type",
      resources("logs"),
      `$[0].Rules[0].Resource[0]: does not match the regex pattern ${resourcePattern}`,
    ],
    ["a dashboard resource", resources("dashboard/logs"), "does not match the regex pattern"],
    ["a prefix of two characters", resources("collection/ab*"), "does not match the regex pattern"],
    ["a wildcard in the middle", resources("collection/a*c"), "does not match the regex pattern"],
    ["capitals", resources("collection/Logs"), "does not match the regex pattern"],
    [
      "an endpoint id with a dash",
      [{ ...isPrivate, SourceVPCEs: ["vpce-0123-4567"] }],
      "$[0].SourceVPCEs[0]: does not match the regex pattern ^vpce-[a-zA-Z0-9]{8,20}$",
    ],
    [
      "private, for nobody",
      [{ Rules: rules, AllowFromPublic: false }],
      "$[0].AllowFromPublic: must be a constant value true",
    ],
    [
      "private, for an empty list",
      [{ ...isPrivate, SourceVPCEs: [] }],
      "$[0].AllowFromPublic: must be a constant value true",
    ],
    [
      "public, with endpoints",
      [{ ...isPrivate, AllowFromPublic: true }],
      "$[0].AllowFromPublic: must be a constant value false",
    ],
    ["a null", [{ ...isPrivate, Description: null }], "$[0].Description: null found, string expected"],
    ["text that is no JSON", "[{", "Policy json is invalid"],
  ])("refused: %s", async (_what, document, message) => {
    const refused = await put("network", "apps", document);
    expect(refused).toMatchObject({ status: 400, code: "ValidationException" });
    expect(refused.message).toMatch(/^Policy json is invalid, error: \[.*\]$/s);
    expect(refused.message).toContain(message);
    expect(aws.sandbox.contents().securityPolicies).toEqual([]);
  });

  test("refused: an unknown service, once the document has the right form", async () => {
    expect(
      await put("network", "apps", [{ ...isPrivate, SourceServices: ["lambda.amazonaws.com"] }]),
    ).toMatchObject({
      status: 400,
      code: "ValidationException",
      message: "Invalid SourceServices: [lambda.amazonaws.com]",
    });
  });

  test("everything that is wrong is said at once, in AWS's words", async () => {
    const { message } = await put("network", "apps", [{ ...isPrivate, AllowFromPublic: true }]);
    expect(message).toBe(
      "Policy json is invalid, error: [$[0].AllowFromPublic: must be a constant value false, " +
        '$[0]: should not be valid to the schema "not" : ' +
        '{"anyOf":[{"required":["SourceVPCEs"]},{"required":["SourceServices"]}]}]',
    );
    const several = await put("network", "apps", [{ Rules: "x", AllowFromPublic: 1 }]);
    expect(several.message).toBe(
      "Policy json is invalid, error: [$[0].Rules: string found, array expected, " +
        "$[0].AllowFromPublic: integer found, boolean expected]",
    );
  });

  test("10240 bytes of the minified document are taken, one more is refused for the quota", async () => {
    const sized = (bytes: number): Json[] => {
      const document = [{ ...isPrivate, Description: "" }];
      const description = "x".repeat(bytes - JSON.stringify(document).length);
      return [{ ...isPrivate, Description: description }];
    };
    expect((await put("network", "fits", JSON.stringify(sized(10_240), null, 2))).status).toBe(200);
    const refused = await put("network", "large", sized(10_241));
    expect(refused).toMatchObject({
      status: 400,
      code: "ServiceQuotaExceededException",
      message:
        "Your request exceeds the network-policy-max-size-bytes limit of 10240 bytes per NETWORK policy",
    });
    expect(refused.body).toMatchObject({ serviceCode: "aoss", quotaCode: "L-877395DB" });
  });
});

describe("encryption policy documents", () => {
  const keyIn = (region: string) =>
    `arn:aws:kms:${region}:123456789012:key/11111111-2222-3333-4444-555555555555`;

  test.each<[string, Json]>([
    ["AWS's key", { Rules: rules, AWSOwnedKey: true }],
    ["a key of one's own", { Rules: rules, KmsARN: keyIn("us-east-1") }],
    [
      "a multi-Region key of one's own",
      {
        Rules: rules,
        KmsARN: "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      },
    ],
    ["a key of one's own that says so", { Rules: rules, AWSOwnedKey: false, KmsARN: keyIn("us-east-1") }],
  ])("taken: %s", async (_what, document) => {
    expect(await put("encryption", "apps", document)).toMatchObject({ status: 200 });
  });

  test.each<[string, unknown, string]>([
    ["an array", [{ Rules: rules, AWSOwnedKey: true }], "$: array found, object expected"],
    ["no key", { Rules: rules }, "$.AWSOwnedKey: is missing but it is required"],
    [
      "AWS's key denied and none given",
      { Rules: rules, AWSOwnedKey: false },
      "must be a constant value true",
    ],
    [
      "both keys",
      { Rules: rules, AWSOwnedKey: true, KmsARN: keyIn("us-east-1") },
      "must be a constant value false",
    ],
    [
      "a key of another Region",
      { Rules: rules, KmsARN: keyIn("eu-west-1") },
      `Invalid kmsKeyId ${keyIn("eu-west-1")}`,
    ],
    ["a key alias", { Rules: rules, KmsARN: "alias/apps" }, "does not match the regex pattern"],
    [
      "dashboards",
      { Rules: [{ ...rules[0], ResourceType: "dashboard" }], AWSOwnedKey: true },
      "in the enumeration [collection]",
    ],
    [
      "a network key",
      { Rules: rules, AWSOwnedKey: true, AllowFromPublic: true },
      "$.AllowFromPublic: is not defined",
    ],
  ])("refused: %s", async (_what, document, message) => {
    const refused = await put("encryption", "apps", document);
    expect(refused).toMatchObject({ status: 400, code: "ValidationException" });
    expect(refused.message).toContain(message);
  });

  test("the same resource in two policies is refused, an overlap is not", async () => {
    const forResource = (resource: string) => ({
      Rules: [{ ResourceType: "collection", Resource: [resource] }],
      AWSOwnedKey: true,
    });
    const { body } = await put("encryption", "one", forResource("collection/probe*"));
    expect(await put("encryption", "two", forResource("collection/probe*"))).toMatchObject({
      code: "ConflictException",
      message: "Given encryption policy is conflicting with the existing encryption policies",
    });
    expect((await put("encryption", "two", forResource("collection/probe-e"))).status).toBe(200);
    const { policyVersion } = body["securityPolicyDetail"] as Json;
    const updated = await aws.json("UpdateSecurityPolicy", {
      type: "encryption",
      name: "one",
      policyVersion,
      description: "still the only one with this resource",
    });
    expect(updated.status).toBe(200);
  });
});
