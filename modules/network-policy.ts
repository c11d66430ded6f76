import { Construct } from "constructs";
import {
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkService,
  longestEndpointId,
  privateBlock,
  serialiseNetworkPolicy,
} from "../service";
import type { IInterfaceEndpoint } from "./interface-endpoint";
import { checkListIsKnown, isKnown } from "./known";
import { Policy, type PolicyProps } from "./policy";

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
export interface NetworkPolicyProps extends PolicyProps {
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
export class NetworkPolicy extends Policy<Grant> {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps = {}) {
    super(scope, id, "network", props);
    for (const grant of props.grants ?? []) this.addGrant(grant);
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
    this.add({ ...grant, collections: [...collections], from: [...from], services: [...services] });
    return this;
  }

  protected write(grants: readonly Grant[]): string {
    const { standIns } = this;
    // Whatever it stands for: a policy is mostly ids of endpoints that are still to be made.
    const longest = longestEndpointId;
    const textOf = (text: string, name?: string) => standIns.standIn(text, { name, longest });
    return serialiseNetworkPolicy(
      grants.map((grant) =>
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
  }
}

function endpointIdOf(endpoint: IInterfaceEndpoint | string): string {
  return typeof endpoint === "string" ? endpoint : endpoint.endpointId;
}

/** A name for the id of an endpoint of this app, the same in every run; it ends where no other goes on. */
function nameOf(endpoint: IInterfaceEndpoint | string): string | undefined {
  return Construct.isConstruct(endpoint) ? `\${${endpoint.node.path}}` : undefined;
}
