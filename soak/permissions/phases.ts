import { type Identity, type Sandbox, type SandboxCall, startSandbox } from "../../sandbox";
import { resourcesIn, type StateResource, TerraformError } from "../../terraform";
import type { Version } from "./access-file";
import { changedBySomebodyElse } from "./drift";
import type { Import, ProofProject, Snapshot } from "./proof-project";

/** The life cycle, in its order. `plan`: nothing is to change; `repair`: somebody else changed something. */
export const phases = ["create", "plan", "update", "repair", "import", "destroy"] as const;
export type Phase = (typeof phases)[number];

export interface PhaseReport {
  readonly phase: Phase;
  /** What Terraform said, one line for each error; empty if it went through. */
  readonly errors: readonly string[];
  /** What was created, changed and destroyed, as Terraform counts it. */
  readonly changes: number;
  readonly calls: readonly SandboxCall[];
  /** Everything that is there at the end, and is no longer as the world had it. */
  readonly left: readonly unknown[];
  /** What AWS and Terraform know at the end; the next phase starts from it. */
  readonly end: Snapshot;
  readonly seconds: number;
}

export interface PhaseOptions {
  /** @default - nothing was ever deployed */
  readonly from?: Snapshot | undefined;
  /** @default - everything is allowed */
  readonly identity?: Identity;
  /** Do no more than plan. @default - as the phase says */
  readonly planOnly?: boolean;
  /** What is deployed. @default - as the phase says */
  readonly version?: Version;
}

/** The version of the access file that a phase deploys. */
export const versionOf = (phase: Phase): Version =>
  phase === "create" || phase === "plan" ? "first" : "changed";

/** One phase with the real Terraform and provider, as a caller of this identity. */
export async function runPhase(
  project: ProofProject,
  phase: Phase,
  { from, identity, planOnly = phase === "plan", version = versionOf(phase) }: PhaseOptions = {},
): Promise<PhaseReport> {
  const started = performance.now();
  project.restore(from);
  project.use(version);
  if (phase === "repair") await withSandbox(project, undefined, changedBySomebodyElse);
  if (phase === "import") project.importInstead(await importsOf(project));
  return await withSandbox(project, identity, async (sandbox) => {
    let changes = 0;
    const terraform = project.terraform(sandbox, ({ message }) => {
      if (message?.type !== "change_summary") return;
      const { add = 0, change = 0, remove = 0 } = message.fields["changes"] as Record<string, number>;
      changes = add + change + remove;
    });
    const errors = await errorsOf(async () => {
      if (phase === "destroy") await terraform.destroy();
      else if (planOnly) await terraform.plan();
      else await terraform.apply();
    });
    const { contents, calls } = { contents: sandbox.contents(), calls: sandbox.calls() };
    return { phase, errors, changes, calls, left: Object.values(contents).flat() };
  }).then((report) => ({
    ...report,
    end: project.snapshot(),
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }));
}

/** A sandbox on what the project's folder knows, closed afterwards so that its state is on the disk. */
async function withSandbox<Result>(
  project: ProofProject,
  identity: Identity | undefined,
  work: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  // The key of the access file is not one of the world.
  const options = { state: project.world, openWorld: true };
  const sandbox = await startSandbox({ ...options, ...(identity ? { identity } : {}) });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** What Terraform said, if the step failed, one line for each error. */
async function errorsOf(step: () => Promise<void>): Promise<readonly string[]> {
  try {
    await step();
    return [];
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const errors = error.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length === 0) return [error.message];
    return errors.map(({ address, summary, detail }) =>
      [address, summary, detail].filter(Boolean).join(": ").replaceAll(/\s+/g, " "),
    );
  }
}

/** Everything in the state, by the ids that the provider imports it with. */
async function importsOf(project: ProofProject): Promise<readonly Import[]> {
  const { values } = await withSandbox(project, undefined, (sandbox) =>
    project.terraform(sandbox).showState(),
  );
  if (!values) throw new Error("nothing was deployed that could be imported");
  return [...resourcesIn(values.root_module)]
    .filter(({ mode }) => mode === "managed")
    .map((resource) => ({ to: resource.address, id: importId(resource) }));
}

function importId({ type, values = {} }: StateResource): string {
  const text = (name: string): string => String(values[name]);
  switch (type) {
    case "aws_ec2_tag":
      return `${text("resource_id")},${text("key")}`;
    case "aws_route53_zone_association":
      return `${text("zone_id")}:${text("vpc_id")}`;
    case "aws_opensearchserverless_security_policy":
    case "aws_opensearchserverless_access_policy":
    case "aws_opensearchserverless_lifecycle_policy":
      return `${text("name")}/${text("type")}`;
    default:
      return text("id");
  }
}
