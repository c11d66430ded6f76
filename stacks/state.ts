import path from "node:path";
import {
  App,
  DataTerraformRemoteStateHttp,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  HttpBackend,
  LocalBackend,
  S3Backend,
  type TerraformRemoteState,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import type { S3State, StackEntry, StateBackend } from "../config";
import { CloudBackend, cloudState } from "./cloud-backend";

/** With lock files in S3: experimental in Terraform 1.10, complete in 1.11; OpenTofu has them from 1.10 too. */
const lockfileVersion = ">= 1.10.0";

/** CDKTF context key: the way from the folder of a stack to the project, where it is not that of `cdktf synth`. */
const projectFolderKey = "projectFolder";

/**
 * From the folder of a synthesized stack (`cdktf.out/stacks/NAME`) to the project, where cdktf keeps state. An output
 * folder outside the project says nothing of where the project is: state then stands beside that folder.
 */
function projectFolder(scope: Construct): string {
  const given: unknown = scope.node.tryGetContext(projectFolderKey);
  if (typeof given === "string") return given;
  const below = path.relative(process.cwd(), App.of(scope).outdir);
  const isInside = below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
  const depth = isInside ? below.split(path.sep).length : 1;
  return "../".repeat(depth + 2);
}

/** Where a stack's state stands, as seen from the folder of any stack of the app. */
const statePath = (scope: Construct, stack: string, backend: StateBackend): string =>
  `${projectFolder(scope)}${backend.local?.path ?? `terraform.${stack}.tfstate`}`;

/** Keeps the state of a stack where its backend says, else in a file of the project, by a relative path. */
export function keepState(stack: TerraformStack, { backend = {} }: Pick<StackEntry, "backend">): void {
  const { s3, http, cloud } = backend;
  if (s3) keepInS3(stack, s3);
  else if (http) new HttpBackend(stack, given(http));
  else if (cloud) new CloudBackend(stack, cloud);
  else new LocalBackend(stack, { path: statePath(stack, stack.node.id, backend) });
}

function keepInS3(
  stack: TerraformStack,
  { bucket, key, region, encrypt, kmsKey, useLockfile }: S3State,
): void {
  new S3Backend(stack, {
    bucket,
    key,
    region,
    encrypt,
    ...(kmsKey === undefined ? {} : { kmsKeyId: kmsKey }),
  });
  if (!useLockfile) return;
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
  stack.addOverride("terraform.required_version", lockfileVersion);
}

type Given<Settings> = { [Key in keyof Settings]: Exclude<Settings[Key], undefined> };

/** Only what there is. */
const given = <Settings extends object>(settings: Settings): Given<Settings> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Given<Settings>;

/**
 * The ids of endpoints that other stacks make, read from the output `endpoint_ids` that every stack has in its state:
 * a stack that was deployed before anybody named it needs no change.
 */
export class OtherStacks extends Construct {
  private readonly states = new Map<string, TerraformRemoteState>();

  /** @param stacks all stacks of the file, by name. */
  constructor(
    scope: Construct,
    id: string,
    private readonly stacks: Readonly<Record<string, StackEntry>>,
  ) {
    super(scope, id);
  }

  /** The id of an endpoint of another stack, a token. */
  endpointId(stack: string, key: string): string {
    const state = this.states.get(stack) ?? this.stateOf(stack);
    this.states.set(stack, state);
    return Token.asString(state.get(`endpoint_ids.${key}`));
  }

  private stateOf(stack: string): TerraformRemoteState {
    const own = this.stacks[TerraformStack.of(this).node.id]?.backend;
    const state = remoteState(this, stack, this.stacks[stack]?.backend ?? {}, own?.cloud === undefined);
    state.overrideLogicalId(stack);
    return state;
  }
}

/**
 * The state of another stack.
 * @param hasWorkspaces whether the workspace in use is one of several that each state may have; in HCP Terraform it is
 * the name of the only one
 */
function remoteState(
  scope: Construct,
  stack: string,
  backend: StateBackend,
  hasWorkspaces: boolean,
): TerraformRemoteState {
  const { s3, http, cloud } = backend;
  const inWorkspace = hasWorkspaces ? { workspace: "${terraform.workspace}" } : {};
  if (s3) {
    const { bucket, key, region } = s3;
    return new DataTerraformRemoteStateS3(scope, stack, { bucket, key, region, ...inWorkspace });
  }
  if (http) return new DataTerraformRemoteStateHttp(scope, stack, { address: http.address });
  if (cloud) return cloudState(scope, stack, cloud);
  return new DataTerraformRemoteStateLocal(scope, stack, {
    path: statePath(scope, stack, backend),
    // In another workspace, as a sandbox has one, Terraform keeps the state in the folder of the other stack.
    ...inWorkspace,
    workspaceDir: `../${stack}/terraform.tfstate.d`,
  });
}
