import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform } from "../../../terraform";
import { describeWithTerraform } from "../../support/with-terraform";

const account = "123456789012";
const policyArn = `arn:aws:iam::${account}:policy/teams/deploy`;
const roleArn = `arn:aws:iam::${account}:role/teams/deploy`;
const providerArn = `arn:aws:iam::${account}:oidc-provider/app.terraform.io`;

const policyOf = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Only", Effect: "Allow", Action: action, Resource: "*" }],
  });
const trustOf = (subject: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.hcp.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "app.terraform.io:aud": "aws.workload.identity",
            "app.terraform.io:sub": subject,
          },
        },
      },
    ],
  });

interface Wanted {
  readonly action: string;
  readonly subject: string;
  readonly description: string;
  readonly hours: number;
  readonly clients: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const first: Wanted = {
  action: "aoss:CreateVpcEndpoint",
  subject: "organization:acme:project:search:workspace:prod:run_phase:apply",
  description: "deploys",
  hours: 1,
  clients: ["aws.workload.identity"],
  tags: { team: "search", stage: "one" },
};
const second: Wanted = {
  action: "aoss:DeleteVpcEndpoint",
  subject: "organization:acme:project:search:workspace:prod:run_phase:plan",
  description: "plans",
  hours: 2,
  clients: ["aws.workload.identity", "other"],
  tags: { team: "data" },
};

const config = ({ action, subject, description, hours, clients, tags }: Wanted) => ({
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0" } } },
  resource: {
    aws_iam_openid_connect_provider: {
      hcp: { url: "https://app.terraform.io", client_id_list: clients, tags },
    },
    aws_iam_policy: { deploy: { name: "deploy", path: "/teams/", policy: policyOf(action), tags } },
    aws_iam_role: {
      deploy: {
        name: "deploy",
        path: "/teams/",
        description,
        max_session_duration: hours * 3600,
        assume_role_policy: trustOf(subject),
        tags,
      },
    },
    aws_iam_role_policy_attachment: {
      deploy: {
        role: "${aws_iam_role.deploy.name}",
        policy_arn: "${aws_iam_policy.deploy.arn}",
      },
    },
  },
  data: {
    aws_iam_role: { read: { name: "deploy", depends_on: ["aws_iam_role.deploy"] } },
    aws_iam_policy: { read: { name: "deploy", depends_on: ["aws_iam_policy.deploy"] } },
    aws_iam_openid_connect_provider: {
      read: { url: "https://app.terraform.io", depends_on: ["aws_iam_openid_connect_provider.hcp"] },
    },
  },
});

describeWithTerraform("a role, its policy and its OpenID Connect provider, with the real provider", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-deployer-"));
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform({
      cwd: folder,
      env: { ...process.env, ...sandbox.environment("eu-central-1") },
    });
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const write = (wanted: Wanted) =>
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(config(wanted)));

  const expectContents = ({ action, subject, clients, tags }: Wanted) => {
    const { iamPolicies, iamRoles, openIdConnectProviders } = sandbox.contents();
    expect(iamPolicies).toEqual([{ account, arn: policyArn, document: JSON.parse(policyOf(action)), tags }]);
    const trustPolicy = JSON.parse(
      trustOf(subject).replace("${aws_iam_openid_connect_provider.hcp.arn}", providerArn),
    );
    expect(iamRoles).toEqual([{ account, arn: roleArn, trustPolicy, attachedPolicies: [policyArn], tags }]);
    expect(openIdConnectProviders).toEqual([{ account, url: "app.terraform.io", clientIds: clients, tags }]);
  };

  test("are created, read and found unchanged", async () => {
    write(first);
    await terraform.init();
    await terraform.apply();
    expectContents(first);
    expect((await terraform.plan({ out: "plan.bin" })).isEmpty).toBe(true);
  });

  test("are updated in place", async () => {
    write(second);
    await terraform.apply();
    expectContents(second);
    expect((await terraform.plan({ out: "plan.bin" })).isEmpty).toBe(true);
  });

  test("of a policy that is changed time and again, the oldest versions go", async () => {
    for (const action of ["aoss:A", "aoss:B", "aoss:C", "aoss:D"]) {
      write({ ...second, action });
      await terraform.apply();
    }
    // Two versions from before and four more: v1 had to go for the sixth.
    const deleted = sandbox.calls().filter(({ operation }) => operation === "DeletePolicyVersion");
    expect(deleted.map(({ errorCode }) => errorCode)).toEqual([undefined]);
    expectContents({ ...second, action: "aoss:D" });
  });

  test("are imported, and found as they are", async () => {
    rmSync(path.join(folder, "terraform.tfstate.d"), { recursive: true });
    const ids = {
      "aws_iam_openid_connect_provider.hcp": providerArn,
      "aws_iam_policy.deploy": policyArn,
      "aws_iam_role.deploy": "deploy",
      "aws_iam_role_policy_attachment.deploy": `deploy/${policyArn}`,
    };
    const imports = Object.entries(ids).map(([to, id]) => ({ to, id }));
    const text = JSON.stringify({ ...config({ ...second, action: "aoss:D" }), import: imports });
    writeFileSync(path.join(folder, "main.tf.json"), text);
    await terraform.apply();
    expect(sandbox.calls().filter(({ operation }) => /^Create(?:Policy|Role)$/.test(operation))).toHaveLength(
      2,
    );
    expect((await terraform.plan({ out: "plan.bin" })).isEmpty).toBe(true);
    expectContents({ ...second, action: "aoss:D" });
  });

  test("are destroyed, with all versions and what is attached", async () => {
    await terraform.destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    const refused = sandbox.calls().filter(({ errorCode }) => errorCode !== undefined);
    expect(refused.map(({ operation, errorCode }) => `${operation} ${errorCode}`)).toEqual([]);
  });
});
