import { settleEndpoints } from "../ec2/settle-endpoints";
import type { RegionState } from "./state";

/** Lets the time that has passed show: there are no timers, so that nothing keeps the process alive. */
export function settle(state: RegionState, now: number): void {
  settleEndpoints(state, now);
  for (const endpoint of state.vpcEndpoints.values()) {
    if (endpoint.settlesAt > now || (endpoint.heldUntil ?? 0) > now) continue;
    delete endpoint.heldUntil;
    if (endpoint.status === "PENDING") {
      endpoint.status = endpoint.failureCode === undefined ? "ACTIVE" : "FAILED";
    }
    if (endpoint.status === "DELETING") {
      state.vpcEndpoints.delete(endpoint.id);
      state.tags.delete(endpoint.id);
    }
  }
  settleCollections(state, now);
}

function settleCollections(state: RegionState, now: number): void {
  for (const collection of state.collections.values()) {
    if (collection.settlesAt > now) continue;
    if (collection.status === "CREATING") {
      collection.status = collection.failureCode === undefined ? "ACTIVE" : "FAILED";
    }
    if (collection.status === "UPDATING") collection.status = "ACTIVE";
    if (collection.status === "DELETING") {
      state.collections.delete(collection.id);
      state.tags.delete(collection.arn);
    }
  }
}
