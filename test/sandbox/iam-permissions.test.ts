import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityFromPolicy, startSandbox } from "../../sandbox";
import { accountId, iamOf, policyText, trustText } from "./iam-requests";
import { authorization, postTo, sandboxForEachTest } from "./raw-aws";

// Resources and condition keys: service authorization reference of IAM.

const arn = (name: string) => `arn:aws:iam::${accountId}:${name}`;
const identity = identityFromPolicy(
  {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
      {
        Effect: "Allow",
        Action: ["iam:CreateRole", "iam:TagRole"],
        Resource: arn("role/teams/*"),
        Condition: { StringEqualsIfExists: { "aws:RequestTag/team": "search" } },
      },
      { Effect: "Allow", Action: ["iam:CreatePolicy"], Resource: arn("policy/teams/*") },
      {
        Effect: "Allow",
        Action: "iam:AttachRolePolicy",
        Resource: arn("role/teams/*"),
        Condition: { ArnLike: { "iam:PolicyARN": arn("policy/teams/search-*") } },
      },
      {
        Effect: "Allow",
        Action: "iam:DeleteRole",
        Resource: arn("role/*"),
        Condition: { StringEquals: { "iam:ResourceTag/team": "search" } },
      },
      {
        Effect: "Allow",
        Action: "iam:CreateOpenIDConnectProvider",
        Resource: arn("oidc-provider/app.terraform.io"),
      },
    ],
  },
  accountId,
);
const aws = sandboxForEachTest(Number.POSITIVE_INFINITY, { identity });
const iam = iamOf(aws);

const tag = (value: string) => ({ "Tags.member.1.Key": "team", "Tags.member.1.Value": value });
const createRole = (name: string, more: Record<string, string> = {}) =>
  iam("CreateRole", {
    RoleName: name,
    Path: "/teams/",
    AssumeRolePolicyDocument: trustText(),
    ...more,
  });
const denied = (action: string, resource: string) => ({
  status: 403,
  code: "AccessDenied",
  message: `User: ${arn("user/sandbox")} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});

test("roles are made below the path that is allowed, with the tag that is allowed", async () => {
  expect((await createRole("one", tag("search"))).status).toBe(200);
  expect(await createRole("two", { Path: "/" })).toMatchObject(denied("iam:CreateRole", arn("role/two")));
  expect(await createRole("two", tag("data"))).toMatchObject(denied("iam:CreateRole", arn("role/teams/two")));
});

test("whoever tags what is being made needs the permission to tag as well", async () => {
  const parameters = { PolicyName: "search-a", Path: "/teams/", PolicyDocument: policyText() };
  const refused = denied("iam:TagPolicy", arn("policy/teams/search-a"));
  expect(await iam("CreatePolicy", { ...parameters, ...tag("search") })).toMatchObject(refused);
  expect(aws.sandbox.contents().iamPolicies).toEqual([]);
  expect((await iam("CreatePolicy", parameters)).status).toBe(200);
  expect(aws.sandbox.calls().at(-2)?.actions).toEqual(["iam:CreatePolicy", "iam:TagPolicy"]);
  expect(aws.sandbox.calls().at(-1)?.actions).toEqual(["iam:CreatePolicy"]);
});

test("only the policies that are named may be attached", async () => {
  await createRole("one");
  for (const PolicyName of ["search-a", "other"]) {
    await iam("CreatePolicy", { PolicyName, Path: "/teams/", PolicyDocument: policyText() });
  }
  const attach = (name: string) =>
    iam("AttachRolePolicy", { RoleName: "one", PolicyArn: arn(`policy/teams/${name}`) });
  expect((await attach("search-a")).status).toBe(200);
  expect(await attach("other")).toMatchObject(denied("iam:AttachRolePolicy", arn("role/teams/one")));
});

test("a role is deleted by whom its tag allows", async () => {
  await createRole("one", tag("search"));
  await createRole("two");
  expect((await iam("DeleteRole", { RoleName: "one" })).status).toBe(200);
  expect(await iam("DeleteRole", { RoleName: "two" })).toMatchObject(
    denied("iam:DeleteRole", arn("role/teams/two")),
  );
});

test("a provider is known by its URL before it is there", async () => {
  const create = (Url: string) => iam("CreateOpenIDConnectProvider", { Url });
  expect((await create("https://app.terraform.io")).status).toBe(200);
  expect(await create("https://example.com")).toMatchObject(
    denied("iam:CreateOpenIDConnectProvider", arn("oidc-provider/example.com")),
  );
});

test("roles, policies and providers outlive the sandbox in its state file", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-iam-"));
  const options = { state: path.join(folder, "state.json"), verifySignatures: false };
  const started = await startSandbox(options);
  const call = (action: string, parameters: Record<string, string>) =>
    postTo(
      started.url,
      { authorization: authorization("iam") },
      new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString(),
    );
  await call("CreatePolicy", { PolicyName: "a", PolicyDocument: policyText(), ...tag("search") });
  await call("CreateRole", { RoleName: "a", AssumeRolePolicyDocument: trustText() });
  await call("AttachRolePolicy", { RoleName: "a", PolicyArn: arn("policy/a") });
  await call("CreateOpenIDConnectProvider", { Url: "https://example.com" });
  const before = started.contents();
  await started.close();
  const again = await startSandbox(options);
  expect(again.contents()).toEqual(before);
  expect(again.contents()).toMatchObject({
    iamPolicies: [{ arn: arn("policy/a"), tags: { team: "search" } }],
    iamRoles: [{ arn: arn("role/a"), attachedPolicies: [arn("policy/a")] }],
    openIdConnectProviders: [{ url: "example.com" }],
  });
  await again.close();
  rmSync(folder, { recursive: true });
});
