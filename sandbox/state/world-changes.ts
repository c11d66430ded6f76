import { canonicalJson } from "../canonical-json";
import { defaultGroupRules } from "../ec2/group-defaults";
import { defaultNetworkAclId, mainRouteTableId } from "../ec2/vpc-defaults";
import { defaultSecurityGroupId } from "../ids";
import { regionAsGiven } from "../world/seed";
import type { AccountWorld } from "../world/world";
import type { Place, WorldChange } from "./sandbox-contents";
import type { RegionState } from "./state";

type Item = { readonly id: string };

const tables = ["vpcs", "subnets", "securityGroups", "securityGroupRules", "prefixLists"] as const;

/**
 * What a Region holds that nobody made and that is no longer as it was given, by the world or with a VPC: changed,
 * tagged or deleted.
 */
export function worldChanges(state: RegionState, place: Place, world: AccountWorld): readonly WorldChange[] {
  const given = regionAsGiven(place.region, world.regions[place.region]);
  const pairs: readonly (readonly [Item, Item | undefined])[] = [
    ...tables.flatMap((table) =>
      [...given[table].values()].map((item) => [item, state[table].get(item.id)] as const),
    ),
    ...withMadeVpcs(state, place.region),
  ];
  const changes = pairs.flatMap(([before, now]) => changeOf(state, place, before, now) ?? []);
  // What comes with a VPC and is not kept can be tagged all the same.
  const tagged = [...state.vpcs.keys()]
    .flatMap((vpcId) => [mainRouteTableId(vpcId), defaultNetworkAclId(vpcId)])
    .flatMap((id) => changeOf(state, place, { id }, { id }) ?? []);
  return [...changes, ...tagged];
}

/** The default group of each VPC that was made, and its rules, before and now. */
function withMadeVpcs(state: RegionState, region: string): readonly (readonly [Item, Item | undefined])[] {
  return [...state.vpcs.values()]
    .filter(({ id }) => !state.given.has(id))
    .flatMap(({ id }) => {
      const group = state.securityGroups.get(defaultSecurityGroupId(region, id));
      // The rule for IPv6 came with it only if the VPC had IPv6 from the start.
      const rules = group ? defaultGroupRules(group, false) : [];
      return [
        ...(group ? [[group, group] as const] : []),
        ...rules.map((rule) => [rule, state.securityGroupRules.get(rule.id)] as const),
      ];
    });
}

function changeOf(
  state: RegionState,
  place: Place,
  before: Item,
  now: Item | undefined,
): WorldChange | undefined {
  const { id } = before;
  if (now === undefined) return { ...place, id, isDeleted: true, now: {} };
  const [old, current] = [before, now].map((item) => new Map<string, unknown>(Object.entries(item)));
  const names = new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])]);
  const different = [...names].flatMap((name) => {
    const value = current?.get(name) ?? null;
    return canonicalJson(value) === canonicalJson(old?.get(name) ?? null) ? [] : [[name, value] as const];
  });
  const tags = state.tags.get(id);
  const changed = {
    ...Object.fromEntries(different),
    ...(tags === undefined || tags.size === 0 ? {} : { tags: Object.fromEntries(tags) }),
  };
  return Object.keys(changed).length === 0 ? undefined : { ...place, id, isDeleted: false, now: changed };
}
