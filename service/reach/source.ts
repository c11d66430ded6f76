import { parseCidr } from "../cidr";
import { RuleError } from "../problem";
import { type AddressSet, addressesOf, addressesOfAll, intersection, isEmpty, overlaps } from "./address-set";
import type { AccessFrom } from "./explanation";
import type { AccessWorld, WorldSecurityGroup, WorldVpc } from "./world";

/** Who opens connections, as the route and the security groups see it. */
export interface ReachSource {
  /** As a reason names it. */
  readonly label: string;
  readonly kind: "cidr" | "security-group" | "prefix-list";
  /** The CIDR block, or the id. */
  readonly value: string;
  /**
   * All that is asked about. For what has no known addresses of its own, a security group or a prefix list
   * without entries, a single stand-in that is no address.
   */
  readonly asked: AddressSet;
  /** Whether `asked` are its addresses. */
  readonly located: boolean;
  /** The VPC it surely is in. */
  readonly vpcId?: string | undefined;
}

/** Stands for whatever carries a security group: open or shut as one. */
const standIn: AddressSet = [{ first: -2n, last: -2n }];

export type SourceFrom = Extract<AccessFrom, { kind: "cidr" | "security-group" | "prefix-list" }>;

/** Reads the source of a question; a `RuleError` if a CIDR block is none. */
export function sourceOf(world: AccessWorld, from: SourceFrom): ReachSource {
  if (from.kind === "cidr") {
    const block = parseCidr(from.cidr);
    if ("problem" in block) throw new RuleError(block);
    const { text } = block;
    const asked = addressesOf(text) ?? [];
    return { label: text, kind: "cidr", value: text, asked, located: true, vpcId: from.vpcId };
  }
  if (from.kind === "security-group") {
    const vpcId = vpcOfSecurityGroup(world, from.id) ?? from.vpcId;
    return { label: from.id, kind: from.kind, value: from.id, asked: standIn, located: false, vpcId };
  }
  const asked = addressesOfAll(world.prefixLists.find(({ id }) => id === from.id)?.cidrs ?? []);
  const located = asked.length > 0;
  return {
    label: from.id,
    kind: from.kind,
    value: from.id,
    asked: located ? asked : standIn,
    located,
  };
}

/** The whole of a question that is not about addresses. */
export const asOne: AddressSet = standIn;

export function securityGroupOf(world: AccessWorld, id: string): WorldSecurityGroup | undefined {
  return world.securityGroups.find((group) => group.id === id);
}

/** Of each VPC, read once: every endpoint asks again. */
const addressesByVpc = new WeakMap<WorldVpc, AddressSet>();

/** The addresses of a VPC; undefined when they are not known. */
export function addressesOfVpc(world: AccessWorld, vpcId: string | undefined): AddressSet | undefined {
  const vpc = world.vpcs.find(({ id }) => id === vpcId);
  if (!vpc) return undefined;
  const addresses = addressesByVpc.get(vpc) ?? addressesOfAll(vpc.cidrs);
  addressesByVpc.set(vpc, addresses);
  return isEmpty(addresses) ? undefined : addresses;
}

/** The known VPCs that hold at least some of the addresses. */
export function vpcsOf(world: AccessWorld, source: ReachSource): string[] {
  if (!source.located) return [];
  return world.vpcs
    .map(({ id }) => id)
    .filter((id) => overlaps(addressesOfVpc(world, id) ?? [], source.asked));
}

/**
 * The VPC that a security group is of, as far as known: what it says itself, else that of an endpoint that carries
 * it, since network interfaces carry groups of their VPC.
 */
export function vpcOfSecurityGroup(world: AccessWorld, id: string): string | undefined {
  return (
    securityGroupOf(world, id)?.vpcId ??
    world.endpoints.find(({ vpcId, securityGroupIds = [] }) => vpcId && securityGroupIds.includes(id))?.vpcId
  );
}

/** What of a source is in the VPC that it is said to be in; all of it where that is not known. */
export function withinItsVpc(world: AccessWorld, { asked, located, vpcId }: ReachSource): AddressSet {
  const addresses = located ? addressesOfVpc(world, vpcId) : undefined;
  return addresses ? intersection(asked, addresses) : asked;
}

/** What people call a VPC, with its id. */
export function vpcLabel(world: AccessWorld, vpcId: string): string {
  const vpc: WorldVpc | undefined = world.vpcs.find(({ id }) => id === vpcId);
  return vpc?.name ? `${vpc.name} (${vpcId})` : vpcId;
}
