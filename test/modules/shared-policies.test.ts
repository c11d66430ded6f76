import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Collection, PrivateAccess, RuleError, Source } from "../../modules";
import { type Named, namedIn, policiesOf } from "../support/policies-in-stack";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const apps = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
const principals = ["arn:aws:iam::123456789012:role/search"];
const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const reading = { principals, indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] };
const endpoint = "vpce-0a1b2c3d4e5f60731";

const collectionsOf = (stack: TerraformStack): Named =>
  resourcesOf(stack)["aws_opensearchserverless_collection"] ?? {};

test("collections share one policy of each kind, whose addresses are part of the contract", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "access");
  const orders = access.addEndpoint("orders", apps).allowFrom(Source.cidr("10.20.0.0/16"));
  for (const key of ["orders", "logs", "web"]) {
    access.addCollection(key, {
      type: "timeseries",
      from: [orders],
      dataAccess: [reading],
      retention: [{ indexes: ["*"], keepDays: 30 }],
    });
  }
  expect(addressesOf(stack)).toEqual([
    "aws_opensearchserverless_access_policy.access_data_access_policy",
    "aws_opensearchserverless_collection.access_logs",
    "aws_opensearchserverless_collection.access_orders",
    "aws_opensearchserverless_collection.access_web",
    "aws_opensearchserverless_lifecycle_policy.access_lifecycle_policy",
    "aws_opensearchserverless_security_policy.access_encryption_policy",
    "aws_opensearchserverless_security_policy.access_network_policy",
    "aws_opensearchserverless_vpc_endpoint.access_orders",
    "aws_security_group.access_orders_clients",
    "aws_vpc_security_group_ingress_rule.access_orders_clients_cidr-10-20-0-0-16",
  ]);
  const names = Object.values(resourcesOf(stack))
    .flatMap((named) => Object.values(named))
    .flatMap(({ name, policy }) => (policy === undefined ? [] : [name]));
  expect(names.sort()).toEqual([
    "search-access-data-access",
    "search-access-encryption",
    "search-access-lifecycle",
    "search-access-private-access",
  ]);
});

test("a collection is made after the encryption policy that holds its key", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  access.addCollection("orders", { name: "orders", from: [endpoint] });
  access.addCollection("secrets", { name: "secrets", from: [endpoint], kmsKeyArn });
  const policies = policiesOf(stack, "encryption");
  const addressOf = (key: string) => {
    const [address] = Object.entries(policies).find(([, { policy }]) => String(policy).includes(key)) ?? [];
    return `aws_opensearchserverless_security_policy.${address}`;
  };
  expect(Object.keys(policies)).toHaveLength(2);
  const { orders, secrets } = collectionsOf(stack);
  expect(orders?.["depends_on"]).toEqual([addressOf('"AWSOwnedKey":true')]);
  expect(secrets?.["depends_on"]).toEqual([addressOf(kmsKeyArn)]);
});

test("a collection's name is its key, as in the access file, unless another is given", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const orders = access.addCollection("orders", { from: [endpoint] });
  const logs = access.addCollection("logs", { name: "shop-logs", from: [endpoint] });
  const shared = Collection.fromCollectionName("shared-search");
  const there = access.addCollection("there", { collection: shared, from: [endpoint] });
  expect([orders, logs, there].map(({ collectionName }) => collectionName)).toEqual([
    "orders",
    "shop-logs",
    "shared-search",
  ]);
  expect(Object.entries(collectionsOf(stack)).map(([key, { name }]) => [key, name])).toEqual([
    ["logs", "shop-logs"],
    ["orders", "orders"],
  ]);
});

describe("refused with the path of the construct, without the ids that addresses leave out:", () => {
  test("a collection with the key of another, and an endpoint with the key of another", () => {
    const access = new PrivateAccess(newStack(), "access");
    access.addCollection("orders", {});
    const twice = () => access.addCollection("orders", {});
    expect(twice).toThrow(RuleError);
    expect(twice).toThrow(
      'search/access: collection "orders" is added already; give each collection a key of its own',
    );
    access.addEndpoint("apps", apps);
    const endpointTwice = () => access.addEndpoint("apps", { ...apps, vpcId: "vpc-0a1b2c3d4e5f60728" });
    expect(endpointTwice).toThrow(RuleError);
    expect(endpointTwice).toThrow('search/access: endpoint "apps" is added already');
  });

  test.each(["encryption_policy", "network_policy", "Default"])(
    "an endpoint with the key %s, which the policies or collections have",
    (key) => {
      const add = () => new PrivateAccess(newStack(), "access").addEndpoint(key, apps);
      expect(add).toThrow(RuleError);
      expect(add).toThrow(`search/access: endpoint key "${key}": this id is one of the construct's own`);
    },
  );

  test("what a collection is not to be called", () => {
    const add = () => new PrivateAccess(newStack(), "access").addCollection("Orders", {});
    expect(add).toThrow(/^search\/access\/Orders: collection name "Orders": only a-z/);
  });

  test("a name that two collections have", () => {
    const stack = newStack();
    const access = new PrivateAccess(stack, "access");
    access.addCollection("orders", {});
    access.addCollection("archive", { name: "orders" });
    expect(() => resourcesOf(stack)).toThrow(
      'collection name "orders" is used already, by search/access/orders;',
    );
  });
});

test("grants, keys, principals and retentions of other collections go into the same policies", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  access.addCollection("orders", { name: "orders", from: [endpoint], dataAccess: [reading] });
  access
    .grant({ collections: ["logs-*"], from: [endpoint] })
    .encrypt({ collections: ["logs-*"] })
    .allowData({ principals, collections: ["logs-*"], collectionPermissions: ["aoss:*"] })
    .retain({ indexes: ["logs-*/*"], keepDays: 7 });
  const [network] = Object.values(policiesOf(stack, "network"));
  const [encryption] = Object.values(policiesOf(stack, "encryption"));
  const [data] = Object.values(resourcesOf(stack)["aws_opensearchserverless_access_policy"] ?? {});
  const [retention] = Object.values(resourcesOf(stack)["aws_opensearchserverless_lifecycle_policy"] ?? {});
  for (const policy of [network, encryption, data]) expect(namedIn(policy, "collection/logs-*")).toBe(true);
  for (const policy of [network, encryption]) expect(namedIn(policy, "collection/orders")).toBe(true);
  expect(namedIn(data, "index/orders/*")).toBe(true);
  expect(JSON.parse(String(retention?.["policy"]))).toEqual({
    Rules: [{ ResourceType: "index", Resource: ["index/logs-*/*"], MinIndexRetention: "7d" }],
  });
});

test("the names of all policies are outputs, also of kinds that come later", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  for (const [kind, value] of Object.entries(access.policyNames)) new TerraformOutput(stack, kind, { value });
  access.addCollection("orders", { from: [endpoint] });
  const { output } = JSON.parse(Testing.synth(stack, true)) as { output: unknown };
  expect(output).toEqual({
    network: { value: ["search-private-access"] },
    encryption: { value: ["search-encryption"] },
    dataAccess: { value: [] },
    lifecycle: { value: [] },
  });
});

test("a name that only Terraform knows is written into the policies, and found there", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  new PrivateAccess(stack, "Default").addCollection("orders", { name, from: [endpoint] });
  const [[address, policy] = []] = Object.entries(policiesOf(stack, "encryption"));
  expect(namedIn(policy, "collection/${var.name}")).toBe(true);
  expect(collectionsOf(stack)["orders"]?.["depends_on"]).toEqual([
    `aws_opensearchserverless_security_policy.${address}`,
  ]);
});

test("hundreds of collections with two keys are written into few policies, each within its limit", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "Default");
  const from = Array.from({ length: 50 }, (_, index) => `vpce-${String(index).padStart(17, "0")}`);
  for (let index = 0; index < 600; index += 1) {
    const key = `orders-${String(index).padStart(25, "0")}`;
    access.addCollection(key, {
      name: key,
      from: [String(from[index % 50]), String(from[(index * 7 + 1) % 50])],
      dashboards: index % 3 === 0,
      dataAccess: [{ ...reading, principals: [`arn:aws:iam::123456789012:role/team-${index % 40}`] }],
      ...(index % 2 === 0 ? { kmsKeyArn } : {}),
    });
  }
  const resources = resourcesOf(stack);
  const documents = Object.values(resources)
    .flatMap((named) => Object.values(named))
    .flatMap(({ policy }) => (policy === undefined ? [] : [String(policy)]));
  expect(Math.max(...documents.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(10_240);
  // 300 times `"collection/orders-…",` are 13,800 bytes: two policies for each of the keys.
  const encryption = policiesOf(stack, "encryption");
  expect(Object.values(encryption).filter(({ policy }) => String(policy).includes(kmsKeyArn))).toHaveLength(
    2,
  );
  expect(Object.keys(encryption)).toHaveLength(4);
  expect(encryption["encryption_policy"]?.["name"]).toBe("search-encryption");
  for (const { name, depends_on: dependsOn } of Object.values(collectionsOf(stack))) {
    const [address = ""] = dependsOn as string[];
    const policy = encryption[address.replace("aws_opensearchserverless_security_policy.", "")];
    expect(namedIn(policy, `collection/${name}`)).toBe(true);
  }
});

test("a collection in two encryption policies of the app is refused at the end of synthesis", () => {
  const stack = newStack();
  const access = new PrivateAccess(stack, "one");
  access.addCollection("orders", { name: "orders", from: [endpoint] });
  new PrivateAccess(stack, "two").encrypt({ collections: ["orders"] });
  expect(() => resourcesOf(stack)).toThrow('collection "orders" is in two encryption policies');
});

test("a key of another Region is refused where it is given, and at the end where the provider came later", () => {
  const stack = newStack();
  const foreign = kmsKeyArn.replace("eu-central-1", "us-east-1");
  const encrypt = (scope: TerraformStack) =>
    new PrivateAccess(scope, "Default").encrypt({ collections: ["orders"], kmsKeyArn: foreign });
  expect(() => encrypt(stack)).toThrow("is a key of us-east-1, the policy is of eu-central-1");
  const later = new TerraformStack(Testing.app(), "search");
  encrypt(later);
  new AwsProvider(later, "aws", { region: "eu-central-1" });
  expect(() => resourcesOf(later)).toThrow("is a key of us-east-1, the policy is of eu-central-1");
});

test("the policy of a key that only Terraform knows is named by the expression, so another id of the key renames it", () => {
  const policyOf = (id: string) => {
    const stack = newStack();
    const key = new KmsKey(stack, id);
    new PrivateAccess(stack, "access").addCollection("orders", { kmsKeyArn: key.arn });
    return Object.keys(policiesOf(stack, "encryption"));
  };
  const [address] = policyOf("key");
  expect(address).toMatch(/^access_encryption_policy_key-[0-9a-f]{8}$/);
  expect(policyOf("key")).toEqual([address]);
  expect(policyOf("other")).not.toEqual([address]);
});
