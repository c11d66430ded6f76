import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { deriveName, type Problem, RuleError } from "../service";
import { idsBelowStack, pathOf } from "./address";
import type { DataAccessGrant } from "./data-access-grant";
import type { Encryption } from "./encryption-policy";
import type { Grant } from "./grant";
import { InterfaceEndpoint, type InterfaceEndpointProps } from "./interface-endpoint";
import type { LifecycleRule } from "./lifecycle-rule";
import type { NetworkPolicies } from "./network-policies";
import { PrivateCollection, type PrivateCollectionProps } from "./private-collection";
import { type PolicyNames, SharedPolicies } from "./shared-policies";

/** Properties of a `PrivateAccess`. */
export interface PrivateAccessProps {
  /**
   * Name of the first network policy in AWS, 3 to 32 of `a-z`, `0-9` and `-`; further ones are called after it. Another
   * one replaces the policies.
   * @default - the name of the stack and "private-access", shortened to fit
   */
  readonly policyName?: string;
  /**
   * Description of the network policies, 1 to 1,000 characters.
   * @default - says that the policy is private access kept by Terraform
   */
  readonly policyDescription?: string;
}

/**
 * Private access to the collections of one account and Region, for one VPC or several: an interface endpoint in
 * each VPC, who may connect to it, and the network policies that say which collections the endpoints open. Collections
 * can be made with it. All of them share policies, so that thousands fit into what AWS takes.
 *
 * ```ts
 * const access = new PrivateAccess(stack, "access");
 * const apps = access.addEndpoint("apps", { vpcId, subnetIds });
 * apps.allowFrom(Source.cidr("10.20.0.0/16"));
 * access.grant({ collections: ["orders", "logs-*"], from: [apps] });
 * ```
 */
export class PrivateAccess extends Construct {
  private readonly policies: SharedPolicies;
  private readonly collections: Construct;

  constructor(scope: Construct, id: string, props: PrivateAccessProps = {}) {
    super(scope, id);
    const prefix = [TerraformStack.of(this).node.id, ...idsBelowStack(this)];
    this.policies = new SharedPolicies(this, prefix, {
      name: props.policyName ?? deriveName(...prefix, "private-access"),
      ...(props.policyDescription === undefined ? {} : { description: props.policyDescription }),
    });
    // A scope that leaves no trace in addresses: a collection may have the key of an endpoint.
    this.collections = new Construct(this, "Default");
  }

  /** The network policies; none in it until something is granted. */
  get networkPolicies(): NetworkPolicies {
    return this.policies.network;
  }

  /** Names in AWS of the policies of each kind, known when synthesis starts: tokens for outputs. */
  get policyNames(): PolicyNames {
    return this.policies.names;
  }

  /** Adds the endpoint of one VPC; the key becomes part of its Terraform address. */
  addEndpoint(key: string, props: InterfaceEndpointProps): InterfaceEndpoint {
    if (ownIds.includes(key)) this.refuse(keptFor(key));
    if (this.node.tryFindChild(key)) this.refuse(keyTwice("endpoint", key));
    return new InterfaceEndpoint(this, key, props);
  }

  /**
   * Adds a collection that shares policies with the others; the key is its name in AWS unless another is given,
   * becomes part of its Terraform address, and may be that of an endpoint.
   */
  addCollection(key: string, props: Omit<PrivateCollectionProps, "policies">): PrivateCollection {
    if (this.collections.node.tryFindChild(key)) this.refuse(keyTwice("collection", key));
    return new PrivateCollection(this.collections, key, {
      ...props,
      // As in the access file; one that exists already has its name.
      ...(props.collection ? {} : { name: props.name ?? key }),
      policies: this.policies,
    });
  }

  /** Opens collections to endpoints or AWS services; grants add up. */
  grant(grant: Grant): this {
    this.policies.network.addGrant(grant);
    return this;
  }

  /** Gives collections that are made elsewhere a key. */
  encrypt(encryption: Encryption): this {
    this.policies.encryption.encrypt(encryption);
    return this;
  }

  /** Lets principals into collections and indexes; grants add up. */
  allowData(grant: DataAccessGrant): this {
    this.policies.dataAccess.addGrant(grant);
    return this;
  }

  /** Says for how long data is kept. */
  retain(rule: LifecycleRule): this {
    this.policies.lifecycle.addRule(rule);
    return this;
  }

  private refuse(problem: Problem): never {
    throw new RuleError(problem, pathOf(this));
  }
}

/** Ids of what stands beside the endpoints; the policies of some kinds come only when there is something in them. */
const ownIds = ["Default", "network_policy", "encryption_policy", "data_access_policy", "lifecycle_policy"];

const keptFor = (key: string): Problem => ({
  problem: `endpoint key "${key}": this id is one of the construct's own`,
  remedy: "use another key",
});

const keyTwice = (what: string, key: string): Problem => ({
  problem: `${what} "${key}" is added already`,
  remedy: `give each ${what} a key of its own`,
});
