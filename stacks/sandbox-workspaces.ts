import { mkdirSync } from "node:fs";
import path from "node:path";
import type { App, TerraformStack } from "cdktf";

/**
 * Makes the Terraform workspace of a sandbox in the folders of the stacks, as `terraform workspace new` does. Each
 * sandbox has one of its own, and `terraform init` stops and asks about one that is not there as soon as it finds
 * those of earlier sandboxes.
 */
export function makeSandboxWorkspaces(app: App, stacks: readonly TerraformStack[]): void {
  const workspace = process.env["TF_WORKSPACE"] ?? "";
  if (!/^sandbox-[0-9a-f]{8}$/.test(workspace)) return;
  for (const { node } of stacks) {
    mkdirSync(path.join(app.outdir, "stacks", node.id, "terraform.tfstate.d", workspace), {
      recursive: true,
    });
  }
}
