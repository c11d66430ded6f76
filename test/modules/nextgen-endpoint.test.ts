import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { InterfaceEndpoint, RuleError, Source } from "../../modules";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const subnetIds = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"];
const securityGroupIds = ["sg-0a1b2c3d4e5f60713"];
const nextgen = { vpcId, subnetIds, generation: "nextgen" } as const;

const endpointOf = (stack: TerraformStack, id = "apps") => {
  const { "//": _metadata, ...endpoint } = resourcesOf(stack)["aws_vpc_endpoint"]?.[id] ?? {};
  return endpoint;
};

test("a nextgen endpoint is an interface endpoint of EC2 for the Region's aoss-data, with private DNS", () => {
  const stack = newStack();
  const endpoint = new InterfaceEndpoint(stack, "apps", { ...nextgen, allow: [Source.cidr("10.20.0.0/16")] });
  const groups = Object.keys(resourcesOf(stack)["aws_security_group"] ?? {});
  expect(groups).toEqual(["apps_clients"]);
  expect(endpointOf(stack)).toEqual({
    service_name: "com.amazonaws.eu-central-1.aoss-data",
    vpc_endpoint_type: "Interface",
    private_dns_enabled: true,
    vpc_id: vpcId,
    subnet_ids: subnetIds,
    security_group_ids: ["${aws_security_group.apps_clients.id}"],
    tags: { Name: "search-apps" },
  });
  expect(endpoint.generation).toBe("nextgen");
  new TerraformOutput(stack, "id", { value: endpoint.endpointId });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: unknown };
  expect(output).toEqual({ id: { value: "${aws_vpc_endpoint.apps.id}" } });
});

test("its name is the tag Name, beside the other tags", () => {
  const stack = newStack();
  const tags = { team: "search", note: "costs ${5}" };
  new InterfaceEndpoint(stack, "apps", { ...nextgen, securityGroupIds, name: "applications", tags });
  expect(endpointOf(stack)["tags"]).toEqual({ Name: "applications", team: "search", note: "costs $${5}" });
});

describe("the Region of its service is", () => {
  const serviceOf = (region: string | undefined) => {
    const stack = new TerraformStack(Testing.app(), "search");
    if (region === "var")
      region = new TerraformVariable(stack, "region", { type: "string", default: "eu-west-1" }).stringValue;
    new AwsProvider(stack, "aws", region === undefined ? {} : { region });
    new AwsProvider(stack, "other", { region: "us-east-1", alias: "other" });
    new InterfaceEndpoint(stack, "apps", { ...nextgen, securityGroupIds });
    const { data } = JSON.parse(Testing.synth(stack, true)) as { data?: unknown };
    return { service: endpointOf(stack)["service_name"], data };
  };

  test("that of the provider", () => {
    expect(serviceOf("eu-west-2")).toEqual({ service: "com.amazonaws.eu-west-2.aoss-data", data: undefined });
  });

  test("that of the provider where only Terraform knows it", () => {
    expect(serviceOf("var")).toEqual({
      service: "com.amazonaws.${var.region}.aoss-data",
      data: undefined,
    });
  });

  test("asked of AWS where the provider says none, by the attribute that both majors have", () => {
    expect(serviceOf(undefined)).toEqual({
      service: "com.amazonaws.${data.aws_region.apps_region.id}.aoss-data",
      data: { aws_region: { apps_region: {} } },
    });
  });
});

test("a classic and a nextgen endpoint stand in one VPC, under the addresses of their types", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds, securityGroupIds });
  new InterfaceEndpoint(stack, "data", { ...nextgen, securityGroupIds });
  expect(addressesOf(stack)).toEqual(["aws_opensearchserverless_vpc_endpoint.apps", "aws_vpc_endpoint.data"]);
});

test("a second nextgen endpoint in a VPC is refused, since their private DNS names would conflict", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "one", { ...nextgen, securityGroupIds });
  expect(() => new InterfaceEndpoint(stack, "two", { ...nextgen, securityGroupIds })).toThrow(
    `search/two: VPC ${vpcId} has an endpoint for nextgen collections already, search/one; the private DNS names`,
  );
});

test("a second nextgen endpoint in a VPC that only Terraform knows is refused at the end of synthesis", () => {
  const stack = newStack();
  const vpc = new TerraformVariable(stack, "vpc", { type: "string" }).stringValue;
  new InterfaceEndpoint(stack, "classic", { vpcId: vpc, subnetIds, securityGroupIds });
  for (const id of ["one", "two"])
    new InterfaceEndpoint(stack, id, { ...nextgen, vpcId: vpc, securityGroupIds });
  expect(() => resourcesOf(stack)).toThrow(
    "VPC ${var.vpc} has an endpoint for nextgen collections already, search/one",
  );
});

test("two nextgen endpoints of one name are fine, and none counts towards the quota on managed endpoints", () => {
  const stack = newStack();
  for (let one = 0; one < 51; one += 1) {
    const vpc = `vpc-${one.toString(16).padStart(17, "0")}`;
    new InterfaceEndpoint(stack, `e${one}`, { ...nextgen, vpcId: vpc, securityGroupIds, name: "same" });
  }
  expect(Object.keys(resourcesOf(stack)["aws_vpc_endpoint"] ?? {})).toHaveLength(51);
});

test("a nextgen endpoint that nobody could connect to is refused at the end of synthesis", () => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", nextgen);
  expect(() => resourcesOf(stack)).toThrow("search/apps: no source is allowed and no security group given");
});

test("an endpoint that exists already says its generation if it is told", () => {
  const id = "vpce-0a1b2c3d4e5f60718";
  expect(InterfaceEndpoint.fromEndpointId(id, { generation: "nextgen" })).toEqual({
    endpointId: id,
    generation: "nextgen",
  });
  expect(InterfaceEndpoint.fromEndpointId(id).generation).toBeUndefined();
});

test("a name beside the tag Name is refused: it is the same thing", () => {
  const make = (props: { name?: string }) =>
    new InterfaceEndpoint(newStack(), "apps", {
      ...nextgen,
      securityGroupIds,
      tags: { Name: "apps" },
      ...props,
    });
  expect(() => make({})).not.toThrow();
  expect(() => make({ name: "apps" })).toThrow(RuleError);
  expect(() => make({ name: "apps" })).toThrow("search/apps: name and the tag Name: the name of a nextgen");
});
