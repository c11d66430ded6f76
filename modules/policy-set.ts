import { Aspects, type ITerraformDependable, Lazy, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { deriveName, type PolicyKind, type Problem, RuleError } from "../service";
import { isKnown } from "./known";
import { lateDependable } from "./late-dependable";
import { type Granted, PolicyPlaces, type SetPolicy } from "./policy-places";
import { nameAndDescription, type PolicyProps, refuse } from "./policy-props";
import { newPolicyResource, policyWords } from "./policy-resource";
import { References } from "./references";
import { registerNames } from "./registry";
import { StandIns } from "./stand-ins";

/** What came of compiling. */
interface Outcome {
  readonly policies: readonly SetPolicy[];
  readonly places: PolicyPlaces;
  /** Why there are no policies, though something was added. */
  readonly problem?: RuleError;
}

/**
 * As many policies of one kind as it takes. Entries are added until synthesis starts; then they are compiled once,
 * and each policy becomes a resource: the first under the set's own name and address, every other with its slot at
 * the end of both. Without an entry there is no policy.
 */
export abstract class PolicySet<Entry> extends Construct {
  protected readonly standIns: StandIns;
  protected readonly entries: Entry[] = [];
  private readonly policyName: string;
  private readonly description: string;
  private outcome: Outcome | undefined;
  private made: Outcome | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly kind: PolicyKind,
    props: PolicyProps,
  ) {
    super(scope, id);
    this.standIns = new StandIns(this);
    ({ name: this.policyName, description: this.description } = nameAndDescription(this, kind, props));
    new References(this, "References", {
      texts: () => this.entries.flatMap((entry) => this.textsOf(entry)),
      // Where validations are skipped this is the last occasion to say so.
      atTheEnd: () => this.throwProblem(),
    });
    registerNames(policyWords[kind].what, this, () => this.namesNow());
    this.node.addValidation({ validate: () => this.problems().map(inOneLine) });
    Aspects.of(this).add({ visit: (construct) => construct === this && this.makeResources() });
  }

  /** Names in AWS of all policies of the set, known when synthesis starts: a token for outputs. */
  get policyNames(): string[] {
    return Lazy.listValue({ produce: ({ preparing }) => (preparing ? [] : this.namesNow()) });
  }

  /** Few policies that hold all entries. Throws a `RuleError` if there is no way. */
  protected abstract compile(entries: readonly Entry[]): readonly SetPolicy[];

  /** Every text of an entry in which a token may stand. */
  protected textsOf(entry: Entry): string[] {
    return Object.values(Object(entry) as Record<string, unknown>)
      .flat()
      .filter((value) => typeof value === "string");
  }

  /** What is wrong with the set once nothing more can be added. */
  protected problems(): Problem[] {
    const { problem } = this.compiled();
    return problem ? [problem.detail] : [];
  }

  /** Adds what has passed all checks. */
  protected add(entry: Entry): void {
    this.entries.push(entry);
    this.outcome = undefined;
  }

  /**
   * The policies of the set that name a collection, to depend on; of a grant, all that hold any of what it gives on the
   * collection. Which they are, is known when synthesis starts.
   */
  protected policiesFor(
    collection: string,
    granted: () => readonly Granted[] = () => [],
  ): ITerraformDependable {
    return lateDependable(this, () => {
      this.makeResources();
      const { places } = this.compiled();
      return places
        .slotsFor(this.standIns.standIn(collection), granted())
        .map((slot) => this.addressOf(slot));
    });
  }

  protected refuse(problem: Problem | undefined): void {
    refuse(this, problem);
  }

  /** How many bytes a text takes that may hold stand-ins. */
  protected bytesOf(text: string): number {
    const inJson = JSON.stringify(text).slice(1, -1);
    return Buffer.byteLength(isKnown(text) ? inJson : this.standIns.longest(inJson));
  }

  private compiled(): Outcome {
    this.outcome ??= this.tryToCompile();
    return this.outcome;
  }

  private tryToCompile(): Outcome {
    try {
      const policies = this.entries.length === 0 ? [] : this.compile(this.entries);
      return { policies, places: new PolicyPlaces(policies) };
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return { policies: [], places: new PolicyPlaces([]), problem: error };
    }
  }

  private throwProblem(): void {
    const { problem } = this.compiled();
    if (problem) this.refuse(problem.detail);
  }

  private namesNow(): string[] {
    return this.compiled().policies.map(({ slot }) => this.nameOf(slot));
  }

  private nameOf(slot: string): string {
    if (slot === "") return this.policyName;
    return isKnown(this.policyName) ? deriveName(this.policyName, slot) : `${this.policyName}-${slot}`;
  }

  /** Makes what is missing and takes away what is no longer wanted: a stack may be synthesized more than once. */
  private makeResources(): void {
    const outcome = this.compiled();
    if (this.made === outcome) return;
    this.made = outcome;
    const { policies } = outcome;
    const wanted = new Set(policies.map(({ slot }) => idOf(slot)));
    for (const { node } of this.node.children) {
      if (node.id !== "References" && !wanted.has(node.id)) this.node.tryRemoveChild(node.id);
    }
    for (const { slot, after } of policies) {
      const resource = this.resourceOf(slot);
      if (after === undefined) delete resource.dependsOn;
      else resource.dependsOn = [this.addressOf(after)];
    }
  }

  private newResource(slot: string): TerraformResource {
    return newPolicyResource(this, idOf(slot), this.kind, {
      name: this.nameOf(slot),
      description: this.description,
      policy: Lazy.stringValue({ produce: () => this.textOf(slot) }),
    });
  }

  /** The resource of a policy of the set, made where it is asked for first. */
  private resourceOf(slot: string): TerraformResource {
    const made = this.node.tryFindChild(idOf(slot)) as TerraformResource | undefined;
    return made ?? this.newResource(slot);
  }

  /** As `depends_on` takes it. */
  private addressOf(slot: string): string {
    const { terraformResourceType, friendlyUniqueId } = this.resourceOf(slot);
    return `${terraformResourceType}.${friendlyUniqueId}`;
  }

  private textOf(slot: string): string {
    const policy = this.compiled().policies.find((one) => one.slot === slot);
    return this.standIns.fill(policy?.text ?? "");
  }
}

const idOf = (slot: string): string => (slot === "" ? "Default" : slot);

const inOneLine = ({ problem, remedy }: Problem): string => `${problem}; ${remedy}`;
