import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateCollectionCommand,
  CreateCollectionGroupCommand,
  DeleteCollectionCommand,
  DeleteCollectionGroupCommand,
  OpenSearchServerlessClient,
} from "@aws-sdk/client-opensearchserverless";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  Collection,
  type CollectionDataAccess,
  type CollectionGrant,
  InterfaceEndpoint,
  PrivateCollection,
  Source,
} from "../../modules";
import { type Sandbox, sandboxAccessKeyId, startSandbox } from "../../sandbox";
import { secretKeyOf } from "../../sandbox/access/credential-scope";
import { Terraform } from "../../terraform";
import { describeWithTerraform } from "../support/with-terraform";

const region = "eu-central-1";
const account = "123456789012";
const vpc = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60711"] };
const partner = "vpce-0a1b2c3d4e5f60731";
const [reader, writer] = ["reader", "writer"].map((role) => `arn:aws:iam::${account}:role/${role}`) as [
  string,
  string,
];
const readsAll = { indexes: ["*"], indexPermissions: ["aoss:ReadDocument"] };

/** What of the collection `orders` changes in the course of the test. */
interface Wanted {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly dataAccess: readonly CollectionDataAccess[];
  readonly grants: readonly CollectionGrant[];
}

const first: Wanted = {
  description: "all orders, at ${5}",
  tags: { team: "shop" },
  dataAccess: [{ ...readsAll, principals: [reader] }],
  grants: [],
};

const second: Wanted = {
  description: "orders and returns",
  tags: { team: "shop", cost: "7" },
  dataAccess: [
    { ...readsAll, principals: [reader, writer] },
    {
      principals: [writer],
      collectionPermissions: ["aoss:CreateCollectionItems"],
      indexes: ["2024-*"],
      indexPermissions: ["aoss:WriteDocument"],
    },
  ],
  grants: [{ from: [partner], dashboards: true }, { services: ["bedrock.amazonaws.com"] }],
};

describeWithTerraform("private collections, with the real Terraform and provider", () => {
  const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-collections-"));
  let sandbox: Sandbox;
  let client: OpenSearchServerlessClient;
  let vectorsId: string;
  let groupId: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = new OpenSearchServerlessClient({
      endpoint: sandbox.url,
      region,
      credentials: { accessKeyId: sandboxAccessKeyId, secretAccessKey: secretKeyOf(sandboxAccessKeyId) },
    });
    // Provider 5.100 knows no collection groups, and a collection is NEXTGEN by its group alone.
    const { createCollectionGroupDetail: group } = await client.send(
      new CreateCollectionGroupCommand({
        name: "next",
        standbyReplicas: "ENABLED",
        generation: "NEXTGEN",
      }),
    );
    groupId = group?.id ?? "";
    const { createCollectionDetail: vectors } = await client.send(
      new CreateCollectionCommand({
        name: "vectors",
        type: "VECTORSEARCH",
        collectionGroupName: "next",
        encryptionConfig: { aWSOwnedKey: true },
      }),
    );
    vectorsId = vectors?.id ?? "";
  });

  afterAll(async () => {
    client.destroy();
    await sandbox.close();
    rmSync(outdir, { recursive: true });
  });

  /** Three collections on one endpoint of a VPC, with both kinds of keys, and a NEXTGEN one that exists already. */
  function synthesize({ description, tags, dataAccess, grants }: Wanted): void {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "search");
    new AwsProvider(stack, "aws", { region, allowedAccountIds: [account] });
    stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
    new LocalBackend(stack, { path: "search.tfstate" });
    const allow = [Source.cidr("10.20.0.0/16")];
    const from = [new InterfaceEndpoint(stack, "apps", { ...vpc, allow })];
    const orders = new PrivateCollection(stack, "orders", {
      name: "orders",
      description,
      tags,
      from,
      dataAccess,
    });
    for (const grant of grants) orders.addGrant(grant);
    const key = new KmsKey(stack, "key", { description: "invoices", deletionWindowInDays: 7 });
    new PrivateCollection(stack, "invoices", { name: "invoices", kmsKeyArn: key.arn, from, dataAccess });
    new PrivateCollection(stack, "logs", {
      name: "logs",
      type: "timeseries",
      standbyReplicas: false,
      from,
      dashboards: true,
      dataAccess,
      retention: [{ indexes: ["web-*"], keepDays: 30 }, { indexes: ["audit"] }],
    });
    new PrivateCollection(stack, "vectors", {
      collection: Collection.fromCollectionName("vectors", { generation: "nextgen" }),
      from: [new InterfaceEndpoint(stack, "data", { ...vpc, allow, generation: "nextgen" })],
      dataAccess,
    });
    app.synth();
  }

  const terraform = () =>
    new Terraform({
      cwd: path.join(outdir, "stacks", "search"),
      env: { ...process.env, ...sandbox.environment(region) },
    });

  const collection = (name: string) => sandbox.contents().collections.find((one) => one.name === name);

  /** The document of the policy of a kind that the stack made for a collection. */
  const document = (type: "network" | "encryption" | "data" | "retention", id: string): unknown => {
    const { securityPolicies, accessPolicies, lifecyclePolicies } = sandbox.contents();
    return [...securityPolicies, ...accessPolicies, ...lifecyclePolicies].find(
      (one) => one.type === type && one.name === `search-${id}`,
    )?.document;
  };

  const opens = (name: string, endpointId: string | undefined, types = ["collection"]) => [
    {
      AllowFromPublic: false,
      Rules: types.map((ResourceType) => ({ ResourceType, Resource: [`collection/${name}`] })),
      SourceVPCEs: [endpointId],
    },
  ];

  test("are made, each with its key, and opened to the endpoint and the principals; planned again, nothing is to change", async () => {
    synthesize(first);
    await terraform().init();
    await terraform().apply();
    const { vpcEndpoints, interfaceEndpoints, kmsKeys } = sandbox.contents();
    expect([vpcEndpoints.length, interfaceEndpoints.length, kmsKeys.length]).toEqual([1, 1, 1]);
    const [apps, data] = [vpcEndpoints[0]?.id, interfaceEndpoints[0]?.id];
    const keyArn = `arn:aws:kms:${region}:${account}:key/${kmsKeys[0]?.id}`;

    expect(collection("orders")).toMatchObject({
      type: "SEARCH",
      status: "ACTIVE",
      kmsKeyArn: "auto",
      description: "all orders, at ${5}",
      tags: { team: "shop" },
    });
    expect(collection("invoices")).toMatchObject({ type: "SEARCH", kmsKeyArn: keyArn });
    expect(collection("logs")).toMatchObject({ type: "TIMESERIES", kmsKeyArn: "auto" });
    expect(document("encryption", "invoices")).toEqual({
      AWSOwnedKey: false,
      KmsARN: keyArn,
      Rules: [{ ResourceType: "collection", Resource: ["collection/invoices"] }],
    });
    expect(document("encryption", "vectors")).toBeUndefined();

    for (const name of ["orders", "invoices"]) expect(document("network", name)).toEqual(opens(name, apps));
    expect(document("network", "logs")).toEqual(opens("logs", apps, ["collection", "dashboard"]));
    expect(document("network", "vectors")).toEqual(opens("vectors", data));
    for (const name of ["orders", "invoices", "logs", "vectors"]) {
      expect(document("data", name)).toEqual([
        {
          Principal: [reader],
          Rules: [
            { ResourceType: "index", Resource: [`index/${name}/*`], Permission: ["aoss:ReadDocument"] },
          ],
        },
      ]);
    }
    expect(document("retention", "logs")).toEqual({
      Rules: [
        { ResourceType: "index", Resource: ["index/logs/web-*"], MinIndexRetention: "30d" },
        { ResourceType: "index", Resource: ["index/logs/audit"], NoMinIndexRetention: true },
      ],
    });
    expect((await terraform().plan()).isEmpty).toBe(true);
  });

  test("take another description, tags, principals and grants in place", async () => {
    const before = sandbox.contents().collections.map(({ id }) => id);
    synthesize(second);
    await terraform().plan({ out: "plan.bin" });
    const { resource_changes: changes = [] } = await terraform().show("plan.bin");
    const actions = changes
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(
        ({ change, address }) =>
          `${change.actions.join("+")} ${address.replace("aws_opensearchserverless_", "")}`,
      );
    expect(actions.sort()).toEqual([
      "update access_policy.invoices_data_access",
      "update access_policy.logs_data_access",
      "update access_policy.orders_data_access",
      "update access_policy.vectors_data_access",
      "update collection.orders",
      "update security_policy.orders_network",
    ]);
    await terraform().apply("plan.bin");
    const { collections, vpcEndpoints } = sandbox.contents();
    expect(collections.map(({ id }) => id)).toEqual(before);
    expect(collection("orders")).toMatchObject({
      description: "orders and returns",
      tags: { team: "shop", cost: "7" },
    });
    expect(document("network", "orders")).toEqual([
      ...opens("orders", vpcEndpoints[0]?.id),
      ...opens("orders", partner, ["collection", "dashboard"]),
      {
        AllowFromPublic: false,
        Rules: [{ ResourceType: "collection", Resource: ["collection/orders"] }],
        SourceServices: ["bedrock.amazonaws.com"],
      },
    ]);
    expect(document("data", "orders")).toEqual([
      {
        Principal: [reader, writer],
        Rules: [{ ResourceType: "index", Resource: ["index/orders/*"], Permission: ["aoss:ReadDocument"] }],
      },
      {
        Principal: [writer],
        Rules: [
          {
            ResourceType: "collection",
            Resource: ["collection/orders"],
            Permission: ["aoss:CreateCollectionItems"],
          },
          { ResourceType: "index", Resource: ["index/orders/2024-*"], Permission: ["aoss:WriteDocument"] },
        ],
      },
    ]);
    expect((await terraform().plan()).isEmpty).toBe(true);
  });

  test("are destroyed, and nothing is left but the collection that was there before", async () => {
    await terraform().destroy();
    expect(collection("vectors")).toMatchObject({ status: "ACTIVE", collectionGroupName: "next" });
    await client.send(new DeleteCollectionCommand({ id: vectorsId }));
    while (collection("vectors")) await new Promise((resolve) => setTimeout(resolve, 50));
    await client.send(new DeleteCollectionGroupCommand({ id: groupId }));
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
  });
});
