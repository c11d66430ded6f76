import { allowAllEgress, defaultGroupRules } from "../ec2/group-defaults";
import { defaultSecurityGroupId } from "../ids";
import { type AccountState, emptyRegion, type RegionState, type WorldState } from "../state/state";
import type { RegionWorld, World } from "./world";

/** The state of a world in which nothing has been deployed yet. */
export function seed(world: World, workspace: string): WorldState {
  const accounts = new Map<string, AccountState>();
  for (const [id, account] of Object.entries(world.accounts)) {
    accounts.set(id, {
      regions: new Map(),
      world: account,
      issuedIds: new Set(),
      hostedZones: new Map(),
      hostedZoneChanges: new Map(),
      serviceLinkedRoles: new Map(),
    });
  }
  return { workspace, accounts };
}

/** The state of a Region, filled from the world when it is first asked for. */
export function regionOf(account: AccountState, region: string): RegionState {
  const known = account.regions.get(region);
  if (known) return known;
  const made = regionAsGiven(region, account.world.regions[region]);
  account.regions.set(region, made);
  return made;
}

/** What the world has in a Region, before anything is done there. */
export function regionAsGiven(region: string, world: RegionWorld | undefined): RegionState {
  const state = emptyRegion();
  for (const [
    vpcId,
    { cidr, ipv6Cidr, dnsSupport, dnsHostnames, owner, subnets, securityGroups },
  ] of Object.entries(world?.vpcs ?? {})) {
    state.vpcs.set(vpcId, {
      id: vpcId,
      cidrBlock: cidr,
      ...(ipv6Cidr === undefined ? {} : { ipv6CidrBlock: ipv6Cidr }),
      enableDnsSupport: dnsSupport,
      enableDnsHostnames: dnsHostnames,
      ...(owner === undefined ? {} : { ownerId: owner }),
    });
    state.given.add(vpcId);
    for (const [id, { zone, ...cidrs }] of Object.entries(subnets)) {
      state.subnets.set(id, {
        id,
        vpcId,
        availabilityZone: `${region}${zone}`,
        ...(cidrs.cidr === undefined ? {} : { cidrBlock: cidrs.cidr }),
        ...(cidrs.ipv6Cidr === undefined ? {} : { ipv6CidrBlock: cidrs.ipv6Cidr }),
        mapPublicIpOnLaunch: false,
      });
      state.given.add(id);
    }
    const groups = {
      ...securityGroups,
      [defaultSecurityGroupId(region, vpcId)]: { name: "default", description: "default VPC security group" },
    };
    for (const [id, { name, description }] of Object.entries(groups)) {
      const group = { id, name, description: description ?? name, vpcId };
      state.securityGroups.set(id, group);
      state.given.add(id);
      const hasIpv6 = ipv6Cidr !== undefined;
      for (const rule of name === "default"
        ? defaultGroupRules(group, hasIpv6)
        : allowAllEgress(id, hasIpv6)) {
        state.securityGroupRules.set(rule.id, rule);
        state.given.add(rule.id);
      }
    }
  }
  for (const [id, { name, addressFamily, entries, owner }] of Object.entries(world?.prefixLists ?? {})) {
    state.prefixLists.set(id, {
      id,
      name,
      ownerId: owner ?? "AWS",
      addressFamily,
      maxEntries: Math.max(10, entries.length),
      entries: entries.map((cidr) => ({ cidr })),
      version: 1,
    });
    state.given.add(id);
  }
  return state;
}
