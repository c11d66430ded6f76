import type { Collection } from "./collection-state";

interface Endpoints {
  readonly collectionEndpoint: string;
  readonly dashboardEndpoint: string;
}

/**
 * The addresses of a collection by its generation (developer guide, collection endpoints). A collection that has not
 * become ACTIVE yet shows none, and FIPS addresses are shown in Regions of the United States and Canada only: neither
 * was probed.
 */
export function endpointsOf(
  { id, generation, status }: Pick<Collection, "id" | "generation" | "status">,
  region: string,
): Partial<Endpoints & { readonly fipsEndpoints: Endpoints }> {
  if (status === "CREATING" || status === "FAILED") return {};
  const at = (service: "aoss" | "aoss-fips"): Endpoints => {
    const host =
      generation === "NEXTGEN"
        ? `${id}.${service}.${region}.on.aws`
        : `${id}.${region}.${service}.amazonaws.com`;
    return { collectionEndpoint: `https://${host}`, dashboardEndpoint: `https://${host}/_dashboards` };
  };
  return { ...at("aoss"), ...(/^(?:us|ca)-/.test(region) ? { fipsEndpoints: at("aoss-fips") } : {}) };
}
