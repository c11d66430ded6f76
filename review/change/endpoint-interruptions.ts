import type { ResourceChange } from "../../terraform";
import { members, text } from "../world";
import type { Interruption } from "./access-change";
import { DoubtedNames } from "./doubted-names";
import { base } from "./interruption-base";
import { PathList } from "./path-list";
import { isReplaced } from "./replacement";
import { endpointTypes, pathEndpoint } from "./same-who";
import type { Step } from "./step";

const managed = "aws_opensearchserverless_vpc_endpoint";

/** From making to having deleted an endpoint, as tests of the AWS provider took (terraform-provider-aws #28651, #49774). */
const endpointSeconds = [309, 436] as const;

const untilManaged =
  "the new endpoint is active, 5 to 10 minutes as a rule, and the network policies name its id: its VPC has room for one, so the old one goes first";
const untilPlain = "the new endpoint is available and the network policies name its id";

/** Endpoints that are replaced, or that make place for another of the same VPC. */
export function endpointInterruptions(step: Step, changes: readonly ResourceChange[]): Interruption[] {
  const replaced = changes.filter(({ type, change }) => endpointTypes.has(type) && isReplaced(change));
  const leaving = [
    ...replaced.map((one) => ({ one, reason: "endpoint-replaced" as const })),
    ...step.same.moved.map(({ from }) => ({ one: from, reason: "endpoint-moved" as const })),
  ];
  if (leaving.length === 0) return [];
  const { who, worlds } = step;
  const indexes = new Map(who.endpoints.flatMap(({ before }, index) => (before ? [[before.id, index]] : [])));
  const shared = new Map(
    worlds.before.world.endpoints.map(({ id, sharedWithVpcIds = [] }) => [id, sharedWithVpcIds]),
  );
  const doubted = new DoubtedNames(worlds.after.doubts, "network");
  return leaving.flatMap(({ one, reason }) => {
    const id = text(members(one.change.before)["id"]) ?? "";
    const index = indexes.get(id) ?? -1;
    const row = who.endpoints[index]?.before;
    const loses = row ? cutOff(step, index, doubted) : [];
    if (!row || loses.length === 0) return [];
    const isManaged = one.type === managed;
    return [
      {
        ...base(reason, one),
        endpoint: pathEndpoint(row),
        vpcIds: [...(row.vpcId === undefined ? [] : [row.vpcId]), ...(shared.get(id) ?? [])],
        loses,
        until: isManaged ? untilManaged : untilPlain,
        ...(isManaged ? { seconds: endpointSeconds } : {}),
      },
    ];
  });
}

/** What an endpoint opens before and, as far as is known, after: what it loses for good is no interruption. */
function cutOff({ who, opens }: Step, index: number, doubted: DoubtedNames) {
  const bit = who.bitOfEndpoint(index);
  const row = who.endpoints[index]?.before;
  const isGone = (bit & who.goneBits) !== 0n;
  const loses = new PathList();
  for (const kind of ["collection", "dashboard"] as const) {
    const names = opens.before(index).flatMap(({ names: all, before, after }) => {
      if ((before[kind] & bit) === 0n) return [];
      if ((after[kind] & bit) !== 0n) return all;
      return isGone ? [] : all.filter((name) => doubted.has(name));
    });
    if (row && names.length > 0) loses.add({ kind: "endpoint", ...pathEndpoint(row) }, kind, names);
  }
  return loses.all();
}
