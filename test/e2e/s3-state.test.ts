import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { identityFromPolicy, type Sandbox, startSandbox } from "../../sandbox";
import { findBinary, Terraform, terraformEnvironment } from "../../terraform";
import { s3 } from "../sandbox/raw-s3";
import { aossPrivatelink, type Finished, projectFolder, run } from "../support/command";
import { describeWithTerraform } from "../support/with-terraform";

const accessFile = (collections: string) => `version: 1
backend:
  s3: { bucket: acme-states, key: "aoss/{stack}.tfstate", region: eu-central-1 }
stacks:
  network:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow: [{ cidr: 10.20.0.0/16 }]
    grants:
      - { collections: [${collections}], from: [apps] }
  search:
    region: eu-central-1
    endpoints: {}
    grants:
      - { collections: [invoices], from: [network.apps] }
`;

interface StateFile {
  readonly version: number;
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { attributes: object }[];
  }[];
}

describeWithTerraform("state in S3 with a lock file, by the real Terraform and provider", () => {
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-s3-state-"));
    // An endpoint takes some seconds, for as long as the first apply holds the lock.
    sandbox = await startSandbox({ speed: 60, openWorld: true });
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const environment = () => ({ ...process.env, ...sandbox.environment("eu-central-1") });
  const workspace = () => sandbox.environment()["TF_WORKSPACE"] ?? "";
  const keyOf = (stack: string) => `env:/${workspace()}/aoss/${stack}.tfstate`;
  const keys = () => sandbox.contents().buckets.flatMap(({ objects }) => objects.map(({ key }) => key));

  /** What stands in the bucket; fails if it is not the whole of a state. */
  async function stateOf(stack: string): Promise<StateFile> {
    const { text } = await s3(
      sandbox,
      "GET",
      `/acme-states/${encodeURIComponent(keyOf(stack)).replaceAll("%2F", "/")}`,
    );
    const state = JSON.parse(text) as StateFile;
    expect(state.version).toBe(4);
    return state;
  }

  const policyIn = ({ resources }: StateFile) =>
    JSON.stringify(
      resources
        .filter(({ type }) => type === "aws_opensearchserverless_security_policy")
        .flatMap(({ instances }) => instances.map(({ attributes }) => attributes)),
    );

  /** A checkout of somebody's own, initialized. */
  async function checkout(name: string, collections: string): Promise<string> {
    const project = path.join(folder, name);
    cpSync(path.join(__dirname, "..", "..", "access.schema.json"), path.join(project, "access.schema.json"));
    writeFileSync(path.join(project, "access.yaml"), accessFile(collections));
    const { exitCode, stderr } = await aossPrivatelink(["synth", "--out", "infra"], { cwd: project });
    expect([exitCode, stderr]).toEqual([0, ""]);
    const cwd = path.join(project, "infra", "network");
    await new Terraform({ cwd, env: environment() }).init();
    return cwd;
  }

  const apply = (cwd: string, lockTimeout: string): Promise<Finished> =>
    run(
      findBinary(),
      ["apply", "-auto-approve", "-input=false", "-no-color", `-lock-timeout=${lockTimeout}`],
      {
        cwd, // what names a missing file is left out there, and must not come back from here
        env: { TF_CLI_CONFIG_FILE: undefined, ...terraformEnvironment(environment()) },
      },
    );

  async function untilLocked(): Promise<void> {
    while (!keys().includes(`${keyOf("network")}.tflock`)) await setTimeout(20);
  }

  test("of two applies at once one is refused, and one waits when told to; each state is whole", async () => {
    const [mine, theirs] = [await checkout("mine", "orders"), await checkout("theirs", "orders, reports")];
    const { serial: atFirst } = await stateOf("network");

    const first = apply(mine, "0s");
    await untilLocked();
    const refused = await apply(theirs, "0s");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("Error acquiring the state lock");
    expect(refused.stderr).toMatch(/Path:\s+acme-states\/env:\/sandbox-[0-9a-f]{8}\/aoss\/network\.tfstate/);
    const waiting = apply(theirs, "120s");
    expect((await first).exitCode).toBe(0);
    const afterFirst = await stateOf("network");

    const second = await waiting;
    expect([second.exitCode, second.stderr]).toEqual([0, ""]);
    expect(second.stdout).toContain("Apply complete!");
    const afterSecond = await stateOf("network");
    expect(afterSecond.serial).toBeGreaterThan(atFirst);
    expect(afterSecond.serial).toBeGreaterThanOrEqual(afterFirst.serial);
    expect(afterSecond.lineage).toBe(afterFirst.lineage);
    expect(policyIn(afterSecond)).toContain("collection/reports");
    // Both worked on one state: there is one endpoint, and no lock is left.
    expect(sandbox.contents().vpcEndpoints).toHaveLength(1);
    expect(keys()).toEqual([keyOf("network")]);
  });

  test("a state is whole at every write, and its serial never falls", async () => {
    const cwd = path.join(folder, "mine", "infra", "network");
    const serials: number[] = [];
    let isDone = false;
    const done = Promise.all([
      apply(cwd, "60s"),
      apply(path.join(folder, "theirs", "infra", "network"), "60s"),
    ]);
    done.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      serials.push((await stateOf("network")).serial);
      await setTimeout(25);
    }
    expect((await done).map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(serials.length).toBeGreaterThan(20);
    expect(serials).toEqual([...serials].sort((a, b) => a - b));
    const policy = policyIn(await stateOf("network"));
    const network = sandbox.contents().securityPolicies.find(({ name }) => name === "network-private-access");
    expect(policy.includes("collection/reports")).toBe(
      JSON.stringify(network).includes("collection/reports"),
    );
  });

  test("the other stack reads the endpoint's id from there", async () => {
    const terraform = new Terraform({
      cwd: path.join(folder, "mine", "infra", "search"),
      env: environment(),
    });
    await terraform.planFresh({ out: "plan" });
    await terraform.apply("plan");
    const { securityPolicies, vpcEndpoints } = sandbox.contents();
    const search = securityPolicies.find(({ name }) => name === "search-private-access");
    expect(search?.document).toEqual([
      expect.objectContaining({ SourceVPCEs: vpcEndpoints.map(({ id }) => id) }),
    ]);
  });

  test("destroyed, nothing is left but states without resources", async () => {
    for (const stack of ["search", "network"]) {
      await new Terraform({ cwd: path.join(folder, "mine", "infra", stack), env: environment() }).destroy();
      expect((await stateOf(stack)).resources).toEqual([]);
    }
    const { buckets, ...others } = sandbox.contents();
    expect(Object.values(others).flat()).toEqual([]);
    expect(buckets).toHaveLength(1);
  });
});

describeWithTerraform("the permissions that docs/remote-runs.md names for a state in S3", () => {
  const page = readFileSync(path.join(projectFolder, "docs", "remote-runs.md"), "utf8");
  const policy = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
  const backend = {
    bucket: "acme-states",
    key: "aoss/search.tfstate",
    region: "eu-central-1",
    use_lockfile: true,
  };
  const config = {
    terraform: { backend: { s3: backend } },
    resource: { terraform_data: { it: { input: "x" } } },
  };
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-s3-permissions-"));
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(config));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The whole life of a state, by a caller that may do this and nothing else. Returns the actions. */
  async function live(allowed: object): Promise<string[]> {
    const identity = identityFromPolicy(allowed, "123456789012");
    const sandbox = await startSandbox({ openWorld: true, identity });
    try {
      const env = { ...process.env, ...sandbox.environment("eu-central-1"), TF_WORKSPACE: undefined };
      const terraform = new Terraform({ cwd: folder, env });
      await terraform.planFresh({ out: "plan" });
      await terraform.apply("plan");
      await terraform.destroy();
      return [...new Set(sandbox.calls().flatMap(({ actions }) => actions))].sort();
    } finally {
      await sandbox.close();
      rmSync(path.join(folder, ".terraform"), { recursive: true, force: true });
    }
  }

  test("are enough, and all of their actions are called", async () => {
    expect(await live(policy)).toEqual([
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "sts:GetCallerIdentity",
    ]);
  });

  test.each(["ListStates", "KeepState", "LockState"])("are not enough without %s", async (sid) => {
    const without = policy.Statement.filter(({ Sid }: { readonly Sid: string }) => Sid !== sid);
    await expect(live({ ...policy, Statement: without })).rejects.toThrow(/AccessDenied|403/);
  });
});
