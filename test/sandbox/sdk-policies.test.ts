import {
  BatchGetEffectiveLifecyclePolicyCommand,
  BatchGetLifecyclePolicyCommand,
  ConflictException,
  CreateAccessPolicyCommand,
  CreateLifecyclePolicyCommand,
  CreateSecurityConfigCommand,
  CreateSecurityPolicyCommand,
  DeleteSecurityPolicyCommand,
  GetAccessPolicyCommand,
  GetPoliciesStatsCommand,
  GetSecurityConfigCommand,
  GetSecurityPolicyCommand,
  OpenSearchServerlessClient,
  paginateListSecurityPolicies,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  UpdateSecurityPolicyCommand,
  ValidationException,
} from "@aws-sdk/client-opensearchserverless";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
let client: OpenSearchServerlessClient;

beforeEach(async () => {
  sandbox = await startSandbox();
  const environment = sandbox.environment("eu-central-1");
  client = new OpenSearchServerlessClient({
    endpoint: sandbox.url,
    region: "eu-central-1",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  });
});

afterEach(async () => {
  client.destroy();
  await sandbox.close();
});

const network = (resource: string) => [
  {
    Rules: [{ ResourceType: "collection", Resource: [resource] }],
    AllowFromPublic: false,
    SourceVPCEs: ["vpce-0123456789abcdef0"],
  },
];
const createNetworkPolicy = (name: string, document: unknown = network(`collection/${name}*`)) =>
  client.send(new CreateSecurityPolicyCommand({ type: "network", name, policy: JSON.stringify(document) }));

describe("the AWS SDK for JavaScript", () => {
  test("creates, reads, updates and deletes a policy, and reads its document back", async () => {
    const { securityPolicyDetail: created } = await createNetworkPolicy("logs");
    expect(created?.policy).toEqual(network("collection/logs*"));
    await client.send(
      new UpdateSecurityPolicyCommand({
        type: "network",
        name: "logs",
        policyVersion: created?.policyVersion,
        policy: JSON.stringify(network("collection/metrics")),
      }),
    );
    const key = { type: "network", name: "logs" } as const;
    const { securityPolicyDetail: read } = await client.send(new GetSecurityPolicyCommand(key));
    expect(read?.policy).toEqual(network("collection/metrics"));
    await client.send(new DeleteSecurityPolicyCommand(key));
    await expect(client.send(new GetSecurityPolicyCommand(key))).rejects.toThrow(ResourceNotFoundException);
  });

  test("sees refusals as the exceptions of the API model", async () => {
    await createNetworkPolicy("logs");
    await expect(createNetworkPolicy("logs")).rejects.toThrow(ConflictException);
    await expect(createNetworkPolicy("metrics", {})).rejects.toThrow(
      new ValidationException({
        message: "Policy json is invalid, error: [$: object found, array expected]",
        $metadata: {},
      }),
    );
    const [block] = network("collection/metrics");
    const large = createNetworkPolicy("metrics", [{ ...block, Description: "x".repeat(10_240) }]);
    await expect(large).rejects.toThrow(ServiceQuotaExceededException);
    await expect(large).rejects.toMatchObject({ serviceCode: "aoss", quotaCode: "L-877395DB" });
  });

  test("pages through a list", async () => {
    const names = Array.from({ length: 45 }, (_, index) => `logs-${String(index).padStart(2, "0")}`);
    for (const name of names) await createNetworkPolicy(name);
    const pages: (string | undefined)[][] = [];
    for await (const { securityPolicySummaries } of paginateListSecurityPolicies(
      { client },
      { type: "network" },
    )) {
      pages.push((securityPolicySummaries ?? []).map(({ name }) => name));
    }
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(names);
  });

  test("handles access policies, lifecycle policies, configurations and statistics", async () => {
    await client.send(
      new CreateAccessPolicyCommand({
        type: "data",
        name: "apps",
        policy: JSON.stringify([
          {
            Rules: [{ ResourceType: "index", Resource: ["index/logs/*"], Permission: ["aoss:ReadDocument"] }],
            Principal: [`arn:aws:iam::${sandbox.accountId}:role/apps`],
          },
        ]),
      }),
    );
    const access = await client.send(new GetAccessPolicyCommand({ type: "data", name: "apps" }));
    expect(access.accessPolicyDetail?.policy).toMatchObject([
      { Rules: [{ Permission: ["aoss:ReadDocument"] }] },
    ]);
    await client.send(
      new CreateLifecyclePolicyCommand({
        type: "retention",
        name: "logs",
        policy: JSON.stringify({
          Rules: [{ ResourceType: "index", Resource: ["index/logs/*"], MinIndexRetention: "81d" }],
        }),
      }),
    );
    const batch = await client.send(
      new BatchGetLifecyclePolicyCommand({ identifiers: [{ type: "retention", name: "logs" }] }),
    );
    expect(batch.lifecyclePolicyDetails).toHaveLength(1);
    const effective = await client.send(
      new BatchGetEffectiveLifecyclePolicyCommand({
        resourceIdentifiers: [{ type: "retention", resource: "index/logs/today" }],
      }),
    );
    expect(effective.effectiveLifecyclePolicyDetails?.[0]).toMatchObject({
      policyName: "logs",
      retentionPeriod: "81d",
    });
    const { securityConfigDetail: made } = await client.send(
      new CreateSecurityConfigCommand({
        type: "iamfederation",
        name: "staff",
        iamFederationOptions: { groupAttribute: "team" },
      }),
    );
    const config = await client.send(new GetSecurityConfigCommand({ id: made?.id }));
    expect(config.securityConfigDetail).toEqual(made);
    const stats = await client.send(new GetPoliciesStatsCommand({}));
    expect(stats).toMatchObject({
      AccessPolicyStats: { DataPolicyCount: 1 },
      LifecyclePolicyStats: { RetentionPolicyCount: 1 },
    });
  });
});
