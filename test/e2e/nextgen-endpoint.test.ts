import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { InterfaceEndpoint, NetworkPolicies, Source } from "../../modules";
import { type Sandbox, startSandbox } from "../../sandbox";
import { Terraform } from "../../terraform";
import { describeWithTerraform } from "../support/with-terraform";

interface Wish {
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** grants of about 900 bytes each */
  readonly grants: number;
}

interface Block {
  readonly SourceVPCEs: readonly string[];
  readonly Rules: readonly { readonly Resource: readonly string[] }[];
}

const collections = (count: number) =>
  Array.from({ length: count }, (_, index) => `collection/orders-${index}`).sort();

const vpcId = "vpc-0a1b2c3d4e5f60718";
const otherVpcId = "vpc-0a1b2c3d4e5f60728";
const [subnetA, subnetB] = ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"] as const;
const first: Wish = { subnetIds: [subnetA], tags: { team: "search", "cost:center": "7" }, grants: 30 };
const second: Wish = { subnetIds: [subnetA, subnetB], tags: { team: "logs", owner: "${me}" }, grants: 31 };

describeWithTerraform(
  "endpoints of both generations and the policies that name them, with the real Terraform and provider",
  () => {
    const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-nextgen-"));
    let sandbox: Sandbox;

    beforeAll(async () => {
      sandbox = await startSandbox();
    });

    afterAll(async () => {
      await sandbox.close();
      rmSync(outdir, { recursive: true });
    });

    function synthesize({ subnetIds, tags, grants }: Wish): void {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "search");
      new AwsProvider(stack, "aws", { region: "eu-central-1", defaultTags: [{ tags: { cost: "search" } }] });
      stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");
      new LocalBackend(stack, { path: "search.tfstate" });
      const allow = [Source.cidr("10.20.0.0/16")];
      const shareZoneWith = [otherVpcId];
      const from = [
        new InterfaceEndpoint(stack, "apps", { vpcId, subnetIds, tags, allow, shareZoneWith }),
        new InterfaceEndpoint(stack, "data", { vpcId, subnetIds, tags, allow, generation: "nextgen" }),
      ];
      const policies = new NetworkPolicies(stack, "policy");
      for (let index = 0; index < grants; index += 1) {
        const description = `${index} ${"d".repeat(760)}`;
        policies.addGrant({ collections: [`orders-${index}`], from, description });
      }
      app.synth();
    }

    const terraform = () =>
      new Terraform({
        cwd: path.join(outdir, "stacks", "search"),
        env: { ...process.env, ...sandbox.environment("eu-central-1") },
      });

    const isUnchanged = async () => (await terraform().plan()).isEmpty;

    /** The collections that the network policies in AWS open to both endpoints. */
    function opened(): string[] {
      const { securityPolicies, vpcEndpoints, interfaceEndpoints } = sandbox.contents();
      const ids = [...vpcEndpoints, ...interfaceEndpoints].map(({ id }) => id).sort();
      const blocks = securityPolicies.flatMap(({ document }) => document as readonly Block[]);
      return blocks
        .filter(({ SourceVPCEs }) => [...SourceVPCEs].sort().join() === ids.join())
        .flatMap(({ Rules }) => Rules.flatMap(({ Resource }) => Resource))
        .sort();
    }

    /** The tags of the managed endpoint, as each resource has them in the state. */
    async function classicTags(): Promise<Record<string, unknown>> {
      const { values } = await terraform().showState();
      const resources = values?.root_module?.resources ?? [];
      return Object.fromEntries(
        resources
          .filter(({ type }) => type === "aws_ec2_tag")
          .map(({ values: tag }) => [String(tag?.["key"]), tag?.["value"]]),
      );
    }

    test("are created in one VPC, tagged, and share their zone; planned again, nothing is to change", async () => {
      synthesize(first);
      await terraform().init();
      await terraform().apply();
      const { vpcEndpoints, interfaceEndpoints } = sandbox.contents();
      expect(vpcEndpoints).toMatchObject([{ name: "search-apps", vpcId, status: "ACTIVE" }]);
      expect(interfaceEndpoints).toMatchObject([
        {
          vpcId,
          serviceName: "com.amazonaws.eu-central-1.aoss-data",
          privateDnsEnabled: true,
          status: "available",
          tags: { Name: "search-data", team: "search", "cost:center": "7", cost: "search" },
        },
      ]);
      expect(await classicTags()).toEqual({ team: "search", "cost:center": "7" });
      const { values } = await terraform().showState();
      const association = values?.root_module?.resources?.find(
        ({ type }) => type === "aws_route53_zone_association",
      );
      expect(association?.values).toMatchObject({ vpc_id: otherVpcId, vpc_region: "eu-central-1" });
      expect(opened()).toEqual(collections(30));
      // 30 blocks of 960 bytes, ids that are not known yet counted at their longest, are 2.8 times what a policy takes.
      expect([3, 4]).toContain(sandbox.contents().securityPolicies.length);
      expect(await isUnchanged()).toBe(true);
    });

    test("take another subnet and other tags in place, and the zone stays shared", async () => {
      synthesize(second);
      await terraform().plan({ out: "plan.bin" });
      const { resource_changes: changes } = await terraform().show("plan.bin");
      const actions = changes
        .filter(({ change }) => change.actions.join() !== "no-op")
        .map(({ change, address }) => `${change.actions.join("+")} ${address}`);
      const isPolicy = (action: string) => action.includes("aws_opensearchserverless_security_policy");
      const touched = actions.filter(isPolicy).filter((action) => !action.startsWith("create "));
      expect(touched.length).toBeLessThanOrEqual(2);
      expect(actions.filter((action) => !isPolicy(action)).sort()).toEqual([
        "create aws_ec2_tag.apps_tag-owner",
        expect.stringMatching(/^delete aws_ec2_tag\.apps_tag-cost-center-[0-9a-f]{6}$/),
        "update aws_ec2_tag.apps_tag-team",
        "update aws_opensearchserverless_vpc_endpoint.apps",
        "update aws_vpc_endpoint.data",
      ]);
      await terraform().apply("plan.bin");
      expect(await classicTags()).toEqual({ team: "logs", owner: "${me}" });
      expect(sandbox.contents().interfaceEndpoints[0]?.tags).toEqual({
        Name: "search-data",
        team: "logs",
        owner: "${me}",
        cost: "search",
      });
      expect(opened()).toEqual(collections(31));
      expect(await isUnchanged()).toBe(true);
    });

    test("destroyed, nothing of them is left", async () => {
      await terraform().destroy();
      const { vpcEndpoints, interfaceEndpoints, securityPolicies, securityGroups } = sandbox.contents();
      expect([vpcEndpoints, interfaceEndpoints, securityPolicies]).toEqual([[], [], []]);
      expect(securityGroups.filter(({ name }) => name.startsWith("search-"))).toEqual([]);
    });
  },
);
