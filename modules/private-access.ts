import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { deriveName } from "../service";
import { idsBelowStack } from "./address";
import type { Grant } from "./grant";
import { InterfaceEndpoint, type InterfaceEndpointProps } from "./interface-endpoint";
import { NetworkPolicy, type NetworkPolicyProps } from "./network-policy";

/** Properties of a `PrivateAccess`. */
export interface PrivateAccessProps {
  /**
   * Name of the network policy in AWS, 3 to 32 of `a-z`, `0-9` and `-`; another one replaces the policy.
   * @default - the name of the stack and "private-access", shortened to fit
   */
  readonly policyName?: string;
  /**
   * Description of the network policy, 1 to 1,000 characters.
   * @default - says that the policy is private access kept by Terraform
   */
  readonly policyDescription?: string;
}

/**
 * Private access to the collections of one account and Region, for one VPC or several: an interface endpoint in
 * each VPC, who may connect to it, and one network policy that says which collections the endpoints open.
 *
 * ```ts
 * const access = new PrivateAccess(stack, "access");
 * const apps = access.addEndpoint("apps", { vpcId, subnetIds });
 * apps.allowFrom(Source.cidr("10.20.0.0/16"));
 * access.grant({ collections: ["orders", "logs-*"], from: [apps] });
 * ```
 */
export class PrivateAccess extends Construct {
  private policy: NetworkPolicy | undefined;
  private readonly policyProps: NetworkPolicyProps;

  constructor(scope: Construct, id: string, props: PrivateAccessProps = {}) {
    super(scope, id);
    this.policyProps = {
      name:
        props.policyName ??
        deriveName(TerraformStack.of(this).node.id, ...idsBelowStack(this), "private-access"),
      ...(props.policyDescription === undefined ? {} : { description: props.policyDescription }),
    };
  }

  /** The network policy; none until something is granted. */
  get networkPolicy(): NetworkPolicy | undefined {
    return this.policy;
  }

  /** Adds the endpoint of one VPC; the key becomes part of its Terraform address. */
  addEndpoint(key: string, props: InterfaceEndpointProps): InterfaceEndpoint {
    return new InterfaceEndpoint(this, key, props);
  }

  /** Opens collections to endpoints or AWS services; grants add up. */
  grant(grant: Grant): this {
    this.policy ??= new NetworkPolicy(this, "network_policy", this.policyProps);
    this.policy.addGrant(grant);
    return this;
  }
}
