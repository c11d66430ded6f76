import type { Plan, ResourceChange } from "../../terraform";
import { configuredNames, isOpen, members, rulesOfGroups, text } from "../world";
import type { DriftedResource } from "./access-change";
import type { Sides } from "./plan-sides";

/** The resources that somebody else changed in what the configuration says of them, or in whom they let in. */
export function driftedResources(plan: Plan, sides: Sides): DriftedResource[] {
  if (plan.resource_drift.length === 0) return [];
  const configured = configuredNames(plan);
  const isForeign = foreignRules(sides);
  const planned = new Map(
    plan.resource_changes.flatMap((one) => (one.deposed === undefined ? [[one.address, one]] : [])),
  );
  return plan.resource_drift.flatMap((one): DriftedResource[] => {
    const { address, type, mode, deposed, change } = one;
    if (mode !== "managed" || deposed !== undefined) return [];
    const next = planned.get(address);
    if (change.actions[0] === "delete") {
      const overwritten = next?.change.actions.includes("create") ?? false;
      return [{ address, type, action: "delete", attributes: [], overwritten }];
    }
    const named = configured(one);
    // what resources of rules put into a group is no news of the group itself
    const isOwn = (name: string) =>
      name === "ingress"
        ? (named?.has(name) ?? false) || isForeign(one)
        : (named?.has(name) ?? name !== "egress");
    const attributes = differing(change).filter((name) => isOwn(name) && !name.startsWith("tags"));
    if (attributes.length === 0) return [];
    const set = next ? differing(next.change) : [];
    const overwritten = attributes.some((name) => set.includes(name));
    return [{ address, type, action: "update", attributes, overwritten }];
  });
}

/** Whether a group got or lost a rule that no resource of the plan makes. */
function foreignRules({ recorded, before }: Sides): (group: ResourceChange) => boolean {
  const [was, is] = [rulesOfGroups(recorded.resources), rulesOfGroups(before.resources)];
  return ({ type, change }) => {
    const id = text(members(change.before)["id"]);
    if (id === undefined || !/^aws_(?:default_)?security_group$/.test(type)) return false;
    const [old, now] = [was(id), is(id)];
    const changed = [
      ...[...old.listed].filter((key) => !now.listed.has(key)),
      ...[...now.listed].filter((key) => !old.listed.has(key)),
    ];
    return changed.some((key) => !old.made.has(key) && !now.made.has(key));
  };
}

/** The attributes that differ before and after, those included that are not known yet. */
function differing({ before, after, after_unknown: unknown }: ResourceChange["change"]): string[] {
  const [was, will, open] = [members(before), members(after), members(unknown)];
  const textOf = (value: unknown) => JSON.stringify(value ?? null);
  return [...new Set([was, will, open].flatMap((values) => Object.keys(values)))]
    .filter((name) => isOpen(open[name]) || textOf(was[name]) !== textOf(will[name]))
    .sort();
}
