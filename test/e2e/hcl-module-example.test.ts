import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { Terraform } from "../../terraform";
import { projectFolder } from "../support/command";
import { describeWithTerraform } from "../support/with-terraform";

const name = "terraform-aws-aoss-privatelink";

describeWithTerraform("the example hcl-module, with the real Terraform and provider", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-hcl-module-"));
  const cwd = path.join(folder, "examples", "hcl-module");
  let sandbox: Sandbox;
  let terraform: Terraform;

  beforeAll(async () => {
    sandbox = await startSandbox();
    mkdirSync(cwd, { recursive: true });
    const example = path.join(projectFolder, "examples", "hcl-module");
    cpSync(example, cwd, { recursive: true, filter: (file) => !/\.terraform|tfstate/.test(file) });
    symlinkSync(path.join(projectFolder, name), path.join(folder, name));
    // a folder of its own, where no state of a real deployment could be
    const env = { ...process.env, ...sandbox.environment(), TF_WORKSPACE: undefined };
    terraform = new Terraform({ cwd, env });
    await terraform.init();
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  /** The addresses of what a plan changes, with what it does. */
  async function planned(variable: string): Promise<string[]> {
    await terraform.plan({ out: "plan.bin", args: ["-var", variable] });
    const { resource_changes: changes } = await terraform.show("plan.bin");
    return changes
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(({ address, change }) => `${change.actions.join("+")} ${address}`);
  }

  test("a block with host bits is refused before anything is made, in the words of the constructs", async () => {
    await expect(terraform.plan({ args: ["-var", 'offices={berlin="10.99.0.3/24"}'] })).rejects.toThrow(
      'allow.berlin: cidr "10.99.0.3/24": host bits are set; did you mean "10.99.0.0/24"?',
    );
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
  });

  test("applied, the endpoint stands in the VPC made beside it, and nothing is left to change", async () => {
    await terraform.apply();
    const {
      accessPolicies,
      securityGroupRules,
      securityGroups,
      securityPolicies,
      subnets,
      vpcEndpoints,
      vpcs,
    } = sandbox.contents();
    expect([vpcs.length, subnets.length, securityGroups.length]).toEqual([1, 2, 2]);
    const [vpc] = vpcs;
    expect(vpcEndpoints).toMatchObject([{ vpcId: vpc?.id, status: "ACTIVE", tags: { team: "search" } }]);
    const servers = securityGroups.find(({ name: groupName }) =>
      groupName.startsWith("application-servers-"),
    );
    expect(securityGroupRules.map(({ source, description }) => [source, description])).toEqual([
      [servers?.id, "application servers"],
    ]);
    const SourceVPCEs = vpcEndpoints.map(({ id }) => id);
    const rule = (ResourceType: string, ...Resource: string[]) => ({ ResourceType, Resource });
    expect(securityPolicies.map(({ type, document }) => [type, document])).toEqual([
      [
        "network",
        expect.arrayContaining([
          {
            AllowFromPublic: false,
            Rules: [rule("collection", "collection/logs-*", "collection/orders")],
            SourceVPCEs,
          },
          {
            AllowFromPublic: false,
            Rules: [rule("collection", "collection/kb-*")],
            SourceServices: ["bedrock.amazonaws.com"],
          },
        ]),
      ],
    ]);
    expect(accessPolicies.map(({ document }) => document)).toMatchObject([
      [{ Principal: ["arn:aws:iam::123456789012:role/order-service"] }],
    ]);
    expect(await terraform.output()).toMatchObject({
      endpoint_id: { value: SourceVPCEs[0] },
      servers_security_group_id: { value: servers?.id },
    });
    expect((await terraform.plan()).isEmpty).toBe(true);
  });

  test("one more office is one more rule, and the endpoint stays", async () => {
    expect(await planned('offices={berlin="10.99.0.0/24"}')).toEqual([
      'create module.search.aws_vpc_security_group_ingress_rule.clients["main/berlin"]',
    ]);
    await terraform.apply("plan.bin");
    const sources = sandbox.contents().securityGroupRules.map(({ source }) => source);
    expect(sources).toContain("10.99.0.0/24");
  });

  test("destroyed, nothing is left", async () => {
    await terraform.destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
  });
});
