import { authorization, type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const iam = async (action: string, parameters: Record<string, string> = {}) => {
  const answer = await aws.post(
    { authorization: authorization("iam"), "content-type": "application/x-www-form-urlencoded" },
    new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString(),
  );
  return { ...answer, result: answer.body[`${action}Result`] as Json };
};
const serviceName = "observability.aoss.amazonaws.com";
const RoleName = "AWSServiceRoleForAmazonOpenSearchServerless";

test("the caller is the sandbox's user, and there is no other", async () => {
  expect((await iam("GetUser")).result).toMatchObject({
    User: { UserName: "sandbox", Arn: "arn:aws:iam::123456789012:user/sandbox" },
  });
  expect(await iam("GetUser", { UserName: "anna" })).toMatchObject({
    status: 404,
    code: "NoSuchEntity",
    message: "The user with name anna cannot be found.",
  });
});

test("the role of OpenSearch Serverless is there once it was made", async () => {
  expect(await iam("GetRole", { RoleName })).toMatchObject({ status: 404, code: "NoSuchEntity" });
  await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName });
  const Arn = `arn:aws:iam::123456789012:role/aws-service-role/${serviceName}/${RoleName}`;
  expect((await iam("GetRole", { RoleName })).result).toMatchObject({ Role: { RoleName, Arn } });
  const listed = await iam("ListRoles", { PathPrefix: "/aws-service-role/" });
  expect(listed.result).toMatchObject({ Roles: { member: { Arn } }, IsTruncated: "false" });
  expect((await iam("ListRoles", { PathPrefix: "/teams/" })).result).toMatchObject({ Roles: "" });
});

test("the role that the first collection of an account brings is that of CreateServiceLinkedRole", async () => {
  const policy = JSON.stringify({
    Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
    AWSOwnedKey: true,
  });
  await aws.json("CreateSecurityPolicy", { type: "encryption", name: "orders", policy });
  expect((await aws.json("CreateCollection", { name: "orders" })).status).toBe(200);
  const Arn = `arn:aws:iam::123456789012:role/aws-service-role/${serviceName}/${RoleName}`;
  expect((await iam("GetRole", { RoleName })).result).toMatchObject({
    // IAM user guide, unique identifiers: AROA for a role.
    Role: { RoleName, Arn, RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/) },
  });
  expect(await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName })).toMatchObject({
    code: "InvalidInput",
    message: expect.stringContaining(`${RoleName} has been taken`),
  });
});

test.each([
  ["CreateServiceLinkedRole", { AWSServiceName: "ecs.amazonaws.com" }, "InvalidInput"],
  ["CreateServiceLinkedRole", { AWSServiceName: serviceName, CustomSuffix: "x" }, "InvalidInput"],
  ["CreateServiceLinkedRole", {}, "MissingParameter"],
  ["CreateUser", { UserName: "x" }, "InvalidAction"],
])("%s refuses %j", async (action, parameters, code) => {
  expect(await iam(action, parameters as Record<string, string>)).toMatchObject({ status: 400, code });
});

test("a page of roles holds 1 to 1000", async () => {
  for (const [MaxItems, constraint] of [
    ["0", "greater than or equal to 1"],
    ["1001", "less than or equal to 1000"],
  ] as const) {
    expect(await iam("ListRoles", { MaxItems })).toMatchObject({
      status: 400,
      code: "ValidationError",
      message: `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value ${constraint}`,
    });
  }
  await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName });
  expect((await iam("ListRoles", { MaxItems: "1" })).result).toMatchObject({
    Roles: { member: { RoleName } },
    IsTruncated: "false",
  });
});

test("the role is made once", async () => {
  await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName });
  expect(await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName })).toMatchObject({
    code: "InvalidInput",
    message: `Service role name ${RoleName} has been taken in this account, please try a different suffix.`,
  });
});

test("the role is deleted once no collection needs it, and may be made again", async () => {
  const policy = JSON.stringify({
    Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
    AWSOwnedKey: true,
  });
  await aws.json("CreateSecurityPolicy", { type: "encryption", name: "orders", policy });
  const { createCollectionDetail } = (await aws.json("CreateCollection", { name: "orders" })).body;
  const { id, arn } = createCollectionDetail as Record<string, string>;
  const deletion = async () => {
    const { result } = await iam("DeleteServiceLinkedRole", { RoleName });
    const DeletionTaskId = String(result["DeletionTaskId"]);
    expect(DeletionTaskId).toMatch(
      new RegExp(`^task/aws-service-role/${serviceName}/${RoleName}/[0-9a-f-]{36}$`),
    );
    return (await iam("GetServiceLinkedRoleDeletionStatus", { DeletionTaskId })).result;
  };
  expect(await deletion()).toMatchObject({
    Status: "FAILED",
    Reason: {
      Reason: "The role is in use: delete the collections of the account first.",
      RoleUsageList: { member: { Region: "us-east-1", Resources: { member: arn } } },
    },
  });
  expect((await iam("GetRole", { RoleName })).status).toBe(200);
  await aws.json("DeleteCollection", { id });
  expect(await deletion()).toEqual({ Status: "SUCCEEDED" });
  expect(await iam("GetRole", { RoleName })).toMatchObject({ status: 404, code: "NoSuchEntity" });
  expect((await iam("CreateServiceLinkedRole", { AWSServiceName: serviceName })).status).toBe(200);
});

test.each([
  ["DeleteServiceLinkedRole", { RoleName }, "NoSuchEntity"],
  ["GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: "task/x" }, "NoSuchEntity"],
])("%s of what is not there is refused", async (action, parameters, code) => {
  expect(await iam(action, parameters as Record<string, string>)).toMatchObject({ status: 404, code });
});
