import { DataTerraformRemoteState, TerraformBackend } from "cdktf";
import type { Construct } from "constructs";
import type { CloudState } from "../config";

/**
 * State, and runs, in HCP Terraform. CDKTF's own `CloudBackend` starts Terraform for each stack, to see whether it is
 * newer than 1.1: that takes longer than all else of a large file, and where there is no Terraform, as where committed
 * JSON is checked, nothing could be synthesized.
 */
export class CloudBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly settings: CloudState,
  ) {
    super(scope, "backend", "cloud");
  }

  override getRemoteStateDataSource(scope: Construct, name: string): DataTerraformRemoteState {
    return cloudState(scope, name, this.settings);
  }

  override toTerraform(): object {
    const { organization, hostname, workspaces } = this.settings;
    const { name, tags, project } = workspaces;
    return {
      terraform: {
        cloud: {
          organization,
          ...(hostname === undefined ? {} : { hostname }),
          workspaces: {
            ...(name === undefined ? { tags: [...(tags ?? [])] } : { name }),
            ...(project === undefined ? {} : { project }),
          },
        },
      },
    };
  }
}

/** The state of a workspace; Terraform reads it by what came before the cloud block, the remote backend. */
export const cloudState = (
  scope: Construct,
  name: string,
  { organization, hostname, workspaces }: CloudState,
): DataTerraformRemoteState =>
  new DataTerraformRemoteState(scope, name, {
    organization,
    ...(hostname === undefined ? {} : { hostname }),
    workspaces: { name: workspaces.name ?? "" },
  });
