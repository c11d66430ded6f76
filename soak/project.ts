import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { demoAccessFile, widened } from "../cli/demo-access-file";
import { synthesize } from "../cli/run-app";
import { findTerraform, Terraform, type TerraformBinary } from "../terraform";

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
    const configurations = {
      first: await configurationOf(demoAccessFile, home, path.join(root, "first")),
      widened: await configurationOf(widened(demoAccessFile), home, path.join(root, "widened")),
    };
    // As deep as cdktf puts it: the path of the state counts from there.
    const folder = path.join(root, "cdktf.out", "stacks", "demo");
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    const binary = await findTerraform();
    const project: Project = {
      folder,
      binary,
      use: (version) => write("cdk.tf.json", configurations[version]),
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

/** What the app makes of an access file. */
async function configurationOf(text: string, home: string, folder: string): Promise<string> {
  mkdirSync(folder);
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, text);
  const app = [path.join(home, "bin", "run.js"), path.join(home, "main.ts")];
  const outdir = path.join(folder, "cdktf.out");
  const [stack] = await synthesize({ command: app, outdir, context: {}, builtIn: app }, { file });
  if (!stack) throw new Error(`no stack was synthesized from ${file}`);
  return readFileSync(path.join(stack.folder, "cdk.tf.json"), "utf8");
}
