import { type AccessMatrix, type Permit, permitsOf } from "../../service";

import { inNaturalOrder, inNaturalOrderBy } from "./natural-order";

/** Principals that are permitted the same. */
export interface PrincipalGroup {
  /** ARNs and the like, as people count. */
  readonly principals: readonly string[];
  /** False: AWS refuses them, since they belong to another account. */
  readonly sameAccount: boolean;
  readonly permits: readonly PermitGroup[];
}

/** Resources with the same permissions. */
export interface PermitGroup {
  readonly type: Permit["type"];
  /** `orders`, or `orders/logs-*` for what is within a collection; as people count. */
  readonly resources: readonly string[];
  /** Such as `aoss:ReadDocument`; sorted. */
  readonly permissions: readonly string[];
}

/** Who may read and write what, with principals and resources put together that are alike. */
export function principalGroups(matrix: AccessMatrix): PrincipalGroup[] {
  const groups = new Map<string, { principals: string[]; sameAccount: boolean }>();
  for (const { principal, sameAccount, permissions } of matrix.principals) {
    const key = JSON.stringify([sameAccount, permissions]);
    const group = groups.get(key);
    if (group) group.principals.push(principal);
    else groups.set(key, { principals: [principal], sameAccount });
  }
  const inGroups = [...groups.values()].map((group) => ({
    ...group,
    principals: inNaturalOrder(group.principals),
    permits: permitGroups(permitsOf(matrix, group.principals[0] ?? "")),
  }));
  return inNaturalOrderBy(inGroups, ({ principals: [first = ""] }) => first);
}

function permitGroups(permits: readonly Permit[]): PermitGroup[] {
  const groups = new Map<string, PermitGroup & { resources: string[] }>();
  for (const { type, collections, within, permissions } of permits) {
    const resource = within === undefined ? collections : `${collections}/${within}`;
    const key = JSON.stringify([type, permissions]);
    const group = groups.get(key);
    if (group) group.resources.push(resource);
    else groups.set(key, { type, resources: [resource], permissions });
  }
  return [...groups.values()].map((group) => ({ ...group, resources: inNaturalOrder(group.resources) }));
}
