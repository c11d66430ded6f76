import type { AccessFile } from "../config";
import { RuleError } from "../service";

/**
 * Refuses stacks whose real state would be used in a sandbox with an HCP Terraform: there no workspace of the sandbox
 * keeps it apart. A state in S3 is in the sandbox's S3.
 */
export function refuseRealState({ stacks }: AccessFile, env: NodeJS.ProcessEnv = process.env): void {
  if (env["AOSS_PRIVATELINK_SANDBOX_STATE"] !== "cloud") return;
  for (const [name, { backend }] of Object.entries(stacks)) {
    if (backend?.cloud || backend?.s3) continue;
    const kept = backend?.http ? "behind a URL" : "in a file of the project";
    throw new RuleError(
      {
        problem: `the stack keeps its state ${kept}: a sandbox with --hcp would work on the real one`,
        remedy: "give it a cloud backend, or try it in a sandbox without --hcp",
      },
      `stacks.${name}`,
    );
  }
}
