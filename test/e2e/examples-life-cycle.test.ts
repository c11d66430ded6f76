import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateCollectionCommand,
  CreateCollectionGroupCommand,
  CreateVpcEndpointCommand,
  OpenSearchServerlessClient,
} from "@aws-sdk/client-opensearchserverless";
import { identityFromPolicy, type Sandbox, type SandboxContents, startSandbox } from "../../sandbox";
import { policiesOf } from "../../soak/permissions/policies";
import { Terraform } from "../../terraform";
import { aossPrivatelink, projectFolder } from "../support/command";
import { describeWithTerraform } from "../support/with-terraform";

/** What is made before the example is deployed, by somebody with other permissions. */
type Prepare = (client: OpenSearchServerlessClient) => Promise<(text: string) => string>;

/** What came of an example that was deployed with the policies made of its own access file, and no others. */
interface LifeCycle {
  readonly before: SandboxContents;
  readonly added: number;
  readonly deployed: SandboxContents;
  readonly isUnchanged: boolean;
  readonly destroyed: SandboxContents;
}

const account = "123456789012";

async function lifeCycle(name: string, stack: string, prepare?: Prepare): Promise<LifeCycle> {
  const folder = mkdtempSync(path.join(tmpdir(), `aoss-privatelink-${name}-`));
  const state = path.join(folder, "sandbox-state.json");
  try {
    const administration = await startSandbox({ state });
    const change = prepare ? await asAdministrator(administration, prepare) : (text: string) => text;
    const before = administration.contents();
    await administration.close();

    const text = change(readFileSync(path.join(projectFolder, "examples", name, "access.yaml"), "utf8"));
    writeFileSync(path.join(folder, "access.yaml"), text);
    const identity = identityFromPolicy(policiesOf(text, "deploy"), account);
    const sandbox = await startSandbox({ state, identity });
    try {
      return { before, ...(await deployAndDestroy(folder, stack, sandbox)) };
    } finally {
      await sandbox.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function asAdministrator(sandbox: Sandbox, prepare: Prepare): Promise<(text: string) => string> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } =
    sandbox.environment();
  const client = new OpenSearchServerlessClient({
    endpoint: sandbox.url,
    region: "eu-central-1",
    credentials: { accessKeyId, secretAccessKey },
  });
  try {
    return await prepare(client);
  } finally {
    client.destroy();
  }
}

async function deployAndDestroy(folder: string, stack: string, sandbox: Sandbox) {
  const options = { cwd: folder, env: sandbox.environment() };
  const { exitCode, stdout, stderr } = await aossPrivatelink(["plan", "--json"], options);
  if (exitCode !== 0) throw new Error(stderr);
  const [planned] = JSON.parse(stdout).stacks;
  const cwd = path.join(folder, "cdktf.out", "stacks", stack);
  const terraform = new Terraform({ cwd, env: { ...process.env, ...sandbox.environment() } });
  await terraform.apply("plan.workspace");
  const deployed = sandbox.contents();
  const { isEmpty: isUnchanged } = await terraform.plan();
  await terraform.destroy();
  return {
    added: planned.counts.add as number,
    deployed,
    isUnchanged,
    destroyed: sandbox.contents(),
  };
}

/** What is there, whatever its state was meanwhile: what was just made before the example may not have been ready. */
const settled = (contents: SandboxContents) =>
  JSON.parse(JSON.stringify(contents).replace(/"(?:CREATING|PENDING)"/g, '"ACTIVE"'));

/** The endpoint that another team made, by the id that AWS gave it. */
const platformEndpoint: Prepare = async (client) => {
  const { createVpcEndpointDetail: made } = await client.send(
    new CreateVpcEndpointCommand({
      name: "platform",
      vpcId: "vpc-0a1b2c3d4e5f60718",
      subnetIds: ["subnet-0a1b2c3d4e5f60711"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60713"],
    }),
  );
  return (text) => text.replace("vpce-0a1b2c3d4e5f60718", made?.id ?? "");
};

/** The collection of the NEXTGEN example, in a group. */
const nextgenCollection: Prepare = async (client) => {
  const group = { name: "vectors", generation: "NEXTGEN", standbyReplicas: "ENABLED" } as const;
  await client.send(new CreateCollectionGroupCommand(group));
  await client.send(
    new CreateCollectionCommand({
      name: "embeddings",
      type: "VECTORSEARCH",
      collectionGroupName: group.name,
      encryptionConfig: { aWSOwnedKey: true },
    }),
  );
  return (text) => text;
};

const documents = (contents: SandboxContents, wanted: string) =>
  contents.securityPolicies.filter(({ type }) => type === wanted).map(({ document }) => document);

describeWithTerraform("examples deployed and destroyed with their own policies alone", () => {
  let oneVpc: LifeCycle;
  let existing: LifeCycle;
  let nextgen: LifeCycle;
  let knowledge: LifeCycle;

  beforeAll(async () => {
    const endpoints = async () => {
      oneVpc = await lifeCycle("one-vpc", "search");
      existing = await lifeCycle("existing-endpoint", "search", platformEndpoint);
      nextgen = await lifeCycle("nextgen", "search", nextgenCollection);
    };
    // Making and deleting the collection is 60 s of waiting, in which the others are done.
    [knowledge] = await Promise.all([lifeCycle("bedrock-knowledge-base", "knowledge"), endpoints()]);
  }, 300_000);

  test("each makes what it says, is then found unchanged, and leaves nothing but what was there before", () => {
    const told = [oneVpc, existing, nextgen, knowledge].map(({ added, isUnchanged }) => [added, isUnchanged]);
    expect(told).toEqual([
      [5, true],
      [2, true],
      [5, true],
      [7, true],
    ]);
    for (const { before, destroyed } of [oneVpc, existing, nextgen, knowledge]) {
      expect(settled(destroyed)).toEqual(settled(before));
    }
  });

  test("one VPC: its endpoint alone reaches the collections, with dashboards of one", () => {
    const { vpcEndpoints, securityGroupRules } = oneVpc.deployed;
    const endpoints = vpcEndpoints.map(({ name, status, subnetIds }) => [name, status, subnetIds.length]);
    expect(endpoints).toEqual([["search-apps", "ACTIVE", 2]]);
    const sources = securityGroupRules.map(({ isEgress, fromPort, source }) => [isEgress, fromPort, source]);
    expect(sources.sort()).toEqual([
      [false, 443, "pl-0a1b2c3d4e5f60714"],
      [false, 443, "sg-0a1b2c3d4e5f60713"],
    ]);
    expect(documents(oneVpc.deployed, "network")).toEqual([
      [
        {
          AllowFromPublic: false,
          Rules: [
            { Resource: ["collection/logs-*", "collection/orders"], ResourceType: "collection" },
            { Resource: ["collection/orders"], ResourceType: "dashboard" },
          ],
          SourceVPCEs: vpcEndpoints.map(({ id }) => id),
        },
      ],
    ]);
  });

  test("an existing endpoint: the policy names the one that was made elsewhere, which stays", () => {
    const [endpoint] = existing.before.vpcEndpoints;
    expect(documents(existing.deployed, "network")).toEqual([
      [
        {
          AllowFromPublic: false,
          Rules: [{ Resource: ["collection/orders"], ResourceType: "collection" }],
          SourceVPCEs: [endpoint?.id],
        },
      ],
    ]);
    expect(existing.destroyed.vpcEndpoints.map(({ id, name }) => [id, name])).toEqual([
      [endpoint?.id, "platform"],
    ]);
  });

  test("NEXTGEN: EC2's endpoint with private DNS and tags is what the policy names", () => {
    const { collections, interfaceEndpoints, vpcEndpoints } = nextgen.deployed;
    expect(vpcEndpoints).toEqual([]);
    expect(interfaceEndpoints).toMatchObject([
      {
        serviceName: "com.amazonaws.eu-central-1.aoss-data",
        privateDnsEnabled: true,
        tags: { Name: "search-apps", team: "search" },
      },
    ]);
    expect(documents(nextgen.deployed, "network")).toMatchObject([
      [{ AllowFromPublic: false, SourceVPCEs: interfaceEndpoints.map(({ id }) => id) }],
    ]);
    expect(collections.map(({ name, status }) => [name, status])).toEqual([["embeddings", "ACTIVE"]]);
  });

  test("a knowledge base: Bedrock and the job's endpoint reach it, each role with what it needs", () => {
    const { accessPolicies, collections, vpcEndpoints } = knowledge.deployed;
    expect(collections.map(({ name, type, status }) => [name, type, status])).toEqual([
      ["kb-products", "VECTORSEARCH", "ACTIVE"],
    ]);
    expect(documents(knowledge.deployed, "network")).toEqual([
      [
        {
          AllowFromPublic: false,
          Rules: [{ Resource: ["collection/kb-products"], ResourceType: "collection" }],
          SourceServices: ["bedrock.amazonaws.com"],
          SourceVPCEs: vpcEndpoints.map(({ id }) => id),
        },
      ],
    ]);
    const index = (resource: string, ...permissions: string[]) => [
      { Permission: permissions, Resource: [`index/kb-products/${resource}`], ResourceType: "index" },
    ];
    const role = (name: string) => [`arn:aws:iam::${account}:role/${name}`];
    expect(accessPolicies.map(({ document }) => document)).toEqual([
      [
        { Principal: role("index-job"), Rules: index("products", "aoss:CreateIndex", "aoss:DescribeIndex") },
        {
          Principal: role("kb-products"),
          Rules: index("*", "aoss:DescribeIndex", "aoss:ReadDocument", "aoss:WriteDocument"),
        },
      ],
    ]);
  });
});
