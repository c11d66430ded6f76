import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import {
  type CommittedFile,
  committedConfig,
  compareFolder,
  TerraformError,
  updateFolder,
} from "../terraform";
import { CommandError, Ended } from "./command-error";
import { findApp, synthesize } from "./run-app";
import { differenceText, remedyText, updateText } from "./synth-text";

export interface SynthOptions {
  readonly out: string;
  readonly file?: string;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** The work was done, and what it found is not as required. */
const notAsRequired = 3;

/** `synth --out DIR`: a folder for each stack, to be committed; `--check` says whether what is committed is current. */
export async function synthCommand(options: SynthOptions, builtInApp: readonly string[]): Promise<void> {
  const { out } = options;
  checkFolder(options);
  const files = compareFolder(out, await committedStacks(options, builtInApp));
  if (!options.check) update(out, files);
  const left = files.filter(({ status }) => status === "unknown" || (options.check && status !== "current"));
  if (options.json) console.log(JSON.stringify(asJson(options, files), null, 2));
  else if (options.check) console.log(left.length === 0 ? upToDate(out, files) : differenceText(out, left));
  else console.log(updateText(out, files));
  if (!options.check || left.length === 0) return;
  console.error(remedyText(out, left));
  throw new Ended(notAsRequired);
}

function checkFolder({ out, check }: SynthOptions): void {
  if (out === "") throw new CommandError("--out names no folder", "the command line", "name a folder", 2);
  const there = statSync(out, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) {
    throw new CommandError("this is a file, not a folder", `--out ${out}`, "name a folder", 2);
  }
  if (check && !there) {
    throw new CommandError(
      "there is no such folder",
      `--out ${out}`,
      `write it with aoss-privatelink synth --out ${out} and commit it, or correct the name`,
      2,
    );
  }
}

/** What is to be committed of each stack, by its name. */
async function committedStacks(
  options: SynthOptions,
  builtInApp: readonly string[],
): Promise<Map<string, string>> {
  const app = findApp(builtInApp);
  const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-synth-"));
  try {
    const context = { ...app.context, projectFolder: wayToProject(options.out) };
    const stacks = await synthesize({ ...app, outdir, context }, options);
    const folders = [outdir, realpathSync(outdir), process.cwd(), homedir()].filter((one) => one.length > 1);
    return new Map(
      stacks.map(({ name, folder }) => {
        refuseMore(name, folder);
        const content = readFileSync(path.join(folder, "cdk.tf.json"), "utf8");
        return [name, committedConfig(content, { where: `stack ${name}`, folders })];
      }),
    );
  } catch (error) {
    // What the app makes of its input cannot be committed: no run of Terraform's has failed.
    if (!(error instanceof TerraformError)) throw error;
    throw new CommandError(error.problem, error.where, error.remedy, 2);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Assets of constructs of somebody's own, of which the configuration would name files that are not committed. */
function refuseMore(stack: string, folder: string): void {
  // the second is made for a workspace of the sandbox
  const [more] = readdirSync(folder).filter((one) => one !== "cdk.tf.json" && one !== "terraform.tfstate.d");
  if (more === undefined) return;
  throw new CommandError(
    `the stack has more than its configuration: ${more}`,
    `stack ${stack}`,
    "leave out assets, or run Terraform on what cdktf synth writes",
    2,
  );
}

/** From the folder of a stack, `DIR/NAME`, to the project; of a folder outside of it, to what it stands in. */
function wayToProject(out: string): string {
  const below = path.relative(process.cwd(), path.resolve(out));
  if (below === "") return "../";
  const isInside = below.split(path.sep)[0] !== ".." && !path.isAbsolute(below);
  return "../".repeat(isInside ? below.split(path.sep).length + 1 : 2);
}

function update(out: string, files: readonly CommittedFile[]): void {
  try {
    updateFolder(out, files);
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new CommandError(`it cannot be written: ${message}`, `--out ${out}`, "name a folder that can", 2);
  }
}

const upToDate = (out: string, files: readonly CommittedFile[]): string =>
  `${out}: up to date, ${files.length === 1 ? "1 stack" : `${files.length} stacks`}`;

function asJson({ out, check = false }: SynthOptions, files: readonly CommittedFile[]): object {
  const isCurrent = files.every(({ status }) => status === "current");
  return {
    version: 1,
    out,
    ...(check ? { upToDate: isCurrent } : {}),
    files: files.map(({ path: file, status }) => ({
      path: file,
      status,
    })),
  };
}
