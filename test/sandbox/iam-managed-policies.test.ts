import { accountId, iamOf, policyText } from "./iam-requests";
import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const iam = iamOf(aws);
const arn = `arn:aws:iam::${accountId}:policy/deploy`;
const create = (more: Record<string, string> = {}) =>
  iam("CreatePolicy", { PolicyName: "deploy", PolicyDocument: policyText(), ...more });

test("a policy is read back as it was given, by its versions", async () => {
  const document = `${policyText()}\n`;
  const made = await create({
    Path: "/teams/search/",
    PolicyDocument: document,
    Description: "what it takes",
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "search",
  });
  const PolicyArn = `arn:aws:iam::${accountId}:policy/teams/search/deploy`;
  const known = { Arn: PolicyArn, Path: "/teams/search/", PolicyName: "deploy", DefaultVersionId: "v1" };
  expect(made.result["Policy"]).toMatchObject({
    ...known,
    // IAM user guide, unique identifiers: ANPA for a managed policy.
    PolicyId: expect.stringMatching(/^ANPA[A-Z0-9]{17}$/),
    AttachmentCount: "0",
    IsAttachable: "true",
  });
  expect((await iam("GetPolicy", { PolicyArn })).result["Policy"]).toMatchObject({
    ...known,
    Description: "what it takes",
    Tags: { member: { Key: "team", Value: "search" } },
  });
  const { result } = await iam("GetPolicyVersion", { PolicyArn, VersionId: "v1" });
  expect(result["PolicyVersion"]).toMatchObject({
    Document: encodeURIComponent(document),
    IsDefaultVersion: "true",
  });
});

test("the size is counted without white space: 6,144 characters are taken, one more is not", async () => {
  // {"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"aoss:*","Resource":"*"}]}
  const frame = policyText({ Sid: "" }).length;
  const text = (characters: number) => policyText({ Sid: "x".repeat(characters - frame) });
  expect(text(6144)).toHaveLength(6144);
  expect(
    (await create({ PolicyDocument: JSON.stringify(JSON.parse(text(6144)), undefined, 4) })).status,
  ).toBe(200);
  const refused = { status: 409, code: "LimitExceeded", message: "Cannot exceed quota for PolicySize: 6144" };
  expect(await create({ PolicyName: "more", PolicyDocument: text(6145) })).toMatchObject(refused);
  const version = { PolicyArn: arn, PolicyDocument: text(6145) };
  expect(await iam("CreatePolicyVersion", version)).toMatchObject(refused);
});

const malformed: readonly (readonly [string, Json, Json?])[] = [
  ["Syntax errors in policy.", { Effect: "allow" }],
  ["Syntax errors in policy.", { Actions: "aoss:*" }],
  ["Syntax errors in policy.", { Action: { a: 1 } }],
  ["Syntax errors in policy.", { NotAction: "iam:*" }],
  ["Syntax errors in policy.", {}, { Statement: [] }],
  ["Syntax errors in policy.", {}, { Version: "2013-01-01" }],
  ["Policy document must be version 2012-10-17 or greater.", {}, { Version: "2008-10-17" }],
  ["Policy document must be version 2012-10-17 or greater.", {}, { Version: undefined }],
  ["Policy document should not specify a principal.", { Principal: "*" }],
  ["Policy statement must contain actions.", { Action: [] }],
  ["Policy statement must contain resources.", { Resource: undefined }],
  ['Resource vpc-0a1b2c3d must be in ARN format or "*".', { Resource: ["*", "vpc-0a1b2c3d"] }],
  [
    'Partition "awss" is not valid for resource "arn:awss:ec2:*:*:vpc/*".',
    { Resource: "arn:awss:ec2:*:*:vpc/*" },
  ],
  ["Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", { Action: "GetRole" }],
  [
    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    { Condition: { StringEquals: { username: "a" } } },
  ],
  ["Invalid Condition type : StringEqual.", { Condition: { StringEqual: { "aws:username": "a" } } }],
  [
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    { Sid: "write-policies" },
  ],
];

test.each(malformed.map(([message, statement, policy]) => ({ message, statement, policy })))(
  "MalformedPolicyDocument: $message $statement $policy",
  async ({ message, statement, policy }) => {
    const PolicyDocument = policyText(statement, policy);
    expect(await create({ PolicyDocument })).toMatchObject({
      status: 400,
      code: "MalformedPolicyDocument",
      message,
    });
    expect(aws.sandbox.contents().iamPolicies).toEqual([]);
  },
);

test.each<[string, Json]>([
  ["every action, in two ways of writing it", { Action: ["*", "*:*"] }],
  ["all actions but some", { Action: undefined, NotAction: "iam:*" }],
  ["a bucket, whose ARN has no Region and account", { Resource: "arn:aws:s3:::logs-*/*" }],
  [
    "conditions for several values and of other services",
    { Condition: { "ForAllValues:StringLike": { "aoss:collection": ["orders"] }, Bool: { "aws:x": true } } },
  ],
])("a policy may have %s", async (_, statement) => {
  expect((await create({ PolicyDocument: policyText(statement) })).status).toBe(200);
});

test("MalformedPolicyDocument: what is no JSON, and a statement id that is there twice", async () => {
  const Statement = [1, 2].map(() => ({ Sid: "One", Effect: "Allow", Action: "*", Resource: "*" }));
  for (const PolicyDocument of ["{", policyText({}, { Statement })]) {
    expect(await create({ PolicyDocument })).toMatchObject({ code: "MalformedPolicyDocument" });
  }
});

test.each([
  ["PolicyName", "dep loy", "Member must satisfy regular expression pattern: [\\w+=,.@-]+"],
  ["PolicyName", "x".repeat(129), "Member must have length less than or equal to 128"],
  ["PolicyName", "", "Member must have length greater than or equal to 1"],
  ["Path", "/teams", "Member must satisfy regular expression pattern: ((/[A-Za-z0-9\\.,\\+@=_-]+)*)/"],
  ["Path", `/${"x".repeat(511)}/`, "Member must have length less than or equal to 512"],
  ["Description", "x".repeat(1001), "Member must have length less than or equal to 1000"],
])("ValidationError for %s %j", async (name, value, constraint) => {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  expect(await create({ [name]: value })).toMatchObject({
    status: 400,
    code: "ValidationError",
    message: `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  });
});

test("a name is taken whatever the path and the case, until the policy is deleted", async () => {
  await create();
  expect(await create({ PolicyName: "Deploy", Path: "/other/" })).toMatchObject({
    status: 409,
    code: "EntityAlreadyExists",
    message: "A policy called Deploy already exists. Duplicate names are not allowed.",
  });
  expect((await iam("DeletePolicy", { PolicyArn: arn })).status).toBe(200);
  expect((await create({ PolicyName: "Deploy" })).status).toBe(200);
});

test("a policy has five versions; numbers go on, and the default one cannot be deleted", async () => {
  await create();
  const next = (more: Record<string, string> = {}) =>
    iam("CreatePolicyVersion", { PolicyArn: arn, PolicyDocument: policyText(), ...more });
  for (const id of ["v2", "v3", "v4", "v5"]) {
    const { result } = await next({ SetAsDefault: String(id === "v3") });
    expect(result["PolicyVersion"]).toMatchObject({ VersionId: id, IsDefaultVersion: String(id === "v3") });
  }
  expect(await next()).toMatchObject({ status: 409, code: "LimitExceeded" });
  expect(await iam("DeletePolicyVersion", { PolicyArn: arn, VersionId: "v3" })).toMatchObject({
    status: 409,
    code: "DeleteConflict",
    message: "Cannot delete the default version of a policy.",
  });
  expect(await iam("DeletePolicy", { PolicyArn: arn })).toMatchObject({ code: "DeleteConflict" });
  await iam("DeletePolicyVersion", { PolicyArn: arn, VersionId: "v1" });
  expect((await next()).result["PolicyVersion"]).toMatchObject({ VersionId: "v6" });
  await iam("SetDefaultPolicyVersion", { PolicyArn: arn, VersionId: "v2" });
  const { result } = await iam("ListPolicyVersions", { PolicyArn: arn });
  expect(
    (result["Versions"] as { member: readonly Json[] }).member.map((each) => [
      each["VersionId"],
      each["IsDefaultVersion"],
    ]),
  ).toEqual([
    ["v6", "false"],
    ["v5", "false"],
    ["v4", "false"],
    ["v3", "false"],
    ["v2", "true"],
  ]);
});

test("policies are listed by path, scope and whether they are attached, page by page", async () => {
  for (const name of ["a", "b", "c"]) await create({ PolicyName: name, Path: name === "c" ? "/x/" : "/" });
  const namesOf = async (parameters: Record<string, string>) => {
    const { result } = await iam("ListPolicies", parameters);
    const found = (result["Policies"] as { readonly member?: Json | readonly Json[] }).member ?? [];
    return [[found].flat().map((each) => each["PolicyName"]), result["IsTruncated"], result["Marker"]];
  };
  expect(await namesOf({ MaxItems: "2" })).toEqual([["a", "b"], "true", "2"]);
  expect(await namesOf({ MaxItems: "2", Marker: "2" })).toEqual([["c"], "false", undefined]);
  expect(await namesOf({ PathPrefix: "/x/" })).toEqual([["c"], "false", undefined]);
  expect(await namesOf({ Scope: "AWS" })).toEqual([[], "false", undefined]);
  expect(await namesOf({ OnlyAttached: "true" })).toEqual([[], "false", undefined]);
});

test("tags: a key of other case replaces, 50 are taken, aws: is reserved", async () => {
  await create({ "Tags.member.1.Key": "Team", "Tags.member.1.Value": "a" });
  const tag = (pairs: readonly (readonly [string, string])[]) =>
    iam("TagPolicy", {
      PolicyArn: arn,
      ...Object.fromEntries(
        pairs.flatMap(([key, value], index) => [
          [`Tags.member.${index + 1}.Key`, key],
          [`Tags.member.${index + 1}.Value`, value],
        ]),
      ),
    });
  expect((await tag([["team", "b"]])).status).toBe(200);
  expect(aws.sandbox.contents().iamPolicies[0]?.tags).toEqual({ team: "b" });
  const many = Array.from({ length: 50 }, (_, index) => [`key-${index}`, "x"] as const);
  expect(await tag(many)).toMatchObject({ status: 409, code: "LimitExceeded" });
  expect((await tag(many.slice(1))).status).toBe(200);
  expect(await tag([["AWS:x", "y"]])).toMatchObject({ code: "InvalidInput" });
  const twice = [
    ["a", "1"],
    ["A", "2"],
  ] as const;
  expect(await tag(twice)).toMatchObject({
    code: "InvalidInput",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  await iam("UntagPolicy", { PolicyArn: arn, "TagKeys.member.1": "TEAM" });
  const { result } = await iam("ListPolicyTags", { PolicyArn: arn, MaxItems: "1" });
  expect(result).toMatchObject({ Tags: { member: { Key: "key-1" } }, IsTruncated: "true", Marker: "1" });
});

test.each([
  ["GetPolicy", {}, `Policy ${arn} was not found.`],
  ["DeletePolicy", {}, `Policy ${arn} was not found.`],
  ["CreatePolicyVersion", { PolicyDocument: policyText() }, `Policy ${arn} was not found.`],
  ["GetPolicyVersion", { VersionId: "v1" }, `Policy ${arn} was not found.`],
  ["UntagPolicy", { "TagKeys.member.1": "a" }, `Policy ${arn} was not found.`],
])("%s of a policy that is not there is refused", async (action, parameters, message) => {
  expect(await iam(action, { PolicyArn: arn, ...(parameters as Record<string, string>) })).toMatchObject({
    status: 404,
    code: "NoSuchEntity",
    message,
  });
});
