import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startSandbox } from "../sandbox";
import { findBinary, probeProviderInstallation } from "../terraform";
import { type Finished, projectFolder, runNode, temporaryFolder } from "./child";
import { writePeakProbe } from "./peak-memory";

const accessFile = `version: 1
stacks:
  search:
    region: eu-central-1
    tags: { team: search }
    endpoints:
      apps:
        vpc: vpc-0a1b2c3d4e5f60718
        subnets: [subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]
        allow:
          - cidr: 10.20.0.0/16
            description: application subnets
          - securityGroup: sg-0a1b2c3d4e5f60713
    grants:
      - collections: [orders, "logs-*"]
        dashboards: true
        from: [apps]
`;

/** What a team changes most often: one more source, which is a new rule, and one more collection. */
const changedAccessFile = accessFile
  .replace("          - securityGroup:", "          - cidr: 10.30.0.0/16\n          - securityGroup:")
  .replace("[orders,", "[invoices, orders,");

/** A deployed stack in a folder of its own, as somebody has it who runs the app with cdktf. */
export interface Project {
  readonly folder: string;
  /** Path of the real Terraform. */
  readonly terraform: string;
  /** Runs a command of node's there. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished>;
  /** Runs it and measures the memory of the node process itself, in bytes. */
  peakOf(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number>;
  /** Makes the access file ask for more than is deployed. */
  change(): void;
  close(): Promise<void>;
}

const cdktf = cdktfFile();
export const planCommand = [path.join(projectFolder, "bin", "aoss-privatelink.js"), "plan"];
export const diffCommand = [cdktf, "diff", "--skip-provider-lock"];

/** Starts a sandbox and deploys a stack to it. */
export async function deployProject(say: (text: string) => void): Promise<Project> {
  const terraform = findBinary();
  const folder = temporaryFolder();
  const app = ["node", path.join(projectFolder, "bin", "run.js"), path.join(projectFolder, "main.ts")];
  write(
    "cdktf.json",
    JSON.stringify({ language: "typescript", app: app.join(" "), sendCrashReports: "false" }),
  );
  write("access.yaml", accessFile);

  const sandbox = await startSandbox();
  const installation = await probeProviderInstallation({ binary: terraform });
  const env = {
    ...sandbox.environment("eu-central-1"),
    // A plugin cache and a mirror do not go together; see `aoss-privatelink sandbox`.
    ...(installation ? { ...installation.env, CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" } : {}),
    // Without a terminal cdktf draws its spinner again and again, unless it takes itself for a step of CI.
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
  };
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    runNode(args, { cwd: folder, env: { ...env, ...more } });
  const close = async () => {
    installation?.dispose();
    await sandbox.close();
  };
  const probe = writePeakProbe(temporaryFolder());
  say("deploying a stack to the sandbox");
  try {
    await run([cdktf, "deploy", "--auto-approve", "--skip-provider-lock"]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    folder,
    terraform,
    run,
    peakOf: async (args, more) => {
      await run(["--require", probe.file, ...args], more);
      return probe.read();
    },
    change: () => write("access.yaml", changedAccessFile),
    close,
  };

  function write(file: string, text: string): void {
    writeFileSync(path.join(folder, file), text);
  }
}

/** The cdktf command of this project, to be run by node. */
function cdktfFile(): string {
  const folder = path.join(projectFolder, "node_modules", "cdktf-cli");
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    readonly bin: { readonly cdktf: string };
  };
  return path.join(folder, bin.cdktf);
}
