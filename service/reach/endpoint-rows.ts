import { parseCidr } from "../cidr";
import { compareText, sortedUnique } from "../policy-document";
import type { EndpointRow, SourceRow } from "./access-matrix";
import { letsInHttps } from "./ingress-rule";
import type { AccessWorld, IngressRule, WorldEndpoint, WorldSecurityGroup } from "./world";

/** The endpoints of the world, with what may open connections to them, and those that policies name besides. */
export function endpointRows(world: AccessWorld): EndpointRow[] {
  const groups = new Map(world.securityGroups.map((group) => [group.id, group]));
  const idle = new Set(world.idleEndpoints?.map(({ id }) => id));
  const rows = new Map(world.endpoints.map((endpoint) => [endpoint.id, knownRow(endpoint, groups)]));
  for (const { document } of world.networkPolicies) {
    for (const { AllowFromPublic, SourceVPCEs = [] } of document) {
      if (AllowFromPublic) continue;
      for (const id of SourceVPCEs) {
        if (rows.has(id) || idle.has(id)) continue;
        const unknownSources = [`${id} is of another stack or account`];
        rows.set(id, { key: `endpoint/${id}`, id, known: false, sources: [], unknownSources });
      }
    }
  }
  return [...rows.values()].sort((a, b) => compareText(a.key, b.key));
}

function knownRow(endpoint: WorldEndpoint, groups: ReadonlyMap<string, WorldSecurityGroup>): EndpointRow {
  const { id, name, address, vpcId, account, generation, privateDns, securityGroupIds = [] } = endpoint;
  const key = `endpoint/${id}`;
  const sources = new Map<string, SourceRow>();
  const unknown = securityGroupIds.length > 0 ? [] : [`which security groups ${id} has`];
  for (const groupId of securityGroupIds) {
    const rules = groups.get(groupId)?.rules;
    if (!rules) unknown.push(`the rules of ${groupId}, which are kept elsewhere`);
    for (const rule of rules ?? []) {
      const https = letsInHttps(rule);
      if (https === "no") continue;
      const source = sourceOfRule(rule);
      if (!source) unknown.push(`the source of a rule of ${groupId}`);
      else if (https === "unknown") unknown.push(`which ports ${groupId} opens to ${source.value}`);
      else {
        const rowKey = `${key}/${source.kind}/${source.value}`;
        const before = sources.get(rowKey)?.securityGroupIds;
        const securityGroupIds = before ? sortedUnique([...before, groupId]) : [groupId];
        sources.set(rowKey, { key: rowKey, ...source, securityGroupIds });
      }
    }
  }
  return {
    key,
    id,
    known: true,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(account === undefined ? {} : { account }),
    generation,
    ...(generation === "nextgen" && privateDns !== undefined ? { privateDns } : {}),
    sources: [...sources.values()].sort((a, b) => compareText(a.key, b.key)),
    unknownSources: sortedUnique(unknown),
  };
}

function sourceOfRule(rule: IngressRule): Pick<SourceRow, "kind" | "value"> | undefined {
  const cidr = rule.cidrIpv4 ?? rule.cidrIpv6;
  if (cidr !== undefined) {
    const block = parseCidr(cidr);
    return { kind: "cidr", value: "problem" in block ? cidr : block.text };
  }
  if (rule.prefixListId !== undefined) return { kind: "prefix-list", value: rule.prefixListId };
  if (rule.securityGroupId !== undefined) return { kind: "security-group", value: rule.securityGroupId };
  return undefined;
}
