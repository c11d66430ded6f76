import { type EndpointRow, parseCidr, type SourceRow } from "../../service";
import { list, members, type SeenResource, text, texts } from "../world";
import type { RuleInput } from "./rule";

/** A source of an endpoint, and what lets it in. */
export interface EndpointSource {
  readonly endpoint: EndpointRow;
  readonly source: SourceRow;
  /** Of the rule, or of the security group that holds it; undefined for what is kept elsewhere. */
  readonly address: string | undefined;
  /** The blocks of the endpoint's VPC; empty where they are not known. */
  readonly vpcCidrs: readonly string[];
}

/** The sources of all endpoints after the plan; one of several groups once for each. */
export function* endpointSources({ steps, after }: RuleInput): Generator<EndpointSource> {
  const addresses = ruleAddresses(after);
  const told = new Set<string>();
  for (const { rows, worlds } of steps) {
    const vpcs = new Map(worlds.after.world.vpcs.map(({ id, cidrs }) => [id, cidrs]));
    for (const endpoint of rows.after.endpoints) {
      const vpcCidrs = vpcs.get(endpoint.vpcId ?? "") ?? [];
      for (const source of endpoint.sources) {
        // networks are the same seen from every account and Region
        if (told.has(source.key)) continue;
        told.add(source.key);
        for (const group of source.securityGroupIds) {
          yield { endpoint, source, address: addresses.get(`${group} ${source.value}`), vpcCidrs };
        }
      }
    }
  }
}

/** By security group and CIDR block, the address of what lets the block in. */
function ruleAddresses(after: RuleInput["after"]): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const add = (
    group: string | undefined,
    cidrs: readonly (string | undefined)[],
    { address }: SeenResource,
  ) => {
    for (const cidr of cidrs) {
      if (cidr === undefined || group === undefined || address === undefined) continue;
      const block = parseCidr(cidr);
      const key = `${group} ${"problem" in block ? cidr : block.text}`;
      if (!addresses.has(key)) addresses.set(key, address);
    }
  };
  const blocksOf = (values: unknown) => {
    const { cidr_blocks: ipv4, ipv6_cidr_blocks: ipv6 } = members(values);
    return [...texts(ipv4), ...texts(ipv6)];
  };
  for (const rule of after("aws_vpc_security_group_ingress_rule")) {
    const { security_group_id: group, cidr_ipv4: ipv4, cidr_ipv6: ipv6 } = rule.values;
    add(text(group), [text(ipv4), text(ipv6)], rule);
  }
  for (const rule of after("aws_security_group_rule")) {
    add(text(rule.values["security_group_id"]), blocksOf(rule.values), rule);
  }
  for (const type of ["aws_security_group", "aws_default_security_group"]) {
    for (const group of after(type)) {
      for (const rule of list(group.values["ingress"])) add(group.id, blocksOf(rule), group);
    }
  }
  return addresses;
}
