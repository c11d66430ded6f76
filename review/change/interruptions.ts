import type { ResourceChange } from "../../terraform";
import { members, text } from "../world";
import type { Interruption, InterruptionReason } from "./access-change";
import { DoubtedNames } from "./doubted-names";
import { base } from "./interruption-base";
import { PathList, vpcsIn } from "./path-list";
import { policyInterruptions } from "./policy-interruptions";
import { isReplaced } from "./replacement";
import { endpointTypes, pathEndpoint } from "./same-who";
import { groupInterruptions, ruleInterruptions } from "./source-interruptions";
import type { Step } from "./step";

const managed = "aws_opensearchserverless_vpc_endpoint";

/** From making to having deleted an endpoint, as tests of the AWS provider took (terraform-provider-aws #28651, #49774). */
const endpointSeconds = [309, 436] as const;

const untilEndpoint =
  "the new endpoint is active, 5 to 10 minutes as a rule, and the network policies name its id: its VPC has room for one, so the old one goes first";
const untilPlainEndpoint = "the new endpoint is available and the network policies name its id";
const untilCollection = "the new collection is active; what was in the old one is deleted with it";
/** What is cut off while the changes are applied, and comes back. */
export function interruptionsOf(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const lasting = changes.filter(({ deposed, mode }) => deposed === undefined && mode === "managed");
  const endpoints = lasting.filter(({ type, change }) => endpointTypes.has(type) && isReplaced(change));
  return [
    ...endpoints.flatMap((one) => endpointInterruption(step, one, "endpoint-replaced")),
    ...step.same.moved.flatMap(({ from }) => endpointInterruption(step, from, "endpoint-moved")),
    ...policyInterruptions(step, lasting),
    ...collectionInterruptions(step, lasting),
    ...groupInterruptions(step, lasting),
    ...ruleInterruptions(step, lasting),
  ];
}

function endpointInterruption(step: Step, one: ResourceChange, reason: InterruptionReason): Interruption[] {
  const id = text(members(one.change.before)["id"]);
  const index = step.who.endpoints.findIndex(({ before }) => before?.id === id);
  const row = step.who.endpoints[index]?.before;
  if (!row) return [];
  const { sharedWithVpcIds = [] } = step.worlds.before.world.endpoints.find((other) => other.id === id) ?? {};
  const loses = new PathList();
  const bit = step.who.bitOfEndpoint(index);
  const doubted = new DoubtedNames(step.worlds.after.doubts, "network");
  const isGone = (bit & step.who.goneBits) !== 0n;
  for (const kind of ["collection", "dashboard"] as const) {
    const names = step.alike.flatMap(({ names, before, after }) => {
      if ((before[kind] & bit) === 0n) return [];
      if ((after[kind] & bit) !== 0n) return names;
      return isGone ? [] : names.filter((name) => doubted.has(name));
    });
    if (names.length > 0) loses.add({ kind: "endpoint", ...pathEndpoint(row) }, kind, names);
  }
  const isManaged = one.type === managed;
  const paths = loses.all();
  if (paths.length === 0) return [];
  return [
    {
      ...base(reason, one),
      endpoint: pathEndpoint(row),
      vpcIds: [...(row.vpcId === undefined ? [] : [row.vpcId]), ...sharedWithVpcIds],
      loses: paths,
      until: isManaged ? untilEndpoint : untilPlainEndpoint,
      ...(isManaged ? { seconds: endpointSeconds } : {}),
    },
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
      for (const { who } of step.who.whoIn(group.before[kind] & group.after[kind], "before")) {
        loses.add(who, kind, [name]);
      }
    }
    const paths = loses.all();
    if (paths.length === 0) return [];
    const until = untilCollection;
    return [{ ...base("collection-replaced", one), vpcIds: vpcsIn(paths), loses: paths, until }];
  });
}
