import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { Terraform } from "../../../terraform";
import { buildTwin, builtFolder, installTerrain, terrainFolder } from "../../cdktn/packages";
import { projectFolder, run } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

// aoss-privatelink-cdktn: the same constructs for CDK Terrain.
const folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-cdktn-"));
const app = path.join(folder, "app.js");

beforeAll(async () => {
  await installTerrain();
  const twin = await buildTwin();
  const link = (name: string, target: string) => {
    const place = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(target, place);
  };
  for (const name of ["cdktf", "@cdktf/provider-aws", "fastest-levenshtein", "ipaddr.js"]) {
    link(name, path.join(projectFolder, "node_modules", name));
  }
  for (const name of ["cdktn", "@cdktn/provider-aws", "constructs"]) {
    link(name, path.join(terrainFolder, "node_modules", name));
  }
  // copies find the packages beside them, as installed ones do
  cpSync(builtFolder, path.join(folder, "node_modules", "aoss-privatelink"), { recursive: true });
  cpSync(twin, path.join(folder, "node_modules", "aoss-privatelink-cdktn"), { recursive: true });
  cpSync(path.join(projectFolder, "test", "cdktn", "app.js"), app);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function synthesize(framework: "cdktf" | "cdktn", outdir: string, extent: "whole" | "quick") {
  const { exitCode, stderr } = await run(process.execPath, [app, framework, outdir, extent], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return path.join(outdir, "stacks", "search");
}

const configurationIn = (stack: string) =>
  JSON.parse(readFileSync(path.join(stack, "cdk.tf.json"), "utf8")) as Record<string, unknown>;

test("the tests of the constructs pass on it", async () => {
  const args = ["node_modules/jest/bin/jest.js", "--config", "test/cdktn/jest.config.js", "--maxWorkers=1"];
  const { stdout, stderr } = await run(process.execPath, [...args, "--json"], { cwd: projectFolder });
  const { numFailedTests, numPassedTests, numTotalTests } = JSON.parse(stdout);
  if (numFailedTests > 0) throw new Error(stderr);
  expect(numPassedTests).toBe(numTotalTests);
  // 198 when this was written: what finds no tests proves nothing
  expect(numPassedTests).toBeGreaterThan(190);
}, 180_000);

test("an app in TypeScript compiles with it, strict", async () => {
  const code = `import { type IInterfaceEndpoint, PrivateAccess } from "aoss-privatelink-cdktn";
import { RuleError } from "aoss-privatelink-cdktn/service";
import { App, type ITerraformDependable, TerraformStack } from "cdktn";
export const access = new PrivateAccess(new TerraformStack(new App(), "search"), "access");
export const endpoint: IInterfaceEndpoint = access.addEndpoint("apps", { vpcId: "vpc-1", subnetIds: [] });
export const ready: ITerraformDependable[] = access.addCollection("orders", {}).ready;
export const error: Error = new RuleError({ problem: "a", remedy: "b" });
// @ts-expect-error a number is no VPC
access.addEndpoint("typed", { vpcId: 7, subnetIds: [] });
`;
  writeFileSync(path.join(folder, "app.ts"), code);
  const compiler = path.join(projectFolder, "node_modules", "typescript", "bin", "tsc");
  const types = ["--typeRoots", path.join(projectFolder, "node_modules", "@types"), "--types", "node"];
  const args = ["--noEmit", "--strict", "--target", "es2022", "--module", "node16", ...types, "app.ts"];
  const { exitCode, stdout } = await run(process.execPath, [compiler, ...args], { cwd: folder });
  expect([exitCode, stdout]).toEqual([0, ""]);
}, 60_000);

test("an app makes the same JSON on either, but for the framework's own version and how the provider is written", async () => {
  const cdktf = configurationIn(await synthesize("cdktf", path.join(folder, "cdktf.out"), "whole"));
  const cdktn = configurationIn(await synthesize("cdktn", path.join(folder, "cdktn.out"), "whole"));
  expect(differences(cdktf, cdktn)).toEqual([
    ["//.metadata.version", "0.21.0", "0.24.0"],
    // the same provider: without a namespace it is hashicorp's
    ["terraform.required_providers.aws.source", "aws", "hashicorp/aws"],
    // the release that the bindings were made from
    ["terraform.required_providers.aws.version", "6.25.0", "6.66.0"],
  ]);
  const kinds = Object.keys(cdktf["resource"] as object).sort();
  expect(kinds).toEqual([
    "aws_ec2_tag",
    "aws_opensearchserverless_access_policy",
    "aws_opensearchserverless_collection",
    "aws_opensearchserverless_lifecycle_policy",
    "aws_opensearchserverless_security_policy",
    "aws_opensearchserverless_vpc_endpoint",
    "aws_route53_zone_association",
    "aws_security_group",
    "aws_vpc_endpoint",
    "aws_vpc_security_group_ingress_rule",
  ]);
}, 60_000);

/** The places where two JSON values differ, with what stands there. */
function differences(one: unknown, other: unknown, at: readonly string[] = []): unknown[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differences(one[key], other[key], [...at, key]));
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [[at.join("."), one, other]];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

describeWithTerraform("moving to it and back, with the real Terraform and provider", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  test("what was deployed from one is what the other makes: nothing to do, and the state stays", async () => {
    const outdir = path.join(folder, "moved.out");
    const cwd = await synthesize("cdktf", outdir, "quick");
    const terraform = new Terraform({ cwd, env: { ...process.env, ...sandbox.environment() } });
    await terraform.planFresh({ out: "plan" });
    await terraform.apply("plan");
    const made = await terraform.plan({ out: "again" });
    expect(made.isEmpty).toBe(true);
    for (const framework of ["cdktn", "cdktf"] as const) {
      expect(await synthesize(framework, outdir, "quick")).toBe(cwd);
      const { isEmpty } = await terraform.planFresh({ out: framework });
      expect([framework, isEmpty]).toEqual([framework, true]);
    }
  });
});
