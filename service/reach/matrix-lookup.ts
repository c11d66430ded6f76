import { compareText, sortedUnique } from "../policy-document";
import type { AccessMatrix, CollectionGroup, Permit } from "./access-matrix";

/** What one endpoint, service or the public reaches. */
export interface Reach {
  readonly collection: readonly CollectionGroup[];
  readonly dashboard: readonly CollectionGroup[];
}

/**
 * The matrix read from the other side: by `endpoint/ID`, `service/NAME` and `public`, the groups each reaches, in
 * the matrix's order. The sources of an endpoint reach what it reaches.
 */
export function reachByKey(matrix: AccessMatrix): ReadonlyMap<string, Reach> {
  const keys = [...matrix.endpoints, ...matrix.services].map(({ key }) => key);
  const reach = new Map(
    ["public", ...keys].map((key) => [
      key,
      { collection: [] as CollectionGroup[], dashboard: [] as CollectionGroup[] },
    ]),
  );
  for (const group of matrix.groups) {
    for (const type of ["collection", "dashboard"] as const) {
      const { public: isPublic, endpoints, services } = group[type];
      if (isPublic) reach.get("public")?.[type].push(group);
      for (const id of endpoints) reach.get(`endpoint/${id}`)?.[type].push(group);
      for (const service of services) reach.get(`service/${service}`)?.[type].push(group);
    }
  }
  return reach;
}

/** All that a principal is permitted, by resource, added up over its policies; nothing for one that none names. */
export function permitsOf(
  matrix: Pick<AccessMatrix, "principals" | "permissions">,
  principal: string,
): Permit[] {
  const row = matrix.principals.find((one) => one.principal === principal);
  const keys = new Set(row?.permissions);
  const byResource = new Map<string, Permit>();
  for (const { permits } of matrix.permissions.filter(({ key }) => keys.has(key))) {
    for (const permit of permits) {
      const key = `${permit.type} ${permit.collections}/${permit.within ?? ""}`;
      const before = byResource.get(key)?.permissions ?? [];
      byResource.set(key, { ...permit, permissions: sortedUnique([...before, ...permit.permissions]) });
    }
  }
  return [...byResource].sort(([a], [b]) => compareText(a, b)).map(([, permit]) => permit);
}
