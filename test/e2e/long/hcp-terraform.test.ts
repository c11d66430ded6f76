import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Hcp, type Sandbox, startHcp, startSandbox } from "../../../sandbox";
import { findBinary, Terraform, terraformEnvironment } from "../../../terraform";
import { aossPrivatelink, type Finished, projectFolder, run } from "../../support/command";
import { type LoopbackCertificate, loopbackCertificate } from "../../support/loopback-certificate";
import { describeWithTerraform } from "../../support/with-terraform";

const example = path.join(projectFolder, "examples", "hcp-terraform");

describeWithTerraform("the example hcp-terraform, over TLS against a stand-in for HCP Terraform", () => {
  let folder: string;
  let sandbox: Sandbox;
  let hcp: Hcp;
  let certificate: LoopbackCertificate;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-hcp-"));
    certificate = await loopbackCertificate();
    hcp = await startHcp({ tls: certificate });
    sandbox = await startSandbox({ speed: 60 });
    // Only the host is another one: its services are found by discovery, as those of app.terraform.io are.
    const text = readFileSync(path.join(example, "access.yaml"), "utf8").replace(
      "organization: acme",
      `organization: acme, hostname: "${hcp.host}"`,
    );
    writeFileSync(path.join(folder, "access.yaml"), text);
    const { exitCode, stderr } = await aossPrivatelink(["synth", "--out", "infra"], { cwd: folder });
    expect([exitCode, stderr]).toEqual([0, ""]);
    cpSync(path.join(folder, "infra"), path.join(folder, "theirs"), { recursive: true });
  });

  afterAll(async () => {
    await sandbox?.close();
    await hcp?.close();
    certificate?.dispose();
    rmSync(folder, { recursive: true });
  });

  const environment = () => ({
    ...process.env,
    ...sandbox.environment("eu-central-1"),
    TF_WORKSPACE: undefined,
    SSL_CERT_FILE: certificate.file,
    [`TF_TOKEN_${hcp.host}`]: hcp.token,
  });
  const terraform = (stack: string, checkout = "infra") =>
    new Terraform({ cwd: path.join(folder, checkout, stack), env: environment() });
  const workspace = (name: string) => hcp.workspaces().find((one) => one.name === name);

  const apply = (checkout: string, lockTimeout: string): Promise<Finished> =>
    run(
      findBinary(),
      ["apply", "-auto-approve", "-input=false", "-no-color", `-lock-timeout=${lockTimeout}`],
      {
        cwd: path.join(folder, checkout, "network"),
        // what names a missing file is left out there, and must not come back from here
        env: { TF_CLI_CONFIG_FILE: undefined, ...terraformEnvironment(environment()) },
      },
    );

  test("init makes the workspace, in its project; two applies at once: one is refused, one waits", async () => {
    await terraform("network").init();
    await terraform("network", "theirs").init();
    expect(hcp.workspaces()).toEqual([
      expect.objectContaining({
        organization: "acme",
        name: "aoss-network",
        project: "search",
        state: undefined,
      }),
    ]);
    const first = apply("infra", "0s");
    while (!workspace("aoss-network")?.isLocked) await setTimeout(20);
    const refused = await apply("theirs", "0s");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("Error acquiring the state lock");
    const waiting = await apply("theirs", "120s");
    expect((await first).exitCode).toBe(0);
    expect([waiting.exitCode, waiting.stderr]).toEqual([0, ""]);
    const { state = "", serials = [], isLocked } = workspace("aoss-network") ?? {};
    expect(isLocked).toBe(false);
    // Whole, of the one endpoint that there is, and never older than what was there.
    expect(JSON.parse(state).outputs.endpoint_ids.value).toEqual({
      apps: sandbox.contents().vpcEndpoints[0]?.id,
    });
    expect(sandbox.contents().vpcEndpoints).toHaveLength(1);
    expect(serials).toEqual([...serials].sort((a, b) => a - b));
    expect((await terraform("network").planFresh()).hasChanges).toBe(false);
  });

  test("the other stack reads the id of the endpoint out of that workspace", async () => {
    const orders = terraform("orders");
    await orders.planFresh({ out: "plan" });
    await orders.apply("plan");
    const { securityPolicies, vpcEndpoints } = sandbox.contents();
    expect(securityPolicies.find(({ name }) => name === "orders-private-access")?.document).toEqual([
      expect.objectContaining({ SourceVPCEs: vpcEndpoints.map(({ id }) => id) }),
    ]);
    expect((await orders.planFresh()).hasChanges).toBe(false);
  });

  test("destroyed, nothing is left; no state was written here, and nothing was asked that is not served", async () => {
    for (const stack of ["orders", "network"]) await terraform(stack).destroy();
    expect(Object.values(sandbox.contents()).flat()).toEqual([]);
    expect(hcp.workspaces().map(({ state }) => JSON.parse(state ?? "{}").resources)).toEqual([[], []]);
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => /terraform\.\w+\.tfstate/.test(String(name))),
    ).toEqual([]);
    const missing = hcp.calls().filter(({ status }) => status === 404);
    expect([...new Set(missing.map(({ path: asked }) => asked.replace(/ws-\w+/, "ID")))].sort()).toEqual([
      "/api/v2/organizations/acme/workspaces/aoss-network",
      "/api/v2/organizations/acme/workspaces/aoss-orders",
      "/api/v2/workspaces/ID/current-state-version",
    ]);
  });
});

describeWithTerraform("the example hcp-terraform as it is, in the place of app.terraform.io", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-hcp-sandbox-"));
    cpSync(path.join(example, "access.yaml"), path.join(folder, "access.yaml"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const command = `node ${path.join(projectFolder, "bin", "aoss-privatelink.js")}`;
  const inSandbox = (script: string, ...options: readonly string[]) =>
    aossPrivatelink(["sandbox", ...options, "--", "sh", "-c", script], { cwd: folder });

  test("cdktf deploys both stacks in their order, sees no changes then, and destroys them", async () => {
    const app = `node ${path.join(projectFolder, "bin", "run.js")} ${path.join(projectFolder, "main.ts")}`;
    writeFileSync(
      path.join(folder, "cdktf.json"),
      JSON.stringify({ language: "typescript", app, sendCrashReports: "false", output: "deployed" }),
    );
    const cdktf = `CI=1 FORCE_COLOR=0 "${path.join(projectFolder, "node_modules", ".bin", "cdktf")}"`;
    const steps = [
      `${cdktf} deploy network orders --auto-approve --skip-provider-lock`,
      `${command} plan`,
      `${cdktf} destroy network orders --auto-approve --skip-provider-lock`,
      `${command} sandbox dump`,
    ];
    const { exitCode, stdout, stderr } = await inSandbox(steps.join(" && "), "--hcp", "app.terraform.io");
    rmSync(path.join(folder, "cdktf.json"));
    expect(exitCode).toBe(0);
    expect(stderr).toContain("sandbox: app.terraform.io is http://localhost:");
    const told = stdout.match(
      /(?:Apply|Destroy) complete![^\n]*destroyed\.|\w+: no changes|nothing was made/g,
    );
    expect(told).toEqual([
      "Apply complete! Resources: 4 added, 0 changed, 0 destroyed.",
      "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
      "network: no changes",
      "orders: no changes",
      "Destroy complete! Resources: 1 destroyed.",
      "Destroy complete! Resources: 4 destroyed.",
      "nothing was made",
    ]);
  });

  test("with tags a workspace is made by init, which asks for its name, and then chosen", async () => {
    const text = readFileSync(path.join(folder, "access.yaml"), "utf8")
      .replace('name: "aoss-{stack}", project: search', 'tags: [aoss, "stack:{stack}"]')
      .replace("network.apps", "vpce-0a1b2c3d4e5f60731");
    writeFileSync(path.join(folder, "tags.yaml"), text);
    const plan = `${command} plan orders --file tags.yaml`;
    const script = `${plan} || (cd cdktf.out/stacks/orders && echo prod | terraform init -no-color) && ${plan} && TF_WORKSPACE=test ${plan}`;
    const { exitCode, stdout, stderr } = await inSandbox(script, "--hcp", "app.terraform.io");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it asks for the name of a workspace and makes it");
    expect(stdout).toContain("orders: 1 to add, 0 to change, 0 to destroy");
    expect(stderr).toContain('Terraform failed to find workspace "test" in organization acme');
    expect(stderr).toContain("correct TF_WORKSPACE, or give the workspace that it names all of the tags");
  });

  test("in a sandbox without it Terraform stops, and is told what to do", async () => {
    const { exitCode, stderr } = await inSandbox(`${command} plan`);
    expect(exitCode).toBe(1);
    // Which of two errors Terraform names first depends on whether the folder was used before.
    expect(stderr).toContain(
      "unset TF_WORKSPACE, which this backend does not take; in the sandbox, try a cloud backend with sandbox --hcp HOST",
    );
  });

  test("a stack with its state in a file is refused there: it would be the real one", async () => {
    const text = readFileSync(path.join(folder, "access.yaml"), "utf8");
    writeFileSync(
      path.join(folder, "local.yaml"),
      text.replace("  network:\n", "  network:\n    backend: { local: {} }\n"),
    );
    const { exitCode, stderr } = await inSandbox(
      `${command} plan --file local.yaml`,
      "--hcp",
      "app.terraform.io",
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error: the stack keeps its state in a file of the project: a sandbox with --hcp would work on the real one\n  stacks.network\n",
    );
  });

  test.each([
    [
      ["--hcp", "https://app.terraform.io"],
      "error: this is not a host name\n  --hcp https://app.terraform.io\n",
    ],
    [
      ["--hcp", "app.terraform.io", "--state", "s.json"],
      "error: --hcp beside --state: its states are gone with it",
    ],
  ])("%j is refused", async (options, expected) => {
    const { exitCode, stderr } = await inSandbox("true", ...options);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  test("what is committed is what the access file says", async () => {
    expect(await aossPrivatelink(["synth", "--out", "infra", "--check"], { cwd: example })).toEqual({
      exitCode: 0,
      stdout: "infra: up to date, 2 stacks\n",
      stderr: "",
    });
  });
});
