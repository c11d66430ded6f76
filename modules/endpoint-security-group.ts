import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { checkId, RuleError, refuse } from "../service";
import { addressAfterPath, pathOf } from "./address";
import { isKnown } from "./known";
import { literal } from "./literal";
import type { Source } from "./source";

/** Properties of an `EndpointSecurityGroup`. */
export interface EndpointSecurityGroupProps {
  /** The VPC of the endpoint (`vpc-…`); another one replaces the group. */
  readonly vpcId: string;
  /** What the group's name starts with; a suffix is added so that a new group can stand beside the old. */
  readonly namePrefix: string;
  /**
   * Who may connect.
   * @default - nobody, until `allowFrom` is called
   */
  readonly allow?: readonly Source[];
}

/** OpenSearch Serverless answers on HTTPS alone. */
const httpsPort = 443;

/**
 * The security group of an interface endpoint: one rule resource for each source on TCP 443, nothing else let
 * in, and no egress rules, since replies of a stateful group need none. It is replaced by making the new group
 * first: an attached group cannot be deleted (provider issue #43124). Its description is fixed, since a new
 * one would replace the group.
 */
export class EndpointSecurityGroup extends Construct {
  /** Id of the group; a token until it is made. */
  readonly securityGroupId: string;
  private readonly sources: Source[] = [];

  constructor(scope: Construct, id: string, props: EndpointSecurityGroupProps) {
    super(scope, id);
    if (isKnown(props.vpcId)) refuse(checkId("vpc", props.vpcId), pathOf(this));
    const group = new SecurityGroup(this, "Default", {
      vpcId: props.vpcId,
      namePrefix: props.namePrefix,
      description: "Clients of an OpenSearch Serverless interface endpoint",
      tags: { Name: literal(props.namePrefix.replace(/-$/, "")) },
      lifecycle: { createBeforeDestroy: true },
    });
    addressAfterPath(group);
    this.securityGroupId = group.id;
    for (const source of props.allow ?? []) this.allowFrom(source);
  }

  /** Sources that turn out to be the same only when their tokens are resolved. */
  private tokensTwice(): string[] {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const seen = new Set<string>();
    return this.sources.flatMap((source) => {
      if (!source.isToken) return [];
      const text = Tokenization.resolve(source.toString(), { scope: this, preparing: false, resolver });
      if (!seen.has(text)) {
        seen.add(text);
        return [];
      }
      return [`source ${text} is allowed already; drop one; EC2 refuses the same rule twice`];
    });
  }

  /** Lets a source connect on TCP 443. Throws a `RuleError` when the same source is allowed already. */
  allowFrom(source: Source): this {
    if (this.sources.some((other) => other.equals(source))) {
      const problem = `source ${source} is allowed already`;
      throw new RuleError({ problem, remedy: "drop one; EC2 refuses the same rule twice" }, pathOf(this));
    }
    const tokens = this.sources.filter(({ isToken }) => isToken).length;
    if (source.isToken && tokens === 1) this.node.addValidation({ validate: () => this.tokensTwice() });
    this.sources.push(source);
    const rule = new VpcSecurityGroupIngressRule(this, source.constructId(tokens), {
      securityGroupId: this.securityGroupId,
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
      ...source.ruleFields,
    });
    addressAfterPath(rule);
    return this;
  }
}
