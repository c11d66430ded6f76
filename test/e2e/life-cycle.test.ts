import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PlanSummary, ReviewJson } from "../../review";
import { type Sandbox, startSandbox } from "../../sandbox";
import { Terraform } from "../../terraform";
import { aossPrivatelink } from "../support/command";
import { describeWithTerraform } from "../support/with-terraform";

/** Everything that an access file can say, with texts that Terraform would take for templates. */
const accessFile = String.raw`version: 1
stacks:
  search:
    region: eu-central-1
    account: "123456789012"
    tags: { team: search, cost: "50%{x} of \${y}" }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow:
          - cidr: 10.20.0.0/16
            description: "apps {a} and \${b}"
          - cidr: "2001:DB8::/32"
          - securityGroup: sg-0a1b2c3d4e5f60713
          - prefixList: pl-0a1b2c3d4e5f60714
      batch:
        vpc: vpc-0a1b2c3d4e5f60728
        subnets: [subnet-0a1b2c3d4e5f60721, subnet-0a1b2c3d4e5f60722]
        securityGroups: [sg-0a1b2c3d4e5f60723]
      shared: { id: vpce-0a1b2c3d4e5f60731 }
    grants:
      - collections: [orders, "logs-*"]
        dashboards: true
        from: [apps, shared, vpce-0a1b2c3d4e5f60741]
        description: 'the "search" team, \${not} a template'
      - collections: ["kb-*"]
        from: [batch]
        services: [bedrock.amazonaws.com]
`.replaceAll("\\${", "${");

describeWithTerraform("the life cycle of an access file, with the real Terraform and provider", () => {
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-life-cycle-"));
    sandbox = await startSandbox();
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const stack = () => path.join(folder, "cdktf.out", "stacks", "search");
  const terraform = () => new Terraform({ cwd: stack(), env: { ...process.env, ...sandbox.environment() } });

  type Planned = PlanSummary & { readonly review?: Omit<ReviewJson, "name"> };

  /** @param found what the review finds and ends the command with 3 */
  async function plan(text: string, found?: string): Promise<Planned> {
    writeFileSync(path.join(folder, "access.yaml"), text);
    const env = sandbox.environment();
    const { exitCode, stdout, stderr } = await aossPrivatelink(["plan", "--json"], { cwd: folder, env });
    expect([exitCode, stderr.replace(/^search: .* comes from the mirror .*\n/, "")]).toEqual(
      found === undefined ? [0, ""] : [3, `search: --fail-on error: ${found}\n`],
    );
    const { version, stacks } = JSON.parse(stdout);
    expect([version, stacks.length, stacks[0].name]).toEqual([1, 1, "search"]);
    return stacks[0];
  }

  const actions = ({ changes }: PlanSummary) =>
    changes.map(({ address, action }) => `${action} ${address.split(".")[0]}`);

  test("the first plan creates everything and shows the policy with the ids to come", async () => {
    const summary = await plan(accessFile);
    expect(actions(summary)).toEqual([
      "create aws_opensearchserverless_security_policy",
      "create aws_opensearchserverless_vpc_endpoint",
      "create aws_opensearchserverless_vpc_endpoint",
      "create aws_security_group",
      ...Array(4).fill("create aws_vpc_security_group_ingress_rule"),
    ]);
    const policy = summary.changes[0]?.policy?.after ?? "";
    expect(JSON.parse(policy)).toEqual([
      {
        AllowFromPublic: false,
        Description: 'the "search" team, ${not} a template',
        Rules: ["collection", "dashboard"].map((ResourceType) => ({
          Resource: ["collection/logs-*", "collection/orders"],
          ResourceType,
        })),
        SourceVPCEs: ["<id of apps>", "vpce-0a1b2c3d4e5f60731", "vpce-0a1b2c3d4e5f60741"],
      },
      {
        AllowFromPublic: false,
        Rules: [{ Resource: ["collection/kb-*"], ResourceType: "collection" }],
        SourceServices: ["bedrock.amazonaws.com"],
        SourceVPCEs: ["<id of batch>"],
      },
    ]);
  });

  test("applied, AWS holds what the file says, texts as they were written", async () => {
    await terraform().apply("plan.workspace");
    const { vpcEndpoints, securityGroups, securityGroupRules, securityPolicies } = sandbox.contents();
    expect(vpcEndpoints.map(({ name, status }) => [name, status]).sort()).toEqual([
      ["search-apps", "ACTIVE"],
      ["search-batch", "ACTIVE"],
    ]);
    const apps = vpcEndpoints.find(({ name }) => name === "search-apps");
    expect(apps?.securityGroupIds).toEqual(securityGroups.map(({ id }) => id));
    expect(securityGroups[0]?.tags).toEqual({ Name: "search-apps", cost: "50%{x} of ${y}", team: "search" });
    const ingress = securityGroupRules.map(
      ({ fromPort, toPort, protocol, isEgress, description, source }) => ({
        ports: `${isEgress ? "egress" : "ingress"} ${protocol} ${fromPort}-${toPort}`,
        description,
        source,
      }),
    );
    expect(ingress).toHaveLength(4);
    expect(new Set(ingress.map(({ ports }) => ports))).toEqual(new Set(["ingress tcp 443-443"]));
    expect(JSON.stringify(ingress)).toContain("apps {a} and ${b}");
    expect(JSON.stringify(ingress)).toContain("2001:db8::/32");
    expect(JSON.stringify(securityPolicies[0]?.document)).toContain(`"${apps?.id}"`);
  });

  test("planned again, there are no changes and no drift", async () => {
    const summary = await plan(accessFile);
    expect([summary.changes, summary.drift, summary.outputs]).toEqual([[], [], []]);
  });

  test("the same grants and sources in another order are no change", async () => {
    const reordered = accessFile
      .replace('[orders, "logs-*"]', '["logs-*", orders]')
      .replace("[apps, shared, vpce-0a1b2c3d4e5f60741]", "[vpce-0a1b2c3d4e5f60741, shared, apps]")
      .replace("          - prefixList: pl-0a1b2c3d4e5f60714\n", "")
      .replace("        allow:\n", "        allow:\n          - prefixList: pl-0a1b2c3d4e5f60714\n");
    expect((await plan(reordered)).changes).toEqual([]);
  });

  const widened = accessFile
    .replace(
      "subnets: [subnet-0a1b2c3d4e5f60711]",
      "subnets: [subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]",
    )
    .replace("- cidr: 10.20.0.0/16", "- cidr: 10.30.0.0/16\n          - cidr: 10.20.0.0/16")
    .replace("[orders,", "[orders, invoices,");

  test("a second subnet, another source and one more collection change in place, nothing is replaced", async () => {
    const summary = await plan(widened);
    expect(summary.review?.verdict).toBe(
      // apps, shared, the endpoint that is named by its id, and the new source of apps, which gains all that apps has
      "4 networks gain 2 collections and 1 pattern; nobody loses any",
    );
    expect(summary.review?.gained).toContainEqual({
      who: expect.objectContaining({
        kind: "source",
        source: expect.objectContaining({ value: "10.30.0.0/16" }),
      }),
      kind: "collection",
      // All that apps opens after the plan, what it opens anew too.
      collections: ["invoices", "logs-*", "orders"],
    });
    expect(summary.review).toMatchObject({ lost: [], interruptions: [] });
    expect(actions(summary)).toEqual([
      "update aws_opensearchserverless_security_policy",
      "update aws_opensearchserverless_vpc_endpoint",
      "create aws_vpc_security_group_ingress_rule",
    ]);
    const ids = sandbox.contents().vpcEndpoints.map(({ id }) => id);
    await terraform().apply("plan.workspace");
    expect(sandbox.contents().vpcEndpoints.map(({ id }) => id)).toEqual(ids);
    expect((await plan(widened)).changes).toEqual([]);
  });

  test("another name replaces the endpoint, which the plan says; the policy follows to the new id", async () => {
    const renamed = widened.replace(
      "        vpc: vpc-0a1b2c3d4e5f60718",
      "        name: apps-two\n        vpc: vpc-0a1b2c3d4e5f60718",
    );
    const summary = await plan(renamed, "endpoint-replaced");
    const endpoint = summary.changes.find(
      ({ address }) => address === "aws_opensearchserverless_vpc_endpoint.apps",
    );
    expect(endpoint?.action).toBe("replace");
    expect(endpoint?.attributes).toContainEqual({
      name: "name",
      before: "search-apps",
      after: "apps-two",
      forcesReplacement: true,
    });
    expect(summary.changes[0]?.policy?.lines.join("\n")).toMatch(/\+ .*<id of apps>/);
    expect(summary.review).toMatchObject({
      verdict: "nobody gains or loses access for good",
      gained: [],
      lost: [],
      interruptions: [
        {
          reason: "endpoint-replaced",
          vpcIds: ["vpc-0a1b2c3d4e5f60718"],
          because: ["name"],
          loses: [
            { kind: "collection", collections: ["invoices", "logs-*", "orders"] },
            { kind: "dashboard", collections: ["invoices", "logs-*", "orders"] },
          ],
        },
      ],
    });
    await terraform().apply("plan.workspace");
    const { vpcEndpoints, securityPolicies } = sandbox.contents();
    const apps = vpcEndpoints.find(({ name }) => name === "apps-two");
    expect(JSON.stringify(securityPolicies)).toContain(String(apps?.id));
    expect((await plan(renamed)).changes).toEqual([]);
  });

  test("destroyed, nothing is left, and the state of a real deployment was never touched", async () => {
    await terraform().destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual([]);
  });

  test("two syntheses in two folders are byte for byte the same", async () => {
    const other = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-another-place-"));
    try {
      writeFileSync(path.join(other, "access.yaml"), accessFile);
      writeFileSync(path.join(folder, "access.yaml"), accessFile);
      const env = sandbox.environment();
      for (const cwd of [folder, other])
        expect((await aossPrivatelink(["plan"], { cwd, env })).exitCode).toBe(0);
      for (const file of ["manifest.json", "stacks/search/cdk.tf.json"]) {
        const [one, two] = [folder, other].map((at) => readFileSync(path.join(at, "cdktf.out", file)));
        expect(one).toEqual(two);
        expect(String(one)).not.toContain(tmpdir());
      }
    } finally {
      rmSync(other, { recursive: true });
    }
  });
});
