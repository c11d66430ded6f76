import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityFromPolicy, type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform, TerraformError } from "../../../terraform";
import { aossPrivatelink, projectFolder, run } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

const account = "123456789012";
const example = path.join(projectFolder, "examples", "deployer-role");

describeWithTerraform("the example deployer-role, with the real Terraform and provider", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-deployer-role-"));
  /** The policies of each role, as they are in IAM. */
  const policies = new Map<string, readonly unknown[]>();
  let administration: Sandbox;

  beforeAll(async () => {
    copyFileSync(path.join(example, "access.yaml"), path.join(folder, "access.yaml"));
    administration = await startSandbox();
  });

  afterAll(async () => {
    await administration.close();
    rmSync(folder, { recursive: true });
  });

  const terraformIn = (sandbox: Sandbox, stack: string): Terraform =>
    new Terraform({
      cwd: path.join(folder, "cdktf.out", "stacks", stack),
      env: { ...process.env, ...sandbox.environment() },
    });

  test("both stacks are synthesized, applied, and found unchanged", async () => {
    const command = [path.join(projectFolder, "bin", "run.js"), path.join(example, "main.ts")];
    const options = { cwd: folder, env: administration.environment() };
    expect(await run(process.execPath, command, options)).toMatchObject({ exitCode: 0, stderr: "" });
    for (const stack of ["hcp-terraform", "github-actions"]) {
      const terraform = terraformIn(administration, stack);
      await terraform.init();
      await terraform.apply();
      expect((await terraform.plan({ out: "plan.bin" })).isEmpty).toBe(true);
      const arn = `arn:aws:iam::${account}:role/${stack}`;
      expect(await terraform.output()).toMatchObject({
        deploy_role_arn: { value: `${arn}-deploy` },
        plan_role_arn: { value: `${arn}-plan` },
      });
    }
  });

  test("in IAM are two providers and four roles, each with policies of its own", () => {
    const { iamPolicies, iamRoles, openIdConnectProviders } = administration.contents();
    expect(openIdConnectProviders.map(({ url, clientIds }) => [url, clientIds])).toEqual([
      ["app.terraform.io", ["aws.workload.identity"]],
      ["token.actions.githubusercontent.com", ["sts.amazonaws.com"]],
    ]);
    const documents = new Map(iamPolicies.map(({ arn, document }) => [arn, document]));
    for (const { arn, attachedPolicies } of iamRoles) {
      policies.set(
        arn.slice(arn.lastIndexOf("/") + 1),
        attachedPolicies.map((policy) => documents.get(policy)),
      );
    }
    expect([...policies].map(([role, held]) => [role, held.length]).sort()).toEqual([
      ["github-actions-deploy", 1],
      ["github-actions-plan", 1],
      ["hcp-terraform-deploy", 1],
      ["hcp-terraform-plan", 1],
    ]);
  });

  /** A sandbox whose caller may do what a role may. */
  const sandboxFor = (role: string): Promise<Sandbox> =>
    startSandbox({ identity: identityFromPolicy(policies.get(role), account) });

  const plan = async (sandbox: Sandbox) => {
    const options = { cwd: folder, env: sandbox.environment() };
    const { exitCode, stdout } = await aossPrivatelink(["plan", "--json"], options);
    expect(exitCode).toBe(0);
    const [search] = JSON.parse(stdout).stacks;
    return search;
  };

  test("with what the deploy role may, the access file is deployed and destroyed to the end", async () => {
    const sandbox = await sandboxFor("hcp-terraform-deploy");
    expect((await plan(sandbox)).counts).toEqual({ add: 5, change: 0, destroy: 0 });
    const terraform = terraformIn(sandbox, "search");
    await terraform.apply("plan.workspace");
    expect((await plan(sandbox)).changes).toEqual([]);
    expect(sandbox.contents().vpcEndpoints.map(({ status }) => status)).toEqual(["ACTIVE"]);
    await terraform.destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    await sandbox.close();
  });

  test("with what the plan role may, it is planned, and nothing is made", async () => {
    const sandbox = await sandboxFor("hcp-terraform-plan");
    expect((await plan(sandbox)).counts.add).toBe(5);
    await expect(terraformIn(sandbox, "search").apply("plan.workspace")).rejects.toThrow(TerraformError);
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    const refused = sandbox.calls().filter(({ errorCode }) => errorCode !== undefined);
    expect(new Set(refused.map(({ errorCode }) => errorCode))).toEqual(
      new Set(["AccessDeniedException", "UnauthorizedOperation"]),
    );
    await sandbox.close();
  });

  test("destroyed, nothing is left in IAM", async () => {
    for (const stack of ["hcp-terraform", "github-actions"]) {
      await terraformIn(administration, stack).destroy();
    }
    expect(Object.values(administration.contents()).flat()).toEqual([]);
  });
});
