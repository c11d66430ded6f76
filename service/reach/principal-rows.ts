import { createHash } from "node:crypto";
import type { DataAccessRule } from "../data-access-policy";
import { compareText, sortedUnique } from "../policy-document";
import type { PermissionSet, Permit, PrincipalRow } from "./access-matrix";
import { dataResource } from "./data-access-gate";
import { belongsTo } from "./principal";
import type { AccessWorld } from "./world";

/** The principals that data access policies name, and what their blocks permit: linear in the documents' size. */
export function principalRows(world: AccessWorld): {
  principals: PrincipalRow[];
  permissions: PermissionSet[];
} {
  const sets = new Map<string, PermissionSet>();
  const keysOf = new Map<string, Set<string>>();
  for (const { name: policy, address, document } of world.dataPolicies) {
    for (const { Principal, Rules } of document) {
      const permits = permitsIn(Rules);
      const digest = createHash("sha256").update(JSON.stringify(permits)).digest("hex").slice(0, 16);
      const key = `permission/${policy}/${digest}`;
      sets.set(key, { key, policy, ...(address === undefined ? {} : { address }), permits });
      for (const principal of Principal) {
        const keys = keysOf.get(principal);
        if (keys) keys.add(key);
        else keysOf.set(principal, new Set([key]));
      }
    }
  }
  const principals = [...keysOf].map(([principal, keys]) => {
    const sameAccount = belongsTo(world.account, principal);
    return {
      key: `principal/${principal}`,
      principal,
      sameAccount,
      permissions: sameAccount ? [...keys].sort() : [],
    };
  });
  return {
    principals: principals.sort((a, b) => compareText(a.key, b.key)),
    permissions: [...sets.values()].sort((a, b) => compareText(a.key, b.key)),
  };
}

/** What the rules permit, by resource: permissions on the same resource add up. */
function permitsIn(rules: readonly DataAccessRule[]): Permit[] {
  const byResource = new Map<string, Permit>();
  for (const { ResourceType: type, Resource, Permission } of rules) {
    if (Permission.length === 0) continue;
    const permissions = sortedUnique(Permission);
    for (const resource of Resource) {
      const key = `${type} ${resource}`;
      const before = byResource.get(key);
      const read = before ?? dataResource(resource);
      if (!read) continue;
      const all = before ? sortedUnique([...before.permissions, ...permissions]) : permissions;
      byResource.set(key, { type, ...read, permissions: all });
    }
  }
  return [...byResource.keys()].sort().map((key) => byResource.get(key) as Permit);
}
