import { readFileSync } from "node:fs";
import path from "node:path";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { OpensearchserverlessSecurityPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-security-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { NetworkPolicy, PrivateAccess, Source } from "../../modules";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const apps = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
const batch = { vpcId: "vpc-0a1b2c3d4e5f60728", subnetIds: ["subnet-0a1b2c3d4e5f60721"] };

function policyOf(stack: ReturnType<typeof newStack>): { name: unknown; document: unknown; text: string } {
  const [policy] = Object.values(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {});
  const text = String(policy?.["policy"]);
  return { name: policy?.["name"], document: JSON.parse(text), text };
}

test("composes endpoints, their groups and one policy that names them; the addresses are part of the contract", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "access");
  const one = access.addEndpoint("apps", apps).allowFrom(Source.cidr("10.20.0.0/16"));
  const two = access.addEndpoint("batch", batch).allowFrom(Source.cidr("10.30.0.0/16"));
  access.grant({ collections: ["orders", "logs-*"], from: [one, two] });
  expect(addressesOf(stack)).toEqual([
    "aws_opensearchserverless_security_policy.access_network_policy",
    "aws_opensearchserverless_vpc_endpoint.access_apps",
    "aws_opensearchserverless_vpc_endpoint.access_batch",
    "aws_security_group.access_apps_clients",
    "aws_security_group.access_batch_clients",
    "aws_vpc_security_group_ingress_rule.access_apps_clients_cidr-10-20-0-0-16",
    "aws_vpc_security_group_ingress_rule.access_batch_clients_cidr-10-30-0-0-16",
  ]);
});

test("the policy names the endpoints' ids, adds grants up and is named after stack and construct", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const one = access.addEndpoint("apps", apps).allowFrom(Source.cidr("10.20.0.0/16"));
  access.grant({
    collections: ["orders"],
    from: [one, "vpce-0a1b2c3d4e5f60731"],
    dashboards: true,
    description: 'a "b" ${c}',
  });
  access.grant({ collections: ["kb-*"], services: ["bedrock.amazonaws.com"] });
  expect(policyOf(stack)).toMatchObject({
    name: "search-private-access",
    document: [
      {
        AllowFromPublic: false,
        Description: 'a "b" $${c}',
        Rules: [
          { ResourceType: "collection", Resource: ["collection/orders"] },
          { ResourceType: "dashboard", Resource: ["collection/orders"] },
        ],
        SourceVPCEs: ["${aws_opensearchserverless_vpc_endpoint.apps.id}", "vpce-0a1b2c3d4e5f60731"],
      },
      {
        AllowFromPublic: false,
        Rules: [{ ResourceType: "collection", Resource: ["collection/kb-*"] }],
        SourceServices: ["bedrock.amazonaws.com"],
      },
    ],
  });
});

test("two constructs whose ids would make one address are refused, whichever comes first", () => {
  const stack = newStack();
  new NetworkPolicy(stack, "a_b", { grants: [{ collections: ["orders"], from: ["vpce-11111111"] }] });
  const scope = new Construct(stack, "a");
  expect(() => new NetworkPolicy(scope, "b")).toThrow(
    "search/a/b/Default and search/a_b/Default would share the address aws_opensearchserverless_security_policy.a_b",
  );
  new OpensearchserverlessSecurityPolicy(stack, "other", { name: "other", type: "network", policy: "[]" });
  expect(() => resourcesOf(stack)).not.toThrow();
  new NetworkPolicy(scope, "c", { grants: [{ collections: ["orders"], from: ["vpce-11111111"] }] });
  new OpensearchserverlessSecurityPolicy(stack, "a_c", { name: "other", type: "network", policy: "[]" });
  expect(() => resourcesOf(stack)).toThrow("search/a/c/Default and search/a_c would share the address");
});

test("without a grant there is no policy", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "access");
  access.addEndpoint("apps", apps).allowFrom(Source.cidr("10.20.0.0/16"));
  expect(resourcesOf(stack)).not.toHaveProperty("aws_opensearchserverless_security_policy");
});

test("the order of grants and of what they name does not change a byte", () => {
  const text = (reverse: boolean) => {
    const stack = newStack();
    const order = <T>(...items: T[]) => (reverse ? items.reverse() : items);
    const policy = new NetworkPolicy(stack, "policy");
    for (const collections of order(order("orders", "logs-*"), ["kb-*"])) {
      policy.addGrant({ collections, from: order("vpce-11111111", "vpce-22222222") });
    }
    return policyOf(stack).text;
  };
  expect(text(true)).toBe(text(false));
});

test("a reference with quotes in it stays an expression that Terraform can read", () => {
  const stack = newStack();
  const ids = new TerraformVariable(stack, "ids", { type: "map(string)" });
  new NetworkPolicy(stack, "policy", {
    grants: [{ collections: ["orders"], from: [`\${${ids.fqn}["a"]}`] }],
  });
  const [policy] = Object.values(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {});
  expect(policy?.["policy"]).toContain('"SourceVPCEs":["${var.ids["a"]}"]');
});

test("an endpoint of another stack of the app is named through that stack's outputs", () => {
  const app = Testing.app();
  const [network, search] = ["network", "search"].map((name) => {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    return stack;
  }) as [TerraformStack, TerraformStack];
  const endpoint = new PrivateAccess(network, "access")
    .addEndpoint("apps", apps)
    .allowFrom(Source.cidr("10.0.0.0/8"));
  new NetworkPolicy(search, "policy", { grants: [{ collections: ["orders"], from: [endpoint] }] });
  app.synth();
  const read = (stack: string) =>
    JSON.parse(readFileSync(path.join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
  const [output] = Object.entries(read("network").output as Record<string, { value: string }>);
  expect(output?.[1].value).toBe("${aws_opensearchserverless_vpc_endpoint.access_apps.id}");
  const { policy } = read("search").resource.aws_opensearchserverless_security_policy.policy;
  expect(JSON.parse(policy)[0].SourceVPCEs).toEqual([
    `\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.${output?.[0]}}`,
  ]);
});

describe("a grant is refused for", () => {
  test.each([
    ["no collection", { collections: [], from: ["vpce-11111111"] }, "no collection is granted"],
    ["nobody", { collections: ["orders"] }, "neither from nor services"],
    [
      "dashboards for services only",
      { collections: ["orders"], services: ["bedrock.amazonaws.com"], dashboards: true },
      "services only",
    ],
    [
      "a short prefix",
      { collections: ["lo*"], from: ["vpce-11111111"] },
      "a prefix has at least 3 characters",
    ],
    ["an id of wrong form", { collections: ["orders"], from: ["vpce-1"] }, '"vpce-1" is not an endpoint id'],
    [
      "a service that AWS refuses",
      { collections: ["orders"], services: ["lambda.amazonaws.com"] },
      'AWS refuses "lambda.amazonaws.com" as a source in network policies',
    ],
    [
      "no service principal",
      { collections: ["orders"], services: ["bedrock"] },
      '"bedrock" is not an AWS service principal',
    ],
  ])("%s", (_name, grant, message) => {
    const access = new PrivateAccess(newStack(), "access");
    expect(() => access.grant(grant)).toThrow(message);
  });
});

test("a policy over 10,240 bytes is refused at the end of synthesis, with unknown ids at their longest", () => {
  const stack = newStack();
  const policy = new NetworkPolicy(stack, "policy");
  const bytesOf = (description: string) =>
    `[{"AllowFromPublic":false,"Description":"${description}","Rules":[{"Resource":["collection/orders"],"ResourceType":"collection"}],"SourceVPCEs":["vpce-${"0".repeat(20)}"]}]`
      .length;
  const from = [{ endpointId: new DataAwsVpc(stack, "vpc", { default: true }).id }];
  policy.addGrant({ collections: ["orders"], from, description: "d".repeat(10_240 - bytesOf("")) });
  expect(() => resourcesOf(stack)).not.toThrow();
  const more = newStack();
  const tooLong = "d".repeat(10_241 - bytesOf(""));
  const unknown = [{ endpointId: new DataAwsVpc(more, "vpc", { default: true }).id }];
  new NetworkPolicy(more, "policy", {
    grants: [{ collections: ["orders"], from: unknown, description: tooLong }],
  });
  expect(() => resourcesOf(more)).toThrow("[search/policy] the network policy would take 10241 bytes");
});

test("a policy that grants nothing is refused at the end of synthesis", () => {
  const stack = newStack();
  new NetworkPolicy(stack, "policy");
  expect(() => resourcesOf(stack)).toThrow("the network policy grants nothing");
});

test("a description with a token, quotes and line ends stays JSON", () => {
  const stack = newStack();
  const team = new TerraformVariable(stack, "team", { type: "string" }).stringValue;
  const description = `team "${team}" \\ x\ny`;
  new NetworkPolicy(stack, "policy", {
    grants: [{ collections: ["orders"], from: ["vpce-11111111"], description }],
  });
  expect(policyOf(stack).document).toMatchObject([{ Description: 'team "${var.team}" \\ x\ny' }]);
});

test("a list that only Terraform knows is refused by name, not by its token", () => {
  const stack = newStack();
  const names = new TerraformVariable(stack, "names", { type: "list(string)" }).listValue;
  expect(() =>
    new NetworkPolicy(stack, "policy").addGrant({ collections: names, from: ["vpce-11111111"] }),
  ).toThrow(
    "collections: a list that only Terraform knows cannot stand in a grant; name the values one by one",
  );
});

test("two policies of one name in an account and Region are refused at the end of synthesis", () => {
  const stack = newStack();
  const grants = [{ collections: ["orders"], from: ["vpce-11111111"] }];
  new NetworkPolicy(stack, "one", { name: "same", grants });
  new NetworkPolicy(stack, "two", { name: "same", grants });
  expect(() => resourcesOf(stack)).toThrow('network policy name "same" is used already, by search/one');
});

test("two accesses of one id in different places have policies of two names", () => {
  const stack = newStack();
  for (const id of ["a", "b"]) {
    new PrivateAccess(new Construct(stack, id), "access").grant({
      collections: ["orders"],
      from: ["vpce-11111111"],
    });
  }
  const policies = Object.values(resourcesOf(stack)["aws_opensearchserverless_security_policy"] ?? {});
  expect(policies.map(({ name }) => name)).toEqual([
    "search-a-access-private-access",
    "search-b-access-private-access",
  ]);
});

test("nothing that can be said makes a policy public", () => {
  const stack = newStack();
  new NetworkPolicy(stack, "policy", {
    grants: [
      { collections: ["*"], dashboards: true, from: ["vpce-11111111"], services: ["bedrock.amazonaws.com"] },
    ],
  });
  expect(policyOf(stack).text).not.toContain('"AllowFromPublic":true');
});
