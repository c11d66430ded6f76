import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findTerraform, Terraform, type TerraformBinary } from "../terraform";

/** The deployment of `aoss-privatelink demo`. */
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
            description: application subnets
    grants:
      - collections: [orders, "logs-*"]
        dashboards: true
        from: [apps]
`;

/** The change that the demo makes: one more subnet, one more source, one more collection. */
const widenedAccessFile = accessFile
  .replace("60711]", "60711, subnet-0a1b2c3d4e5f60712]")
  .replace("    grants:", "          - cidr: 10.30.0.0/16\n    grants:")
  .replace("[orders,", "[orders, invoices,");

/** The provider would ask 25 times, for minutes, whatever AWS_MAX_ATTEMPTS says: three attempts show the same. */
const provider = { aws: { max_retries: 3 } };

/** A stack's folder in which Terraform is initialised, and the two configurations that a run puts there. */
export interface Project {
  readonly folder: string;
  readonly binary: TerraformBinary;
  /** Makes the access file what is deployed next. */
  use(version: "first" | "widened"): void;
  /**
   * How long the provider waits for the endpoint, such as `5s`. The synthesized configuration stays as it is:
   * Terraform merges an override file into it. @param wait undefined: half an hour, as the provider does
   */
  endpointTimeout(wait: string | undefined): void;
  close(): void;
}

/** Synthesizes and initialises; what follows needs neither again. @param home the folder of this project */
export async function prepareProject(home: string): Promise<Project> {
  const root = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-soak-"));
  const close = () => rmSync(root, { recursive: true, force: true });
  try {
    const first = await synthesize(home, path.join(root, "first"), accessFile);
    const widened = await synthesize(home, path.join(root, "widened"), widenedAccessFile);
    // As deep as cdktf puts it: the path of the state counts from there.
    const folder = path.join(root, "cdktf.out", "stacks", "demo");
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    const binary = await findTerraform();
    const project: Project = {
      folder,
      binary,
      use: (version) => write("cdk.tf.json", version === "first" ? first : widened),
      endpointTimeout: (wait) => {
        const timeouts = { create: wait, update: wait, delete: wait };
        const resource = { aws_opensearchserverless_vpc_endpoint: { apps: { timeouts } } };
        write("override.tf.json", JSON.stringify({ provider, ...(wait === undefined ? {} : { resource }) }));
      },
      close,
    };
    project.use("first");
    project.endpointTimeout(undefined);
    await new Terraform({ cwd: folder, binary }).init();
    return project;
  } catch (error) {
    close();
    throw error;
  }
}

/** What the app makes of an access file: the same process that cdktf would start. */
async function synthesize(home: string, cwd: string, text: string): Promise<string> {
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, "access.yaml"), text);
  await new Promise<void>((resolve, reject) => {
    const app = [path.join(home, "bin", "run.js"), path.join(home, "main.ts")];
    const env = { ...process.env, CDKTF_OUTDIR: "cdktf.out", CDKTF_CONTEXT_JSON: "{}" };
    const child = spawn(process.execPath, app, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the app ended with ${code}`))));
  });
  return readFileSync(path.join(cwd, "cdktf.out", "stacks", "demo", "cdk.tf.json"), "utf8");
}
