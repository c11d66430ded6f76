import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { InterfaceEndpoint, RuleError } from "../../modules";
import { newStack } from "../support/synthesized";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const other = "vpc-0a1b2c3d4e5f60728";
const third = "vpc-0a1b2c3d4e5f60738";
const props = {
  vpcId,
  subnetIds: ["subnet-0a1b2c3d4e5f60711"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
};

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

const synthesized = (stack: TerraformStack) =>
  JSON.parse(Testing.synth(stack, true)) as {
    data?: Blocks;
    locals?: Record<string, string>;
    resource: Blocks;
  };

const onlyValueOf = (locals: Record<string, string> = {}) => {
  expect(Object.keys(locals)).toHaveLength(1);
  return Object.entries(locals)[0] ?? [];
};

test("the zone of the endpoint's VPC is looked up once it is there, and associated with each of the others", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", { ...props, shareZoneWith: [other, third] });
  const { data, locals, resource } = synthesized(stack);
  // In a value between the two: Terraform would look the zone up anew with every change of what it refers to.
  const [local, value] = onlyValueOf(locals);
  expect(value).toBe(
    `\${startswith(aws_opensearchserverless_vpc_endpoint.apps.id, "vpce-") ? "${vpcId}" : ""}`,
  );
  expect(data).toEqual({
    aws_route53_zone: {
      apps_zone: {
        name: "eu-central-1.aoss.amazonaws.com",
        private_zone: true,
        vpc_id: `\${local.${local}}`,
      },
    },
  });
  expect(resource["aws_route53_zone_association"]).toEqual({
    [`apps_zone-${other}`]: { zone_id: "${data.aws_route53_zone.apps_zone.zone_id}", vpc_id: other },
    [`apps_zone-${third}`]: { zone_id: "${data.aws_route53_zone.apps_zone.zone_id}", vpc_id: third },
  });
});

test("an association keeps its address when other VPCs come and go", () => {
  const addressesWith = (shareZoneWith: string[]) => {
    const stack = newStack();
    new InterfaceEndpoint(stack, "apps", { ...props, shareZoneWith });
    return Object.keys(synthesized(stack).resource["aws_route53_zone_association"] ?? {});
  };
  expect(addressesWith([other, third])).toContain(`apps_zone-${third}`);
  expect(addressesWith([third])).toEqual([`apps_zone-${third}`]);
});

test("without it no zone is looked up", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", props);
  expect(synthesized(stack).data).toBeUndefined();
});

test("VPCs that only Terraform knows pass, told apart by their place", () => {
  const stack = newStack();
  const vpc = new TerraformVariable(stack, "vpc", { type: "string" }).stringValue;
  new InterfaceEndpoint(stack, "apps", { ...props, vpcId: vpc, shareZoneWith: [`${vpc}-2`] });
  const { locals, resource } = synthesized(stack);
  expect(onlyValueOf(locals)[1]).toBe(
    '${startswith(aws_opensearchserverless_vpc_endpoint.apps.id, "vpce-") ? var.vpc : ""}',
  );
  expect(resource["aws_route53_zone_association"]?.["apps_zone-0"]?.["vpc_id"]).toBe("${var.vpc}-2");
});

describe("refused at construction, with the construct's path:", () => {
  test.each([
    ["an id of wrong form", { shareZoneWith: ["vpc-1"] }, '"vpc-1" is not a VPC id'],
    ["its own VPC", { shareZoneWith: [vpcId] }, `shareZoneWith: ${vpcId} is the endpoint's own VPC`],
    ["a VPC twice", { shareZoneWith: [other, other] }, `VPC "${other}" is given twice`],
    [
      "a nextgen endpoint",
      { generation: "nextgen", shareZoneWith: [other] } as const,
      "shareZoneWith: an endpoint for nextgen collections has no hosted zone that could be shared",
    ],
  ])("%s", (_name, wrong, message) => {
    const make = () => new InterfaceEndpoint(newStack(), "apps", { ...props, ...wrong });
    expect(make).toThrow(RuleError);
    expect(make).toThrow(`search/apps: ${message}`);
  });

  test("a list that only Terraform knows", () => {
    const stack = newStack();
    const shareZoneWith = new TerraformVariable(stack, "vpcs", { type: "list(string)" }).listValue;
    expect(() => new InterfaceEndpoint(stack, "apps", { ...props, shareZoneWith })).toThrow(
      "shareZoneWith: a list that only Terraform knows",
    );
  });
});

describe("a VPC takes one zone of a name, over all stacks of the app:", () => {
  const [own, shared] = [
    { ...props, vpcId: other },
    { ...props, shareZoneWith: [other] },
  ];
  const made = (first: typeof own, second: typeof own) => {
    const app = Testing.app();
    new InterfaceEndpoint(new TerraformStack(app, "one"), "apps", first);
    return () => new InterfaceEndpoint(new TerraformStack(app, "two"), "batch", second);
  };

  test("a VPC with an endpoint of its own is not shared with", () => {
    expect(made(own, shared)).toThrow(
      `two/batch: shareZoneWith: VPC ${other} has an endpoint of its own, one/apps, and so a zone of the same name`,
    );
  });

  test("an endpoint in a VPC that is shared with is refused", () => {
    expect(made(shared, own)).toThrow(
      `two/batch: VPC ${other} shares the zone of one/apps already, and a VPC takes one zone of a name; leave the VPC out of shareZoneWith there`,
    );
  });

  test("two zones are not shared with the same VPC", () => {
    expect(made(shared, { ...shared, vpcId: third })).toThrow(
      `two/batch: VPC ${other} shares the zone of one/apps already`,
    );
  });

  test("an endpoint for nextgen collections is in nobody's way", () => {
    const app = Testing.app();
    new InterfaceEndpoint(new TerraformStack(app, "one"), "apps", shared);
    const stack = new TerraformStack(app, "two");
    expect(() => new InterfaceEndpoint(stack, "data", { ...own, generation: "nextgen" })).not.toThrow();
  });
});
