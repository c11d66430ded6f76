import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityFromPolicy, type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform, type TerraformError } from "../../../terraform";
import { guidePermissions } from "../../support/guide-permissions";
import { describeWithTerraform } from "../../support/with-terraform";

const groupActions = [
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateSecurityGroup",
  "ec2:DeleteSecurityGroup",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroupRules",
  "ec2:RevokeSecurityGroupEgress",
  "ec2:RevokeSecurityGroupIngress",
];

const policyActions = ["aoss:CreateSecurityPolicy", "aoss:DeleteSecurityPolicy", "aoss:GetSecurityPolicy"];

const everyAction = [...guidePermissions, ...groupActions, ...policyActions];

const networkPolicy = JSON.stringify([
  {
    AllowFromPublic: false,
    Rules: [{ Resource: ["collection/orders"], ResourceType: "collection" }],
    SourceVPCEs: ["${aws_opensearchserverless_vpc_endpoint.apps.id}"],
  },
]);

const configuration = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  resource: {
    aws_security_group: {
      apps: {
        name: "apps",
        description: "who reaches the endpoint",
        vpc_id: "vpc-0a1b2c3d4e5f60718",
        tags: { team: "search" },
      },
    },
    aws_vpc_security_group_ingress_rule: {
      apps: {
        security_group_id: "${aws_security_group.apps.id}",
        cidr_ipv4: "10.20.0.0/16",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    },
    aws_opensearchserverless_vpc_endpoint: {
      apps: {
        name: "apps",
        vpc_id: "vpc-0a1b2c3d4e5f60718",
        subnet_ids: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
        security_group_ids: ["${aws_security_group.apps.id}"],
      },
    },
    aws_opensearchserverless_security_policy: {
      orders: { name: "orders", type: "network", policy: networkPolicy },
    },
  },
};

describeWithTerraform("a caller limited by an IAM policy, with the real Terraform and provider", () => {
  let folder: string;
  let sandbox: Sandbox | undefined;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sandbox-identity-"));
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(configuration));
  });
  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function callerWith(actions: readonly string[]): Promise<{ sandbox: Sandbox; terraform: Terraform }> {
    const statement = { Effect: "Allow", Action: actions, Resource: "*" };
    const policy = { Version: "2012-10-17", Statement: [statement] };
    const started = await startSandbox({ identity: identityFromPolicy(policy, "123456789012") });
    sandbox = started;
    const env = { ...process.env, ...started.environment("eu-central-1") };
    return { sandbox: started, terraform: new Terraform({ cwd: folder, env }) };
  }

  const apply = async (terraform: Terraform): Promise<void> => {
    await terraform.planFresh({ out: "plan.bin" });
    await terraform.apply("plan.bin");
  };

  /** The actions of all calls so far, without the one that needs no permission. */
  const usedActions = (of: Sandbox): readonly string[] =>
    [...new Set(of.calls().flatMap(({ actions }) => actions))]
      .filter((action) => action !== "sts:GetCallerIdentity")
      .sort();

  test("the documented permissions suffice, and so does the part of them that the run has used", async () => {
    const documented = await callerWith(everyAction);
    await apply(documented.terraform);
    expect(documented.sandbox.contents().vpcEndpoints).toMatchObject([{ name: "apps", status: "ACTIVE" }]);
    await documented.terraform.destroy();
    expect(Object.values(documented.sandbox.contents()).flat()).toEqual([]);
    const used = usedActions(documented.sandbox);
    expect(used).toEqual(expect.arrayContaining(["ec2:CreateVpcEndpoint", "route53:CreateHostedZone"]));
    const granted = new Set(everyAction.map((action) => action.toLowerCase()));
    expect(used.filter((action) => !granted.has(action.toLowerCase()))).toEqual([]);
    await documented.sandbox.close();

    const minimal = await callerWith(used);
    await apply(minimal.terraform);
    await minimal.terraform.destroy();
    expect(Object.values(minimal.sandbox.contents()).flat()).toEqual([]);
  });

  test.each([
    [
      "ec2:CreateVpcEndpoint",
      " on resource: arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718",
    ],
    ["route53:CreateHostedZone", ""],
    ["ec2:CreateSecurityGroup", " on resource: arn:aws:ec2:eu-central-1:123456789012:security-group/*"],
  ])("without %s the apply fails with AWS's words", async (missing, resource) => {
    const { terraform, sandbox: started } = await callerWith(
      everyAction.filter((action) => action !== missing),
    );
    const failure = await apply(terraform).then(
      () => "applied",
      (error: TerraformError) =>
        error.diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join("\n"),
    );
    expect(failure.replaceAll(/\s+/g, " ")).toContain(
      `User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: ${missing}${resource} ` +
        `because no identity-based policy allows the ${missing} action`,
    );
    expect(failure).toContain(
      missing.startsWith("ec2:CreateSecurity") ? "UnauthorizedOperation" : "AccessDeniedException",
    );
    expect(started.contents().vpcEndpoints).toEqual([]);
  });
});
