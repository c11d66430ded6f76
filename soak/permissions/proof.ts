import type { Identity } from "../../sandbox";
import type { IamPolicyDocument } from "../../service";
import { type ProofStack, proofAccessFile, proofStacks, type Version } from "./access-file";
import { type Phase, type PhaseOptions, type PhaseReport, phases, runPhase, versionOf } from "./phases";
import { policiesFor } from "./policies";
import { ProofProject, type Snapshot } from "./proof-project";

/** Who runs a phase, by the policies of the version that is deployed in it. */
export type IdentityFor = (policies: readonly IamPolicyDocument[]) => Identity;

/** The life cycles of both stacks, each phase by a caller with exactly the `deploy` policies of its access file. */
export class Proof {
  private readonly projects = new Map<ProofStack, ProofProject>();
  private readonly lifeCycles = new Map<ProofStack, readonly PhaseReport[]>();

  /** Synthesizes and initialises. @param home the folder of this project */
  static async prepare(home: string): Promise<Proof> {
    const proof = new Proof();
    const versions: readonly Version[] = ["first", "changed", "moved"];
    const texts = Object.fromEntries(versions.map((version) => [version, proofAccessFile(version)]));
    try {
      for (const stack of proofStacks) {
        proof.projects.set(stack, await ProofProject.prepare(home, stack, texts));
      }
      return proof;
    } catch (error) {
      proof.close();
      throw error;
    }
  }

  close(): void {
    for (const project of this.projects.values()) project.close();
  }

  /** Runs both life cycles at once; a phase that fails is the last of its stack. */
  async run(identityFor: IdentityFor): Promise<void> {
    await Promise.all(
      proofStacks.map(async (stack) => {
        const reports: PhaseReport[] = [];
        for (const phase of phases) {
          const identity = identityFor(policiesFor(versionOf(phase), "deploy"));
          const report = await runPhase(this.project(stack), phase, { from: reports.at(-1)?.end, identity });
          reports.push(report);
          if (report.errors.length > 0) break;
        }
        this.lifeCycles.set(stack, reports);
      }),
    );
  }

  /** What `run` has seen of a stack. */
  reportsOf(stack: ProofStack): readonly PhaseReport[] {
    return this.lifeCycles.get(stack) ?? [];
  }

  /** One phase again, from where it started in the life cycle. */
  repeat(
    { stack, phase }: Moment,
    identity: Identity,
    more: Pick<PhaseOptions, "planOnly" | "version"> = {},
  ): Promise<PhaseReport> {
    return runPhase(this.project(stack), phase, { from: this.before(stack, phase), identity, ...more });
  }

  /** Where an action was asked for, short phases first. */
  momentsOf(action: string): readonly Moment[] {
    return shortFirst.flatMap((phase) =>
      proofStacks
        .filter((stack) => asksFor(this.reportsOf(stack), phase, action))
        .map((stack) => ({ stack, phase })),
    );
  }

  /** Every action that some call of the life cycles took, each once, in the alphabet's order. */
  actions(): readonly string[] {
    const reports = proofStacks.flatMap((stack) => this.reportsOf(stack));
    return [...new Set(reports.flatMap(({ calls }) => calls.flatMap(({ actions }) => actions)))].sort();
  }

  private before(stack: ProofStack, phase: Phase): Snapshot | undefined {
    return this.reportsOf(stack)[phases.indexOf(phase) - 1]?.end;
  }

  private project(stack: ProofStack): ProofProject {
    const project = this.projects.get(stack);
    if (!project) throw new Error(`the stack ${stack} was not prepared`);
    return project;
  }
}

/** A collection takes half a minute to come and to go. */
const shortFirst: readonly Phase[] = ["plan", "update", "repair", "import", "create", "destroy"];

/** A phase of a stack's life cycle. */
export interface Moment {
  readonly stack: ProofStack;
  readonly phase: Phase;
}

const asksFor = (reports: readonly PhaseReport[], phase: Phase, action: string): boolean =>
  reports.some(
    (report) =>
      report.phase === phase &&
      report.calls.some(({ actions }) => actions.some((each) => each.toLowerCase() === action.toLowerCase())),
  );
