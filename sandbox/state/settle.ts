import type { RegionState } from "./state";

/** Lets the time that has passed show: there are no timers, so that nothing keeps the process alive. */
export function settle(state: RegionState, now: number): void {
  for (const endpoint of state.vpcEndpoints.values()) {
    if (endpoint.settlesAt > now) continue;
    if (endpoint.status === "PENDING") endpoint.status = "ACTIVE";
    if (endpoint.status === "DELETING") {
      state.vpcEndpoints.delete(endpoint.id);
      state.tags.delete(endpoint.id);
    }
  }
}
