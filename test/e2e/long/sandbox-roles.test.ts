import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform } from "../../../terraform";
import { describeWithTerraform } from "../../support/with-terraform";

describeWithTerraform("the service-linked role, with the real Terraform and provider", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-roles-"));
  const address = "aws_iam_service_linked_role.aoss";
  const config = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0" } } },
    resource: {
      aws_iam_service_linked_role: { aoss: { aws_service_name: "observability.aoss.amazonaws.com" } },
    },
    output: { arn: { value: `\${${address}.arn}` } },
  };
  const arn =
    "arn:aws:iam::123456789012:role/aws-service-role/observability.aoss.amazonaws.com/AWSServiceRoleForAmazonOpenSearchServerless";
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(config));
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  test("is created, read, found unchanged and destroyed", async () => {
    const terraform = new Terraform({
      cwd: folder,
      env: { ...process.env, ...sandbox.environment("eu-central-1") },
    });
    await terraform.init();
    await terraform.apply();
    expect((await terraform.output())["arn"]?.value).toBe(arn);
    expect(sandbox.contents().serviceLinkedRoles).toHaveLength(1);
    expect((await terraform.plan({ out: "plan.bin" })).isEmpty).toBe(true);
    await terraform.destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    expect(sandbox.calls().filter(({ operation }) => operation.includes("Deletion"))).not.toEqual([]);
  });
});
