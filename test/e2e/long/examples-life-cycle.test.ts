import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateCollectionCommand,
  CreateCollectionGroupCommand,
  CreateVpcEndpointCommand,
  OpenSearchServerlessClient,
} from "@aws-sdk/client-opensearchserverless";
import { identityFromPolicy, type Sandbox, type SandboxContents, startSandbox } from "../../../sandbox";
import { policiesOf } from "../../../soak/permissions/policies";
import { Terraform } from "../../../terraform";
import { aossPrivatelink, projectFolder, run } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

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

const terraformIn = (folder: string, stack: string, environment: Readonly<NodeJS.ProcessEnv>) =>
  new Terraform({
    cwd: path.join(folder, "cdktf.out", "stacks", stack),
    env: { ...process.env, ...environment },
  });

async function deployAndDestroy(folder: string, stack: string, sandbox: Sandbox) {
  const options = { cwd: folder, env: sandbox.environment() };
  const { exitCode, stdout, stderr } = await aossPrivatelink(["plan", "--json"], options);
  if (exitCode !== 0) throw new Error(stderr);
  const [planned] = JSON.parse(stdout).stacks;
  const terraform = terraformIn(folder, stack, sandbox.environment());
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

/** The app of somebody else, whose `aoss-privatelink` is this project; it needs no permissions of an access file. */
async function ownApp(): Promise<Omit<LifeCycle, "added">> {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-own-app-"));
  const installed = path.join(folder, "node_modules");
  mkdirSync(path.join(installed, "@cdktf"), { recursive: true });
  for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) {
    symlinkSync(path.join(projectFolder, "node_modules", name), path.join(installed, name));
  }
  symlinkSync(path.join(projectFolder, "modules"), path.join(installed, "aoss-privatelink"));
  for (const file of ["main.ts", "search-stack.ts"]) {
    copyFileSync(path.join(projectFolder, "examples", "own-app", file), path.join(folder, file));
  }
  const sandbox = await startSandbox();
  try {
    const before = sandbox.contents();
    const app = [path.join(projectFolder, "bin", "run.js"), path.join(folder, "main.ts")];
    const { exitCode, stderr } = await run(process.execPath, app, { cwd: folder });
    if (exitCode !== 0) throw new Error(stderr);
    // a folder of its own, where no state of a real deployment could be
    const terraform = terraformIn(folder, "search", { ...sandbox.environment(), TF_WORKSPACE: undefined });
    await terraform.init();
    await terraform.apply();
    const deployed = sandbox.contents();
    const { isEmpty: isUnchanged } = await terraform.plan();
    await terraform.destroy();
    return { before, deployed, isUnchanged, destroyed: sandbox.contents() };
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

const documents = (contents: SandboxContents, wanted: string) =>
  contents.securityPolicies.filter(({ type }) => type === wanted).map(({ document }) => document);

describeWithTerraform("examples deployed and destroyed with their own policies alone", () => {
  let oneVpc: LifeCycle;
  let existing: LifeCycle;
  let nextgen: LifeCycle;
  let knowledge: LifeCycle;
  let app: Omit<LifeCycle, "added">;

  beforeAll(async () => {
    const endpoints = async () => {
      oneVpc = await lifeCycle("one-vpc", "search");
      existing = await lifeCycle("existing-endpoint", "search", platformEndpoint);
      nextgen = await lifeCycle("nextgen", "search", nextgenCollection);
    };
    // Making and deleting a collection is 60 s of waiting, in which the others are done.
    const collections = [lifeCycle("bedrock-knowledge-base", "knowledge"), ownApp(), endpoints()] as const;
    [knowledge, app] = await Promise.all(collections);
  }, 300_000);

  test("each makes what it says, is then found unchanged, and leaves nothing but what was there before", () => {
    const told = [oneVpc, existing, nextgen, knowledge].map(({ added, isUnchanged }) => [added, isUnchanged]);
    expect(told).toEqual([
      [5, true],
      [2, true],
      [5, true],
      [7, true],
    ]);
    expect(app.isUnchanged).toBe(true);
    for (const { before, destroyed } of [oneVpc, existing, nextgen, knowledge, app]) {
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

  test("an own app: endpoint, rule and policy are of the VPC and the group that it makes beside them", () => {
    const { collections, securityGroupRules, securityGroups, subnets, vpcEndpoints, vpcs } = app.deployed;
    const [vpc] = vpcs;
    expect(vpcEndpoints).toMatchObject([
      { name: "search-apps", vpcId: vpc?.id, subnetIds: subnets.map(({ id }) => id).sort() },
    ]);
    const servers = securityGroups.find(({ name }) => name.startsWith("order-service-"));
    expect(securityGroupRules.map(({ source, description }) => [source, description])).toEqual([
      [servers?.id, "order service"],
    ]);
    expect(documents(app.deployed, "network")).toEqual([
      [
        {
          AllowFromPublic: false,
          Rules: [{ Resource: ["collection/orders"], ResourceType: "collection" }],
          SourceVPCEs: vpcEndpoints.map(({ id }) => id),
        },
      ],
    ]);
    expect(collections.map(({ name, status }) => [name, status])).toEqual([["orders", "ACTIVE"]]);
  });
});
