import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { loadAccessFile } from "../../../config";
import { startSandbox } from "../../../sandbox";
import { addStacks } from "../../../stacks";
import { findTerraform, Terraform, terraformEnvironment } from "../../../terraform";
import { Outside, outside } from "./outside";
import { stableText } from "./stable-text";

const region = "eu-central-1";

/**
 * Applies `before.tf` (or the stack of `before.yaml`) of a case in a sandbox of its own, lets others change what
 * `outside` says, plans `after.tf` (or `after.yaml`) and writes the plan beside them, ids and times made the same
 * for every run.
 */
export async function makePlan(folder: string): Promise<void> {
  const cwd = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-corpus-"));
  const sandbox = await startSandbox();
  try {
    const env = { ...process.env, ...sandbox.environment(region), TF_WORKSPACE: undefined };
    const terraform = new Terraform({ cwd, env });
    if (configure(folder, cwd, "before")) {
      await terraform.whenInitialised(() => terraform.apply());
    }
    const others = outside[path.basename(folder)];
    if (others) {
      const found = await others(new Outside(sandbox, region));
      if (found) writeFileSync(path.join(cwd, "terraform.tfvars.json"), JSON.stringify(found));
    }
    configure(folder, cwd, "after");
    await terraform.planFresh({ out: "plan.bin" });
    const { path: binary } = await findTerraform({ cwd, env });
    // `Terraform.show` would parse it.
    const shown = execFileSync(binary, ["show", "-json", "plan.bin"], {
      cwd,
      env: terraformEnvironment(env),
      maxBuffer: 64 * 1024 * 1024,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    writeFormatted(path.join(folder, "plan.json"), stableText(shown));
    const synthesized = path.join(cwd, "cdk.tf.json");
    if (existsSync(synthesized)) {
      writeFormatted(path.join(folder, "cdk.tf.json"), readFileSync(synthesized, "utf8"));
    }
  } finally {
    await sandbox.close();
    rmSync(cwd, { recursive: true });
  }
}

/** Puts the configuration of one side into the folder where Terraform runs; false where there is none. */
function configure(folder: string, cwd: string, side: "before" | "after"): boolean {
  const modules = path.join(folder, "modules");
  if (existsSync(modules)) cpSync(modules, path.join(cwd, "modules"), { recursive: true });
  const hcl = path.join(folder, `${side}.tf`);
  if (existsSync(hcl)) {
    cpSync(path.join(folder, "..", "..", "provider.tf"), path.join(cwd, "provider.tf"));
    cpSync(hcl, path.join(cwd, "main.tf"));
    return true;
  }
  const accessFile = path.join(folder, `${side}.yaml`);
  if (!existsSync(accessFile)) return false;
  writeFileSync(path.join(cwd, "cdk.tf.json"), synthesized(accessFile));
  return true;
}

/** The one stack of an access file, with its state in the folder where Terraform runs, as that of HCL is. */
function synthesized(accessFile: string): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-corpus-app-"));
  try {
    const app = new App({ outdir });
    const [stack] = addStacks(app, loadAccessFile(accessFile).access);
    app.synth();
    const text = readFileSync(path.join(outdir, "stacks", stack?.node.id ?? "", "cdk.tf.json"), "utf8");
    const config = JSON.parse(text) as { terraform: { backend?: unknown } };
    delete config.terraform.backend;
    return JSON.stringify(config);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** As the formatter writes it, so that it stays as it is. */
function writeFormatted(file: string, json: string): void {
  const biome = path.join("node_modules", ".bin", "biome");
  writeFileSync(
    file,
    execFileSync(biome, ["format", `--stdin-file-path=${path.basename(file)}`], {
      input: json,
      maxBuffer: 64 * 1024 * 1024,
      encoding: "utf8",
    }),
  );
}
