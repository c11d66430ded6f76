import {
  type AddressSet,
  addressesOf,
  addressesOfAll,
  cidrsOf,
  holdsAll,
  intersection,
  isEmpty,
  overlaps,
  union,
} from "./address-set";
import { type JudgedGate, someOf } from "./gate";
import { letsInHttps } from "./ingress-rule";
import { addressesOfVpc, type ReachSource, securityGroupOf, vpcOfSecurityGroup } from "./source";
import type { AccessWorld, IngressRule, WorldEndpoint } from "./world";

const everyIpv4 = addressesOf("0.0.0.0/0") ?? [];
const everyIpv6 = addressesOf("::/0") ?? [];

interface Findings {
  /** Blocks that rules let in, to be compared with the addresses that a security group or prefix list can have. */
  readonly blocks: { readonly addresses: AddressSet; readonly by: string }[];
  /** What rules surely let in of what was asked for. */
  readonly sure: AddressSet[];
  readonly maybe: AddressSet[];
  readonly by: string[];
  readonly unknown: string[];
}

/** Whether the endpoint's security groups let in TCP 443. The rules of all groups add up. */
export function securityGroupGate(
  world: AccessWorld,
  source: ReachSource,
  endpoint: WorldEndpoint,
): JudgedGate {
  const { asked, label } = source;
  const found: Findings = { blocks: [], sure: [], maybe: [], by: [], unknown: [] };
  const ids = endpoint.securityGroupIds ?? [];
  if (ids.length === 0) {
    found.maybe.push(asked);
    found.unknown.push(`which security groups ${endpoint.id} has`);
  }
  for (const id of ids) {
    const rules = securityGroupOf(world, id)?.rules;
    if (rules) for (const rule of rules) judge(world, source, id, rule, found);
    else {
      found.maybe.push(asked);
      found.unknown.push(`the rules of ${id}, which are kept elsewhere`);
    }
  }
  if (!source.located) judgeUnlocated(world, source, found);
  const sure = union(...found.sure);
  const maybe = union(sure, ...found.maybe);
  const open = holdsAll(sure, asked);
  const part = !open && !isEmpty(sure) ? `, of ${label} only ${someOf(cidrsOf(sure))}` : "";
  return {
    gate: "security-group",
    passage: { sure, maybe },
    reason: !isEmpty(sure)
      ? `${someOf(found.by)}${part}`
      : !isEmpty(maybe)
        ? `not known: ${someOf(found.unknown)}`
        : `no rule of ${someOf(ids)} lets in TCP 443 from ${label}`,
    remedy: `an ingress rule for TCP 443 from ${label} in ${ids[0] ?? `a security group of ${endpoint.id}`}`,
    ...(open ? {} : { unknown: found.unknown }),
  };
}

function judge(world: AccessWorld, source: ReachSource, group: string, rule: IngressRule, found: Findings) {
  const https = letsInHttps(rule);
  if (https === "no") return;
  for (const { part, isSure, what, isBlock } of partsLetIn(world, source, group, rule)) {
    if (isEmpty(part)) continue;
    const by = `${group} lets in TCP 443 from ${what}`;
    if (isSure && https === "unknown") {
      found.maybe.push(isBlock ? source.asked : part);
      found.unknown.push(`which ports ${group} opens to ${what}`);
    } else if (!isSure) {
      found.maybe.push(part);
      found.unknown.push(what);
    } else if (isBlock) found.blocks.push({ addresses: part, by });
    else {
      found.sure.push(part);
      found.by.push(by);
    }
  }
}

/** Part of a source that the source of a rule holds. */
interface LetIn {
  readonly part: AddressSet;
  /** Whether it surely does; `what` else says what is not known. */
  readonly isSure: boolean;
  readonly what: string;
  /** Whether `part` are the addresses of a block, to be compared with those that the source can have. */
  readonly isBlock?: boolean;
}

function partsLetIn(world: AccessWorld, source: ReachSource, group: string, rule: IngressRule): LetIn[] {
  const { asked } = source;
  const cidr = rule.cidrIpv4 ?? rule.cidrIpv6;
  if (cidr !== undefined && addressesOf(cidr)) return inBlocks(world, source, [cidr], cidr);
  if (rule.prefixListId !== undefined) {
    const id = rule.prefixListId;
    if (source.kind === "prefix-list" && source.value === id)
      return [{ part: asked, isSure: true, what: id }];
    const entries = world.prefixLists.find((list) => list.id === id)?.cidrs;
    return entries
      ? inBlocks(world, source, entries, id)
      : [{ part: asked, isSure: false, what: `the entries of ${id}` }];
  }
  if (rule.securityGroupId !== undefined) return carrying(world, source, rule.securityGroupId);
  return [{ part: asked, isSure: false, what: `the source of a rule of ${group}` }];
}

function inBlocks(world: AccessWorld, source: ReachSource, cidrs: readonly string[], what: string): LetIn[] {
  const addresses = addressesOfAll(cidrs);
  if (source.located) return [{ part: intersection(source.asked, addresses), isSure: true, what }];
  const home = addressesOfVpc(world, source.vpcId);
  const isElsewhere = home !== undefined && !overlaps(addresses, home);
  return isElsewhere ? [] : [{ part: addresses, isSure: true, what, isBlock: true }];
}

/** What a rule that names a security group lets in: what carries it. */
function carrying(world: AccessWorld, source: ReachSource, id: string): LetIn[] {
  const { asked, kind, value, label } = source;
  if (kind === "security-group") return value === id ? [{ part: asked, isSure: true, what: id }] : [];
  const within = source.located ? addressesOfVpc(world, vpcOfSecurityGroup(world, id)) : undefined;
  const part = within ? intersection(asked, within) : asked;
  return [{ part, isSure: false, what: `which clients in ${label} carry ${id}` }];
}

/** Blocks let in what has no addresses of its own if they hold all that it can have. */
function judgeUnlocated(world: AccessWorld, source: ReachSource, found: Findings) {
  if (found.blocks.length === 0) return;
  const blocks = union(...found.blocks.map(({ addresses }) => addresses));
  const home = addressesOfVpc(world, source.vpcId);
  const possible = (family: AddressSet) => (home ? intersection(home, family) : family);
  const holds = (family: AddressSet) => !isEmpty(possible(family)) && holdsAll(blocks, possible(family));
  // what is in a VPC has IPv4, which every VPC has; a prefix list may hold entries of both families
  if (holds(everyIpv4) && (source.kind === "security-group" || holds(everyIpv6))) {
    found.sure.push(source.asked);
    found.by.push(...found.blocks.map(({ by }) => by));
  } else {
    found.maybe.push(source.asked);
    found.unknown.push(`whether ${source.label} has addresses in ${someOf(cidrsOf(blocks))}`);
  }
}
