import { TerraformVariable } from "cdktf";
import { InterfaceEndpoint, RuleError } from "../../modules";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const props = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
};

const tagged = (tags: Record<string, string>) => {
  const stack = newStack();
  new InterfaceEndpoint(stack, "apps", { ...props, tags });
  return stack;
};

test("each tag of a classic endpoint is a resource on the endpoint's id, with the key in its address", () => {
  const stack = tagged({ team: "search", cost_center: "costs ${7}" });
  expect(addressesOf(stack)).toEqual([
    "aws_ec2_tag.apps_tag-cost_center",
    "aws_ec2_tag.apps_tag-team",
    "aws_opensearchserverless_vpc_endpoint.apps",
  ]);
  expect(resourcesOf(stack)["aws_ec2_tag"]?.["apps_tag-cost_center"]).toMatchObject({
    resource_id: "${aws_opensearchserverless_vpc_endpoint.apps.id}",
    key: "cost_center",
    value: "costs $${7}",
  });
});

test("another value keeps the address of a tag, and so do other tags", () => {
  const addresses = addressesOf(tagged({ team: "search" }));
  expect(addressesOf(tagged({ team: "logs" }))).toEqual(addresses);
  expect(addressesOf(tagged({ owner: "me", team: "search" }))).toEqual(expect.arrayContaining(addresses));
});

test("keys that an address cannot hold are told apart", () => {
  const stack = tagged({ "team:name": "a", "team/name": "b", "team-name": "c", "${x}": "d" });
  const tags = Object.entries(resourcesOf(stack)["aws_ec2_tag"] ?? {});
  expect(tags.map(([, { key }]) => key).sort()).toEqual(["$${x}", "team-name", "team/name", "team:name"]);
  expect(new Set(tags.map(([name]) => name)).size).toBe(4);
  for (const [name] of tags) expect(name).toMatch(/^apps_tag-[\w-]+$/);
});

test("a value that only Terraform knows passes", () => {
  const stack = newStack();
  const team = new TerraformVariable(stack, "team", { type: "string" }).stringValue;
  new InterfaceEndpoint(stack, "apps", { ...props, tags: { team } });
  expect(resourcesOf(stack)["aws_ec2_tag"]?.["apps_tag-team"]).toMatchObject({ value: "${var.team}" });
});

describe("refused at construction, with the construct's path:", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, ""]));
  test.each([
    ["an empty key", { "": "a" }, "tag key of 0 characters, 1 to 128 are allowed; rename it"],
    ["a key of 129", { ["k".repeat(129)]: "a" }, "tag key of 129 characters"],
    ["a key that AWS keeps", { "AWS:team": "a" }, 'tag "AWS:team": aws: is reserved'],
    ["a value of 257", { team: "v".repeat(257) }, 'tag "team": a value of 257 characters, 256 are allowed'],
    ["51 tags", many(51), "tags: 51 given, 50 are allowed; drop 1"],
  ])("%s", (_name, tags, message) => {
    expect(() => tagged(tags)).toThrow(RuleError);
    expect(() => tagged(tags)).toThrow(`search/apps: ${message}`);
  });

  test("50 tags of a nextgen endpoint beside its Name", () => {
    const make = (count: number) =>
      new InterfaceEndpoint(newStack(), "apps", { ...props, generation: "nextgen", tags: many(count) });
    expect(() => make(49)).not.toThrow();
    expect(() => make(50)).toThrow("tags: 50 given, 49 are allowed beside the Name; drop 1");
  });

  test("a map that only Terraform knows", () => {
    const stack = newStack();
    const tags = new TerraformVariable(stack, "tags", { type: "map(string)" });
    const make = () => new InterfaceEndpoint(stack, "apps", { ...props, tags: tagsOf(tags) });
    expect(make).toThrow("tags: keys that only Terraform knows cannot be checked, nor stand in an address");
  });
});

const tagsOf = (variable: TerraformVariable) => ({ [variable.stringValue]: "a" });
