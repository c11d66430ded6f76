import type { IngressRule } from "../../service";
import type { Value } from "./evaluate";
import { list, members, type SeenResource, text, texts } from "./seen";
import { isUnknown } from "./unknowns";

/** A rule of which nothing is known: it may let in anybody. */
const anyRule: IngressRule = { protocol: "-1" };

type Ports = Pick<IngressRule, "protocol" | "fromPort" | "toPort">;

/** The rules in the `ingress` of a security group, one for each source. */
export function inlineRules(ingress: Value, groupId: string): IngressRule[] {
  if (isUnknown(ingress)) return [anyRule];
  return list(ingress).flatMap((item) =>
    isUnknown(item) ? [anyRule] : rulesOf(members(item), "protocol", "security_groups", groupId),
  );
}

/** The rules that an `aws_security_group_rule` makes, one for each source. */
export function classicRules({ values }: SeenResource, groupId: string): IngressRule[] {
  return text(values["type"]) === "egress"
    ? []
    : rulesOf(values, "protocol", "source_security_group_id", groupId);
}

function rulesOf(
  values: Readonly<Record<string, Value>>,
  protocolKey: string,
  groupsKey: string,
  groupId: string,
): IngressRule[] {
  const ports = portsOf(values, protocolKey);
  const each = (key: string, rule: (one: string) => Partial<IngressRule>): IngressRule[] => {
    const value = values[key];
    const items = isUnknown(value) || typeof value === "string" ? [value] : texts(value);
    return items.map((one) => ({ ...ports, ...(isUnknown(one) && key.includes("blocks") ? {} : rule(one)) }));
  };
  return [
    ...each("cidr_blocks", (cidrIpv4) => ({ cidrIpv4 })),
    ...each("ipv6_cidr_blocks", (cidrIpv6) => ({ cidrIpv6 })),
    ...each("prefix_list_ids", (prefixListId) => ({ prefixListId })),
    ...each(groupsKey, (id) => ({ securityGroupId: withoutAccount(id) })),
    ...(values["self"] === true ? [{ ...ports, securityGroupId: groupId }] : []),
  ];
}

/** The rule of an `aws_vpc_security_group_ingress_rule`. */
export function ruleOf({ values }: SeenResource): IngressRule {
  const ports = portsOf(values, "ip_protocol");
  const known = (key: string) => (isUnknown(values[key]) ? undefined : text(values[key]));
  const [cidrIpv4, cidrIpv6] = [known("cidr_ipv4"), known("cidr_ipv6")];
  const prefixListId = text(values["prefix_list_id"]);
  const securityGroupId = text(values["referenced_security_group_id"]);
  if (cidrIpv4 !== undefined) return { ...ports, cidrIpv4 };
  if (cidrIpv6 !== undefined) return { ...ports, cidrIpv6 };
  if (prefixListId !== undefined) return { ...ports, prefixListId };
  if (securityGroupId !== undefined) return { ...ports, securityGroupId: withoutAccount(securityGroupId) };
  return ports;
}

function portsOf(values: Readonly<Record<string, Value>>, protocolKey: string): Ports {
  const protocol = values[protocolKey];
  // a protocol that is not known may be any; of TCP without ports it is not known whether it is 443
  if (isUnknown(protocol) || (typeof protocol !== "string" && typeof protocol !== "number")) {
    return { protocol: "tcp" };
  }
  const [from, to] = [numberOf(values["from_port"]), numberOf(values["to_port"])];
  const ports = from === undefined || to === undefined ? {} : { fromPort: from, toPort: to };
  return { protocol: String(protocol), ...ports };
}

function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** A group of a peered VPC in another account stands as `ACCOUNT/sg-…`. */
const withoutAccount = (id: string): string => id.replace(/^\d{12}\//, "");

const protocolNames: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", all: "-1" };

/** The same text for the same rule, whichever resource makes it. */
export function ruleKey(rule: IngressRule): string {
  const { protocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, securityGroupId } = rule;
  const name = protocolNames[protocol.toLowerCase()] ?? protocol.toLowerCase();
  const ports = name === "-1" ? "" : `${fromPort} ${toPort}`;
  // no CIDR block, id or protocol holds a space
  return `${name} ${ports} ${cidrIpv4} ${cidrIpv6?.toLowerCase()} ${prefixListId} ${securityGroupId}`;
}
