import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { checkPolicySize, type PolicyKind, type Problem } from "../service";
import { nameAndDescription, type PolicyProps, refuse } from "./policy-props";
import { newPolicyResource, policyWords } from "./policy-resource";
import { registerNames } from "./registry";
import { StandIns } from "./stand-ins";

/**
 * One policy of OpenSearch Serverless, of any kind. Its text depends only on what it says, not on the order in which
 * that was added, and an entry is what one call adds to it. A document over 10,240 bytes (quota table) is refused at the end of synthesis.
 */
export abstract class Policy<Entry> extends Construct implements ITerraformDependable {
  /** Name in AWS; a token if one was given. */
  readonly policyName: string;
  /** Address in Terraform, for `dependsOn`. */
  readonly fqn: string;
  protected readonly standIns: StandIns;
  protected readonly entries: Entry[] = [];
  private written: string | undefined;
  private text: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly kind: PolicyKind,
    props: PolicyProps,
  ) {
    super(scope, id);
    this.standIns = new StandIns(this);
    const { name, description } = nameAndDescription(this, kind, props);
    this.policyName = name;
    this.fqn = newPolicyResource(this, "Default", kind, {
      name,
      description,
      policy: Lazy.stringValue({ produce: () => this.document() }),
    }).fqn;
    registerNames(policyWords[kind].what, this, () => [name]);
    this.node.addValidation({
      validate: () => this.atTheEnd().map((one) => `${one.problem}; ${one.remedy}`),
    });
  }

  /** The canonical text, with what stands for the values that only Terraform knows. */
  protected abstract write(entries: readonly Entry[]): string;

  /** Adds what has passed all checks. */
  protected add(entry: Entry): void {
    this.entries.push(entry);
    this.written = undefined;
    this.text = undefined;
  }

  /** What is wrong with the policy once nothing more can be added. */
  protected atTheEnd(): Problem[] {
    if (this.entries.length === 0) {
      const { what, lacks, remedy } = policyWords[this.kind];
      return [{ problem: `the ${what} ${lacks}`, remedy: `${remedy}, or leave the policy out` }];
    }
    const size = checkPolicySize(this.kind, this.standIns.longest(this.template()));
    return size ? [size] : [];
  }

  protected refuse(problem: Problem | undefined): void {
    refuse(this, problem);
  }

  private template(): string {
    this.written ??= this.write(this.entries);
    return this.written;
  }

  private document(): string {
    this.text ??= this.standIns.fill(this.template());
    return this.text;
  }
}
