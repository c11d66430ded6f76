import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const MIRRORED = "registry.terraform.io/hashicorp/aws";
export const REGISTRY = dirname(dirname(MIRRORED));

const folders: string[] = [];

/** A temporary folder, removed by `removeTemporaryFolders`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "terraform-test-"));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Fake {
  readonly path: string;
  /** The arguments of each start so far. */
  calls(): string[];
}

/** An executable node script in Terraform's place; `body` sees `args`, `env`, `say(line)` and `fs`. */
export function fakeTerraform(body: string, name = "terraform"): Fake {
  const folder = temporaryFolder();
  const log = join(folder, "calls.log");
  const script = `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const env = process.env;
const say = (line) => fs.writeSync(1, (typeof line === "string" ? line : JSON.stringify(line)) + "\\n");
const complain = (text) => fs.writeSync(2, text + "\\n");
fs.appendFileSync(${JSON.stringify(log)}, args.join(" ") + "\\n");
${body}
`;
  const path = writeExecutable(join(folder, "bin", name), script);
  return { path, calls: () => readFileSync(log, "utf8").trim().split("\n") };
}

export function writeExecutable(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

/** Lays out a mirror with one unpacked release for the platform, as `terraform init` caches it. */
export function fakeMirror(folder: string, platform: string, version = "5.100.0"): string {
  mkdirSync(join(folder, MIRRORED, version, platform), {
    recursive: true,
  });
  return folder;
}

/** What Terraform 1.11 prints, on standard error and wrapped, where the registry has no address. */
export const UNREACHABLE = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
could not connect to ${REGISTRY}: failed to request discovery
document: Get "https://${REGISTRY}/.well-known/terraform.json":
dial tcp: lookup ${REGISTRY} on 192.0.2.53:53: no such host

To see which modules are currently depending on hashicorp/aws and what
versions are specified, run the following command:
    terraform providers
`;

/** The same for a release that the registry does not have. */
export const NO_SUCH_RELEASE = `
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
no available releases match the given constraints 0.0.1
`;
