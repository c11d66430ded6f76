import type { ResourceChange } from "../../terraform";
import { members, text } from "../world";
import type { Interruption } from "./access-change";
import { endpointInterruptions } from "./endpoint-interruptions";
import { base } from "./interruption-base";
import { PathList, vpcsIn } from "./path-list";
import { policyInterruptions } from "./policy-interruptions";
import { isReplaced } from "./replacement";
import { groupInterruptions, ruleInterruptions } from "./source-interruptions";
import type { Step } from "./step";

const untilCollection = "the new collection is active; what was in the old one is deleted with it";

/** What is cut off while the changes are applied, and comes back. */
export function interruptionsOf(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const lasting = changes.filter(({ deposed, mode }) => deposed === undefined && mode === "managed");
  return [
    ...endpointInterruptions(step, lasting),
    ...policyInterruptions(step, lasting),
    ...collectionInterruptions(step, lasting),
    ...groupInterruptions(step, lasting),
    ...ruleInterruptions(step, lasting),
  ];
}

function collectionInterruptions(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const replaced = changes.filter(
    ({ type, change }) =>
      type === "aws_opensearchserverless_collection" &&
      isReplaced(change) &&
      text(members(change.before)["name"]) === text(members(change.after)["name"]),
  );
  return replaced.flatMap((one) => {
    const name = text(members(one.change.before)["name"]);
    const group = name === undefined ? undefined : step.groupOf(name);
    if (name === undefined || !group) return [];
    const loses = new PathList();
    for (const kind of ["collection", "dashboard"] as const) {
      for (const who of step.who.whoIn(group.before[kind] & group.after[kind], "before")) {
        loses.add(who, kind, [name]);
      }
    }
    const paths = loses.all();
    if (paths.length === 0) return [];
    const until = untilCollection;
    return [{ ...base("collection-replaced", one), vpcIds: vpcsIn(paths), loses: paths, until }];
  });
}
