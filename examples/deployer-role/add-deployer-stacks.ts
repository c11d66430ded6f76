import type { App } from "cdktf";
import { type AccessFile, permissionScopeOf } from "../../config";
import { GithubRun, OidcTrust } from "../../modules";
import { DeployerStack } from "./deployer-stack";

/** A stack for each way to run Terraform: HCP Terraform, and GitHub Actions. Keep the one that you use. */
export function addDeployerStacks(app: App, { stacks }: AccessFile): DeployerStack[] {
  const permissions = permissionScopeOf(stacks);
  const workspace = { organization: "acme", project: "search", workspace: "search-prod" };
  const repository = { owner: "octo-org", repository: "search" };
  return [
    new DeployerStack(app, "hcp-terraform", {
      permissions,
      deploy: OidcTrust.hcpTerraform({ ...workspace, phases: ["apply"] }),
      plan: OidcTrust.hcpTerraform({ ...workspace, phases: ["plan"] }),
    }),
    new DeployerStack(app, "github-actions", {
      permissions,
      // Whoever may approve a deployment to the environment; its protection rules say who.
      deploy: OidcTrust.github({ ...repository, runs: [GithubRun.environment("production")] }),
      plan: OidcTrust.github({
        ...repository,
        runs: [GithubRun.pullRequests(), GithubRun.branch("main")],
      }),
    }),
  ];
}
