import { sortedUnique } from "../policy-document";
import type { AccessMatrix } from "./access-matrix";
import { collectionGroups } from "./collection-groups";
import { endpointRows } from "./endpoint-rows";
import { principalRows } from "./principal-rows";
import type { AccessWorld } from "./world";

/** A matrix without its groups: whoever may reach something, and what principals are permitted. */
export type AccessRows = Omit<AccessMatrix, "groups">;

/** What a matrix has beside its groups, which cost the most. */
export function accessRows(world: AccessWorld): AccessRows {
  const blocks = world.networkPolicies.flatMap(({ document }) => document);
  const services = sortedUnique(
    blocks.flatMap(({ AllowFromPublic, SourceServices = [] }) => (AllowFromPublic ? [] : SourceServices)),
  ).map((service) => ({ key: `service/${service}`, service }));
  return { endpoints: endpointRows(world), services, ...principalRows(world) };
}

/**
 * Who reaches what in the whole world. By what the world holds: further policies would add up. Time grows with
 * the size of the documents and the number of collections, not with their product.
 */
export function accessMatrix(world: AccessWorld, rows = accessRows(world)): AccessMatrix {
  const { endpoints, services } = rows;
  return { ...rows, groups: collectionGroups(world, endpoints, services) };
}
