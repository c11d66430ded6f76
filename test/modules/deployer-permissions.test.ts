import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { validateIdentityPolicy } from "@cloud-copilot/iam-policy";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { DeployerPermissions, type DeployerPermissionsProps, RuleError } from "../../modules";
import { permissionPolicies } from "../../service";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const props: DeployerPermissionsProps = {
  account: "123456789012",
  features: ["managed-endpoint", "security-group", "network-policies"],
  vpcs: [vpcId],
  collections: ["orders", "logs-*"],
};

const policiesIn = (stack: TerraformStack) => resourcesOf(stack)["aws_iam_policy"] ?? {};

test("one policy holds what a small deployment takes, for the Region of the provider, and roles hold it", () => {
  const stack = newStack("deployers");
  const permissions = new DeployerPermissions(stack, "search", { ...props, roleNames: ["deploy", "admins"] });
  const [policy] = permissionPolicies("deploy", { ...props, regions: ["eu-central-1"] });
  expect(policiesIn(stack)).toEqual({
    search: { name: "deployers-search-deploy", policy: policy?.text },
  });
  expect(validateIdentityPolicy(JSON.parse(String(policy?.text)))).toEqual([]);
  expect(permissions.policyNames).toEqual(["deployers-search-deploy"]);
  const arn = "${aws_iam_policy.search.arn}";
  expect(permissions.policyArns).toHaveLength(1);
  expect(resourcesOf(stack)["aws_iam_role_policy_attachment"]).toEqual({
    "search_role-deploy": { role: "deploy", policy_arn: arn },
    "search_role-admins": { role: "admins", policy_arn: arn },
  });
});

test("the account is the one that the provider allows", () => {
  const stack = new TerraformStack(Testing.app(), "deployers");
  new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: ["444455556666"] });
  const { account: _none, ...rest } = props;
  new DeployerPermissions(stack, "search", rest);
  const [policy] = Object.values(policiesIn(stack));
  expect(policy?.["policy"]).toContain("arn:aws:ec2:eu-central-1:444455556666:vpc/");
});

/** Names as long as they get, so that their conditions take many policies. */
const collections = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `collection-${String(index).padStart(4, "0")}-${"x".repeat(16)}`,
  );

test("what does not fit goes on in further policies, each attached, at addresses with their numbers", () => {
  const stack = newStack("deployers");
  const many: DeployerPermissionsProps = {
    ...props,
    features: [...props.features, "data-access-policies"],
    collections: collections(150),
  };
  new DeployerPermissions(stack, "search", { ...many, roleNames: ["deploy"] });
  const policies = Object.entries(policiesIn(stack));
  expect(policies.length).toBeGreaterThan(2);
  expect(policies.map(([name, { name: inAws }]) => [name, inAws])).toEqual(
    policies.map((_, index) => {
      const number = index === 0 ? "" : `-${index + 1}`;
      return [`search${number && `_policy${number}`}`, `deployers-search-deploy${number}`];
    }),
  );
  for (const [, { policy }] of policies) {
    expect(String(policy).replaceAll(/\s/g, "").length).toBeLessThanOrEqual(6144);
    expect(validateIdentityPolicy(JSON.parse(String(policy)))).toEqual([]);
  }
  expect(addressesOf(stack).filter((address) => address.includes("attachment"))).toHaveLength(
    policies.length,
  );
  expect(addressesOf(stack)).toContain("aws_iam_role_policy_attachment.search_policy-2_role-deploy");
});

test("1,000 collections by id are more than ten policies, which no role holds; by name they are not", () => {
  const features = ["collections", "network-policies"] as const;
  const collectionIds = Array.from({ length: 1000 }, (_, index) => `${"a".repeat(16)}${1000 + index}`);
  const byId = { ...props, features, collectionIds };
  const permissions = new DeployerPermissions(newStack("deployers"), "search", byId);
  // An ARN of 76 characters with its quotes and comma for each: 81 to a policy.
  expect(permissions.policyArns.length).toBeGreaterThan(10);
  expect(() => permissions.attachTo("deploy")).toThrow(
    /^deployers\/search: \d\d policies, a role takes 10; name collections by prefixes \("logs-\*"\), or share the policies out over roles by policyArns$/,
  );
  const byName = { ...props, features, collections: collections(1000) };
  new DeployerPermissions(newStack("deployers"), "search", byName).attachTo("deploy");
});

test("names that do not fit, and for which prefixes stand, are told as a warning", () => {
  const warningsWith = (names: string[]) => {
    const scope = { ...props, collections: names };
    return new DeployerPermissions(newStack("deployers"), "search", scope).node.metadata.map(
      ({ type, data }) => [type, data],
    );
  };
  expect(warningsWith(collections(20))).toEqual([]);
  expect(warningsWith(collections(1000))).toEqual([
    [
      "@cdktf/warn",
      expect.stringMatching(/^1000 names of collections do not fit into a statement, \d+ names and prefixes/),
    ],
  ]);
});

test("a role that only Terraform knows is told by its place", () => {
  const stack = newStack("deployers");
  const role = new TerraformVariable(stack, "role", { type: "string" });
  new DeployerPermissions(stack, "search", { ...props, roleNames: ["deploy", role.stringValue] });
  expect(resourcesOf(stack)["aws_iam_role_policy_attachment"]).toMatchObject({
    "search_role-1": { role: "${var.role}" },
  });
});

test("deploy and plan permissions of one stack have names and addresses of their own", () => {
  const stack = newStack("deployers");
  new DeployerPermissions(stack, "apply", { ...props, path: "/teams/search/" });
  new DeployerPermissions(stack, "plan", { ...props, variant: "plan", name: "search-plan" });
  expect(addressesOf(stack)).toEqual(["aws_iam_policy.apply", "aws_iam_policy.plan"]);
  expect(policiesIn(stack)).toMatchObject({
    apply: { name: "deployers-apply-deploy", path: "/teams/search/" },
    plan: { name: "search-plan" },
  });
  const actions = JSON.parse(String(policiesIn(stack)["plan"]?.["policy"])).Statement.flatMap(
    ({ Action }: { Action: string[] }) => Action,
  );
  expect(
    actions.filter((action: string) => /:(?:Create|Delete|Update|Modify|Authorize)/.test(action)),
  ).toEqual([]);
});

test("what a person wrote is no template of Terraform", () => {
  const stack = newStack("deployers");
  new DeployerPermissions(stack, "search", { ...props, tags: { stage: "%{x}" } });
  const text = String(Object.values(policiesIn(stack))[0]?.["policy"]);
  expect(text).toContain("%%{x}");
});

test.each<[Partial<DeployerPermissionsProps>, string]>([
  [
    { features: [] },
    'features: none given, one or more are needed; give one such as "managed-endpoint"; nothing to do takes no permissions',
  ],
  [
    { vpcs: ["${var.vpc}"] },
    "vpcs: only Terraform knows it, and permissions are for what is known now; write it out, or leave vpcs out",
  ],
  [{ variant: "destroy" as never }, 'no variant "destroy"; defined: deploy, plan, client, adopt'],
  [{ name: "a b" }, 'name "a b": " " is not allowed; use letters, digits and _+=,.@-'],
  [{ name: "x".repeat(126) }, `name "${"x".repeat(126)}": 126 characters, 1 to 125 are allowed; shorten it`],
  [
    { path: "teams" },
    'path "teams": not a path of IAM; begin and end it with a slash, as in "/deployment/"; letters, digits and .,+@=_- between slashes',
  ],
  [
    { roleNames: ["arn:aws:iam::123456789012:role/teams/deploy"] },
    'role "arn:aws:iam::123456789012:role/teams/deploy": an ARN, a policy is attached by the role\'s name; give "deploy"',
  ],
  [{ roleNames: ["a", "a"] }, 'role "a" is given twice; drop one of the two'],
  [{ roleNames: ["a/b"] }, 'role "a/b": "/" is not allowed; use letters, digits and _+=,.@-'],
])("%j is refused", (more, message) => {
  const make = () => new DeployerPermissions(newStack("deployers"), "search", { ...props, ...more });
  expect(make).toThrow(RuleError);
  expect(make).toThrow(`deployers/search: ${message}`);
});

test("without a Region of the provider's, regions have to be given", () => {
  const stack = new TerraformStack(Testing.app(), "deployers");
  expect(() => new DeployerPermissions(stack, "search", props)).toThrow(
    'deployers/search: regions: none given, one or more are needed; give one such as "eu-central-1"',
  );
});
