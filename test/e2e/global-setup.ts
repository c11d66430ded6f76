import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findTerraform, Terraform } from "../../terraform";

/** Where a test file finds why there is no real Terraform; unset when there is. */
export const missingReason = "AOSS_PRIVATELINK_TEST_TERRAFORM_MISSING";

/**
 * Finds out once whether the real Terraform and the real AWS provider can be had. Without them the tests that
 * need them are skipped, with the reason in their names; with CI=true that is a failure.
 */
export default async function setup(): Promise<void> {
  // Where the provider is downloaded, once is enough; where a mirror serves, this is not used.
  process.env["TF_PLUGIN_CACHE_DIR"] ??= path.resolve("node_modules", ".cache", "terraform-plugins");
  mkdirSync(process.env["TF_PLUGIN_CACHE_DIR"], { recursive: true });
  const cwd = mkdtempSync(path.join(tmpdir(), "aoss-privatelink-e2e-"));
  try {
    const aws = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" };
    writeFileSync(
      path.join(cwd, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: { aws } } }),
    );
    await new Terraform({ cwd, binary: await findTerraform() }).init();
    delete process.env[missingReason];
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    process.env[missingReason] =
      error instanceof Error ? (error.message.split("\n")[0] ?? "unknown") : String(error);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
