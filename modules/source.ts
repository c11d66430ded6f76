import type { VpcSecurityGroupIngressRuleConfig } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Token } from "cdktf";
import { checkId, checkRuleDescription, isAnywhere, parseCidr, RuleError, refuse } from "../service";
import { isKnown } from "./known";
import { literal } from "./literal";

/** What every source may say besides who it is. */
export interface SourceOptions {
  /**
   * Stands in the security group rule; 255 of the characters EC2 takes.
   * @default - no description
   */
  readonly description?: string;
}

/** Options of a CIDR block. */
export interface CidrSourceOptions extends SourceOptions {
  /**
   * Says that `0.0.0.0/0` or `::/0` is meant.
   * @default - a block of all addresses is refused
   */
  readonly allowAnywhere?: boolean;
}

type RuleFields = Pick<
  VpcSecurityGroupIngressRuleConfig,
  "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId" | "description"
>;

/**
 * Who may open a connection to an endpoint: a CIDR block, the members of a security group, or the blocks of a
 * prefix list. Values known at synthesis are checked; tokens pass.
 */
export class Source {
  /** An IPv4 or IPv6 block, written with its network address. Throws a `RuleError` for anything else. */
  static cidr(block: string, options: CidrSourceOptions = {}): Source {
    if (!isKnown(block)) return new Source("cidr", block, { cidrIpv4: block }, options);
    const parsed = parseCidr(block);
    if ("problem" in parsed) throw new RuleError(parsed);
    if (isAnywhere(parsed) && !options.allowAnywhere) {
      refuse({
        problem: `cidr "${block}": allows every address that can route to the VPC`,
        remedy: "name the clients' blocks, or pass allowAnywhere: true if this is meant",
      });
    }
    const field = parsed.family === "ipv4" ? { cidrIpv4: parsed.text } : { cidrIpv6: parsed.text };
    return new Source("cidr", parsed.text, field, options);
  }

  /** Whoever carries this security group (`sg-…`, of the same VPC or a peered one). */
  static securityGroup(securityGroupId: string, options: SourceOptions = {}): Source {
    if (isKnown(securityGroupId)) refuse(checkId("securityGroup", securityGroupId));
    return new Source("group", securityGroupId, { referencedSecurityGroupId: securityGroupId }, options);
  }

  /** The blocks of a prefix list (`pl-…`), a managed one of AWS or your own. */
  static prefixList(prefixListId: string, options: SourceOptions = {}): Source {
    if (isKnown(prefixListId)) refuse(checkId("prefixList", prefixListId));
    return new Source("prefix-list", prefixListId, { prefixListId }, options);
  }

  private constructor(
    private readonly kind: string,
    private readonly value: string,
    fields: RuleFields,
    { description }: SourceOptions,
  ) {
    if (description !== undefined && !Token.isUnresolved(description))
      refuse(checkRuleDescription(description));
    this.ruleFields = { ...fields, ...(description ? { description: literal(description) } : {}) };
  }

  /** The part of a security group rule that says who. */
  readonly ruleFields: RuleFields;

  /** Whether both name the same; EC2 refuses the same rule twice. */
  equals(other: Source): boolean {
    return this.kind === other.kind && this.value === other.value;
  }

  /**
   * A construct id that depends on nothing but who is meant, so that a rule keeps its address when others come
   * and go. A token has no text yet: its rule is told by its position among the tokens of the endpoint.
   */
  constructId(tokenIndex: number): string {
    if (!isKnown(this.value)) return `${this.kind}-${tokenIndex}`;
    return `${this.kind}-${this.value.replace(/[^a-zA-Z0-9]/g, "-")}`;
  }

  /** Whether the value is known only to Terraform. */
  get isToken(): boolean {
    return !isKnown(this.value);
  }

  toString(): string {
    return this.value;
  }
}
