import path from "node:path";
import { App, DataTerraformRemoteStateLocal, LocalBackend, type TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";

/**
 * From the folder of a synthesized stack (`cdktf.out/stacks/NAME`) to the project, where cdktf keeps state. An output
 * folder outside the project says nothing of where the project is: state then stands beside that folder.
 */
function projectFolder(outdir: string): string {
  const below = path.relative(process.cwd(), outdir);
  const isInside = below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
  const depth = isInside ? below.split(path.sep).length : 1;
  return "../".repeat(depth + 2);
}

/** Where a stack's state stands, as seen from the folder of any stack of the app. */
const statePath = (scope: Construct, stack: string): string =>
  `${projectFolder(App.of(scope).outdir)}terraform.${stack}.tfstate`;

/** Keeps the state of a stack in a file of the project, by a relative path. */
export function keepState(stack: TerraformStack): void {
  new LocalBackend(stack, { path: statePath(stack, stack.node.id) });
}

/**
 * The ids of endpoints that other stacks make, read from the output `endpoint_ids` that every stack has in its state:
 * a stack that was deployed before anybody named it needs no change.
 */
export class OtherStacks extends Construct {
  private readonly states = new Map<string, DataTerraformRemoteStateLocal>();

  /** The id of an endpoint of another stack, a token. */
  endpointId(stack: string, key: string): string {
    const state = this.states.get(stack) ?? this.stateOf(stack);
    this.states.set(stack, state);
    return Token.asString(state.get(`endpoint_ids.${key}`));
  }

  private stateOf(stack: string): DataTerraformRemoteStateLocal {
    const state = new DataTerraformRemoteStateLocal(this, stack, {
      path: statePath(this, stack),
      // In another workspace, as a sandbox has one, Terraform keeps the state in the folder of the other stack.
      workspace: "${terraform.workspace}",
      workspaceDir: `../${stack}/terraform.tfstate.d`,
    });
    state.overrideLogicalId(stack);
    return state;
  }
}
