import { sortedUnique } from "../policy-document";
import type { AccessMatrix } from "./access-matrix";
import { collectionGroups } from "./collection-groups";
import { endpointRows } from "./endpoint-rows";
import { principalRows } from "./principal-rows";
import type { AccessWorld } from "./world";

/**
 * Who reaches what in the whole world. By what the world holds: further policies would add up. Time grows with
 * the size of the documents and the number of collections, not with their product.
 */
export function accessMatrix(world: AccessWorld): AccessMatrix {
  const endpoints = endpointRows(world);
  const blocks = world.networkPolicies.flatMap(({ document }) => document);
  const services = sortedUnique(
    blocks.flatMap(({ AllowFromPublic, SourceServices = [] }) => (AllowFromPublic ? [] : SourceServices)),
  ).map((service) => ({ key: `service/${service}`, service }));
  return {
    endpoints,
    services,
    groups: collectionGroups(world, endpoints, services),
    ...principalRows(world),
  };
}
