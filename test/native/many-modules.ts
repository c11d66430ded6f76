import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import { inputs as allInputs } from "../../native/inputs";
import { Terraform } from "../../terraform";
import { projectFolder, run } from "../support/command";
import type { ModuleInputs } from "./module-inputs";

/** The committed module. */
export const moduleFolder = path.join(projectFolder, "terraform-aws-aoss-privatelink");

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/**
 * A configuration with many instances of the native module, and what many stacks of constructs synthesize to, so that
 * one plan tells of all of them. One call with `for_each` takes a fiftieth of the time of as many calls.
 */
export class ManyModules {
  readonly folder = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-native-"));
  private readonly cases = new Map<string, ModuleInputs>();
  private readonly written = new Set<string>();

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {
    symlinkSync(moduleFolder, path.join(this.folder, "native"));
    this.writeConfiguration("provider", {
      provider: { aws: { region: "eu-central-1" } },
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } },
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Takes away all instances and stacks. */
  removeAll(): void {
    for (const name of [...this.written]) rmSync(path.join(this.folder, `${name}.tf.json`));
    this.written.clear();
    this.cases.clear();
  }

  /** Adds an instance of the native module; its resources are those of `module.native["KEY"]`. */
  addNative(key: string, inputs: ModuleInputs): void {
    this.cases.set(key, inputs);
    const given = Object.keys(allInputs).map((name) => [
      name,
      `\${try(local.cases[each.key].${name}, null)}`,
    ]);
    this.write("native", {
      locals: { cases: literal(Object.fromEntries(this.cases)) },
      module: { native: { source: "./native", for_each: "${local.cases}", ...Object.fromEntries(given) } },
    });
  }

  /** Adds the resources of a stack; their names begin with KEY and "_". */
  addStack(key: string, stack: TerraformStack): void {
    const { resource } = JSON.parse(Testing.synth(stack, true)) as { readonly resource?: Resources };
    if (!resource) return;
    let text = JSON.stringify(resource);
    const renamed: Record<string, Record<string, unknown>> = {};
    for (const [type, named] of Object.entries(resource)) {
      for (const name of Object.keys(named)) {
        text = text.replace(new RegExp(`${type}\\.${name}(?![\\w-])`, "g"), `${type}.${key}_${name}`);
      }
    }
    for (const [type, named] of Object.entries(JSON.parse(text) as Resources)) {
      renamed[type] = Object.fromEntries(Object.entries(named).map(([name, one]) => [`${key}_${name}`, one]));
    }
    this.write(key, { resource: renamed });
  }

  terraform(): Terraform {
    return new Terraform({ cwd: this.folder, env: { ...process.env, ...this.env } });
  }

  /** What a plan says, as Terraform's machine-readable lines have it. */
  async planDiagnostics(): Promise<readonly Diagnostic[]> {
    const env = { ...process.env, ...this.env };
    const { stdout } = await run("terraform", ["plan", "-json", "-input=false"], { cwd: this.folder, env });
    return stdout
      .split("\n")
      .filter((line) => line.includes('"type":"diagnostic"'))
      .map((line) => (JSON.parse(line) as { diagnostic: Diagnostic }).diagnostic);
  }

  private write(name: string, content: object): void {
    this.written.add(name);
    this.writeConfiguration(name, content);
  }

  private writeConfiguration(name: string, content: object): void {
    writeFileSync(path.join(this.folder, `${name}.tf.json`), JSON.stringify(content));
  }
}

/** One message of Terraform. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
}

/** What a person wrote is no template. */
const literal = (value: object): object =>
  JSON.parse(JSON.stringify(value).replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`));
