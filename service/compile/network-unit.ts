import type { PrivateAccessWish } from "../network-policy";
import { compareText, sortedUnique } from "../policy-document";

/** What a unit opens of its collections. */
export type Opened = "collection" | "both" | "dashboard";

/** What goes into policies as a whole: the same sources for a list of collections. */
export interface NetworkUnit {
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
  readonly description: string | undefined;
  readonly opened: Opened;
  /** Sorted, without repetitions. */
  readonly patterns: readonly string[];
  /** Whether the list of collections is what the unit is known by, and not its sources. */
  readonly isList: boolean;
}

/** Bytes of a collection in the rules of a block. */
export type ItemBytes = (pattern: string, opened: Opened) => number;

/**
 * Takes a wish as it was written: one unit for each grant, the same one twice being one. Dashboards are left out
 * where there is no endpoint. Grants of the very same collections become one with the sources of all where the list
 * takes `longList` bytes or more, since a list said again for each of 50 endpoints takes 50 times as much.
 */
export function unitsAsWished(
  wishes: readonly PrivateAccessWish[],
  itemBytes: ItemBytes,
  longList: number,
): NetworkUnit[] {
  const units = new Map<string, NetworkUnit>();
  for (const wish of wishes) {
    const unit = unitOf(wish, itemBytes, longList);
    if (unit.patterns.length === 0 || unit.endpoints.length + unit.services.length === 0) continue;
    const sources = unit.isList ? [] : [unit.endpoints, unit.services];
    const key = JSON.stringify([unit.description, unit.opened, unit.patterns, sources]);
    const same = units.get(key);
    units.set(key, same ? withSourcesOf(same, unit) : unit);
  }
  return [...units.values()];
}

function unitOf(wish: PrivateAccessWish, itemBytes: ItemBytes, longList: number): NetworkUnit {
  const opened = wish.dashboards && wish.endpoints.length > 0 ? "both" : "collection";
  const patterns = sortedUnique(wish.collections);
  const bytes = patterns.reduce((sum, pattern) => sum + itemBytes(pattern, opened), 0);
  return {
    endpoints: sortedUnique(wish.endpoints),
    services: sortedUnique(wish.services),
    description: wish.description || undefined,
    opened,
    patterns,
    isList: bytes >= longList,
  };
}

function withSourcesOf(unit: NetworkUnit, other: NetworkUnit): NetworkUnit {
  return {
    ...unit,
    endpoints: sortedUnique([...unit.endpoints, ...other.endpoints]),
    services: sortedUnique([...unit.services, ...other.services]),
  };
}

/** Who reaches a collection, and who its dashboards. */
interface Reached {
  readonly endpoints: Set<string>;
  readonly services: Set<string>;
  readonly dashboards: Set<string>;
}

function reachedByPattern(units: readonly NetworkUnit[]): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  for (const { patterns, endpoints, services, opened } of units) {
    for (const pattern of patterns) {
      const one = reached.get(pattern) ?? {
        endpoints: new Set(),
        services: new Set(),
        dashboards: new Set(),
      };
      reached.set(pattern, one);
      for (const endpoint of endpoints) {
        one.endpoints.add(endpoint);
        if (opened === "both") one.dashboards.add(endpoint);
      }
      for (const service of services) one.services.add(service);
    }
  }
  return reached;
}

/**
 * The same access with each collection named once: together with all collections that the very same sources reach.
 * Descriptions are left out.
 */
export function unitsByCollection(units: readonly NetworkUnit[]): NetworkUnit[] {
  const groups = new Groups();
  for (const [pattern, { endpoints, services, dashboards }] of reachedByPattern(units)) {
    const all = dashboards.size === endpoints.size;
    groups.add(pattern, all && dashboards.size > 0 ? "both" : "collection", [...endpoints], [...services]);
    if (!all && dashboards.size > 0) groups.add(pattern, "dashboard", [...dashboards], []);
  }
  return groups.units();
}

/** The same access with each source named once, together with all collections that it reaches. */
export function unitsBySource(units: readonly NetworkUnit[]): NetworkUnit[] {
  const groups = new Groups();
  for (const [pattern, { endpoints, services, dashboards }] of reachedByPattern(units)) {
    for (const endpoint of endpoints) {
      groups.add(pattern, dashboards.has(endpoint) ? "both" : "collection", [endpoint], []);
    }
    for (const service of services) groups.add(pattern, "collection", [], [service]);
  }
  return groups.units();
}

class Groups {
  private readonly groups = new Map<string, Omit<NetworkUnit, "patterns"> & { patterns: string[] }>();

  add(pattern: string, opened: Opened, endpoints: string[], services: string[]): void {
    endpoints.sort(compareText);
    services.sort(compareText);
    const key = JSON.stringify([opened, endpoints, services]);
    const group = this.groups.get(key);
    if (group) group.patterns.push(pattern);
    else {
      const patterns = [pattern];
      this.groups.set(key, { opened, endpoints, services, patterns, description: undefined, isList: false });
    }
  }

  units(): NetworkUnit[] {
    return [...this.groups.values()].map((group) => ({ ...group, patterns: sortedUnique(group.patterns) }));
  }
}
