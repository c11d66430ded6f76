import { accountId, iamOf, policyText, trustText } from "./iam-requests";
import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const iam = iamOf(aws);
const create = (more: Record<string, string> = {}) =>
  iam("CreateRole", { RoleName: "deploy", AssumeRolePolicyDocument: trustText(), ...more });
const role = { RoleName: "deploy" };
const roleNow = async () => (await iam("GetRole", role)).result["Role"] as Json;

test("a role is read back as it was given, and changed in place", async () => {
  const made = await create({ Path: "/teams/", Description: "deploys", MaxSessionDuration: "7200" });
  const known = {
    RoleName: "deploy",
    Arn: `arn:aws:iam::${accountId}:role/teams/deploy`,
    RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
  };
  expect(made.result["Role"]).toMatchObject({ ...known, Description: "deploys", MaxSessionDuration: "7200" });
  await iam("UpdateRole", { ...role, MaxSessionDuration: "43200" });
  await iam("UpdateRoleDescription", { ...role, Description: "deploys all" });
  const trust = trustText({ Action: ["sts:AssumeRole", "sts:TagSession"] });
  await iam("UpdateAssumeRolePolicy", { ...role, PolicyDocument: trust });
  expect(await roleNow()).toMatchObject({
    ...known,
    Description: "deploys all",
    MaxSessionDuration: "43200",
    AssumeRolePolicyDocument: encodeURIComponent(trust),
  });
  await iam("UpdateRole", { ...role, Description: "" });
  expect(await roleNow()).not.toHaveProperty("Description");
});

test.each<[string, Json]>([
  ["Missing required field Principal", { Principal: undefined }],
  ["Has prohibited field Resource", { Resource: "*" }],
  ["AssumeRole policy may only specify STS AssumeRole actions.", { Action: "aoss:CreateVpcEndpoint" }],
  ["AssumeRole policy may only specify STS AssumeRole actions.", { Action: "sts:*Role" }],
  ['Invalid principal in policy: "Service":"ec2"', { Principal: { Service: "ec2" } }],
  ['Invalid principal in policy: "AWS":"deployer"', { Principal: { AWS: ["111122223333", "deployer"] } }],
  [
    `Invalid principal in policy: "AWS":"arn:aws:iam::${accountId}:role/gone"`,
    { Principal: { AWS: `arn:aws:iam::${accountId}:role/gone` } },
  ],
  ['Invalid principal in policy: "Everyone":"*"', { Principal: { Everyone: "*" } }],
  ["Syntax errors in policy.", { Principal: "everyone" }],
])("MalformedPolicyDocument: %s", async (message, statement) => {
  expect(await create({ AssumeRolePolicyDocument: trustText(statement) })).toMatchObject({
    status: 400,
    code: "MalformedPolicyDocument",
    message,
  });
});

test.each<[string, unknown]>([
  ["the account", { AWS: accountId }],
  ["a user that is there", { AWS: `arn:aws:iam::${accountId}:user/sandbox` }],
  ["a role of another account", { AWS: "arn:aws:iam::999988887777:role/anything" }],
  ["everyone", "*"],
])("%s may be trusted", async (_, Principal) => {
  expect((await create({ AssumeRolePolicyDocument: trustText({ Principal }) })).status).toBe(200);
});

// IAM user guide, identity-provider controls for shared OIDC providers.
describe.each(["app.terraform.io", "token.actions.githubusercontent.com"])(
  "a role that trusts %s",
  (host) => {
    const trust = (Condition: Json) =>
      trustText({
        Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition,
      });

    test.each<[string, Json]>([
      ["no subject", { StringEquals: { [`${host}:aud`]: "audience" } }],
      ["any subject", { StringLike: { [`${host}:sub`]: "*" } }],
      ["one subject or any", { StringLike: { [`${host}:sub`]: ["repo:a/b:*", "*"] } }],
    ])("has to ask for its subject: %s", async (_, condition) => {
      const expected = { code: "MalformedPolicyDocument", message: expect.stringContaining(`${host}:sub`) };
      expect(await create({ AssumeRolePolicyDocument: trust(condition) })).toMatchObject(expected);
    });

    test("is made once it does, for a pattern too", async () => {
      const condition = { StringLike: { [`${host}:sub`]: "organization:acme:*" } };
      expect((await create({ AssumeRolePolicyDocument: trust(condition) })).status).toBe(200);
    });
  },
);

test("a trust policy of 2,048 characters without white space is taken, one more is not", async () => {
  const frame = trustText({ Sid: "" }).length;
  const text = (characters: number) => trustText({ Sid: "x".repeat(characters - frame) });
  expect((await create({ AssumeRolePolicyDocument: ` ${text(2048)} ` })).status).toBe(200);
  const more = { RoleName: "more", AssumeRolePolicyDocument: text(2049) };
  expect(await create(more)).toMatchObject({
    status: 409,
    code: "LimitExceeded",
    message: "Cannot exceed quota for ACLSizePerRole: 2048",
  });
});

test.each([
  ["RoleName", "x".repeat(65), "Member must have length less than or equal to 64"],
  ["RoleName", "a/b", "Member must satisfy regular expression pattern: [\\w+=,.@-]+"],
  [
    "Path",
    "teams/",
    "Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
  ],
  ["MaxSessionDuration", "3599", "Member must have value greater than or equal to 3600"],
  ["MaxSessionDuration", "43201", "Member must have value less than or equal to 43200"],
  ["Description", "x".repeat(1001), "Member must have length less than or equal to 1000"],
])("ValidationError for %s %j", async (name, value, constraint) => {
  expect(await create({ [name]: value })).toMatchObject({
    status: 400,
    code: "ValidationError",
    message: expect.stringMatching(new RegExp(`failed to satisfy constraint: ${escaped(constraint)}$`)),
  });
});

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

test("a name is taken whatever the path and the case, by a service-linked role too", async () => {
  await create();
  expect(await create({ RoleName: "DEPLOY", Path: "/x/" })).toMatchObject({
    status: 409,
    code: "EntityAlreadyExists",
    message: "Role with name DEPLOY already exists.",
  });
  await iam("CreateServiceLinkedRole", { AWSServiceName: "observability.aoss.amazonaws.com" });
  const RoleName = "AWSServiceRoleForAmazonOpenSearchServerless";
  expect(await create({ RoleName })).toMatchObject({ code: "EntityAlreadyExists" });
  for (const action of ["DeleteRole", "UpdateRole"]) {
    expect(await iam(action, { RoleName })).toMatchObject({ status: 400, code: "UnmodifiableEntity" });
  }
  const { result } = await iam("ListRoles");
  expect((result["Roles"] as { member: readonly Json[] }).member.map((each) => each["RoleName"])).toEqual([
    RoleName,
    "deploy",
  ]);
});

describe("policies of a role", () => {
  const arnOf = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;
  const attach = (name: string) => iam("AttachRolePolicy", { ...role, PolicyArn: arnOf(name) });

  beforeEach(async () => {
    await create();
    for (let index = 0; index < 11; index++) {
      await iam("CreatePolicy", { PolicyName: `p${index}`, PolicyDocument: policyText() });
    }
  });

  test("are ten at most; attaching one again changes nothing", async () => {
    for (let index = 0; index < 10; index++) expect((await attach(`p${index}`)).status).toBe(200);
    expect((await attach("p0")).status).toBe(200);
    expect(await attach("p10")).toMatchObject({
      status: 409,
      code: "LimitExceeded",
      message: "Cannot exceed quota for PoliciesPerRole: 10",
    });
    expect(aws.sandbox.contents().iamRoles[0]?.attachedPolicies).toHaveLength(10);
  });

  test("keep role and policy from being deleted until they are detached", async () => {
    await attach("p1");
    const { result } = await iam("ListAttachedRolePolicies", role);
    expect(result["AttachedPolicies"]).toEqual({ member: { PolicyName: "p1", PolicyArn: arnOf("p1") } });
    expect(await iam("DeleteRole", role)).toMatchObject({
      status: 409,
      code: "DeleteConflict",
      message: "Cannot delete entity, must detach all policies first.",
    });
    expect(await iam("DeletePolicy", { PolicyArn: arnOf("p1") })).toMatchObject({
      status: 409,
      code: "DeleteConflict",
      message: "Cannot delete a policy attached to entities.",
    });
    expect((await iam("DetachRolePolicy", { ...role, PolicyArn: arnOf("p1") })).status).toBe(200);
    expect((await iam("DeletePolicy", { PolicyArn: arnOf("p1") })).status).toBe(200);
    expect((await iam("DeleteRole", role)).status).toBe(200);
    expect(await iam("GetRole", role)).toMatchObject({ status: 404, code: "NoSuchEntity" });
  });

  test("have to be there, AWS's own too", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    expect(await iam("AttachRolePolicy", { ...role, PolicyArn })).toMatchObject({
      status: 404,
      code: "NoSuchEntity",
      message: `Policy ${PolicyArn} does not exist or is not attachable.`,
    });
    expect(await iam("DetachRolePolicy", { ...role, PolicyArn: arnOf("p1") })).toMatchObject({
      status: 404,
      code: "NoSuchEntity",
    });
  });

  test("there are none in line, and no instance profiles", async () => {
    expect((await iam("ListRolePolicies", role)).result).toEqual({ PolicyNames: "", IsTruncated: "false" });
    expect((await iam("ListInstanceProfilesForRole", role)).result).toEqual({
      InstanceProfiles: "",
      IsTruncated: "false",
    });
  });
});

test("what the sandbox does not act upon is refused", async () => {
  const PermissionsBoundary = `arn:aws:iam::${accountId}:policy/boundary`;
  expect(await create({ PermissionsBoundary })).toMatchObject({ status: 400, code: "UnknownParameter" });
  expect(aws.sandbox.contents().iamRoles).toEqual([]);
});
