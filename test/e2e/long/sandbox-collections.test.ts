import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DeleteLifecyclePolicyCommand,
  DeleteSecurityConfigCommand,
  GetAccessPolicyCommand,
  GetSecurityPolicyCommand,
  OpenSearchServerlessClient,
  UntagResourceCommand,
  UpdateAccessPolicyCommand,
  UpdateCollectionCommand,
  UpdateSecurityPolicyCommand,
} from "@aws-sdk/client-opensearchserverless";
import { type Sandbox, sandboxAccessKeyId, startSandbox } from "../../../sandbox";
import { secretKeyOf } from "../../../sandbox/access/credential-scope";
import { canonicalJson } from "../../../sandbox/canonical-json";
import { Terraform } from "../../../terraform";
import { describeWithTerraform } from "../../support/with-terraform";

/** Of another account: whether such a key exists is nothing that the sandbox can know. */
const kmsKeyArn = "arn:aws:kms:eu-central-1:210987654321:key/0a1b2c3d-0000-4000-8000-000000000001";

const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>MIIBszCCAVmgAwIBAgIU</ds:X509Certificate>
    </ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;

interface Wanted {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissions: readonly string[];
  readonly retention: string;
  readonly sessionTimeout: number;
}

const wanted: Wanted = {
  description: "web logs",
  tags: { team: "search", cost: "7" },
  permissions: ["aoss:ReadDocument"],
  retention: "30d",
  sessionTimeout: 60,
};

const changed: Wanted = {
  description: "logs of the web servers",
  tags: { team: "logs" },
  permissions: ["aoss:ReadDocument", "aoss:WriteDocument"],
  retention: "60d",
  sessionTimeout: 120,
};

// Keys in order, as the provider writes what it reads: it compares texts after an import.
const encryption = (name: string, key: object) => ({
  name,
  type: "encryption",
  policy: canonicalJson({
    Rules: [{ ResourceType: "collection", Resource: [`collection/${name}`] }],
    ...key,
  }),
});

const configuration = ({ description, tags, permissions, retention, sessionTimeout }: Wanted) => ({
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  resource: {
    aws_opensearchserverless_security_policy: {
      logs: encryption("logs", { AWSOwnedKey: true }),
      orders: encryption("orders", { AWSOwnedKey: false, KmsARN: kmsKeyArn }),
      reach: {
        name: "reach",
        type: "network",
        description,
        policy: canonicalJson([
          {
            Rules: [{ ResourceType: "collection", Resource: ["collection/logs"] }],
            AllowFromPublic: false,
            SourceVPCEs: ["vpce-0a1b2c3d4e5f60731"],
          },
        ]),
      },
    },
    aws_opensearchserverless_collection: {
      logs: {
        name: "logs",
        type: "TIMESERIES",
        description,
        tags,
        depends_on: ["aws_opensearchserverless_security_policy.logs"],
      },
      orders: {
        name: "orders",
        type: "SEARCH",
        standby_replicas: "DISABLED",
        depends_on: ["aws_opensearchserverless_security_policy.orders"],
      },
    },
    aws_opensearchserverless_access_policy: {
      logs: {
        name: "logs",
        type: "data",
        description,
        policy: canonicalJson([
          {
            Rules: [{ ResourceType: "index", Resource: ["index/logs/*"], Permission: permissions }],
            Principal: ["arn:aws:iam::123456789012:role/web"],
          },
        ]),
      },
    },
    aws_opensearchserverless_lifecycle_policy: {
      logs: {
        name: "logs",
        type: "retention",
        policy: canonicalJson({
          Rules: [{ ResourceType: "index", Resource: ["index/logs/*"], MinIndexRetention: retention }],
        }),
      },
    },
    aws_opensearchserverless_security_config: {
      idp: { name: "idp", type: "saml", saml_options: { metadata, session_timeout: sessionTimeout } },
    },
  },
});

describeWithTerraform("collections and their policies, with the real Terraform and provider", () => {
  let root: string;
  let sandbox: Sandbox;
  let client: OpenSearchServerlessClient;

  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-collections-"));
    sandbox = await startSandbox();
    client = new OpenSearchServerlessClient({
      endpoint: sandbox.url,
      region: "eu-central-1",
      credentials: { accessKeyId: sandboxAccessKeyId, secretAccessKey: secretKeyOf(sandboxAccessKeyId) },
    });
  });

  afterAll(async () => {
    client.destroy();
    await sandbox.close();
    rmSync(root, { recursive: true });
  });

  function terraformIn(folder: string, content: object): Terraform {
    const cwd = path.join(root, folder);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(path.join(cwd, "main.tf.json"), JSON.stringify(content));
    return new Terraform({ cwd, env: { ...process.env, ...sandbox.environment("eu-central-1") } });
  }

  /** What the plan would do, as `update logs` by type and name. */
  async function planned(terraform: Terraform): Promise<readonly string[]> {
    await terraform.planFresh({ out: "plan.bin" });
    const { resource_changes: changes = [] } = await terraform.show("plan.bin");
    return changes
      .filter(({ change }) => change.actions[0] !== "no-op")
      .map(({ type, name, change }) => `${change.actions.join("+")} ${type.slice(25)}.${name}`)
      .sort();
  }

  const collection = (name: string) => sandbox.contents().collections.find((each) => each.name === name);
  const ids = () => sandbox.contents().collections.map(({ id }) => id);

  test("created, AWS holds what the configuration says, and a second plan has no changes", async () => {
    const terraform = terraformIn("first", configuration(wanted));
    expect(await planned(terraform)).toHaveLength(8);
    await terraform.apply("plan.bin");
    expect(collection("logs")).toMatchObject({
      region: "eu-central-1",
      type: "TIMESERIES",
      status: "ACTIVE",
      kmsKeyArn: "auto",
      description: "web logs",
      tags: { team: "search", cost: "7" },
    });
    expect(collection("orders")).toMatchObject({ type: "SEARCH", status: "ACTIVE", kmsKeyArn });
    expect(sandbox.contents().securityConfigs).toMatchObject([{ id: "saml/123456789012/idp" }]);
    expect(await planned(terraform)).toEqual([]);
  });

  test("description, tags, permissions, retention and session time-out change in place", async () => {
    const before = ids();
    const terraform = terraformIn("first", configuration(changed));
    expect(await planned(terraform)).toEqual([
      "update access_policy.logs",
      "update collection.logs",
      "update lifecycle_policy.logs",
      "update security_config.idp",
      "update security_policy.reach",
    ]);
    await terraform.apply("plan.bin");
    expect(ids()).toEqual(before);
    expect(collection("logs")).toMatchObject({ description: changed.description, tags: changed.tags });
    expect(JSON.stringify(sandbox.contents().accessPolicies)).toContain("aoss:WriteDocument");
    expect(JSON.stringify(sandbox.contents().lifecyclePolicies)).toContain('"60d"');
    expect(await planned(terraform)).toEqual([]);
  });

  test("what somebody else changed or deleted shows in the plan and is repaired", async () => {
    const { id = "" } = collection("logs") ?? {};
    const resourceArn = `arn:aws:aoss:eu-central-1:123456789012:collection/${id}`;
    await client.send(new UpdateCollectionCommand({ id, description: "somebody else's" }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["team"] }));
    await client.send(new DeleteLifecyclePolicyCommand({ type: "retention", name: "logs" }));
    const access = { type: "data", name: "logs" } as const;
    const { accessPolicyDetail } = await client.send(new GetAccessPolicyCommand(access));
    const { policyVersion } = accessPolicyDetail ?? {};
    await client.send(new UpdateAccessPolicyCommand({ ...access, policyVersion, description: "open" }));
    const network = { type: "network", name: "reach" } as const;
    const { securityPolicyDetail } = await client.send(new GetSecurityPolicyCommand(network));
    const before = sandbox.contents().securityPolicies;
    const policy = JSON.stringify([
      { Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }], AllowFromPublic: true },
    ]);
    await client.send(
      new UpdateSecurityPolicyCommand({
        ...network,
        policyVersion: securityPolicyDetail?.policyVersion,
        policy,
      }),
    );
    await client.send(new DeleteSecurityConfigCommand({ id: "saml/123456789012/idp" }));

    const terraform = terraformIn("first", configuration(changed));
    expect(await planned(terraform)).toEqual([
      "create lifecycle_policy.logs",
      "create security_config.idp",
      "update access_policy.logs",
      "update collection.logs",
      "update security_policy.reach",
    ]);
    await terraform.apply("plan.bin");
    const { accessPolicies, lifecyclePolicies } = sandbox.contents();
    expect(collection("logs")).toMatchObject({ id, description: changed.description, tags: changed.tags });
    expect(accessPolicies).toMatchObject([{ description: changed.description }]);
    expect(lifecyclePolicies).toMatchObject([{ name: "logs" }]);
    expect(sandbox.contents().securityPolicies).toEqual(before);
    expect(await planned(terraform)).toEqual([]);
  });

  test("imported into an empty state, nothing changes, and from there everything is destroyed", async () => {
    const imports = {
      "security_policy.logs": "logs/encryption",
      "security_policy.orders": "orders/encryption",
      "security_policy.reach": "reach/network",
      "collection.logs": collection("logs")?.id,
      "collection.orders": collection("orders")?.id,
      "access_policy.logs": "logs/data",
      "lifecycle_policy.logs": "logs/retention",
      "security_config.idp": "saml/123456789012/idp",
    };
    const before = sandbox.contents();
    const terraform = terraformIn("second", {
      ...configuration(changed),
      import: Object.entries(imports).map(([to, id]) => ({ to: `aws_opensearchserverless_${to}`, id })),
    });
    expect(await planned(terraform)).toEqual([]);
    await terraform.apply("plan.bin");
    expect(sandbox.contents()).toEqual(before);
    expect((await terraform.planFresh()).hasChanges).toBe(false);

    await terraform.destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
  });
});
