import type { AccessMatrix } from "../../service";
import type { AccessPicture, Entrance } from "./access-picture";
import { entranceId, targetId } from "./box-ids";
import { entranceBox, sourceBox } from "./entrance-box";
import { type TargetBox, targetBox, targetNames } from "./target-box";
import type { TextBox } from "./text-box";
import { count, severalAccounts } from "./words";

/** In pixels. */
export const widths = {
  source: 184,
  /** Between sources and endpoint, where the port is named. */
  port: 62,
  endpoint: 216,
  /** Around what stands in a VPC. */
  padding: 12,
  target: 312,
};

export const leftWidth = widths.source + widths.port + widths.endpoint + 2 * widths.padding;

/** Where there are more boxes of collections than these, each names less. */
const fewTargets = 12;

/** The frame of one VPC, or of those of several endpoints that are folded together. */
export interface VpcPart {
  readonly id: string;
  readonly label: string;
  readonly tooltip: readonly string[];
  /** The ids of the boxes in it. */
  readonly holds: string[];
}

export interface LeftPart {
  readonly id: string;
  /** Of the entrance. */
  readonly key: string;
  readonly box: TextBox;
  /** Of endpoints that are known, as the next. */
  readonly sources?: TextBox;
  /** The id of its frame. */
  readonly vpc?: string;
  /** Classes of the style sheet. */
  readonly shape: string;
}

export interface RightPart {
  readonly id: string;
  /** Of the target. */
  readonly key: string;
  readonly box: TargetBox;
}

/** All boxes of a picture, with ids that are short and the same each time; not placed yet. */
export interface PictureBoxes {
  readonly vpcs: readonly VpcPart[];
  readonly left: readonly LeftPart[];
  readonly right: readonly RightPart[];
}

export function boxesOf({ entrances, targets, links }: AccessPicture, matrix: AccessMatrix): PictureBoxes {
  const reaching = new Set(matrix.groups.flatMap(({ collection }) => collection.endpoints));
  const linked = new Set(links.map(({ from }) => from));
  const withAccount = severalAccounts(matrix.endpoints);
  const vpcs = new Map<string, VpcPart>();
  const left = entrances.map((entrance, place): LeftPart => {
    const endpoints = entrance.kind === "endpoint" ? entrance.endpoints : [];
    const known = endpoints[0]?.known ?? false;
    const isPublic = endpoints.some(({ id }) => reaching.has(id));
    const reach = isPublic ? "reaches what is public" : "reaches no collection";
    const box = entranceBox(
      entrance,
      widths.endpoint,
      linked.has(entrance.key) ? undefined : reach,
      withAccount,
    );
    const own = { id: entranceId(place), key: entrance.key, box, shape: shapeOf(entrance, known) };
    if (!known) return own;
    const vpcIds = [...new Set(endpoints.map(({ vpcId }) => vpcId))].sort();
    const vpcKey = JSON.stringify(vpcIds);
    const vpc = vpcs.get(vpcKey) ?? vpcPart(vpcIds, vpcs.size);
    vpcs.set(vpcKey, vpc);
    vpc.holds.push(own.id);
    return { ...own, sources: sourceBox(endpoints, widths.source), vpc: vpc.id };
  });
  const told = targetNames(targets, widths.target, targets.length > fewTargets ? 2 : 4);
  const right = targets.map((target, place) => ({
    id: targetId(place),
    key: target.key,
    box: targetBox(
      target,
      widths.target,
      told[place] ?? [],
      links.filter(({ to }) => to === target.key),
    ),
  }));
  return { vpcs: [...vpcs.values()], left, right };
}

function vpcPart(vpcIds: readonly (string | undefined)[], place: number): VpcPart {
  const labels = vpcIds.map((id) => (id === undefined ? "VPC not known" : `VPC ${id}`));
  const [only, ...others] = labels;
  const label = only !== undefined && others.length === 0 ? only : count(labels.length, "VPC");
  return { id: `vpc${place}`, label, tooltip: labels, holds: [] };
}

function shapeOf(entrance: Entrance, known: boolean): string {
  if (entrance.kind === "endpoint") return known ? "endpoint" : "endpoint dashed";
  return entrance.kind === "service" ? "service" : "internet";
}
