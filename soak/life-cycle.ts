import { spawn } from "node:child_process";
import { FaultSwitch, type FaultsFile, type Sandbox, startSandbox } from "../sandbox";
import {
  resourcesIn,
  type StateResource,
  Terraform,
  TerraformError,
  terraformEnvironment,
} from "../terraform";
import type { Project } from "./project";

/** What is under way while things go wrong. */
export type Moment = "create" | "update" | "destroy";

export interface Scenario {
  readonly moment: Moment;
  readonly faults: FaultsFile;
  /** How long the provider waits for the endpoint, such as `5s`. @default - half an hour */
  readonly endpointTimeout?: string;
}

/** What people have to do by themselves, since the provider lost track of a resource. */
export interface Repair {
  /** `import`: it exists, but not in the state; `taint`: it FAILED, which the provider reads over */
  readonly how: "import" | "taint";
  readonly address: string;
  /** as `terraform import` takes it */
  readonly id: string;
}

export interface Report {
  /** What Terraform said while the faults were on, one line for each error; empty if it went through. */
  readonly errors: readonly string[];
  /** how often each fault struck */
  readonly strikes: readonly number[];
  readonly repairs: readonly Repair[];
  /** changes made by each `apply` after the faults were lifted; a recovery ends with 0 */
  readonly changes: readonly number[];
  /** what kept it from recovering */
  readonly problem?: string;
  readonly seconds: number;
}

export interface Hooks {
  /** Called when the faults are lifted, before anything is repaired. */
  readonly lifted?: (sandbox: Sandbox) => void;
  /** Called when an `apply` had nothing to do any more, before all is destroyed. */
  readonly recovered?: (sandbox: Sandbox) => void;
}

const maxApplies = 3;

/**
 * The life cycle of the demo's deployment, with faults at one moment of it: afterwards `apply` has to reach "No
 * changes", and `destroy` to leave nothing.
 */
export async function lifeCycle(project: Project, scenario: Scenario, hooks: Hooks = {}): Promise<Report> {
  const started = performance.now();
  const faults = new FaultSwitch();
  const sandbox = await startSandbox({ faults });
  try {
    const steps = new Steps(project, sandbox);
    project.endpointTimeout(scenario.endpointTimeout);
    project.use("first");
    if (scenario.moment !== "create") await steps.apply();
    if (scenario.moment === "update") project.use("widened");
    faults.set(scenario.faults);
    const errors = await steps.errorsOf(() =>
      scenario.moment === "destroy" ? steps.destroy() : steps.apply().then(() => undefined),
    );
    const strikes = faults.strikes();
    faults.clear();
    hooks.lifted?.(sandbox);
    const repairs: Repair[] = [];
    const changes: number[] = [];
    const problem = await recover(steps, { errors, repairs, changes, scenario, sandbox, hooks });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return { errors, strikes, repairs, changes, ...(problem === undefined ? {} : { problem }), seconds };
  } finally {
    await sandbox.close();
  }
}

interface Recovery {
  readonly errors: readonly string[];
  readonly repairs: Repair[];
  readonly changes: number[];
  readonly scenario: Scenario;
  readonly sandbox: Sandbox;
  readonly hooks: Hooks;
}

/** Undefined if all is well in the end, else what is not. */
async function recover(
  steps: Steps,
  { errors, repairs, changes, scenario, sandbox, hooks }: Recovery,
): Promise<string | undefined> {
  const left = () => Object.values(sandbox.contents()).flat();
  if (scenario.moment === "destroy" && errors.length === 0) return problemOf(left());
  try {
    for (const repair of [...(await steps.lost()), ...(await steps.failed())]) {
      await steps.repair(repair);
      repairs.push(repair);
    }
    while (changes.at(-1) !== 0 && changes.length < maxApplies) changes.push(await steps.apply());
    if (changes.at(-1) !== 0) return `${maxApplies} times apply, and still changes`;
    hooks.recovered?.(sandbox);
    await steps.destroy();
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    return errorLines(error).join("; ");
  }
  return problemOf(left());
}

const problemOf = (left: readonly unknown[]): string | undefined =>
  left.length === 0 ? undefined : `left behind: ${JSON.stringify(left)}`;

/** One line for each error: the first sentence that AWS said, and about what. */
const errorLines = ({ diagnostics, message }: TerraformError): readonly string[] => {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return [message];
  return errors.map(({ address, summary, detail }) =>
    [address, summary, detail].filter(Boolean).join(": ").replaceAll(/\s+/g, " ").slice(0, 600),
  );
};

class Steps {
  private readonly terraform: Terraform;
  private readonly env: Record<string, string>;
  private changed = 0;

  constructor(
    private readonly project: Project,
    private readonly sandbox: Sandbox,
  ) {
    this.env = terraformEnvironment({
      ...process.env,
      ...sandbox.environment("eu-central-1"),
    });
    this.terraform = new Terraform({
      cwd: project.folder,
      binary: project.binary,
      env: this.env,
      onProgress: ({ message }) => {
        if (message?.type !== "change_summary") return;
        const { add = 0, change = 0, remove = 0 } = message.fields["changes"] as Record<string, number>;
        this.changed = add + change + remove;
      },
    });
  }

  /** Resolves with the number of changes. */
  async apply(): Promise<number> {
    this.changed = 0;
    await this.terraform.apply();
    return this.changed;
  }

  destroy(): Promise<void> {
    return this.terraform.destroy();
  }

  /** What Terraform said, if the step failed. */
  async errorsOf(step: () => Promise<void>): Promise<readonly string[]> {
    try {
      await step();
      return [];
    } catch (error) {
      if (error instanceof TerraformError) return errorLines(error);
      throw error;
    }
  }

  /** What exists and is not in the state. */
  async lost(): Promise<readonly Repair[]> {
    const known = new Set((await this.resources()).map(({ values }) => values["id"]));
    return made(this.sandbox)
      .filter(({ inState }) => !known.has(inState))
      .map(({ address, id }) => ({ how: "import", address, id }));
  }

  /** Endpoints that FAILED and that no plan would replace: an update that failed leaves no mark in the state. */
  async failed(): Promise<readonly Repair[]> {
    const tainted = new Set(
      (await this.resources()).filter((resource) => resource.tainted).map(({ values }) => values["id"]),
    );
    return this.sandbox
      .contents()
      .vpcEndpoints.filter(({ id, status }) => status === "FAILED" && !tainted.has(id))
      .map(({ id }) => ({ how: "taint", address: endpointAddress, id }));
  }

  repair({ how, address, id }: Repair): Promise<void> {
    const args =
      how === "import"
        ? ["import", "-input=false", "-no-color", address, id]
        : ["taint", "-no-color", address];
    return new Promise((resolve, reject) => {
      const child = spawn(this.project.binary.path, args, {
        cwd: this.project.folder,
        env: this.env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) return resolve();
        const problem = `terraform ${args.join(" ")}: ${stderr.replaceAll(/\s+/g, " ")}`;
        reject(new TerraformError({ problem, where: this.project.folder, remedy: "see what is there" }));
      });
    });
  }

  private async resources(): Promise<readonly StateResource[]> {
    const { values } = await this.terraform.showState();
    return values ? [...resourcesIn(values.root_module)] : [];
  }
}

const endpointAddress = "aws_opensearchserverless_vpc_endpoint.apps";

/** Everything that the deployment makes: its address in the configuration, its id for import and in the state. */
function made(
  sandbox: Sandbox,
): readonly { readonly address: string; readonly id: string; readonly inState: string }[] {
  const { vpcEndpoints, securityGroups, securityGroupRules, securityPolicies } = sandbox.contents();
  const plain = (address: string, id: string) => ({ address, id, inState: id });
  const ingress = securityGroupRules.filter(({ isEgress }) => !isEgress);
  const ruleAddress = (source: string) =>
    `aws_vpc_security_group_ingress_rule.apps_clients_cidr-${source.replaceAll(/[./]/g, "-")}`;
  return [
    ...securityGroups.map(({ id }) => plain("aws_security_group.apps_clients", id)),
    ...ingress.map(({ id, source }) => plain(ruleAddress(source), id)),
    ...vpcEndpoints.map(({ id }) => plain(endpointAddress, id)),
    ...securityPolicies.map(({ name, type }) => ({
      address: "aws_opensearchserverless_security_policy.network_policy",
      id: `${name}/${type}`,
      inState: name,
    })),
  ];
}
