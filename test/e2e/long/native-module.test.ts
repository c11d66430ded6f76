import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { findTerraform, Terraform } from "../../../terraform";
import { moduleFolder } from "../../native/many-modules";
import { aossPrivatelink, projectFolder, run } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

describeWithTerraform(
  "the native module, as the command writes it, with the real Terraform and provider",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-native-"));
    const module = path.join(folder, "modules", "private-access");
    let sandbox: Sandbox;

    beforeAll(async () => {
      expect((await aossPrivatelink(["module", module])).exitCode).toBe(0);
    });

    beforeEach(async () => {
      sandbox = await startSandbox();
    });

    afterEach(() => sandbox.close());

    afterAll(() => rmSync(folder, { recursive: true }));

    const terraformIn = (cwd: string) =>
      new Terraform({ cwd, env: { ...process.env, ...sandbox.environment("eu-central-1") } });

    /** A copy of the module, since Terraform writes into the folder that it runs in. */
    function copyOfModule(name: string): string {
      const copy = path.join(folder, name);
      cpSync(module, copy, { recursive: true });
      return copy;
    }

    async function terraformText(cwd: string, args: readonly string[]) {
      const { path: binary } = await findTerraform();
      return run(binary, [...args, "-no-color"], { cwd, env: sandbox.environment("eu-central-1") });
    }

    test("is valid by itself, in form, and passes its own tests with a stand-in for the provider", async () => {
      const copy = copyOfModule("own-tests");
      await terraformIn(copy).init();
      expect(await terraformIn(copy).validate()).toEqual([]);
      expect((await terraformText(copy, ["fmt", "-check", "-recursive"])).stdout).toBe("");
      const { exitCode, stdout } = await terraformText(copy, ["test"]);
      expect(stdout).toMatch(/^Success! 15 passed, 0 failed\.$/m);
      expect(exitCode).toBe(0);
      // A test of a stand-in calls nothing.
      expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    });

    const call = ({
      subnets,
      sources,
      collections,
    }: Record<"subnets" | "sources" | "collections", string>) => `
    provider "aws" {
      region = "eu-central-1"
    }
    module "access" {
      source     = "../../modules/private-access"
      name       = "search"
      vpc_id     = "vpc-0a1b2c3d4e5f60718"
      subnet_ids = [${subnets}]
      allow      = { ${sources} }
      grants     = [{ collections = [${collections}], dashboards = true }]
      tags       = { team = "search" }
    }
    output "endpoint_id" {
      value = module.access.endpoint_id
    }
  `;
    const [subnetA, subnetB] = ['"subnet-0a1b2c3d4e5f60711"', '"subnet-0a1b2c3d4e5f60712"'];
    const apps = 'apps = { cidr = "10.20.0.0/16", description = "application subnets" }';
    const batch = 'batch = { security_group_id = "sg-0a1b2c3d4e5f60713" }';
    const first = call({ subnets: `${subnetA}`, sources: `${apps}, ${batch}`, collections: '"orders"' });
    const second = call({
      subnets: `${subnetA}, ${subnetB}`,
      sources: `${batch}, offices = { prefix_list_id = "pl-0a1b2c3d4e5f60714" }`,
      collections: '"logs-*", "orders"',
    });

    test("called by a relative path it is applied, planned again without a change, changed in place, and destroyed", async () => {
      const root = path.join(folder, "roots", "search");
      mkdirSync(root, { recursive: true });
      const terraform = terraformIn(root);
      writeFileSync(path.join(root, "main.tf"), first);
      await terraform.init();
      await terraform.apply();
      const [endpoint] = sandbox.contents().vpcEndpoints;
      expect(endpoint).toMatchObject({ name: "search-main", status: "ACTIVE" });
      expect((await terraform.output())["endpoint_id"]?.value).toBe(endpoint?.id);
      expect(opened()).toEqual([{ collections: ["collection/orders"], endpoints: [endpoint?.id] }]);
      expect((await terraform.plan()).isEmpty).toBe(true);

      writeFileSync(path.join(root, "main.tf"), second);
      await terraform.plan({ out: "plan.bin" });
      const { resource_changes: changes } = await terraform.show("plan.bin");
      const told = changes
        .filter(({ change, mode }) => mode === "managed" && change.actions.join() !== "no-op")
        .map(({ address, change }) => `${change.actions.join("+")} ${address.replace("module.access.", "")}`);
      expect(told.sort()).toEqual([
        'create aws_vpc_security_group_ingress_rule.clients["main/offices"]',
        'delete aws_vpc_security_group_ingress_rule.clients["main/apps"]',
        'update aws_opensearchserverless_security_policy.network["default"]',
        'update aws_opensearchserverless_vpc_endpoint.classic["main"]',
      ]);
      await terraform.apply("plan.bin");
      expect(sandbox.contents().vpcEndpoints.map(({ id }) => id)).toEqual([endpoint?.id]);
      expect(opened()).toEqual([
        { collections: ["collection/logs-*", "collection/orders"], endpoints: [endpoint?.id] },
      ]);
      expect((await terraform.plan()).isEmpty).toBe(true);

      await terraform.destroy();
      expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    });

    interface Block {
      readonly SourceVPCEs: readonly string[];
      readonly Rules: readonly { readonly Resource: readonly string[] }[];
    }

    const opened = () =>
      sandbox
        .contents()
        .securityPolicies.flatMap(({ document }) => document as readonly Block[])
        .map(({ Rules, SourceVPCEs }) => ({ collections: Rules[0]?.Resource, endpoints: SourceVPCEs }));

    test("the HCL of the project's README and of the module's own is planned as it stands there", async () => {
      const [readme, ofModule] = [
        path.join(projectFolder, "README.md"),
        path.join(moduleFolder, "README.md"),
      ].map((file) => /```hcl\n([\s\S]*?)```/.exec(readFileSync(file, "utf8"))?.[1] ?? "");
      const network = `
      resource "aws_vpc" "main" { cidr_block = "10.20.0.0/16" }
      resource "aws_subnet" "private" {
        count             = 2
        vpc_id            = aws_vpc.main.id
        cidr_block        = cidrsubnet("10.20.0.0/16", 8, count.index)
        availability_zone = ["eu-central-1a", "eu-central-1b"][count.index]
      }
    `;
      for (const [name, text, resources] of [
        ["readme", readme, 5],
        ["of-module", `${ofModule}${network}`, 7],
      ] as const) {
        const root = path.join(folder, "roots", name);
        mkdirSync(root, { recursive: true });
        const here = text?.replace(/source *= "[^"]*"/, 'source = "../../modules/private-access"');
        writeFileSync(path.join(root, "main.tf"), `provider "aws" {\n  region = "eu-central-1"\n}\n${here}`);
        await terraformIn(root).init();
        await terraformIn(root).plan({ out: "plan.bin" });
        const { resource_changes: changes } = await terraformIn(root).show("plan.bin");
        expect(changes.filter(({ change }) => change.actions.join() === "create")).toHaveLength(resources);
      }
    });

    test.each(readdirSync(path.join(moduleFolder, "examples")))(
      "its example %s is applied, planned again without a change, and destroyed",
      async (name) => {
        const terraform = terraformIn(path.join(copyOfModule(`for-${name}`), "examples", name));
        await terraform.init();
        await terraform.apply();
        expect(sandbox.contents().vpcEndpoints.length).toBeGreaterThan(0);
        expect((await terraform.plan()).isEmpty).toBe(true);
        await terraform.destroy();
        expect(Object.values(sandbox.contents()).flat()).toEqual([]);
      },
    );
  },
);
