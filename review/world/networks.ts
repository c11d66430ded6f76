import type { WorldPrefixList, WorldVpc } from "../../service";
import type { Value } from "./evaluate";
import { list, members, placeOf, type SeenResource, text, texts } from "./seen";
import { hasUnknown, isUnknown } from "./unknowns";

/** The VPCs with all their address blocks, secondary ones included; no blocks where one is not known. */
export function vpcsOf(resources: readonly SeenResource[], notSeen: string[]): WorldVpc[] {
  const vpcs = new Map<string, { name?: string | undefined; cidrs: Value[] }>();
  const vpcOf = (id: string) => {
    const vpc = vpcs.get(id) ?? { cidrs: [] };
    vpcs.set(id, vpc);
    return vpc;
  };
  for (const { type, values, id } of resources) {
    if (type !== "aws_vpc" && type !== "aws_default_vpc") continue;
    const vpc = vpcOf(id);
    vpc.name ??= text(members(values["tags"])["Name"]);
    const associated = list(values["cidr_block_associations"]).filter(
      (one) => !/^(?:disassociat|fail)/.test(text(members(one)["state"]) ?? ""),
    );
    vpc.cidrs.push(values["cidr_block"], ...associated.map((one) => members(one)["cidr_block"]));
    vpc.cidrs.push(values["ipv6_cidr_block"], ...texts(values["ipv6_cidr_blocks"]));
  }
  for (const { type, values } of resources) {
    const id = text(values["vpc_id"]);
    if (id === undefined || !vpcs.has(id)) continue;
    if (type === "aws_vpc_ipv4_cidr_block_association") vpcOf(id).cidrs.push(values["cidr_block"]);
    if (type === "aws_vpc_ipv6_cidr_block_association") vpcOf(id).cidrs.push(values["ipv6_cidr_block"]);
  }
  return [...vpcs].map(([id, { name, cidrs }]) => {
    const given = cidrs.filter((cidr) => typeof cidr === "string" && cidr !== "") as string[];
    const known = given.filter((cidr) => !hasUnknown(cidr));
    if (known.length < given.length) notSeen.push(`${id}: all its address blocks`);
    const cidrsKnown = known.length < given.length ? [] : [...new Set(known)].sort();
    return { id, ...(name === undefined ? {} : { name }), cidrs: cidrsKnown };
  });
}

/** The prefix lists whose entries are all known. */
export function prefixListsOf(resources: readonly SeenResource[], notSeen: string[]): WorldPrefixList[] {
  const lists = new Map<string, Value[]>();
  for (const { type, values, id } of resources) {
    if (type !== "aws_ec2_managed_prefix_list" && type !== "aws_prefix_list") continue;
    const entries = values["entry"] ?? values["entries"] ?? values["cidr_blocks"];
    if (entries === undefined || entries === null || isUnknown(entries)) continue;
    const cidrs = list(entries).map((entry) => (typeof entry === "string" ? entry : members(entry)["cidr"]));
    lists.set(id, [...(lists.get(id) ?? []), ...cidrs]);
  }
  const managed = new Set(
    resources
      .filter(({ type, mode }) => type === "aws_ec2_managed_prefix_list" && mode === "managed")
      .map(({ id }) => id),
  );
  for (const resource of resources) {
    if (resource.type !== "aws_ec2_managed_prefix_list_entry") continue;
    const id = text(resource.values["prefix_list_id"]);
    if (id === undefined) notSeen.push(`${placeOf(resource)}: of which prefix list it is`);
    // of a list kept elsewhere it is not known which other entries it has
    else if (managed.has(id) || lists.has(id)) {
      lists.set(id, [...(lists.get(id) ?? []), resource.values["cidr"]]);
    }
  }
  return [...lists].flatMap(([id, cidrs]) => {
    const known = texts(cidrs).filter((cidr) => !hasUnknown(cidr));
    return known.length === cidrs.length && known.length > 0
      ? [{ id, cidrs: [...new Set(known)].sort() }]
      : [];
  });
}
