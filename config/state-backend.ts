/** State in a file of the project. */
export interface LocalState {
  /** Relative to the project; not said: `terraform.STACK.tfstate`. */
  readonly path?: string | undefined;
}

/** State in an S3 bucket. */
export interface S3State {
  readonly bucket: string;
  readonly key: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Whether a lock file beside the state keeps two runs apart; Terraform and OpenTofu have it from 1.10. */
  readonly useLockfile: boolean;
  readonly encrypt: boolean;
  /** ARN of a KMS key; not said: the bucket's own encryption. */
  readonly kmsKey?: string | undefined;
}

/** State behind a URL that is read with GET. */
export interface HttpState {
  readonly address: string;
  readonly updateMethod?: string | undefined;
  readonly lockAddress?: string | undefined;
  readonly lockMethod?: string | undefined;
  readonly unlockAddress?: string | undefined;
  readonly unlockMethod?: string | undefined;
}

/** State in a workspace of HCP Terraform or Terraform Enterprise, and runs too where the workspace says so. */
export interface CloudState {
  readonly organization: string;
  /** Not said: app.terraform.io, or what `TF_CLOUD_HOSTNAME` names. */
  readonly hostname?: string | undefined;
  readonly workspaces: {
    readonly name?: string | undefined;
    readonly tags?: readonly string[] | undefined;
    readonly project?: string | undefined;
  };
}

/** Where a stack keeps its state: one of the four. */
export interface StateBackend {
  readonly local?: LocalState | undefined;
  readonly s3?: S3State | undefined;
  readonly http?: HttpState | undefined;
  readonly cloud?: CloudState | undefined;
}

/** What stands for the name of the stack in texts of a backend. */
export const stackPlaceholder = "{stack}";

/** The backend with the name of the stack wherever `{stack}` stands. */
export function backendOfStack<Backend>(backend: Backend, stack: string): Backend {
  if (typeof backend === "string") return backend.replaceAll(stackPlaceholder, stack) as Backend;
  if (Array.isArray(backend)) return backend.map((one) => backendOfStack(one, stack)) as Backend;
  if (typeof backend !== "object" || backend === null) return backend;
  return Object.fromEntries(
    Object.entries(backend).map(([key, value]) => [key, backendOfStack(value, stack)]),
  ) as Backend;
}
