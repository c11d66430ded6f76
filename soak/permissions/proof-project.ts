import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { synthesize } from "../../cli/run-app";
import type { Sandbox } from "../../sandbox";
import { findTerraform, type Progress, Terraform, type TerraformBinary } from "../../terraform";
import type { Version } from "./access-file";

/** One attempt is enough to see a refusal, and what is refused is not tried again anyway. */
const override = {
  provider: { aws: { max_retries: 3 } },
  terraform: { backend: { local: { path: "proof.tfstate" } } },
};

const stateFile = "proof.tfstate";
const worldFile = "world.json";
const importFile = "import.tf.json";

/** What AWS and Terraform know at some moment; a run can start from it as often as it takes. */
export interface Snapshot {
  /** where the sandbox's state and Terraform's are kept */
  readonly folder: string;
}

/** An import block: an address, and the id as the provider imports it. */
export interface Import {
  readonly to: string;
  readonly id: string;
}

/** A folder in which Terraform is initialised for one stack, with what the app makes of each version of the file. */
export class ProofProject {
  private readonly snapshots: string;
  private taken = 0;

  private constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly binary: TerraformBinary,
    private readonly configurations: Readonly<Partial<Record<Version, string>>>,
  ) {
    this.snapshots = path.join(root, "snapshots");
    mkdirSync(this.snapshots);
  }

  /**
   * Synthesizes and initialises; no run needs either again.
   * @param home the folder of this project
   * @param texts the versions of the access file
   */
  static async prepare(
    home: string,
    stack: string,
    texts: Readonly<Partial<Record<Version, string>>>,
  ): Promise<ProofProject> {
    const root = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-permissions-"));
    try {
      const configurations: Partial<Record<Version, string>> = {};
      for (const [version, text] of Object.entries(texts) as [Version, string][]) {
        configurations[version] = await configurationOf({ home, text, stack }, path.join(root, version));
      }
      const folder = path.join(root, "stack");
      mkdirSync(folder);
      writeFileSync(path.join(folder, "override.tf.json"), JSON.stringify(override));
      const binary = await findTerraform();
      const project = new ProofProject(root, folder, binary, configurations);
      project.use("first");
      await new Terraform({ cwd: folder, binary, env: withoutWorkspace(process.env) }).init();
      return project;
    } catch (error) {
      rmSync(root, { recursive: true, force: true });
      throw error;
    }
  }

  /** Makes a version of the access file what is deployed next. */
  use(version: Version): void {
    const configuration = this.configurations[version];
    if (configuration === undefined) throw new Error(`the project has no version ${version}`);
    writeFileSync(path.join(this.folder, "cdk.tf.json"), configuration);
  }

  /** Forgets what Terraform knows, and has it imported by the next apply. */
  importInstead(imports: readonly Import[]): void {
    rmSync(this.state, { force: true });
    writeFileSync(path.join(this.folder, importFile), JSON.stringify({ import: imports }));
  }

  /** Terraform in the folder, talking to the sandbox; its state is the folder's, whatever the sandbox's workspace. */
  terraform(sandbox: Sandbox, onProgress: (progress: Progress) => void = () => {}): Terraform {
    const env = withoutWorkspace({ ...process.env, ...sandbox.environment() });
    return new Terraform({ cwd: this.folder, binary: this.binary, env, onProgress });
  }

  /** Where the next sandbox keeps its state; it has to be closed before `snapshot`. */
  get world(): string {
    return path.join(this.folder, worldFile);
  }

  /** Keeps what AWS and Terraform know now. */
  snapshot(): Snapshot {
    this.taken += 1;
    const folder = path.join(this.snapshots, String(this.taken));
    mkdirSync(folder);
    copy(this.world, path.join(folder, worldFile));
    copy(this.state, path.join(folder, stateFile));
    return { folder };
  }

  /** Goes back to a snapshot. @param from undefined: nothing was ever deployed */
  restore(from: Snapshot | undefined): void {
    for (const file of [this.world, this.state, path.join(this.folder, importFile)]) {
      rmSync(file, { force: true });
    }
    if (!from) return;
    copy(path.join(from.folder, worldFile), this.world);
    copy(path.join(from.folder, stateFile), this.state);
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private get state(): string {
    return path.join(this.folder, stateFile);
  }
}

const withoutWorkspace = ({ TF_WORKSPACE: _workspace, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => env;

function copy(from: string, to: string): void {
  if (existsSync(from)) copyFileSync(from, to);
}

interface Source {
  readonly home: string;
  readonly text: string;
  readonly stack: string;
}

/** What the app makes of an access file for one of its stacks. */
async function configurationOf({ home, text, stack }: Source, folder: string): Promise<string> {
  mkdirSync(folder);
  const file = path.join(folder, "access.yaml");
  writeFileSync(file, text);
  const app = [path.join(home, "bin", "run.js"), path.join(home, "main.ts")];
  const outdir = path.join(folder, "cdktf.out");
  const stacks = await synthesize({ command: app, outdir, context: {}, builtIn: app }, { file });
  const found = stacks.find(({ name }) => name === stack);
  if (!found) throw new Error(`no stack ${stack} was synthesized from ${file}`);
  return readFileSync(path.join(found.folder, "cdk.tf.json"), "utf8");
}
