import { OpensearchserverlessSecurityPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-security-policy";
import { Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkNetworkPolicySize,
  checkPolicyDescription,
  checkResourceName,
  checkService,
  deriveName,
  longestEndpointId,
  type Problem,
  privateBlock,
  RuleError,
  serialiseNetworkPolicy,
} from "../service";
import { addressAfterPath } from "./address";
import type { IInterfaceEndpoint } from "./interface-endpoint";
import { checkListIsKnown, isKnown } from "./known";
import { literal } from "./literal";
import { registerNames } from "./registry";
import { StandIns } from "./stand-ins";

/** Which collections and dashboards a set of endpoints or AWS services may reach. */
export interface Grant {
  /** Collection names, prefixes of 3 or more characters (`logs-*`), or `*`. They need not exist yet. */
  readonly collections: readonly string[];
  /**
   * Whether the endpoints reach the collections' dashboards too.
   * @default false
   */
  readonly dashboards?: boolean;
  /**
   * Endpoints, or ids of endpoints (`vpce-…`).
   * @default - no endpoint, only the services
   */
  readonly from?: readonly (IInterfaceEndpoint | string)[];
  /**
   * AWS services that reach the collections without an endpoint, such as `bedrock.amazonaws.com`. They never
   * reach dashboards.
   * @default - no service, only the endpoints
   */
  readonly services?: readonly string[];
  /**
   * Stands in the policy beside what it grants.
   * @default - no description
   */
  readonly description?: string;
}

/** Properties of a `NetworkPolicy`. */
export interface NetworkPolicyProps {
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`; another one replaces the policy.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * Description of the policy, 1 to 1,000 characters.
   * @default - says that the policy is private access kept by Terraform
   */
  readonly description?: string;
  /**
   * What is granted.
   * @default - nothing until `addGrant` is called; a policy without grants is refused at the end of synthesis
   */
  readonly grants?: readonly Grant[];
}

/**
 * A network policy (`aws_opensearchserverless_security_policy` of type network) that grants private access,
 * never public. Its text depends only on what is granted, not on the order. Throws a `RuleError` for what AWS would
 * refuse; a document over 10,240 bytes (quota table) is refused at the end of synthesis.
 */
export class NetworkPolicy extends Construct {
  /** Name in AWS; a token if one was given. */
  readonly policyName: string;
  private readonly grants: Grant[] = [];
  private readonly standIns = new StandIns(this);
  private made: string | undefined;
  private text: string | undefined;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps = {}) {
    super(scope, id);
    this.policyName = props.name ?? deriveName(TerraformStack.of(this).node.id, id);
    if (isKnown(this.policyName)) this.refuse(checkResourceName(this.policyName));
    const description = props.description ?? "Private access, kept by Terraform";
    if (!Token.isUnresolved(description)) this.refuse(checkPolicyDescription(description));
    const resource = new OpensearchserverlessSecurityPolicy(this, "Default", {
      name: this.policyName,
      type: "network",
      description: literal(description),
      policy: Lazy.stringValue({ produce: () => this.document() }),
    });
    addressAfterPath(resource);
    registerNames("network policy", this, () => [this.policyName]);
    for (const grant of props.grants ?? []) this.addGrant(grant);
    this.node.addValidation({
      validate: () => this.atTheEnd().map((one) => `${one.problem}; ${one.remedy}`),
    });
  }

  /** Adds access. Throws a `RuleError` when the grant is not one that AWS takes. */
  addGrant(grant: Grant): this {
    const { collections, from = [], services = [] } = grant;
    this.refuse(checkListIsKnown("collections", collections));
    this.refuse(checkListIsKnown("from", from));
    this.refuse(checkListIsKnown("services", services));
    this.refuse(
      checkGrant({
        collections: collections.length,
        dashboards: grant.dashboards ?? false,
        endpoints: from.length,
        services: services.length,
      }),
    );
    for (const pattern of collections) if (isKnown(pattern)) this.refuse(checkCollectionPattern(pattern));
    for (const service of services) if (isKnown(service)) this.refuse(checkService(service));
    for (const id of from.map(endpointIdOf)) if (isKnown(id)) this.refuse(checkId("endpoint", id));
    this.grants.push({ ...grant, collections: [...collections], from: [...from], services: [...services] });
    this.made = undefined;
    this.text = undefined;
    return this;
  }

  /** The text of the policy, with what stands for the values that only Terraform knows. */
  private template(): string {
    const { standIns } = this;
    // Whatever it stands for: a policy is mostly ids of endpoints that are still to be made.
    const longest = longestEndpointId;
    const textOf = (text: string, name?: string) => standIns.standIn(text, { name, longest });
    this.made ??= serialiseNetworkPolicy(
      this.grants.map((grant) =>
        privateBlock({
          collections: grant.collections.map((pattern) => textOf(pattern)),
          dashboards: grant.dashboards ?? false,
          endpoints: (grant.from ?? []).map((endpoint) => textOf(endpointIdOf(endpoint), nameOf(endpoint))),
          services: (grant.services ?? []).map((service) => textOf(service)),
          description:
            grant.description === undefined ? undefined : standIns.describe(grant.description, { longest }),
        }),
      ),
    );
    return this.made;
  }

  private document(): string {
    this.text ??= this.standIns.fill(this.template());
    return this.text;
  }

  private atTheEnd(): Problem[] {
    if (this.grants.length === 0) {
      return [
        { problem: "the network policy grants nothing", remedy: "add a grant, or leave the policy out" },
      ];
    }
    const size = checkNetworkPolicySize(this.standIns.longest(this.template()));
    return size ? [size] : [];
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, this.node.path);
  }
}

function endpointIdOf(endpoint: IInterfaceEndpoint | string): string {
  return typeof endpoint === "string" ? endpoint : endpoint.endpointId;
}

/** A name for the id of an endpoint of this app, the same in every run; it ends where no other goes on. */
function nameOf(endpoint: IInterfaceEndpoint | string): string | undefined {
  return Construct.isConstruct(endpoint) ? `\${${endpoint.node.path}}` : undefined;
}
