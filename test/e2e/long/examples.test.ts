import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PlanSummary } from "../../../review";
import { identityFromPolicy, type Sandbox, startSandbox } from "../../../sandbox";
import { policiesOf } from "../../../soak/permissions/policies";
import { Terraform } from "../../../terraform";
import { aossPrivatelink, projectFolder } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

const example = (name: string) =>
  readFileSync(path.join(projectFolder, "examples", name, "access.yaml"), "utf8");

type StackPlan = PlanSummary & { readonly name: string; readonly waitsFor?: readonly string[] };

/** A folder with an access file, planned and applied in a sandbox of its own. */
class Project {
  readonly folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-example-"));
  private constructor(readonly sandbox: Sandbox) {}

  /**
   * The sandbox takes ids that it did not give out, such as that of a KMS key, and its caller has exactly the
   * permissions that `aoss-privatelink permissions` gives for the file.
   */
  static async start(text: string): Promise<Project> {
    const identity = identityFromPolicy(policiesOf(text, "deploy"), "123456789012");
    return new Project(await startSandbox({ openWorld: true, identity }));
  }

  async end(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true });
  }

  async plan(text: string): Promise<StackPlan[]> {
    writeFileSync(path.join(this.folder, "access.yaml"), text);
    const options = { cwd: this.folder, env: this.sandbox.environment() };
    const { exitCode, stdout, stderr } = await aossPrivatelink(["plan", "--json"], options);
    expect([exitCode, stderr.replace(/^\w+: .* comes from the mirror .*\n/gm, "")]).toEqual([0, ""]);
    return JSON.parse(stdout).stacks;
  }

  terraform(stack: string): Terraform {
    const cwd = path.join(this.folder, "cdktf.out", "stacks", stack);
    return new Terraform({ cwd, env: { ...process.env, ...this.sandbox.environment() } });
  }
}

const actions = ({ changes }: PlanSummary) => changes.map(({ address, action }) => `${action} ${address}`);
const nothing = (plan: PlanSummary | undefined) => [plan?.changes, plan?.drift, plan?.outputs];

describeWithTerraform("the example private-collections, deployed with its own policies alone", () => {
  const text = example("private-collections");
  let project: Project;

  beforeAll(async () => {
    project = await Project.start(text);
  });

  afterAll(() => project.end());

  const changed = text
    .replace("description: orders and returns", "description: orders, returns and refunds")
    .replace("keepDays: 365", "keepDays: 730")
    .replace(
      "principals: [arn:aws:iam::123456789012:role/analyst]",
      "principals: [arn:aws:iam::123456789012:role/analyst, arn:aws:iam::123456789012:role/auditor]",
    )
    .replace("        dashboards: true\n", "");

  test("planned, applied and planned again, three collections stand behind one endpoint", async () => {
    const [first] = await project.plan(text);
    expect(first?.counts).toEqual({ add: 11, change: 0, destroy: 0 });
    await project.terraform("search").apply("plan.workspace");
    const [again] = await project.plan(text);
    expect(nothing(again)).toEqual([[], [], []]);
  });

  test("both kinds of keys, private networks, readers and retentions are what the file says", () => {
    const { accessPolicies, collections, lifecyclePolicies, securityPolicies, vpcEndpoints } =
      project.sandbox.contents();
    const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
    expect(
      collections
        .map(({ name, type, status, kmsKeyArn, tags }) => [name, type, status, kmsKeyArn, tags])
        .sort(),
    ).toEqual([
      ["kb-products", "VECTORSEARCH", "ACTIVE", "auto", { team: "search" }],
      ["logs-web", "TIMESERIES", "ACTIVE", "auto", { team: "search" }],
      ["orders", "SEARCH", "ACTIVE", keyArn, { team: "search" }],
    ]);
    expect(vpcEndpoints).toHaveLength(1);
    const network = securityPolicies.filter(({ type }) => type === "network");
    expect(network.map(({ name }) => name)).toEqual(["search-private-access"]);
    const blocks = network.flatMap(({ document }) => document as Record<string, unknown>[]);
    expect(blocks.map(({ AllowFromPublic }) => AllowFromPublic)).toEqual(blocks.map(() => false));
    const ids = vpcEndpoints.map(({ id }) => id);
    expect(blocks.map(({ SourceVPCEs }) => SourceVPCEs)).toEqual(blocks.map(() => ids));
    expect(accessPolicies.map(({ name }) => name)).toEqual(["search-data-access"]);
    expect(JSON.stringify(lifecyclePolicies)).toMatch(/"30d".*"365d"|"365d".*"30d"/);
  });

  test("readers, days, a description and dashboards change in place; collections and endpoint keep their ids", async () => {
    const idsNow = () => {
      const { collections, vpcEndpoints } = project.sandbox.contents();
      return [...collections, ...vpcEndpoints].map(({ id }) => id);
    };
    const before = idsNow();
    const [plan] = await project.plan(changed);
    expect(plan && actions(plan)).toEqual([
      "update aws_opensearchserverless_access_policy.data_access_policy",
      "update aws_opensearchserverless_collection.orders",
      "update aws_opensearchserverless_lifecycle_policy.lifecycle_policy",
      "update aws_opensearchserverless_security_policy.network_policy",
    ]);
    await project.terraform("search").apply("plan.workspace");
    expect(idsNow()).toEqual(before);
    const [again] = await project.plan(changed);
    expect(nothing(again)).toEqual([[], [], []]);
  });

  test("destroyed, nothing is left, and no state of a real deployment was made", async () => {
    await project.terraform("search").destroy();
    expect(Object.values(project.sandbox.contents()).flat()).toEqual([]);
    expect(readdirSync(project.folder).filter((name) => name.includes("tfstate"))).toEqual([]);
  });
});

describeWithTerraform("the example two-vpcs, deployed with its own policies alone", () => {
  const text = example("two-vpcs");
  let project: Project;

  beforeAll(async () => {
    project = await Project.start(text);
  });

  afterAll(() => project.end());

  const vpc = "vpc: vpc-0a1b2c3d4e5f60738";
  const subnets = "subnets: [subnet-0a1b2c3d4e5f60731]";
  const groups = "securityGroups: [sg-0a1b2c3d4e5f60733]";

  test("the stack that names an endpoint of the other waits for it, which a plan says", async () => {
    const [batch, search] = await project.plan(text);
    expect([batch?.name, batch?.waitsFor, batch?.counts.add]).toEqual(["batch", undefined, 7]);
    expect([search?.name, search?.waitsFor, search?.changes]).toEqual(["search", ["batch"], []]);
  });

  test("deployed after it, it opens its collections to both endpoints", async () => {
    await project.terraform("batch").apply("plan.workspace");
    const [batch, search] = await project.plan(text);
    expect(nothing(batch)).toEqual([[], [], []]);
    expect([search?.waitsFor, search?.counts.add]).toEqual([undefined, 4]);
    await project.terraform("search").apply("plan.workspace");
    const { securityPolicies, vpcEndpoints } = project.sandbox.contents();
    const byName = new Map(vpcEndpoints.map(({ name, id }) => [name, id]));
    const policy = securityPolicies.find(({ name }) => name === "search-private-access");
    expect(policy?.document).toEqual([
      {
        AllowFromPublic: false,
        Rules: [{ Resource: ["collection/logs-*", "collection/orders"], ResourceType: "collection" }],
        SourceVPCEs: expect.arrayContaining([byName.get("batch-jobs"), byName.get("search-apps")]),
      },
    ]);
    expect((await project.plan(text)).map(nothing)).toEqual([
      [[], [], []],
      [[], [], []],
    ]);
  });

  test("an endpoint that is new in the other stack is waited for too", async () => {
    const more = text
      .replace("    collections:\n", `      other: { ${vpc}, ${subnets}, ${groups} }\n    collections:\n`)
      .replace("[apps, batch.jobs]", "[apps, batch.jobs, batch.other]");
    const [batch, search] = await project.plan(more);
    expect([batch?.counts.add, search?.waitsFor]).toEqual([1, ["batch"]]);
  });

  test("destroyed in the other order, nothing is left", async () => {
    await project.plan(text);
    await project.terraform("search").destroy();
    await project.terraform("batch").destroy();
    expect(Object.values(project.sandbox.contents()).flat()).toEqual([]);
  });
});
