import { OpensearchserverlessVpcEndpoint } from "@cdktf/provider-aws/lib/opensearchserverless-vpc-endpoint";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  checkId,
  checkResourceName,
  checkSecurityGroups,
  checkSubnets,
  deriveName,
  nobodyMayConnect,
  type Problem,
  RuleError,
  refuse,
} from "../service";
import { addressAfterPath } from "./address";
import { EndpointSecurityGroup } from "./endpoint-security-group";
import { isKnown } from "./known";
import { registerEndpoint } from "./registry";
import type { Source } from "./source";

/** An interface endpoint that can be named in a grant. */
export interface IInterfaceEndpoint {
  /** Id of the endpoint (`vpce-…`); a token until it is made. */
  readonly endpointId: string;
}

/** Properties of an `InterfaceEndpoint`. */
export interface InterfaceEndpointProps {
  /** The VPC (`vpc-…`); another one replaces the endpoint, which cuts the VPC off until the new one is active. */
  readonly vpcId: string;
  /** 1 to 6 subnets of the VPC, each in another Availability Zone (`subnet-…`). */
  readonly subnetIds: readonly string[];
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`, unique in the account and Region; another one replaces the endpoint.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * Who may connect on TCP 443.
   * @default - nobody but whom `allowFrom` or `securityGroupIds` let in
   */
  readonly allow?: readonly Source[];
  /**
   * Security groups kept elsewhere (`sg-…`), 4 at most beside the endpoint's own, 5 without it.
   * @default - only the endpoint's own group
   */
  readonly securityGroupIds?: readonly string[];
}

/**
 * An interface endpoint of OpenSearch Serverless in a VPC (`aws_opensearchserverless_vpc_endpoint`). The first
 * source allowed makes a security group of its own. A VPC takes one endpoint; it opens nothing until a
 * network policy names its id. Throws a `RuleError` for values that AWS would refuse; at the end of synthesis an
 * endpoint that nobody could connect to is refused.
 */
export class InterfaceEndpoint extends Construct implements IInterfaceEndpoint {
  /** An endpoint that exists already, of this account or another, by its id (`vpce-…`). */
  static fromEndpointId(endpointId: string): IInterfaceEndpoint {
    if (isKnown(endpointId)) refuse(checkId("endpoint", endpointId));
    return { endpointId };
  }

  readonly endpointId: string;
  /** Name in AWS; a token if one was given. */
  readonly endpointName: string;
  /** The VPC as given. */
  readonly vpcId: string;
  private readonly derivedName: string;
  private readonly resource: OpensearchserverlessVpcEndpoint;
  private readonly extraGroupIds: readonly string[];
  private ownGroup: EndpointSecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: InterfaceEndpointProps) {
    super(scope, id);
    this.vpcId = props.vpcId;
    this.derivedName = deriveName(TerraformStack.of(this).node.id, id);
    this.endpointName = props.name ?? this.derivedName;
    this.extraGroupIds = props.securityGroupIds ?? [];
    this.check(props);
    registerEndpoint(this);
    if (props.allow?.length) this.ownGroup = this.newGroup(props.allow);
    this.resource = new OpensearchserverlessVpcEndpoint(this, "Default", {
      name: this.endpointName,
      vpcId: props.vpcId,
      subnetIds: [...props.subnetIds],
      securityGroupIds: this.securityGroupIds,
    });
    addressAfterPath(this.resource);
    this.endpointId = this.resource.id;
  }

  /** What is wrong with the endpoint once nothing more can be added to it. */
  atTheEnd(): Problem | undefined {
    return this.ownGroup || this.extraGroupIds.length > 0 ? undefined : nobodyMayConnect;
  }

  /** The endpoint's own security group; none until a source is allowed. */
  get securityGroup(): EndpointSecurityGroup | undefined {
    return this.ownGroup;
  }

  /** Lets a source connect on TCP 443. Throws a `RuleError` when it is allowed already or no group fits any more. */
  allowFrom(...sources: readonly Source[]): this {
    if (this.ownGroup) {
      for (const source of sources) this.ownGroup.allowFrom(source);
    } else if (sources.length > 0) {
      this.refuse(checkSecurityGroups(this.extraGroupIds, true));
      this.ownGroup = this.newGroup(sources);
      this.resource.securityGroupIds = this.securityGroupIds;
    }
    return this;
  }

  private newGroup(allow: readonly Source[]): EndpointSecurityGroup {
    return new EndpointSecurityGroup(this, "clients", {
      vpcId: this.vpcId,
      // Not the name given: a new one replaces the endpoint, and need not replace its group and rules too.
      namePrefix: `${this.derivedName}-`,
      allow,
    });
  }

  private get securityGroupIds(): string[] {
    if (!this.ownGroup) return [...this.extraGroupIds];
    const own = [this.ownGroup.securityGroupId];
    // A list that only Terraform knows can only be joined by Terraform.
    return isKnown(this.extraGroupIds)
      ? [...own, ...this.extraGroupIds]
      : Fn.concat([own, this.extraGroupIds]);
  }

  private check(props: InterfaceEndpointProps): void {
    if (isKnown(props.vpcId)) this.refuse(checkId("vpc", props.vpcId));
    if (isKnown(this.endpointName)) this.refuse(checkResourceName(this.endpointName));
    if (isKnown(props.subnetIds)) {
      this.refuse(checkSubnets(props.subnetIds));
      for (const subnet of props.subnetIds) if (isKnown(subnet)) this.refuse(checkId("subnet", subnet));
    }
    if (isKnown(this.extraGroupIds)) {
      this.refuse(checkSecurityGroups(this.extraGroupIds, (props.allow ?? []).length > 0));
      for (const group of this.extraGroupIds) {
        if (isKnown(group)) this.refuse(checkId("securityGroup", group));
      }
    }
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, this.node.path);
  }
}
