import { derivedId } from "../ids";
import type { SecurityGroup, SecurityGroupRule } from "../state/state";

const anyProtocol = { protocol: "-1", fromPort: -1, toPort: -1 } as const;

/** What a new group lets out: everything, over IPv6 only where the VPC has IPv6 (VPC guide, default rules). */
export function allowAllEgress(groupId: string, hasIpv6: boolean): readonly SecurityGroupRule[] {
  const rule = (kind: "cidrIpv4" | "cidrIpv6", value: string): SecurityGroupRule => ({
    id: derivedId("sgr", groupId, value),
    securityGroupId: groupId,
    isEgress: true,
    ...anyProtocol,
    source: { kind, value },
  });
  return [rule("cidrIpv4", "0.0.0.0/0"), ...(hasIpv6 ? [rule("cidrIpv6", "::/0")] : [])];
}

/** The rules of the group that a VPC comes with: its members reach each other, and everything may go out. */
export const defaultGroupRules = ({ id }: SecurityGroup, hasIpv6: boolean): readonly SecurityGroupRule[] => [
  {
    id: derivedId("sgr", id, id),
    securityGroupId: id,
    isEgress: false,
    ...anyProtocol,
    source: { kind: "referencedGroupId", value: id },
  },
  ...allowAllEgress(id, hasIpv6),
];
