import type { RegionState } from "../state/state";

/** Lets the time that has passed show on interface endpoints: pending becomes available, deleting becomes nothing. */
export function settleEndpoints(state: RegionState, now: number): void {
  for (const endpoint of state.interfaceEndpoints.values()) {
    if (endpoint.settlesAt > now) continue;
    if (endpoint.status === "pending") endpoint.status = "available";
    if (endpoint.status === "deleting") {
      state.interfaceEndpoints.delete(endpoint.id);
      state.tags.delete(endpoint.id);
      for (const id of endpoint.networkInterfaces.values()) state.tags.delete(id);
    }
  }
}
