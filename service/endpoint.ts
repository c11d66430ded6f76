import type { Problem } from "./problem";
import { quotas } from "./quotas";
import type { Generation } from "./reach/world";

/** Checks how many subnets an endpoint is given, and that none comes twice: 1 to 6. */
export function checkSubnets(subnets: readonly string[]): Problem | undefined {
  const { limit } = quotas.subnetsPerEndpoint;
  if (subnets.length < 1 || subnets.length > limit) {
    return {
      problem: `subnets: ${subnets.length} given, an endpoint takes 1 to ${limit}`,
      remedy:
        subnets.length < 1
          ? "give one subnet in each Availability Zone to serve"
          : `drop ${subnets.length - limit}; one subnet in each Availability Zone is enough`,
    };
  }
  return twice("subnet", subnets);
}

/**
 * Checks the security groups of an endpoint: 5 at most (API model 2021-11-01, SecurityGroupIds), its own
 * group, made where sources are allowed, included; none twice.
 */
export function checkSecurityGroups(extra: readonly string[], ownGroup: boolean): Problem | undefined {
  const { limit } = quotas.securityGroupsPerEndpoint;
  const room = ownGroup ? limit - 1 : limit;
  if (extra.length > room) {
    return {
      problem: `securityGroups: ${extra.length} given, an endpoint takes ${limit}${ownGroup ? ", its own for the allowed sources included" : ""}`,
      remedy: `drop ${extra.length - room}`,
    };
  }
  return twice("security group", extra);
}

/** What is said of an endpoint that nobody could connect to. */
export const nobodyMayConnect: Problem = {
  problem: "no source is allowed and no security group given: nobody could connect",
  remedy: "allow a source, such as the CIDR block of the clients' subnets, or give a security group",
};

/** What of an endpoint says who else is to find its private hosted zone. */
export interface SharedZoneParts {
  readonly vpc: string;
  /** Other VPCs that the zone is to be associated with. */
  readonly shareZoneWith: readonly string[];
  readonly generation: Generation;
}

/** What is wrong with the VPCs that a zone is shared with, and which of them is meant; none: the whole list. */
export interface SharedZoneProblem extends Problem {
  readonly index?: number;
}

/**
 * Checks with which VPCs an endpoint's private hosted zone is shared: others than its own, none twice. Only a
 * managed endpoint makes a zone that shows in Route 53; the private DNS of an `aoss-data` endpoint is PrivateLink's.
 */
export function checkSharedZone({ vpc, shareZoneWith, generation }: SharedZoneParts): SharedZoneProblem[] {
  if (shareZoneWith.length === 0) return [];
  if (generation === "nextgen") {
    return [
      {
        problem: "shareZoneWith: an endpoint for nextgen collections has no hosted zone that could be shared",
        remedy: "leave it out, and make an endpoint in each VPC",
      },
    ];
  }
  return shareZoneWith.flatMap((one, index): SharedZoneProblem[] => {
    if (shareZoneWith.indexOf(one) !== index) {
      return [{ index, problem: `VPC "${one}" is given twice`, remedy: "drop one" }];
    }
    if (one !== vpc) return [];
    const problem = `shareZoneWith: ${vpc} is the endpoint's own VPC, which has the zone already`;
    return [{ index, problem, remedy: "leave it out, or name other VPCs" }];
  });
}

/** An endpoint or a collection, as a message names it, and its generation where that is known. */
export interface OfGeneration {
  readonly name: string;
  readonly generation?: Generation | undefined;
}

/** Checks that an endpoint serves collections of a collection's generation, where both are known. */
export function checkServes(endpoint: OfGeneration, collection: OfGeneration): Problem | undefined {
  const [serves, wanted] = [endpoint.generation, collection.generation];
  if (serves === undefined || wanted === undefined || serves === wanted) return undefined;
  return {
    problem: `endpoint ${endpoint.name} serves ${serves} collections, ${collection.name} is ${wanted}`,
    remedy: `name an endpoint of generation ${wanted}, or correct the generation of one of the two`,
  };
}

function twice(what: string, ids: readonly string[]): Problem | undefined {
  const again = ids.find((id, index) => ids.indexOf(id) !== index);
  return again === undefined
    ? undefined
    : { problem: `${what} "${again}" is given twice`, remedy: "drop one" };
}
