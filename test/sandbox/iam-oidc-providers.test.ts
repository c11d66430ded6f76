import { accountId, iamOf } from "./iam-requests";
import { sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const iam = iamOf(aws);
const OpenIDConnectProviderArn = `arn:aws:iam::${accountId}:oidc-provider/app.terraform.io`;
const provider = { OpenIDConnectProviderArn };
const create = (more: Record<string, string> = {}) =>
  iam("CreateOpenIDConnectProvider", { Url: "https://app.terraform.io", ...more });
const read = async () => (await iam("GetOpenIDConnectProvider", provider)).result;

test("a provider is read back without https://, and has a thumbprint where none was given", async () => {
  const made = await create({ "ClientIDList.member.1": "aws.workload.identity" });
  expect(made.result).toMatchObject({ OpenIDConnectProviderArn });
  expect(await read()).toMatchObject({
    Url: "app.terraform.io",
    ClientIDList: { member: "aws.workload.identity" },
    ThumbprintList: { member: expect.stringMatching(/^[0-9a-f]{40}$/) },
  });
});

test("audiences and thumbprints change in place", async () => {
  await create({ "ClientIDList.member.1": "a" });
  await iam("AddClientIDToOpenIDConnectProvider", { ...provider, ClientID: "b" });
  await iam("AddClientIDToOpenIDConnectProvider", { ...provider, ClientID: "b" });
  await iam("RemoveClientIDFromOpenIDConnectProvider", { ...provider, ClientID: "a" });
  const thumbprint = "0123456789abcdef0123456789abcdef01234567";
  await iam("UpdateOpenIDConnectProviderThumbprint", { ...provider, "ThumbprintList.member.1": thumbprint });
  expect(await read()).toMatchObject({
    ClientIDList: { member: "b" },
    ThumbprintList: { member: thumbprint },
  });
  expect(aws.sandbox.contents().openIdConnectProviders).toEqual([
    { account: accountId, url: "app.terraform.io", clientIds: ["b"], tags: {} },
  ]);
});

test("a URL has one provider, with or without a slash at its end", async () => {
  await create();
  expect(await create({ Url: "https://app.terraform.io/" })).toMatchObject({
    status: 409,
    code: "EntityAlreadyExists",
    message: "Provider with url https://app.terraform.io already exists.",
  });
  await iam("DeleteOpenIDConnectProvider", provider);
  expect(await iam("GetOpenIDConnectProvider", provider)).toMatchObject({
    status: 404,
    code: "NoSuchEntity",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  expect((await create()).status).toBe(200);
});

test("tags are set with it and changed", async () => {
  await create({ "Tags.member.1.Key": "team", "Tags.member.1.Value": "search" });
  const more = { "Tags.member.1.Key": "stage", "Tags.member.1.Value": "" };
  await iam("TagOpenIDConnectProvider", { ...provider, ...more });
  await iam("UntagOpenIDConnectProvider", { ...provider, "TagKeys.member.1": "team" });
  expect((await iam("ListOpenIDConnectProviderTags", provider)).result).toMatchObject({
    Tags: { member: { Key: "stage", Value: "" } },
  });
});

test.each([
  [{ Url: "http://app.terraform.io" }, "InvalidInput"],
  [{ Url: "app.terraform.io" }, "InvalidInput"],
  [{ Url: "https://app.terraform.io?x=y" }, "InvalidInput"],
  [{ Url: `https://${"x".repeat(250)}` }, "ValidationError"],
  [{ "ThumbprintList.member.1": "0123" }, "ValidationError"],
  [{ "ThumbprintList.member.1": "z".repeat(40) }, "InvalidInput"],
  [{ "ClientIDList.member.1": "x".repeat(256) }, "ValidationError"],
])("%j is refused", async (parameters, code) => {
  expect(await create(parameters as unknown as Record<string, string>)).toMatchObject({ status: 400, code });
  expect(aws.sandbox.contents().openIdConnectProviders).toEqual([]);
});

test("an account has 100 providers, and a provider 100 audiences", async () => {
  for (let index = 0; index < 100; index++) await create({ Url: `https://idp${index}.example.com` });
  expect(await create()).toMatchObject({ status: 409, code: "LimitExceeded" });
  const first = { OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/idp0.example.com` };
  for (let index = 0; index < 100; index++) {
    await iam("AddClientIDToOpenIDConnectProvider", { ...first, ClientID: `client-${index}` });
  }
  const more = await iam("AddClientIDToOpenIDConnectProvider", { ...first, ClientID: "one-more" });
  expect(more).toMatchObject({ status: 409, code: "LimitExceeded" });
});
