import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AnnotationMetadataEntryType, type TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  Collection,
  InterfaceEndpoint,
  PrivateCollection,
  type PrivateCollectionProps,
  RuleError,
  Source,
} from "../../modules";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const reader = "arn:aws:iam::123456789012:role/reader";
const dataAccess = [{ principals: [reader], indexes: ["logs-*"], indexPermissions: ["aoss:ReadDocument"] }];

const endpointIn = (stack: TerraformStack) =>
  new InterfaceEndpoint(stack, "apps", {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetIds: ["subnet-0a1b2c3d4e5f60711"],
    allow: [Source.cidr("10.20.0.0/16")],
  });

/** The document of each policy and its name in AWS, by address without the service's prefix. */
function policiesOf(stack: TerraformStack): Record<string, { name: unknown; document: unknown }> {
  return Object.fromEntries(
    Object.entries(resourcesOf(stack)).flatMap(([type, named]) =>
      Object.entries(named)
        .filter(([, { policy }]) => policy !== undefined)
        .map(([id, { name, policy }]) => [
          `${type.replace("aws_opensearchserverless_", "")}.${id}`,
          { name, document: JSON.parse(String(policy)) },
        ]),
    ),
  );
}

test("makes the collection after its encryption policy, and a policy of each kind that is needed", () => {
  const stack = newStack();
  const endpoint = endpointIn(stack);
  const orders = new PrivateCollection(stack, "orders", {
    type: "timeseries",
    from: [endpoint, "vpce-0a1b2c3d4e5f60731"],
    services: ["bedrock.amazonaws.com"],
    dashboards: true,
    dataAccess: [{ ...dataAccess[0], principals: [reader], collectionPermissions: ["aoss:*"] }],
    retention: [{ indexes: ["logs-*"], keepDays: 30 }, { indexes: ["audit"] }],
  });
  expect(resourcesOf(stack)["aws_opensearchserverless_collection"]).toEqual({
    orders: {
      name: "search-orders",
      type: "TIMESERIES",
      standby_replicas: "ENABLED",
      depends_on: ["aws_opensearchserverless_security_policy.orders_encryption"],
    },
  });
  expect(policiesOf(stack)).toEqual({
    "security_policy.orders_encryption": {
      name: "search-orders",
      document: {
        AWSOwnedKey: true,
        Rules: [{ Resource: ["collection/search-orders"], ResourceType: "collection" }],
      },
    },
    "security_policy.orders_network": {
      name: "search-orders",
      document: [
        {
          AllowFromPublic: false,
          Rules: [
            { Resource: ["collection/search-orders"], ResourceType: "collection" },
            { Resource: ["collection/search-orders"], ResourceType: "dashboard" },
          ],
          SourceServices: ["bedrock.amazonaws.com"],
          SourceVPCEs: ["${aws_opensearchserverless_vpc_endpoint.apps.id}", "vpce-0a1b2c3d4e5f60731"],
        },
      ],
    },
    "access_policy.orders_data_access": {
      name: "search-orders",
      document: [
        {
          Principal: [reader],
          Rules: [
            { Permission: ["aoss:*"], Resource: ["collection/search-orders"], ResourceType: "collection" },
            {
              Permission: ["aoss:ReadDocument"],
              Resource: ["index/search-orders/logs-*"],
              ResourceType: "index",
            },
          ],
        },
      ],
    },
    "lifecycle_policy.orders_lifecycle": {
      name: "search-orders",
      document: {
        Rules: [
          { MinIndexRetention: "30d", Resource: ["index/search-orders/logs-*"], ResourceType: "index" },
          { NoMinIndexRetention: true, Resource: ["index/search-orders/audit"], ResourceType: "index" },
        ],
      },
    },
  });
  expect(orders.collection?.collectionName).toBe("search-orders");
});

test("without anybody to let in there are the collection and its encryption policy alone", () => {
  const stack = newStack();
  new PrivateCollection(stack, "orders", {
    name: "orders",
    description: "all orders",
    tags: { team: "shop" },
  });
  expect(addressesOf(stack)).toEqual([
    "aws_opensearchserverless_collection.orders",
    "aws_opensearchserverless_security_policy.orders_encryption",
  ]);
  expect(resourcesOf(stack)["aws_opensearchserverless_collection"]?.["orders"]).toMatchObject({
    name: "orders",
    description: "all orders",
    tags: { team: "shop" },
  });
});

test("a KMS key of the same stack stands in the encryption policy, which waits for it", () => {
  const stack = newStack();
  const { arn } = new KmsKey(stack, "key", {});
  new PrivateCollection(stack, "orders", { name: "orders", kmsKeyArn: arn });
  expect(policiesOf(stack)["security_policy.orders_encryption"]?.document).toEqual({
    AWSOwnedKey: false,
    KmsARN: "${aws_kms_key.key.arn}",
    Rules: [{ Resource: ["collection/orders"], ResourceType: "collection" }],
  });
});

test("who works with the collection waits for it and for the policies that open it, in whatever order they came", () => {
  const stack = newStack();
  const orders = new PrivateCollection(stack, "orders", { dataAccess });
  orders.addGrant({ from: ["vpce-0a1b2c3d4e5f60731"] }).addGrant({ services: ["bedrock.amazonaws.com"] });
  new Collection(stack, "later", { dependsOn: orders.ready });
  const { later } = resourcesOf(stack)["aws_opensearchserverless_collection"] ?? {};
  expect(later?.["depends_on"]).toEqual([
    "aws_opensearchserverless_collection.orders",
    "aws_opensearchserverless_access_policy.orders_data_access",
    "aws_opensearchserverless_security_policy.orders_network",
  ]);
});

test("a collection that exists already is given access to, and neither made nor encrypted", () => {
  const stack = newStack();
  const shared = new PrivateCollection(stack, "shared", {
    collection: Collection.fromCollectionName("shared-search", { generation: "nextgen" }),
    from: [InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60731", { generation: "nextgen" })],
    dataAccess,
  });
  expect(addressesOf(stack)).toEqual([
    "aws_opensearchserverless_access_policy.shared_data_access",
    "aws_opensearchserverless_security_policy.shared_network",
  ]);
  expect(JSON.stringify(policiesOf(stack))).toContain('"index/shared-search/logs-*"');
  expect([shared.collection, shared.collectionName, shared.generation]).toEqual([
    undefined,
    "shared-search",
    "nextgen",
  ]);
});

test("a collection whose name only Terraform knows is named in all of its policies", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  new PrivateCollection(stack, "orders", { name, from: ["vpce-0a1b2c3d4e5f60731"], dataAccess });
  const text = JSON.stringify(policiesOf(stack));
  expect(text.match(/collection\/\$\{var\.name\}/g)).toHaveLength(2);
  expect(text).toContain("index/${var.name}/logs-*");
});

describe("an endpoint of the other generation is refused:", () => {
  test("a managed endpoint for a NEXTGEN collection", () => {
    const stack = newStack();
    const from = [endpointIn(stack)];
    const collection = Collection.fromCollectionName("shared-search", { generation: "nextgen" });
    expect(() => new PrivateCollection(stack, "shared", { collection, from })).toThrow(
      "search/shared: endpoint search/apps serves classic collections, shared-search is nextgen",
    );
  });

  test("an endpoint for NEXTGEN collections for one that is made without a group", () => {
    const from = [InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60731", { generation: "nextgen" })];
    expect(() => new PrivateCollection(newStack(), "orders", { from })).toThrow(
      "endpoint vpce-0a1b2c3d4e5f60731 serves nextgen collections, search-orders is classic",
    );
  });

  test("but not one whose generation is not known, nor for a collection whose generation is not", () => {
    const stack = newStack();
    const from = [
      InterfaceEndpoint.fromEndpointId("vpce-0a1b2c3d4e5f60731"),
      { endpointId: new DataAwsVpc(stack, "vpc", { default: true }).id },
    ];
    new PrivateCollection(stack, "orders", { from });
    const collection = Collection.fromCollectionName("shared-search");
    new PrivateCollection(stack, "shared", { collection, from: [endpointIn(stack)] });
    expect(() => resourcesOf(stack)).not.toThrow();
  });
});

describe("refused at construction, with the construct's path:", () => {
  const collection = Collection.fromCollectionName("shared-search");
  test.each<[string, PrivateCollectionProps, string]>([
    [
      "what is said of a collection that exists already",
      { collection, type: "search", kmsKeyArn: "arn" },
      "type, kmsKeyArn: of no effect on a collection that exists already; leave them out",
    ],
    ["dashboards for nobody", { dashboards: true }, "neither from nor services: nobody is granted anything"],
    [
      "an index written with its collection",
      { dataAccess: [{ ...dataAccess[0], principals: [reader], indexes: ["orders/*"] }] },
      'index "orders/*": names a collection too; leave it out: "*"',
    ],
    [
      "a session of an assumed role",
      {
        dataAccess: [
          { ...dataAccess[0], principals: ["arn:aws:sts::123456789012:assumed-role/reader/session"] },
        ],
      },
      'name the role: "arn:aws:iam::123456789012:role/reader"',
    ],
    ["an alias of a key", { kmsKeyArn: "alias/orders" }, "an alias is not taken"],
    ["a retention of 0 days", { retention: [{ indexes: ["*"], keepDays: 0 }] }, "keepDays: 0 given"],
  ])("%s", (_name, props, message) => {
    const make = () => new PrivateCollection(newStack(), "orders", props);
    expect(make).toThrow(RuleError);
    expect(make).toThrow(message);
    expect(make).toThrow(/^search\/orders/);
  });
});

test("two collections of one id in different places have policies of two names", () => {
  const stack = newStack();
  for (const id of ["eu", "us"]) {
    new PrivateCollection(new Construct(stack, id), "orders", { name: `orders-${id}` });
  }
  expect(Object.values(policiesOf(stack)).map(({ name }) => name)).toEqual([
    "search-eu-orders",
    "search-us-orders",
  ]);
});

test("retention of a collection that is not of type timeseries is warned of, since AWS does not act on it", () => {
  const warnings = (type: "search" | "timeseries") => {
    const stack = newStack();
    const orders = new PrivateCollection(stack, "orders", {
      type,
      retention: [{ indexes: ["*"], keepDays: 3 }],
    });
    return orders.node.metadata.filter(({ type: kind }) => kind === AnnotationMetadataEntryType.WARN);
  };
  expect(warnings("timeseries")).toEqual([]);
  expect(warnings("search")).toEqual([
    // With a trace, which names the machine's folders, two machines would synthesize two manifests.
    { type: "@cdktf/warn", data: expect.stringContaining("of type timeseries only"), trace: undefined },
  ]);
});

test("nothing that can be said makes a collection public", () => {
  const stack = newStack();
  new PrivateCollection(stack, "orders", {
    from: ["vpce-0a1b2c3d4e5f60731"],
    services: ["bedrock.amazonaws.com"],
    dashboards: true,
  });
  expect(JSON.stringify(policiesOf(stack))).not.toContain('"AllowFromPublic":true');
});
