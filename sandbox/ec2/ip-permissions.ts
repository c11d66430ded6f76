import ipaddr from "ipaddr.js";
import { requireIdForm } from "../ids";
import { AwsError, invalidParameterValue } from "../protocol/aws-error";
import type { QueryParameters } from "../protocol/query-parameters";
import type { RuleDefinition, RuleSource } from "../state/state";

/** Protocol numbers that EC2 shows by name (API reference, IpPermission). */
const protocolNames: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

/**
 * The rules that `IpPermissions.N` describes: one for each source. CIDR blocks come out in canonical form, as EC2
 * keeps them (API reference, IpRange).
 */
export function readIpPermissions(parameters: QueryParameters, account: string): readonly RuleDefinition[] {
  return parameters
    .list("IpPermissions", (permission) => {
      const protocolAndPorts = readProtocolAndPorts(permission);
      const sources = readSources(permission, account);
      if (sources.length === 0) {
        throw new AwsError(
          "MissingParameter",
          "Missing source specification: include source security group or CIDR information",
        );
      }
      return sources.map((source) => ({ ...protocolAndPorts, ...source }));
    })
    .flat();
}

/** Protocol, ports and exactly one source, as ModifySecurityGroupRules and its answers name them. */
export function readSecurityGroupRule(parameters: QueryParameters, account: string): RuleDefinition {
  const sources: RuleSource[] = [];
  const add = (value: string | undefined, toSource: (value: string) => RuleSource): void => {
    if (value !== undefined) sources.push(toSource(value));
  };
  add(parameters.string("CidrIpv4"), cidrIpv4);
  add(parameters.string("CidrIpv6"), cidrIpv6);
  add(parameters.string("PrefixListId"), prefixList);
  add(parameters.string("ReferencedGroupId"), (id) => referencedGroup(id, account));
  const [source] = sources;
  if (!source || sources.length > 1) {
    throw new AwsError(
      "InvalidParameterCombination",
      "Exactly one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId must be specified",
    );
  }
  return { ...readProtocolAndPorts(parameters), source, ...readDescription(parameters) };
}

/** Equal for two rules that EC2 holds for the same: the description does not count. */
export const ruleKey = ({ protocol, fromPort, toPort, source }: RuleDefinition): string =>
  [protocol, fromPort, toPort, source.kind, source.value].join("|");

/** A rule in the words of InvalidPermission.Duplicate: `peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW`. */
export function describeRule({ protocol, fromPort, toPort, source }: RuleDefinition): string {
  const peer = `peer: ${source.value}`;
  if (protocol === "tcp" || protocol === "udp") {
    return `${peer}, ${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;
  }
  if (protocol.startsWith("icmp")) {
    const orAll = (number: number): string => (number === -1 ? "ALL" : String(number));
    return `${peer}, ${protocol.toUpperCase()}, type: ${orAll(fromPort)}, code: ${orAll(toPort)}, ALLOW`;
  }
  return `${peer}, ${protocol === "-1" ? "ALL" : protocol}, ALLOW`;
}

function readProtocolAndPorts(parameters: QueryParameters) {
  const given = parameters.required("IpProtocol").toLowerCase();
  const fromPort = parameters.integer("FromPort");
  const toPort = parameters.integer("ToPort");
  const protocol = protocolNames[given] ?? given;
  if (!/^(?:tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255) {
    throw invalidParameterValue(`Invalid value '${given}' for IP protocol. Unknown protocol.`);
  }
  if (protocol === "tcp" || protocol === "udp") {
    if (fromPort === undefined || toPort === undefined) {
      throw invalidParameterValue(
        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      );
    }
    if (fromPort < 0 || toPort > 65_535 || fromPort > toPort) {
      throw invalidParameterValue(`Invalid TCP/UDP port range (${fromPort}:${toPort})`);
    }
    return { protocol, fromPort, toPort };
  }
  if (protocol.startsWith("icmp")) {
    const type = fromPort ?? -1;
    const code = toPort ?? -1;
    if (type < -1 || type > 255 || code < -1 || code > 255 || (type === -1 && code !== -1)) {
      throw invalidParameterValue(`Invalid ICMP type/code (${type}:${code})`);
    }
    return { protocol, fromPort: type, toPort: code };
  }
  // EC2 opens every port for the other protocols, whatever ports are given.
  return { protocol, fromPort: -1, toPort: -1 };
}

type DescribedSource = Pick<RuleDefinition, "source" | "description">;

function readSources(permission: QueryParameters, account: string): readonly DescribedSource[] {
  const read = (list: string, toSource: (item: QueryParameters) => RuleSource): readonly DescribedSource[] =>
    permission.list(list, (item) => ({ source: toSource(item), ...readDescription(item) }));
  return [
    ...read("IpRanges", (item) => cidrIpv4(item.required("CidrIp"))),
    ...read("Ipv6Ranges", (item) => cidrIpv6(item.required("CidrIpv6"))),
    ...read("PrefixListIds", (item) => prefixList(item.required("PrefixListId"))),
    ...read("Groups", (item) => referencedGroup(item.required("GroupId"), item.string("UserId") ?? account)),
  ];
}

/** Rule descriptions: up to 255 characters of a set that EC2 prints in its refusal. */
function readDescription(parameters: QueryParameters): { readonly description?: string } {
  const description = parameters.string("Description");
  if (description === undefined || description === "") return {};
  requireDescription("rule", description);
  return { description };
}

/** Refuses what EC2 refuses in descriptions of groups and rules. */
export function requireDescription(of: "rule" | "security group", description: string): void {
  if (/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(description)) return;
  throw invalidParameterValue(
    `Invalid ${of} description. Valid descriptions are strings less than 256 characters from the following set:  ` +
      "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
  );
}

const malformedCidr = (cidr: string): AwsError => invalidParameterValue(`CIDR block ${cidr} is malformed`);

function cidrIpv4(cidr: string): RuleSource {
  const [address = "", length = ""] = cidr.split("/");
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) || !ipaddr.IPv4.isValidCIDR(cidr) || length === "") {
    throw malformedCidr(cidr);
  }
  return { kind: "cidrIpv4", value: `${ipaddr.IPv4.networkAddressFromCIDR(cidr)}/${Number(length)}` };
}

function cidrIpv6(cidr: string): RuleSource {
  const length = cidr.split("/")[1];
  if (!length || cidr.includes("%") || !ipaddr.IPv6.isValidCIDR(cidr)) throw malformedCidr(cidr);
  const network = ipaddr.IPv6.networkAddressFromCIDR(cidr).toRFC5952String();
  return { kind: "cidrIpv6", value: `${network}/${Number(length)}` };
}

const prefixList = (id: string): RuleSource => ({ kind: "prefixListId", value: requireIdForm("pl", id) });

function referencedGroup(id: string, ownerId: string): RuleSource {
  if (!/^\d{12}$/.test(ownerId)) throw invalidParameterValue(`Invalid value '${ownerId}' for UserId`);
  return { kind: "referencedGroupId", value: requireIdForm("sg", id), ownerId };
}
