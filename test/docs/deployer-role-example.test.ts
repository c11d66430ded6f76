import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { validateIdentityPolicy, validateTrustPolicy } from "@cloud-copilot/iam-policy";
import { Testing } from "cdktf";
import { loadAccessFile } from "../../config";
import { addDeployerStacks } from "../../examples/deployer-role/add-deployer-stacks";
import { projectFolder } from "../support/command";
import { addressesOf, resourcesOf } from "../support/synthesized";

const folder = path.join(projectFolder, "examples", "deployer-role");
const { access } = loadAccessFile(path.join(folder, "access.yaml"));

const stacks = () => addDeployerStacks(Testing.app(), access);

test("each stack makes a provider, two roles, and their policies, each attached", () => {
  expect(stacks().map((stack) => [stack.node.id, addressesOf(stack)])).toEqual(
    ["hcp-terraform", "github-actions"].map((id) => [
      id,
      [
        "aws_iam_openid_connect_provider.provider",
        "aws_iam_policy.deploy",
        "aws_iam_policy.plan",
        "aws_iam_role.deploy_role",
        "aws_iam_role.plan_role",
        "aws_iam_role_policy_attachment.deploy_role-0",
        "aws_iam_role_policy_attachment.plan_role-0",
      ],
    ]),
  );
});

test("every policy is right, and no path of this machine is in what is synthesized", () => {
  for (const stack of stacks()) {
    const { aws_iam_policy: policies = {}, aws_iam_role: roles = {} } = resourcesOf(stack);
    for (const { policy } of Object.values(policies)) {
      expect(validateIdentityPolicy(JSON.parse(String(policy)))).toEqual([]);
    }
    for (const { assume_role_policy: trust } of Object.values(roles)) {
      const provider = "arn:aws:iam::123456789012:oidc-provider/example.com";
      const text = String(trust).replace(/\$\{[^}]+\}/, provider);
      expect(validateTrustPolicy(JSON.parse(text))).toEqual([]);
    }
    const text = Testing.synth(stack, true);
    for (const place of [projectFolder, process.cwd(), tmpdir()]) expect(text).not.toContain(place);
  }
});

test("the role that applies is taken by other runs than the one that plans", () => {
  const subjects = stacks().map((stack) =>
    Object.values(resourcesOf(stack)["aws_iam_role"] ?? {}).map(({ assume_role_policy: trust }) =>
      [...String(trust).matchAll(/"((?:organization|repo):[^"]+)"/g)].map(([, subject]) => subject),
    ),
  );
  const run = "organization:acme:project:search:workspace:search-prod:run_phase";
  expect(subjects).toEqual([
    [[`${run}:apply`], [`${run}:plan`]],
    [
      ["repo:octo-org/search:environment:production"],
      ["repo:octo-org/search:pull_request", "repo:octo-org/search:ref:refs/heads/main"],
    ],
  ]);
});

test("the README names both stacks, the roles and what they are made of", () => {
  const readme = readFileSync(path.join(folder, "README.md"), "utf8");
  for (const stack of stacks()) {
    expect(readme).toContain(`\`${stack.node.id}\``);
    for (const type of Object.keys(resourcesOf(stack))) expect(readme).toContain(`\`${type}\``);
  }
});
