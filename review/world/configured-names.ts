import type { Plan, ResourceChange } from "../../terraform";
import { PlanReferences } from "./plan-references";
import { members } from "./seen";
import { Unknowns } from "./unknowns";

/** The arguments that the configuration of a plan gives to a resource; undefined where it is not in the configuration. */
export function configuredNames(plan: Plan): (resource: ResourceChange) => ReadonlySet<string> | undefined {
  const references = new PlanReferences(plan, () => undefined, new Unknowns());
  return ({ address, mode, type, name }) => {
    const module = references.moduleOf(address);
    const written = module && references.resourceIn(module, mode, type, name);
    return written && new Set(Object.keys(members(written["expressions"])));
  };
}
