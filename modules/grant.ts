import { Construct, type IConstruct } from "constructs";
import {
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkSourceService,
  longestCollectionName,
  longestDocumentedService,
  longestEndpointId,
  type PrivateAccessWish,
  type Problem,
  RuleError,
} from "../service";
import { pathOf } from "./address";
import type { IInterfaceEndpoint } from "./interface-endpoint";
import { checkListIsKnown, isKnown } from "./known";
import type { StandIns } from "./stand-ins";

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

/** A copy of a grant that AWS takes. Throws a `RuleError` for any other, with the path of the construct. */
export function checkedGrant(construct: IConstruct, grant: Grant): Grant {
  const problem = problemOf(grant);
  if (problem) throw new RuleError(problem, pathOf(construct));
  const { collections, from = [], services = [] } = grant;
  return { ...grant, collections: [...collections], from: [...from], services: [...services] };
}

function problemOf(grant: Grant): Problem | undefined {
  const { collections, from = [], services = [], dashboards = false } = grant;
  return (
    checkListIsKnown("collections", collections) ??
    checkListIsKnown("from", from) ??
    checkListIsKnown("services", services) ??
    checkGrant({
      collections: collections.length,
      dashboards,
      endpoints: from.length,
      services: services.length,
    }) ??
    first(collections, checkCollectionPattern) ??
    first(services, checkSourceService) ??
    first(from.map(endpointIdOf), (id) => checkId("endpoint", id))
  );
}

function first(texts: readonly string[], check: (text: string) => Problem | undefined): Problem | undefined {
  for (const text of texts) {
    const problem = isKnown(text) ? check(text) : undefined;
    if (problem) return problem;
  }
  return undefined;
}

/** What a grant asks for, with what stands for the values that only Terraform knows. */
export function wishOf(grant: Grant, standIns: StandIns): PrivateAccessWish {
  return {
    collections: grant.collections.map((pattern) =>
      standIns.standIn(pattern, { longest: longestCollectionName }),
    ),
    dashboards: grant.dashboards ?? false,
    endpoints: (grant.from ?? []).map((endpoint) =>
      standIns.standIn(endpointIdOf(endpoint), { name: nameOf(endpoint), longest: longestEndpointId }),
    ),
    services: (grant.services ?? []).map((service) =>
      standIns.standIn(service, { longest: longestDocumentedService }),
    ),
    description: grant.description === undefined ? undefined : standIns.describe(grant.description),
  };
}

/** Every text of a grant in which a token may stand. */
export const textsOf = ({ collections, from = [], services = [], description = "" }: Grant): string[] => [
  ...collections,
  ...from.map(endpointIdOf),
  ...services,
  description,
];

function endpointIdOf(endpoint: IInterfaceEndpoint | string): string {
  return typeof endpoint === "string" ? endpoint : endpoint.endpointId;
}

/** A name for the id of an endpoint of this app, the same in every run; it ends where no other goes on. */
function nameOf(endpoint: IInterfaceEndpoint | string): string | undefined {
  return Construct.isConstruct(endpoint) ? `\${${endpoint.node.path}}` : undefined;
}
