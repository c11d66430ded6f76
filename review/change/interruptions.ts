import type { ResourceChange } from "../../terraform";
import { members, text } from "../world";
import type { Interruption } from "./access-change";
import type { AccessPath } from "./access-path";
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
  const ofEndpoints = endpointInterruptions(step, lasting);
  return [
    ...ofEndpoints,
    ...policyInterruptions(step, lasting),
    ...collectionInterruptions(step, lasting),
    ...withoutSourcesOf(ofEndpoints, [
      ...groupInterruptions(step, lasting),
      ...ruleInterruptions(step, lasting),
    ]),
  ];
}

/** Whoever comes through an endpoint that is away itself is cut off with it, and told with it. */
function withoutSourcesOf(
  ofEndpoints: readonly Interruption[],
  others: readonly Interruption[],
): Interruption[] {
  const away = new Set(ofEndpoints.map(({ endpoint }) => endpoint?.id));
  if (away.size === 0) return [...others];
  const endpointOf = ({ who }: AccessPath) =>
    who.kind === "source" ? who.endpoint : who.kind === "endpoint" ? who : undefined;
  return others.flatMap((one) => {
    const loses = one.loses.filter((path) => !away.has(endpointOf(path)?.id));
    if (loses.length === 0) return [];
    const vpcs = new Set(loses.map((path) => endpointOf(path)?.vpcId));
    return [{ ...one, loses, vpcIds: one.vpcIds.filter((id) => vpcs.has(id)) }];
  });
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
