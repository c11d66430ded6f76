import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { EndpointSecurityGroup, InterfaceEndpoint, RuleError, Source } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const subnetIds = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"];
const groups = (count: number) => Array.from({ length: count }, (_, index) => `sg-0a1b2c3d4e5f6071${index}`);

test("an endpoint with a source has a group of its own that lets in TCP 443 from the source and nothing else", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", {
    vpcId,
    subnetIds,
    allow: [Source.cidr("10.20.0.0/16", { description: "apps" })],
  });
  const resources = resourcesOf(stack);
  const [group] = Object.entries(resources["aws_security_group"] ?? {});
  expect(resources["aws_opensearchserverless_vpc_endpoint"]?.["apps"]).toMatchObject({
    name: "search-apps",
    vpc_id: vpcId,
    subnet_ids: subnetIds,
    security_group_ids: [`\${aws_security_group.${group?.[0]}.id}`],
  });
  expect(group?.[1]).toMatchObject({
    vpc_id: vpcId,
    name_prefix: "search-apps-",
    lifecycle: { create_before_destroy: true },
  });
  expect(group?.[1]).not.toHaveProperty("egress");
  const { "//": _metadata, ...rule } =
    Object.values(resources["aws_vpc_security_group_ingress_rule"] ?? {})[0] ?? {};
  expect(rule).toEqual({
    security_group_id: `\${aws_security_group.${group?.[0]}.id}`,
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_ipv4: "10.20.0.0/16",
    description: "apps",
  });
  expect(Object.keys(resources)).toHaveLength(3);
});

test("each kind of source sets its own attribute", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds }).allowFrom(
    Source.cidr("2001:DB8::/32"),
    Source.securityGroup("sg-0a1b2c3d4e5f60713"),
    Source.prefixList("pl-0a1b2c3d"),
    Source.cidr("0.0.0.0/0", { allowAnywhere: true }),
  );
  const rules = Object.values(resourcesOf(stack)["aws_vpc_security_group_ingress_rule"] ?? {});
  expect(rules).toEqual([
    expect.objectContaining({ cidr_ipv4: "0.0.0.0/0" }),
    expect.objectContaining({ cidr_ipv6: "2001:db8::/32" }),
    expect.objectContaining({ referenced_security_group_id: "sg-0a1b2c3d4e5f60713" }),
    expect.objectContaining({ prefix_list_id: "pl-0a1b2c3d" }),
  ]);
});

test("an endpoint with security groups kept elsewhere has none of its own until a source is allowed", () => {
  const stack = newStack();
  const endpoint = new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds, securityGroupIds: groups(1) });
  expect(endpoint.securityGroup).toBeUndefined();
  expect(Object.keys(resourcesOf(stack))).toEqual(["aws_opensearchserverless_vpc_endpoint"]);
  endpoint.allowFrom(Source.cidr("10.0.0.0/8"));
  expect(
    resourcesOf(stack)["aws_opensearchserverless_vpc_endpoint"]?.["apps"]?.["security_group_ids"],
  ).toEqual([expect.stringMatching(/^\$\{aws_security_group\./), ...groups(1)]);
});

test("another name for the endpoint leaves its security group as it is", () => {
  const groupOf = (props: { name?: string }) => {
    const stack = newStack();
    new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds, allow: [Source.cidr("10.0.0.0/8")], ...props });
    return resourcesOf(stack)["aws_security_group"];
  };
  expect(groupOf({ name: "another" })).toEqual(groupOf({}));
});

test("a rule keeps its address when other sources come and go", () => {
  const rulesOf = (...blocks: string[]) => {
    const stack = newStack();
    new InterfaceEndpoint(stack, "apps", {
      vpcId,
      subnetIds,
      allow: blocks.map((block) => Source.cidr(block)),
    });
    return Object.entries(resourcesOf(stack)["aws_vpc_security_group_ingress_rule"] ?? {}).map(
      ([name, rule]) => [rule["cidr_ipv4"], name] as const,
    );
  };
  const after = new Map(rulesOf("10.3.0.0/16", "10.2.0.0/16"));
  const before = new Map(rulesOf("10.1.0.0/16", "10.2.0.0/16"));
  expect(before.get("10.2.0.0/16")).toBeDefined();
  expect(after.get("10.2.0.0/16")).toBe(before.get("10.2.0.0/16"));
});

test("text that a person wrote is no Terraform template", () => {
  const stack = newStack();
  new EndpointSecurityGroup(stack, "group", {
    vpcId,
    namePrefix: "apps-",
    allow: [Source.cidr("10.0.0.0/8", { description: "costs ${5}" })],
  });
  const [rule] = Object.values(resourcesOf(stack)["aws_vpc_security_group_ingress_rule"] ?? {});
  expect(rule?.["description"]).toBe("costs $${5}");
});

describe("refused at construction, with the construct's path:", () => {
  const props = { vpcId, subnetIds };
  test.each([
    ["a VPC id of wrong form", { ...props, vpcId: "vpc-1" }, '"vpc-1" is not a VPC id'],
    ["no subnet", { ...props, subnetIds: [] }, "0 given, an endpoint takes 1 to 6"],
    ["seven subnets", { ...props, subnetIds: Array(7).fill("subnet-0a1b2c3d") }, "7 given"],
    ["a subnet twice", { ...props, subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3d"] }, "is given twice"],
    ["six security groups", { ...props, securityGroupIds: groups(6) }, "6 given, an endpoint takes 5"],
    ["a name with capitals", { ...props, name: "Apps" }, 'only a-z, 0-9 and "-" are allowed'],
    ["a name too long", { ...props, name: "a".repeat(33) }, "33 characters, 3 to 32 are allowed"],
  ])("%s", (_name, wrong, message) => {
    const make = () => new InterfaceEndpoint(newStack(), "apps", wrong);
    expect(make).toThrow(RuleError);
    expect(make).toThrow(message);
    expect(make).toThrow(/^search\/apps: /);
  });

  test("a fifth group kept elsewhere beside the endpoint's own", () => {
    const endpoint = new InterfaceEndpoint(newStack(), "apps", { ...props, securityGroupIds: groups(5) });
    expect(() => endpoint.allowFrom(Source.cidr("10.0.0.0/8"))).toThrow(
      "its own for the allowed sources included",
    );
  });

  test("the same source twice, also when written differently", () => {
    const endpoint = new InterfaceEndpoint(newStack(), "apps", props).allowFrom(Source.cidr("2001:db8::/32"));
    expect(() => endpoint.allowFrom(Source.cidr("2001:DB8:0::/32"))).toThrow(
      "source 2001:db8::/32 is allowed already",
    );
  });

  test("a source of all addresses that does not say so", () => {
    expect(() => Source.cidr("0.0.0.0/0")).toThrow("pass allowAnywhere: true if this is meant");
  });

  test("a second endpoint in the same VPC, over all stacks of the app, and names the first", () => {
    const app = Testing.app();
    const [one, two] = [new TerraformStack(app, "one"), new TerraformStack(app, "two")];
    new InterfaceEndpoint(one, "apps", props);
    expect(() => new InterfaceEndpoint(two, "batch", props)).toThrow(
      `two/batch: VPC ${vpcId} has an endpoint already, one/apps; a VPC takes one`,
    );
  });
});

describe("refused at the end of synthesis:", () => {
  test("an endpoint that nobody could connect to", () => {
    const stack = newStack();
    new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds });
    expect(() => resourcesOf(stack)).toThrow("search/apps: no source is allowed and no security group given");
  });

  test("a second endpoint in a VPC that only Terraform knows", () => {
    const stack = newStack();
    const vpc = new DataAwsVpc(stack, "vpc", { default: true });
    for (const id of ["apps", "batch"])
      new InterfaceEndpoint(stack, id, { vpcId: vpc.id, subnetIds, securityGroupIds: groups(1) });
    expect(() => resourcesOf(stack)).toThrow(
      "VPC ${data.aws_vpc.vpc.id} has an endpoint already, search/apps",
    );
  });

  test("the same token twice as a source", () => {
    const stack = newStack();
    const block = new TerraformVariable(stack, "block", { type: "string" });
    new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds }).allowFrom(
      Source.cidr(block.stringValue),
      Source.cidr(block.stringValue),
    );
    expect(() => resourcesOf(stack)).toThrow("source ${var.block} is allowed already");
  });

  const appWith = (regions: readonly string[], perStack: number) => {
    const app = Testing.app();
    return regions.map((region, index) => {
      const stack = new TerraformStack(app, `stack-${index}`);
      new AwsProvider(stack, "aws", { region, allowedAccountIds: ["123456789012"] });
      for (let one = 0; one < perStack; one += 1) {
        const vpc = `vpc-${(index * 100 + one).toString(16).padStart(17, "0")}`;
        new InterfaceEndpoint(stack, `e${one}`, { vpcId: vpc, subnetIds, securityGroupIds: groups(1) });
      }
      return stack;
    });
  };

  test("a 51st endpoint of one account and Region over two stacks, told once", () => {
    const [first, second] = appWith(["eu-west-1", "eu-west-1"], 26);
    expect(() => resourcesOf(first as TerraformStack)).not.toThrow();
    expect(() => resourcesOf(second as TerraformStack)).toThrow(
      "more than 50 endpoints in account 123456789012, eu-west-1, stack-1/e24 is the first too many",
    );
  });

  test("but not 52 over two Regions", () => {
    for (const stack of appWith(["eu-west-1", "eu-west-2"], 26))
      expect(() => resourcesOf(stack)).not.toThrow();
  });

  test("two endpoints of one name in one account and Region", () => {
    const stack = newStack();
    const make = (id: string, vpc: string) =>
      new InterfaceEndpoint(stack, id, { vpcId: vpc, subnetIds, name: "same", securityGroupIds: groups(1) });
    make("one", "vpc-00000001");
    make("two", "vpc-00000002");
    expect(() => resourcesOf(stack)).toThrow('endpoint name "same" is used already, by search/one');
  });
});

test("values that only Terraform knows pass", () => {
  const stack = newStack();
  const vpc = new DataAwsVpc(stack, "vpc", { default: true });
  new InterfaceEndpoint(stack, "apps", {
    vpcId: vpc.id,
    subnetIds: Token.asList("${data.aws_subnets.all.ids}"),
    allow: [
      Source.cidr(vpc.cidrBlock),
      Source.securityGroup(Token.asString("${aws_security_group.other.id}")),
    ],
  });
  const resources = resourcesOf(stack);
  expect(resources["aws_opensearchserverless_vpc_endpoint"]?.["apps"]).toMatchObject({
    vpc_id: "${data.aws_vpc.vpc.id}",
    subnet_ids: "${data.aws_subnets.all.ids}",
  });
  expect(Object.values(resources["aws_vpc_security_group_ingress_rule"] ?? {})).toEqual([
    expect.objectContaining({ cidr_ipv4: "${data.aws_vpc.vpc.cidr_block}" }),
    expect.objectContaining({ referenced_security_group_id: "${aws_security_group.other.id}" }),
  ]);
});

test("a list of groups that only Terraform knows is joined with the endpoint's own by Terraform", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", {
    vpcId,
    subnetIds,
    securityGroupIds: new TerraformVariable(stack, "groups", { type: "list(string)" }).listValue,
    allow: [Source.cidr("10.0.0.0/8")],
  });
  expect(
    resourcesOf(stack)["aws_opensearchserverless_vpc_endpoint"]?.["apps"]?.["security_group_ids"],
  ).toMatch(/^\$\{concat\(\[aws_security_group\.[\w-]+\.id\], var\.groups\)\}$/);
});

test("an endpoint that exists already is known by its id, whose form is checked", () => {
  expect(InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60718").endpointId).toBe(
    "vpce-0a1b2c3d4e5f60718",
  );
  expect(() => InterfaceEndpoint.fromEndpointId("vpc-0a1b2c3d")).toThrow(
    '"vpc-0a1b2c3d" is not an endpoint id',
  );
});
