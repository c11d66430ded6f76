import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Identity, identityFromPolicy, type Sandbox, type Speed, startSandbox } from "../../../sandbox";
import { type ProviderInstallation, probeProviderInstallation } from "../../../terraform";
import { aossPrivatelink, projectFolder, run } from "../../support/command";
import { describeWithTerraform } from "../../support/with-terraform";

const account = "123456789012";

const accessFile = `version: 1
stacks:
  demo:
    region: eu-central-1
    account: "123456789012"
    tags: { team: search }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711]
        allow:
          - cidr: 10.20.0.0/16
    grants:
      - collections: [orders]
        from: [apps]
`;

const statement = (fields: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Resource: "*", ...fields }],
});

const everything = identityFromPolicy(statement({ Action: "*" }), account);
const nothing = identityFromPolicy(statement({ Action: "sts:GetCallerIdentity" }), account);

/**
 * A caller who lacks one action, but only when he calls it himself: what OpenSearch Serverless asks for in his name
 * goes through. So did the endpoint of provider issue #42162 come to be and get lost.
 */
const callerWithout = (missing: () => string | undefined): Identity => ({
  require: (action, resources, call, service, request) => {
    const isDenied = action === missing() && action.startsWith(`${service}:`);
    (isDenied ? nothing : everything).require(action, resources, call, service, request);
  },
});

describeWithTerraform("a deploy that lacks a permission, with the real cdktf, Terraform and provider", () => {
  let providers: ProviderInstallation | undefined;
  let folder: string;
  let sandbox: Sandbox | undefined;
  let env: NodeJS.ProcessEnv;
  let missing: string | undefined;

  beforeAll(async () => {
    const binary = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
    providers = await probeProviderInstallation({ binary });
    folder = mkdtempSync(path.join(tmpdir(), "denied-deploy-"));
    const app = `node ${path.join(projectFolder, "bin", "run.js")} ${path.join(projectFolder, "main.ts")}`;
    const settings = { language: "typescript", app, sendCrashReports: "false" };
    writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify(settings));
    writeFileSync(path.join(folder, "access.yaml"), accessFile);
    const installed = path.join("node_modules", "cdktf-cli");
    mkdirSync(path.join(folder, "node_modules"));
    symlinkSync(path.join(projectFolder, installed), path.join(folder, installed));
    await enterSandbox("instant");
  });
  afterAll(async () => {
    await sandbox?.close();
    providers?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An empty one in place of the last. */
  async function enterSandbox(speed: Speed): Promise<void> {
    await sandbox?.close();
    sandbox = await startSandbox({ identity: callerWithout(() => missing), speed });
    const mirror = providers && {
      ...providers.env,
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      AOSS_PRIVATELINK_MIRROR: providers.mirror.folder,
    };
    env = { ...sandbox.environment("eu-central-1"), ...mirror, CI: "1", FORCE_COLOR: "0" };
  }

  const endpoints = () => sandbox?.contents().vpcEndpoints ?? [];
  const command = (...args: readonly string[]) => aossPrivatelink(args, { cwd: folder, env });
  const deploy = () => command("deploy", "--auto-approve");
  const shell = (text: string) =>
    run("sh", ["-c", text], { cwd: folder, env: { ...env, CHECKPOINT_DISABLE: "1" } });

  /** Files of Terraform's log that were left behind, in any folder. */
  const logs = () =>
    [folder, path.join(folder, "cdktf.out", "stacks", "demo")]
      .filter((one) => existsSync(one))
      .flatMap((one) => readdirSync(one).filter((name) => name.endsWith(".log")));

  /** The first command line in an explanation that begins like this. */
  const commandIn = (stderr: string, start: string): string | undefined =>
    stderr
      .split("\n")
      .map((line) => line.trim())
      .find((line) => line.startsWith(start));

  const inStack = "terraform -chdir=cdktf.out/stacks/demo";
  const address = "aws_opensearchserverless_vpc_endpoint.apps";

  test("denied before anything exists, it says which statement is missing, for whom, and leaves no log", async () => {
    missing = "aoss:CreateVpcEndpoint";
    const { exitCode, stdout, stderr } = await deploy();
    expect(exitCode).toBe(1);
    expect(stdout).toContain("AccessDeniedException");
    expect(stderr).toContain(
      "demo: denied: aoss:CreateVpcEndpoint\n  who:   user sandbox of account 123456789012\n",
    );
    expect(stderr).toContain(`for:   ${address}, calling OpenSearchServerless: CreateVpcEndpoint`);
    expect(stderr).toContain("aoss-privatelink permissions demo");
    expect(stderr).not.toContain("import");
    const shown =
      /add this statement to a policy of the user sandbox:\n([\s\S]*?\n {4}\})\n/.exec(stderr)?.[1] ?? "";
    const toAdd = JSON.parse(shown);
    expect(toAdd).toMatchObject({ Effect: "Allow", Action: expect.arrayContaining([missing]) });
    expect(endpoints()).toEqual([]);
    expect(logs()).toEqual([]);

    const explained = await aossPrivatelink(["explain-denial", "--json"], {
      cwd: folder,
      env,
      input: stdout,
    });
    expect(explained).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(explained.stdout)).toMatchObject({
      version: 1,
      denied: [
        { action: missing, principal: { name: "user sandbox" }, addresses: [address], statements: [toAdd] },
      ],
      endpoints: [],
    });
  });

  test("an endpoint that was made and lost comes back by the command that is printed, and nothing changes then", async () => {
    missing = "ec2:DescribeVpcEndpoints";
    const lost = await deploy();
    const [endpoint] = endpoints();
    expect(endpoint).toMatchObject({ status: "ACTIVE", name: "demo-apps" });
    expect(lost.exitCode).toBe(1);
    expect(lost.stderr).toContain("demo: denied: ec2:DescribeVpcEndpoints");
    const toImport = `${inStack} import ${address} ${endpoint?.id}`;
    expect(commandIn(lost.stderr, "terraform ")).toBe(toImport);

    missing = undefined;
    const conflict = await deploy();
    expect(conflict.exitCode).toBe(1);
    expect(conflict.stderr).not.toContain("denied");
    expect(commandIn(conflict.stderr, "aws ")).toContain(
      "vpcEndpointDetails[?vpcId=='vpc-0a1b2c3d4e5f60718'].[id,name]",
    );
    expect(commandIn(conflict.stderr, "terraform ")).toBe(`${inStack} import ${address} ID`);

    expect(await shell(toImport)).toMatchObject({ exitCode: 0 });
    const succeeded = await deploy();
    expect(succeeded).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await command("plan")).toMatchObject({ exitCode: 0, stdout: "demo: no changes\n" });
    expect(endpoints()).toMatchObject([{ id: endpoint?.id }]);
    expect(logs()).toEqual([]);
  });

  test("a plan that may not read what is there says what is missing, and speaks of no lost endpoint", async () => {
    missing = "ec2:DescribeVpcEndpoints";
    const { exitCode, stdout, stderr } = await command("plan");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("demo: denied: ec2:DescribeVpcEndpoints");
    expect(stderr).toContain("add this statement to a policy of the user sandbox:");
    expect(stderr).toMatch(
      /error: terraform plan: .*\n.*\n.*the AWS identity in use lacks the permission named above/,
    );
    expect(stderr).not.toMatch(/import|untaint/);

    missing = "aoss:DeleteSecurityPolicy";
    const kept = await command("destroy", "--auto-approve");
    expect(kept).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`demo: denied: ${missing}`) });
    missing = undefined;
    expect(await command("destroy", "demo", "--auto-approve")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(Object.values(sandbox?.contents() ?? {}).flat()).toEqual([]);
  });

  test("interrupted while an endpoint is made, it ends with 130, and the endpoint is kept by what is printed", async () => {
    await enterSandbox("real");
    const bin = path.join(projectFolder, "bin", "aoss-privatelink.js");
    const child = spawn(process.execPath, [bin, "deploy", "--auto-approve"], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { stderr, exitCode } = await interruptedWhen(child, /vpc_endpoint\S* .*Creating\.\.\./);
    expect({ exitCode, error: stderr.split("\n").slice(-4, -3) }).toEqual({
      exitCode: 130,
      error: ["error: interrupted: cdktf deploy was stopped before its end"],
    });
    expect(commandIn(stderr, "terraform ")).toBe(`${inStack} untaint ${address}`);
    expect(logs()).toEqual([]);
    expect(await shell(`${inStack} untaint ${address}`)).toMatchObject({ exitCode: 0 });
    const { stdout } = await shell(`${inStack} show -json`);
    const held: { address: string; tainted?: boolean }[] = JSON.parse(stdout).values.root_module.resources;
    const ofEndpoint = held.filter((resource) => resource.address === address);
    expect(ofEndpoint.map(({ tainted = false }) => tainted)).toEqual([false]);
  });
});

/** Sends SIGINT once standard output has the words, and waits for the end. */
function interruptedWhen(
  child: ChildProcess,
  words: RegExp,
): Promise<{ stderr: string; exitCode: number | null }> {
  let stdout = "";
  let stderr = "";
  let isSent = false;
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
    if (isSent || !words.test(stdout)) return;
    isSent = true;
    // the provider has called AWS by then
    setTimeout(() => child.kill("SIGINT"), 1_000);
  });
  child.stderr?.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ stderr, exitCode })));
}
