import { documentedServices, quotas, unknownRegionHint } from "../service";
import { type AccessFile, isExisting } from "./access-file";
import type { LocatedProblem } from "./describe-issue";

/** What AWS may take but is likely a mistake. */
export function warningsOf(access: AccessFile): LocatedProblem[] {
  return Object.entries(access.stacks).flatMap(([name, stack]) => {
    const at = ["stacks", name];
    const warnings: LocatedProblem[] = [];
    const hint = unknownRegionHint(stack.region);
    if (hint) {
      warnings.push({
        path: [...at, "region"],
        problem: `Region ${stack.region}: ${hint}`,
        remedy: "check it; Regions that are new to this version work all the same",
      });
    }
    if (stack.grants.length === 0) {
      warnings.push({
        path: at,
        atKey: true,
        problem: "the stack grants nothing: its endpoints open no collection",
        remedy: "add grants, or name the endpoint ids in network policies kept elsewhere",
      });
    }
    const granted = new Set(stack.grants.flatMap(({ from }) => from));
    for (const [key, entry] of Object.entries(stack.endpoints)) {
      if (stack.grants.length > 0 && !granted.has(key)) {
        warnings.push({
          path: [...at, "endpoints", key],
          atKey: true,
          problem: `endpoint "${key}" stands in no grant: it opens no collection`,
          remedy: "name it in the from of a grant, or its id in a network policy kept elsewhere",
        });
      }
      const { limit } = quotas.inboundRulesPerSecurityGroup;
      if (isExisting(entry) || entry.allow.length <= limit) continue;
      warnings.push({
        path: [...at, "endpoints", key, "allow"],
        problem: `${entry.allow.length} sources, a security group holds ${limit} rules unless AWS raised the quota`,
        remedy: "use wider blocks or a prefix list",
      });
    }
    for (const [index, grant] of stack.grants.entries()) {
      for (const [position, service] of grant.services.entries()) {
        if (documentedServices.includes(service)) continue;
        warnings.push({
          path: [...at, "grants", index, "services", position],
          problem: `service "${service}" is not one that AWS documents in network policies`,
          remedy: `documented: ${documentedServices.join(", ")}`,
        });
      }
    }
    return warnings;
  });
}
