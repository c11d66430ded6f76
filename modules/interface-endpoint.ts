import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  checkId,
  checkResourceName,
  checkSecurityGroups,
  checkSharedZone,
  checkSubnets,
  deriveName,
  type Generation,
  nobodyMayConnect,
  type Problem,
  RuleError,
  refuse,
} from "../service";
import { pathOf } from "./address";
import { classicEndpoint } from "./classic-endpoint";
import type { EndpointResource } from "./endpoint-resource";
import { EndpointSecurityGroup } from "./endpoint-security-group";
import { isKnown } from "./known";
import { nextgenEndpoint } from "./nextgen-endpoint";
import { registerEndpoint } from "./registry";
import { shareZone } from "./shared-zone";
import type { Source } from "./source";
import { refuseTags } from "./tags";

/** An interface endpoint that can be named in a grant. */
export interface IInterfaceEndpoint {
  /** Id of the endpoint (`vpce-…`); a token until it is made. */
  readonly endpointId: string;
  /**
   * Which collections it serves.
   * @default - not known
   */
  readonly generation?: Generation;
}

/** What is known of an endpoint that exists already. */
export interface ExistingEndpointOptions {
  /**
   * Which collections it serves: `classic` if OpenSearch Serverless manages it, `nextgen` if it is one of EC2 for
   * `aoss-data`.
   * @default - not known, and so never refused for a collection of the other generation
   */
  readonly generation?: Generation;
}

/** Properties of an `InterfaceEndpoint`. */
export interface InterfaceEndpointProps {
  /**
   * Which collections it serves. `classic`: an endpoint that OpenSearch Serverless manages. `nextgen`: an interface
   * endpoint of EC2 for `com.amazonaws.REGION.aoss-data` with private DNS. Another one replaces the endpoint.
   * @default "classic"
   */
  readonly generation?: Generation;
  /** The VPC (`vpc-…`); another one replaces the endpoint, which cuts the VPC off until the new one is active. */
  readonly vpcId: string;
  /** 1 to 6 subnets of the VPC, each in another Availability Zone (`subnet-…`). */
  readonly subnetIds: readonly string[];
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`, unique in the account and Region; another one replaces the
   * endpoint. Of a `nextgen` endpoint it is the tag `Name`, need not be unique and changes in place.
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
  /**
   * Tags, 50 at most; keys of 1 to 128 characters, not `aws:…`, values of up to 256. They change in place. On a
   * `classic` endpoint each is a resource of its own (`aws_ec2_tag`), and the provider's `default_tags` do not reach
   * the endpoint; on a `nextgen` one they do.
   * @default - none, and the name as tag `Name` of a `nextgen` endpoint
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Other VPCs of the same account and Region (`vpc-…`) that are associated with the private hosted zone
   * `REGION.aoss.amazonaws.com` of a `classic` endpoint.
   *
   * Whether that is enough, AWS does not say. Known: it recommends an endpoint in each VPC; packets need peering or a
   * transit gateway besides, and the security group has to let the clients in. Not confirmed: that Route 53 lets you
   * associate a zone that OpenSearch Serverless manages, that the association stays, and that names resolve: the zone
   * leads on to a name which a second, hidden zone of the endpoint's own VPC may have to answer.
   * @default - none: only the endpoint's own VPC finds it
   */
  readonly shareZoneWith?: readonly string[];
}

/**
 * An interface endpoint of OpenSearch Serverless in a VPC (`aws_opensearchserverless_vpc_endpoint`, or
 * `aws_vpc_endpoint` for NEXTGEN collections). The first source allowed makes a security group of its own. A VPC takes
 * one endpoint of each generation; it opens nothing until a network policy names its id. Throws a `RuleError` for values that AWS would refuse; at the end of synthesis an
 * endpoint that nobody could connect to is refused.
 */
export class InterfaceEndpoint extends Construct implements IInterfaceEndpoint {
  /** An endpoint that exists already, of this account or another, by its id (`vpce-…`). */
  static fromEndpointId(endpointId: string, options: ExistingEndpointOptions = {}): IInterfaceEndpoint {
    if (isKnown(endpointId)) refuse(checkId("endpoint", endpointId));
    return { endpointId, ...options };
  }

  readonly endpointId: string;
  readonly generation: Generation;
  /** Name in AWS; a token if one was given. */
  readonly endpointName: string;
  /** The VPC as given. */
  readonly vpcId: string;
  /** Other VPCs that share the private hosted zone, as given. */
  readonly sharedWithVpcIds: readonly string[];
  private readonly derivedName: string;
  private readonly resource: EndpointResource;
  private readonly extraGroupIds: readonly string[];
  private ownGroup: EndpointSecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: InterfaceEndpointProps) {
    super(scope, id);
    this.generation = props.generation ?? "classic";
    this.vpcId = props.vpcId;
    this.sharedWithVpcIds = props.shareZoneWith ?? [];
    this.derivedName = deriveName(TerraformStack.of(this).node.id, id);
    this.endpointName = props.name ?? this.derivedName;
    this.extraGroupIds = props.securityGroupIds ?? [];
    this.check(props);
    registerEndpoint(this);
    if (props.allow?.length) this.ownGroup = this.newGroup(props.allow);
    const make = this.generation === "nextgen" ? nextgenEndpoint : classicEndpoint;
    this.resource = make(this, {
      name: this.endpointName,
      vpcId: props.vpcId,
      subnetIds: props.subnetIds,
      securityGroupIds: this.securityGroupIds,
      tags: props.tags ?? {},
    });
    this.endpointId = this.resource.id;
    if (this.sharedWithVpcIds.length > 0) shareZone(this, this, this.sharedWithVpcIds);
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
    this.checkTags(props.tags ?? {}, props.name);
    this.checkSharing();
    if (isKnown(this.extraGroupIds)) {
      this.refuse(checkSecurityGroups(this.extraGroupIds, (props.allow ?? []).length > 0));
      for (const group of this.extraGroupIds) {
        if (isKnown(group)) this.refuse(checkId("securityGroup", group));
      }
    }
  }

  private checkTags(tags: Readonly<Record<string, string>>, name: string | undefined): void {
    const isNamed = this.generation === "nextgen";
    refuseTags(this, tags, isNamed && !("Name" in tags) ? { count: 1, what: "the Name" } : undefined);
    if (isNamed && name !== undefined && "Name" in tags) {
      this.refuse({
        problem: "name and the tag Name: the name of a nextgen endpoint is its tag Name",
        remedy: "leave out one of them",
      });
    }
  }

  private checkSharing(): void {
    const shareZoneWith = this.sharedWithVpcIds;
    if (!isKnown(shareZoneWith)) {
      this.refuse({
        problem: "shareZoneWith: a list that only Terraform knows cannot be shared with one by one",
        remedy: "name the VPCs one by one; each may be a token",
      });
    }
    for (const vpc of shareZoneWith) if (isKnown(vpc)) this.refuse(checkId("vpc", vpc));
    this.refuse(checkSharedZone({ vpc: this.vpcId, shareZoneWith, generation: this.generation })[0]);
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, pathOf(this));
  }
}
