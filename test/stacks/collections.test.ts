import { Testing } from "cdktf";
import { parseAccessFile } from "../../config";
import { PrivateAccess, Source } from "../../modules";
import { addStacks } from "../../stacks";
import { goodCollectionsFile } from "../support/bad-collection-files";
import { addressesOf, newStack, resourcesOf } from "../support/synthesized";

const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
/** Policies of a KMS key are called after it, so that another key leaves them alone. */
const ofTheKey = "key-69629ff6";

function stacksOf(text: string) {
  const stacks = addStacks(Testing.app(), parseAccessFile(text, "access.yaml").access);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, stack]));
}

function synthesized(name: string, text = goodCollectionsFile) {
  const stack = stacksOf(text)[name];
  if (!stack) throw new Error(`no stack ${name}`);
  return JSON.parse(Testing.synth(stack, true));
}

const policyOf = (resource: { policy: string } | undefined) => JSON.parse(resource?.policy ?? "");

test("the addresses of collections and their policies are part of the contract", () => {
  const { search } = stacksOf(goodCollectionsFile);
  expect(search && addressesOf(search)).toEqual([
    "aws_opensearchserverless_access_policy.data_access_policy",
    "aws_opensearchserverless_collection.orders",
    "aws_opensearchserverless_lifecycle_policy.lifecycle_policy",
    `aws_opensearchserverless_security_policy.encryption_policy_${ofTheKey}`,
    "aws_opensearchserverless_security_policy.network_policy",
  ]);
});

test("PrivateAccess with the id Default makes the names and addresses that the file makes, as docs/constructs.md says", () => {
  const stack = newStack("shop");
  const access = new PrivateAccess(stack, "Default");
  const apps = access.addEndpoint("apps", {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetIds: ["subnet-0a1b2c3d4e5f60711"],
    allow: [Source.cidr("10.20.0.0/16")],
  });
  access.addCollection("orders", {
    type: "timeseries",
    from: [apps],
    dataAccess: [
      {
        principals: ["arn:aws:iam::123456789012:role/reader"],
        indexes: ["*"],
        indexPermissions: ["aoss:ReadDocument"],
      },
    ],
    retention: [{ indexes: ["*"], keepDays: 30 }],
  });
  const fromFile = synthesized(
    "shop",
    `version: 1
stacks:
  shop:
    region: eu-central-1
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
    collections:
      orders:
        type: timeseries
        from: [apps]
        access:
          - principals: [arn:aws:iam::123456789012:role/reader]
            indexes: ["*"]
            indexPermissions: [aoss:ReadDocument]
        retention: [{ indexes: ["*"], keepDays: 30 }]
`,
  );
  const resources = resourcesOf(stack);
  expect(resources).toEqual(fromFile.resource);
  expect(resources["aws_opensearchserverless_collection"]?.["orders"]).toMatchObject({ name: "orders" });
});

test("a collection is as the file says, after the policy that encrypts it", () => {
  const { resource } = synthesized("search");
  expect(resource.aws_opensearchserverless_collection.orders).toMatchObject({
    name: "orders",
    type: "TIMESERIES",
    standby_replicas: "ENABLED",
    depends_on: [`aws_opensearchserverless_security_policy.encryption_policy_${ofTheKey}`],
  });
  const encryption = resource.aws_opensearchserverless_security_policy[`encryption_policy_${ofTheKey}`];
  expect(encryption.name).toBe(`search-encryption-${ofTheKey}`);
  expect(policyOf(encryption)).toEqual({
    AWSOwnedKey: false,
    KmsARN: keyArn,
    Rules: [{ Resource: ["collection/logs-*", "collection/orders"], ResourceType: "collection" }],
  });
});

test("network access is of endpoints of this stack and of others, by id or by the other's state", () => {
  const { resource } = synthesized("search");
  const { network_policy: network } = resource.aws_opensearchserverless_security_policy;
  expect(policyOf(network)).toEqual(
    expect.arrayContaining([
      {
        AllowFromPublic: false,
        Rules: [{ Resource: ["collection/orders"], ResourceType: "collection" }],
        SourceVPCEs: ["${data.terraform_remote_state.network.outputs.endpoint_ids.apps}"],
      },
      {
        AllowFromPublic: false,
        Rules: [{ Resource: ["collection/notes"], ResourceType: "collection" }],
        SourceVPCEs: [
          "${data.terraform_remote_state.network.outputs.endpoint_ids.next}",
          "vpce-0a1b2c3d4e5f60731",
        ],
      },
    ]),
  );
  expect(policyOf(network)).toHaveLength(2);
});

test("data access and retention of the stack and of its collections are one set of policies each", () => {
  const { resource } = synthesized("search");
  const { data_access_policy: access } = resource.aws_opensearchserverless_access_policy;
  expect(access.name).toBe("search-data-access");
  expect(policyOf(access)).toEqual(
    expect.arrayContaining([
      {
        Principal: ["arn:aws:iam::123456789012:role/reader"],
        Rules: [
          {
            Permission: ["aoss:DescribeCollectionItems"],
            Resource: ["collection/orders"],
            ResourceType: "collection",
          },
          { Permission: ["aoss:ReadDocument"], Resource: ["index/orders/2024-*"], ResourceType: "index" },
        ],
      },
      {
        Principal: ["saml/123456789012/idp/group/analysts"],
        Rules: [
          {
            Permission: ["aoss:DescribeCollectionItems"],
            Resource: ["collection/logs-*"],
            ResourceType: "collection",
          },
          { Permission: ["aoss:ReadDocument"], Resource: ["index/logs-*/*"], ResourceType: "index" },
        ],
      },
    ]),
  );
  const { lifecycle_policy: lifecycle } = resource.aws_opensearchserverless_lifecycle_policy;
  expect(lifecycle.name).toBe("search-lifecycle");
  expect(policyOf(lifecycle).Rules).toEqual(
    expect.arrayContaining([
      { MinIndexRetention: "30d", Resource: ["index/orders/2024-*"], ResourceType: "index" },
      { MinIndexRetention: "90d", Resource: ["index/logs-*/*"], ResourceType: "index" },
    ]),
  );
});

test("endpoints of both generations stand in one VPC, with tags and the shared zone of the classic one", () => {
  const { network } = stacksOf(goodCollectionsFile);
  expect(network && addressesOf(network)).toEqual([
    "aws_ec2_tag.apps_tag-cost",
    "aws_opensearchserverless_security_policy.network_policy",
    "aws_opensearchserverless_vpc_endpoint.apps",
    "aws_route53_zone_association.apps_zone-vpc-0a1b2c3d4e5f60728",
    "aws_security_group.apps_clients",
    "aws_security_group.next_clients",
    "aws_vpc_endpoint.next",
    "aws_vpc_security_group_ingress_rule.apps_clients_cidr-10-20-0-0-16",
    "aws_vpc_security_group_ingress_rule.next_clients_cidr-10-20-0-0-16",
  ]);
});

test("the outputs about collections are there where the stack has to do with any", () => {
  const { output } = synthesized("search");
  expect(output.collection_ids.value).toEqual({ orders: "${aws_opensearchserverless_collection.orders.id}" });
  expect(output.collection_arns.value).toEqual({
    orders: "${aws_opensearchserverless_collection.orders.arn}",
  });
  expect(output.collection_endpoints.value).toEqual({
    orders: "${aws_opensearchserverless_collection.orders.collection_endpoint}",
  });
  expect(output.dashboard_endpoints.value).toEqual({
    orders: "${aws_opensearchserverless_collection.orders.dashboard_endpoint}",
  });
  expect([
    output.network_policy_names.value,
    output.encryption_policy_names.value,
    output.data_access_policy_names.value,
    output.lifecycle_policy_names.value,
  ]).toEqual([
    ["search-private-access"],
    [`search-encryption-${ofTheKey}`],
    ["search-data-access"],
    ["search-lifecycle"],
  ]);
  expect(Object.keys(synthesized("network").output)).toEqual([
    "endpoint_ids",
    "network_policy_names",
    "security_group_ids",
  ]);
});

test("a collection that names no key has that of the prefix in encryption, in a policy of its own name", () => {
  const text = goodCollectionsFile
    .replace(`        kmsKey: ${keyArn}\n`, "")
    .replace("      orders:", "      logs-orders:");
  const { resource } = synthesized("search", text);
  const policies = resource.aws_opensearchserverless_security_policy;
  expect(policyOf(policies[`encryption_policy_${ofTheKey}`])).toEqual({
    AWSOwnedKey: false,
    KmsARN: keyArn,
    Rules: [{ Resource: ["collection/logs-*", "collection/logs-orders"], ResourceType: "collection" }],
  });
});

test("a collection in a group makes the stack require a release of the provider that knows groups", () => {
  const text = goodCollectionsFile.replace("notes: { exists: true,", "notes: { group: next,");
  const { resource, terraform } = synthesized("search", text);
  expect(resource.aws_opensearchserverless_collection.notes.collection_group_name).toBe("next");
  expect(terraform.required_providers.aws.version).toBe(">= 5.100.0, < 7.0.0, >= 6.40.0");
});

test("a collection may have the key of an endpoint", () => {
  const text = goodCollectionsFile.replace("      orders:", "      partner:");
  expect(synthesized("search", text).resource.aws_opensearchserverless_collection.partner.name).toBe(
    "partner",
  );
  const apps = goodCollectionsFile.replace(
    "    grants:\n      - collections: [reports]",
    "    collections: { apps: { from: [apps] } }\n    grants:\n      - collections: [reports]",
  );
  const { network } = stacksOf(apps);
  expect(network && addressesOf(network)).toEqual(
    expect.arrayContaining([
      "aws_opensearchserverless_collection.apps",
      "aws_opensearchserverless_vpc_endpoint.apps",
    ]),
  );
});
