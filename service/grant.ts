import type { Problem } from "./problem";

/** What of a grant is judged as a whole. */
export interface GrantParts {
  readonly collections: number;
  readonly dashboards: boolean;
  readonly endpoints: number;
  readonly services: number;
}

/** Checks a grant as a whole: something is granted, to somebody, and dashboards not to services alone. */
export function checkGrant(grant: GrantParts): Problem | undefined {
  if (grant.collections === 0) {
    return { problem: "no collection is granted", remedy: 'name collections or prefixes, such as "logs-*"' };
  }
  if (grant.endpoints === 0 && grant.services === 0) {
    return {
      problem: "neither from nor services: nobody is granted anything",
      remedy: "name endpoints in from, or AWS services in services",
    };
  }
  if (grant.dashboards && grant.endpoints === 0) {
    return {
      problem: "dashboards are granted to services only, which AWS never lets into dashboards",
      remedy: "leave out dashboards, or name the endpoints of the people who use them in from",
    };
  }
  return undefined;
}
