import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { type DataAccessGrant, DataAccessPolicy, RuleError } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const reader = "arn:aws:iam::123456789012:role/reader";
const writer = "arn:aws:iam::123456789012:role/team/writer";
const reads = { principals: [reader], indexes: ["orders/*"], indexPermissions: ["aoss:ReadDocument"] };

function policyOf(stack: TerraformStack): Record<string, unknown> {
  const [policy] = Object.values(resourcesOf(stack)["aws_opensearchserverless_access_policy"] ?? {});
  return policy ?? {};
}

function stackOf(account: string): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "search");
  new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: [account] });
  return stack;
}

test("grants add up: permissions on collections and on indexes, each with its principals", () => {
  const stack = newStack();
  const policy = new DataAccessPolicy(stack, "data", { grants: [reads] });
  policy.addGrant({
    principals: ["saml/123456789012/idp/group/analysts", writer],
    collections: ["orders", "logs-*"],
    collectionPermissions: ["aoss:DescribeCollectionItems"],
    indexes: ["orders/2024-*"],
    indexPermissions: ["aoss:WriteDocument", "aoss:ReadDocument"],
    description: 'costs ${5}, "quoted"',
  });
  const { policy: text, ...rest } = policyOf(stack);
  expect(rest).toEqual({
    name: "search-data",
    type: "data",
    description: "Data access, kept by Terraform",
  });
  expect(JSON.parse(String(text))).toEqual([
    {
      Principal: [reader],
      Rules: [{ Permission: ["aoss:ReadDocument"], Resource: ["index/orders/*"], ResourceType: "index" }],
    },
    {
      Description: 'costs $${5}, "quoted"',
      Principal: [writer, "saml/123456789012/idp/group/analysts"],
      Rules: [
        {
          Permission: ["aoss:DescribeCollectionItems"],
          Resource: ["collection/logs-*", "collection/orders"],
          ResourceType: "collection",
        },
        {
          Permission: ["aoss:ReadDocument", "aoss:WriteDocument"],
          Resource: ["index/orders/2024-*"],
          ResourceType: "index",
        },
      ],
    },
  ]);
});

test("the order of grants and of what they name does not change a byte, tokens included", () => {
  const text = (reverse: boolean) => {
    const stack = newStack();
    const variables = ["one", "two"].map((id) => new TerraformVariable(stack, id, { type: "string" }));
    const order = <T>(...items: T[]) => (reverse ? items.reverse() : items);
    const roles = order(...variables).map(({ stringValue }) => stringValue);
    const policy = new DataAccessPolicy(stack, "data");
    for (const principals of order(roles, order(reader, writer))) policy.addGrant({ ...reads, principals });
    return policyOf(stack)["policy"];
  };
  expect(text(true)).toBe(text(false));
  expect(text(false)).toContain('"Principal":["${var.one}","${var.two}"]');
});

test("an index within a collection that only Terraform knows passes", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  new DataAccessPolicy(stack, "data", { grants: [{ ...reads, indexes: [`${name}/logs-*`] }] });
  expect(policyOf(stack)["policy"]).toContain('"Resource":["index/${var.name}/logs-*"]');
});

describe("a grant is refused for", () => {
  const { principals, indexes, indexPermissions } = reads;
  test.each<[string, DataAccessGrant, string]>([
    ["nobody", { ...reads, principals: [] }, "no principal: nobody is granted anything"],
    ["nothing", { principals }, "neither collection nor index permissions"],
    [
      "permissions on no index",
      { principals, indexPermissions },
      "index permissions, and no index they are for",
    ],
    ["indexes without permissions", { principals, indexes }, "no index permission for what is named"],
    [
      "a permission of the other kind",
      { ...reads, indexPermissions: ["aoss:DescribeCollectionItems"] },
      'permission "aoss:DescribeCollectionItems" is for collection, not for index',
    ],
    [
      "an index without its collection",
      { ...reads, indexes: ["orders"] },
      'write "orders/*" for all indexes',
    ],
    [
      "a short prefix of collections",
      { principals, collections: ["lo*"], collectionPermissions: ["aoss:*"] },
      "a prefix has at least 3 characters",
    ],
    [
      "the session of an assumed role, and told which role it should be",
      { ...reads, principals: ["arn:aws:sts::123456789012:assumed-role/reader/i-0a1b2c3d"] },
      'name the role: "arn:aws:iam::123456789012:role/reader"',
    ],
    ["everybody", { ...reads, principals: ["*"] }, "a data access policy has no principal for everybody"],
  ])("%s", (_name, grant, message) => {
    const policy = new DataAccessPolicy(newStack(), "data");
    expect(() => policy.addGrant(grant)).toThrow(RuleError);
    expect(() => policy.addGrant(grant)).toThrow(message);
    expect(() => policy.addGrant(grant)).toThrow(/^search\/data: /);
  });

  test("a principal of another account than the provider's", () => {
    const message =
      'principal "arn:aws:iam::123456789012:role/reader" is of account 123456789012, the policy of 210987654321';
    expect(() => new DataAccessPolicy(stackOf("210987654321"), "data", { grants: [reads] })).toThrow(message);
    const ofTheSame = stackOf("123456789012");
    new DataAccessPolicy(ofTheSame, "data", { grants: [reads] });
    expect(() => resourcesOf(ofTheSame)).not.toThrow();
  });

  test("the same at the end of synthesis, where the provider comes after the policy", () => {
    const stack = new TerraformStack(Testing.app(), "search");
    new DataAccessPolicy(stack, "data", { grants: [reads] });
    new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: ["210987654321"] });
    expect(() => resourcesOf(stack)).toThrow("cross-account principals are not allowed");
  });

  test("a list that only Terraform knows, by the list's name", () => {
    const stack = newStack();
    const principals = new TerraformVariable(stack, "roles", { type: "list(string)" }).listValue;
    expect(() => new DataAccessPolicy(stack, "data", { grants: [{ ...reads, principals }] })).toThrow(
      "principals: a list that only Terraform knows cannot stand in a grant; name the values one by one",
    );
  });
});

test("principals of two accounts pass where the provider allows both", () => {
  const stack = new TerraformStack(Testing.app(), "search");
  const allowedAccountIds = ["123456789012", "210987654321"];
  new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds });
  new DataAccessPolicy(stack, "data", { grants: [reads] });
  expect(() => resourcesOf(stack)).not.toThrow();
});

test("a policy that grants nothing is refused at the end of synthesis", () => {
  const stack = newStack();
  new DataAccessPolicy(stack, "data");
  expect(() => resourcesOf(stack)).toThrow(
    "[search/data] the data access policy grants nothing; add a grant",
  );
});

test("a 501st policy in an account and Region is refused at the end of synthesis", () => {
  const stack = newStack();
  for (let one = 0; one < 501; one += 1) new DataAccessPolicy(stack, `p${one}`, { grants: [reads] });
  expect(() => resourcesOf(stack)).toThrow(
    "more than 500 data access policies in one account, eu-central-1, search/p500 is the first too many",
  );
});
