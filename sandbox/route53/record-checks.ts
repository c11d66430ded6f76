import ipaddr from "ipaddr.js";
import type { RecordSet } from "../state/state";

/** Types of records of private zones (API reference, ResourceRecordSet). */
const types = new Set([
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "HTTPS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SSHFP",
  "SVCB",
  "TLSA",
  "TXT",
]);

/** What is wrong with a record set by itself, in Route 53's words; undefined if nothing is. */
export function checkRecordSet(zoneName: string, recordSet: RecordSet): string | undefined {
  const { name, type, ttl, values, alias } = recordSet;
  if (!types.has(type)) return `Unknown record type '${type}'`;
  if (name !== zoneName && !name.endsWith(`.${zoneName}`)) {
    return `RRSet with DNS name ${name} is not permitted in zone ${zoneName}`;
  }
  if (type === "CNAME" && name === zoneName) {
    return `RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zoneName}`;
  }
  const named = `[RRSet with DNS name ${name}, type ${type}`;
  if (recordSet.weight !== undefined && recordSet.setIdentifier === undefined) {
    return `${named}, SetIdentifier null] contains an invalid routing policy: a set identifier is needed`;
  }
  if (
    recordSet.setIdentifier !== undefined &&
    recordSet.weight === undefined &&
    !recordSet.multiValueAnswer
  ) {
    return `${named}, SetIdentifier ${recordSet.setIdentifier}] needs a routing policy; the sandbox serves weights and multivalue answers`;
  }
  if (alias) {
    return ttl !== undefined || values.length > 0
      ? `Invalid request: ${named}] must hold either an AliasTarget, or a TTL and ResourceRecords`
      : undefined;
  }
  if (ttl === undefined || values.length === 0) {
    return "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action, Name and Type]";
  }
  if (ttl < 0 || ttl > 2_147_483_647) return `${named}] has an invalid TTL: ${ttl}`;
  if (new Set(values).size < values.length) return `Duplicate Resource Record: '${values[0]}'`;
  if (type === "CNAME" && values.length > 1) return `${named}] may hold one value only`;
  const bad = values.find((value) => !isValue(type, value));
  return bad === undefined
    ? undefined
    : `Invalid Resource Record: 'FATAL problem: ${problemOf(type)} (Value: ${bad.slice(0, 80)}) encountered with '${bad.slice(0, 80)}''`;
}

function isValue(type: string, value: string): boolean {
  switch (type) {
    case "A":
      return ipaddr.IPv4.isValidFourPartDecimal(value);
    case "AAAA":
      return ipaddr.IPv6.isValid(value) && !value.includes("%");
    case "CNAME":
    case "NS":
    case "PTR":
      return /^[^\s.]{1,63}(\.[^\s.]{1,63})*\.?$/.test(value);
    case "TXT":
    case "SPF":
      return /^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/.test(value);
    default:
      return value.trim() !== "";
  }
}

function problemOf(type: string): string {
  if (type === "A") return "ARRDATAIllegalIPv4Address";
  if (type === "AAAA") return "AAAARRDATAIllegalIPv6Address";
  if (type === "TXT" || type === "SPF") return "InvalidCharacterString";
  return "DomainLabelEmpty";
}
