import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Hcp, type Sandbox, startHcp, startSandbox } from "../../../sandbox";
import {
  findBinary,
  type ProviderInstallation,
  probeProviderInstallation,
  Terraform,
  terraformEnvironment,
} from "../../../terraform";
import { s3 } from "../../sandbox/raw-s3";
import { aossPrivatelink, run } from "../../support/command";
import { type HttpState, startHttpState } from "../../support/http-state";
import { type LoopbackCertificate, loopbackCertificate } from "../../support/loopback-certificate";
import { describeWithTerraform } from "../../support/with-terraform";

const accessFile = (backend: string) => `version: 1
${backend}
stacks:
  search:
    region: eu-central-1
    account: "123456789012"
    endpoints:
      apps: { vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0a1b2c3d4e5f60711], allow: [{ cidr: 10.20.0.0/16 }] }
    grants:
      - { collections: [orders], from: [apps] }
`;

/** The state of one deployment goes from backend to backend, by the commands that docs/remote-runs.md names. */
describeWithTerraform("a state that moves from backend to backend", () => {
  let folder: string;
  let sandbox: Sandbox;
  let hcp: Hcp;
  let http: HttpState;
  let certificate: LoopbackCertificate;
  /** Of a mirror, where there is no network. */
  let installation: ProviderInstallation | undefined;

  beforeAll(async () => {
    installation = await probeProviderInstallation({ binary: findBinary() });
    folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-migration-"));
    sandbox = await startSandbox({ openWorld: true });
    certificate = await loopbackCertificate();
    hcp = await startHcp({ tls: certificate });
    http = await startHttpState("hunter2");
  });

  afterAll(async () => {
    await sandbox?.close();
    await hcp?.close();
    await http?.close();
    certificate?.dispose();
    installation?.dispose();
    rmSync(folder, { recursive: true });
  });

  const environment = () => ({
    ...process.env,
    ...sandbox.environment("eu-central-1"),
    // two of the backends have no workspaces
    TF_WORKSPACE: undefined,
    TF_HTTP_USERNAME: "terraform",
    TF_HTTP_PASSWORD: "hunter2",
    SSL_CERT_FILE: certificate.file,
    [`TF_TOKEN_${hcp.host}`]: hcp.token,
  });
  const cwd = () => path.join(folder, "cdktf.out", "stacks", "search");
  const plan = () => aossPrivatelink(["plan"], { cwd: folder, env: environment() });

  /** Runs Terraform as people do, who may be asked. */
  async function terraform(args: readonly string[], input = ""): Promise<string> {
    const { TF_INPUT: _, ...env } = terraformEnvironment(environment());
    const variables = { TF_CLI_CONFIG_FILE: undefined, ...env, ...installation?.env };
    const options = { cwd: cwd(), env: variables, input };
    const { exitCode, stdout, stderr } = await run(findBinary(), [...args, "-no-color"], options);
    expect([exitCode, stderr]).toEqual([0, ""]);
    return stdout;
  }

  const write = (backend: string) => writeFileSync(path.join(folder, "access.yaml"), accessFile(backend));
  const hasEndpoint = (state: string | undefined) =>
    JSON.parse(state ?? "{}").outputs?.endpoint_ids?.value.apps === sandbox.contents().vpcEndpoints[0]?.id;
  const cloud = () =>
    `backend: { cloud: { organization: acme, hostname: "${hcp.host}", workspaces: { name: "aoss-{stack}" } } }`;
  const inS3 = (key: string) =>
    `backend: { s3: { bucket: acme-states, key: "${key}/{stack}.tfstate", region: eu-central-1 } }`;

  test("deployed with its state in a file of the project", async () => {
    write("");
    expect((await plan()).exitCode).toBe(0);
    await new Terraform({ cwd: cwd(), env: environment() }).apply("plan");
    expect(hasEndpoint(readFileSync(path.join(folder, "terraform.search.tfstate"), "utf8"))).toBe(true);
  });

  test("with another backend a plan stops and says how to move the state", async () => {
    write(inS3("one"));
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("there, `terraform init -migrate-state` moves the state along");
    expect(sandbox.contents().buckets).toEqual([]);
  });

  test("to S3: init -migrate-state, answered with yes; then there are no changes", async () => {
    await terraform(["init", "-migrate-state"], "yes\n");
    const { text } = await s3(sandbox, "GET", "/acme-states/one/search.tfstate");
    expect(hasEndpoint(text)).toBe(true);
    expect((await plan()).stdout).toContain("search: no changes");
  });

  test("to a URL, with its lock: likewise, and without questions", async () => {
    write(
      `backend: { http: { address: "${http.url}/{stack}", lockAddress: "${http.url}/{stack}", unlockAddress: "${http.url}/{stack}" } }`,
    );
    await plan();
    await terraform(["init", "-migrate-state", "-force-copy"]);
    expect(hasEndpoint(http.state("/search"))).toBe(true);
    expect((await plan()).stdout).toContain("search: no changes");
    const calls = [...new Set(http.calls)].sort();
    expect(calls).toEqual(["GET 200", "GET 404", "LOCK 200", "POST 200", "UNLOCK 200"]);
  });

  test("to HCP Terraform: a plan says so, and plain init, answered with yes, moves it", async () => {
    write(cloud());
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("or to HCP Terraform plain `terraform init`, asks and moves the state along");
    await terraform(["init"], "yes\n");
    expect(hasEndpoint(hcp.workspaces()[0]?.state)).toBe(true);
    expect((await plan()).stdout).toContain("search: no changes");
  });

  test("out of HCP Terraform init moves nothing: pulled, reconfigured and pushed", async () => {
    const state = await terraform(["state", "pull"]);
    write(inS3("two"));
    await plan();
    await terraform(["init", "-reconfigure"]);
    const file = path.join(folder, "pulled.tfstate");
    writeFileSync(file, state);
    await terraform(["state", "push", file]);
    const { text } = await s3(sandbox, "GET", "/acme-states/two/search.tfstate");
    expect(hasEndpoint(text)).toBe(true);
    expect((await plan()).stdout).toContain("search: no changes");
  });

  test("one endpoint was made in all of it, and it is destroyed from where its state is now", async () => {
    expect(sandbox.contents().vpcEndpoints).toHaveLength(1);
    await new Terraform({ cwd: cwd(), env: environment() }).destroy();
    const { buckets: _, ...others } = sandbox.contents();
    expect(Object.values(others).flat()).toEqual([]);
    expect(existsSync(path.join(folder, "errored.tfstate"))).toBe(false);
  });
});
