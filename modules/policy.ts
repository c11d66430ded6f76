import { type ITerraformDependable, Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  checkPolicyDescription,
  checkPolicySize,
  checkResourceName,
  deriveName,
  type PolicyKind,
  type Problem,
  RuleError,
} from "../service";
import { pathOf } from "./address";
import { isKnown } from "./known";
import { newPolicyResource, policyWords } from "./policy-resource";
import { registerNames } from "./registry";
import { StandIns } from "./stand-ins";

/** What every policy can be told. */
export interface PolicyProps {
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`; another one replaces the policy.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * Description of the policy, 1 to 1,000 characters.
   * @default - says what the policy is for and that Terraform keeps it
   */
  readonly description?: string;
}

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
    this.policyName = props.name ?? deriveName(TerraformStack.of(this).node.id, id);
    if (isKnown(this.policyName)) this.refuse(checkResourceName(this.policyName));
    const words = policyWords[kind];
    const description = props.description ?? words.description;
    if (!Token.isUnresolved(description)) this.refuse(checkPolicyDescription(description));
    this.fqn = newPolicyResource(this, "Default", kind, {
      name: this.policyName,
      description,
      policy: Lazy.stringValue({ produce: () => this.document() }),
    }).fqn;
    registerNames(words.what, this, () => [this.policyName]);
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
    if (problem) throw new RuleError(problem, pathOf(this));
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
