import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformElement, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Collection, type CollectionProps, EncryptionPolicy, RuleError } from "../../modules";
import { newStack, resourcesOf } from "../support/synthesized";

const collectionsOf = (stack: TerraformStack) =>
  resourcesOf(stack)["aws_opensearchserverless_collection"] ?? {};

/** The release of the AWS provider that a stack requires. */
function requiredBy(stack: TerraformStack): unknown {
  return JSON.parse(Testing.synth(stack, true)).terraform.required_providers.aws.version;
}

test("a collection is for search, with standby replicas, unless it is told otherwise", () => {
  const stack = newStack();
  const orders = new Collection(stack, "orders");
  expect(collectionsOf(stack)["orders"]).toEqual({
    name: "search-orders",
    type: "SEARCH",
    standby_replicas: "ENABLED",
  });
  expect([orders.collectionName, orders.generation]).toEqual(["search-orders", "classic"]);
});

test("what can be said of a collection reaches Terraform, and what a person wrote is no template", () => {
  const stack = newStack();
  const policy = new EncryptionPolicy(stack, "keys", { collections: ["web-logs"] });
  new Collection(stack, "logs", {
    name: "web-logs",
    type: "timeseries",
    description: "costs ${5}",
    standbyReplicas: false,
    tags: { team: "search", cost: "50%{x}" },
    dependsOn: [policy],
  });
  expect(collectionsOf(stack)["logs"]).toEqual({
    name: "web-logs",
    type: "TIMESERIES",
    description: "costs $${5}",
    standby_replicas: "DISABLED",
    tags: { team: "search", cost: "50%%{x}" },
    depends_on: ["aws_opensearchserverless_security_policy.keys"],
  });
});

test("its id, ARN and URLs are those of the resource", () => {
  const stack = newStack();
  const orders = new Collection(stack, "orders");
  const { collectionId, collectionArn, collectionEndpoint, dashboardEndpoint } = orders;
  const value = [collectionId, collectionArn, collectionEndpoint, dashboardEndpoint];
  new TerraformOutput(stack, "all", { value });
  expect(JSON.parse(Testing.synth(stack)).output.all.value).toEqual(
    ["id", "arn", "collection_endpoint", "dashboard_endpoint"].map(
      (attribute) => `\${aws_opensearchserverless_collection.orders.${attribute}}`,
    ),
  );
});

describe("a collection in a group", () => {
  const grouped = { generation: "nextgen", collectionGroupName: "shared" } as const;

  test("names the group, and requires a release of the provider that can", () => {
    const stack = newStack();
    const orders = new Collection(stack, "orders", grouped);
    new Collection(stack, "logs", grouped);
    expect(collectionsOf(stack)["orders"]).toMatchObject({ collection_group_name: "shared" });
    expect(orders.generation).toBe("nextgen");
    // The bindings require "~> 6.0".
    expect(requiredBy(stack)).toBe("~> 6.0, >= 6.40.0");
  });

  test("says its generation beside the configuration, for who reads it", () => {
    const stack = newStack();
    const orders = new Collection(stack, "orders", grouped);
    // Testing.synth leaves comments out.
    const [resource] = Object.values((orders.node.defaultChild as TerraformElement).toTerraform().resource);
    expect(resource).toMatchObject({ orders: { "//": { generation: "nextgen" } } });
  });

  test("keeps what the stack required before", () => {
    const stack = newStack();
    stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
    new Collection(stack, "orders", grouped);
    expect(requiredBy(stack)).toBe(">= 5.100.0, < 7.0.0, >= 6.40.0");
  });

  test("has a generation that is not known, unless it is said", () => {
    expect(
      new Collection(newStack(), "orders", { collectionGroupName: "shared" }).generation,
    ).toBeUndefined();
  });
});

test("without a group the stack requires no other provider than before", () => {
  const stack = newStack();
  new Collection(stack, "orders");
  expect(requiredBy(stack)).toBe(requiredBy(newStack()));
});

describe("refused at construction, with the construct's path:", () => {
  test.each<[string, CollectionProps, string]>([
    ["a name of 33 characters", { name: "a".repeat(33) }, "33 characters, 3 to 32 are allowed"],
    ["a name with capitals", { name: "Orders" }, 'only a-z, 0-9 and "-" are allowed'],
    ["a description of 1,001 characters", { description: "d".repeat(1001) }, "up to 1,000 are allowed"],
    ["nextgen without a group", { generation: "nextgen" }, "generation nextgen without a collection group"],
    [
      "nextgen without standby replicas",
      { generation: "nextgen", collectionGroupName: "shared", standbyReplicas: false },
      "a nextgen collection has standby replicas",
    ],
    ["a group's name of wrong form", { collectionGroupName: "Shared" }, 'only a-z, 0-9 and "-" are allowed'],
    ["a tag of AWS's own", { tags: { "aws:team": "search" } }, "aws: is reserved"],
    [
      "51 tags",
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, "v"])) },
      "tags: 51 given, 50 are allowed",
    ],
  ])("%s", (_name, props, message) => {
    const make = () => new Collection(newStack(), "orders", props);
    expect(make).toThrow(RuleError);
    expect(make).toThrow(message);
    expect(make).toThrow(/^search\/orders: /);
  });
});

test("two collections of one name in an account and Region are refused at the end of synthesis", () => {
  const app = Testing.app();
  const [one, two] = ["one", "two"].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new Collection(stack, "orders", { name: "orders" });
    return stack;
  }) as [TerraformStack, TerraformStack];
  expect(() => resourcesOf(one)).not.toThrow();
  expect(() => resourcesOf(two)).toThrow('collection name "orders" is used already, by one/orders');
});

test("values that only Terraform knows pass", () => {
  const stack = newStack();
  const value = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
  new Collection(stack, "orders", {
    name: value("name"),
    description: `for ${value("team")}`,
    collectionGroupName: value("group"),
    tags: { team: value("tag") },
  });
  expect(collectionsOf(stack)["orders"]).toMatchObject({
    name: "${var.name}",
    description: "for ${var.team}",
    collection_group_name: "${var.group}",
    tags: { team: "${var.tag}" },
  });
});

test("a collection that exists already is known by its name, which may be longer and has to be one", () => {
  const name = "a".repeat(64);
  expect(Collection.fromCollectionName(name, { generation: "nextgen" })).toEqual({
    collectionName: name,
    generation: "nextgen",
  });
  expect(() => Collection.fromCollectionName(`${name}a`)).toThrow("65 characters, 3 to 64 are allowed");
  expect(() => Collection.fromCollectionName("logs-*")).toThrow('only a-z, 0-9 and "-" are allowed');
});
