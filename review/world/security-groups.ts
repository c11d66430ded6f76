import type { IngressRule, WorldSecurityGroup } from "../../service";
import { classicRules, inlineRules, ruleKey, ruleOf } from "./ingress-rules";
import { members, type Rank, type SeenResource, text } from "./seen";
import type { Unknowns } from "./unknowns";

/** What is gathered of one group. */
interface Gathered {
  readonly id: string;
  name?: string | undefined;
  vpcId?: string | undefined;
  /** The rank of what says all the rules it has; undefined: nothing does. */
  complete: Rank | undefined;
  inline: IngressRule[];
  /** Whether `inline` may be older than the rules that resources make. */
  refreshed: boolean;
  readonly own: { readonly rule: IngressRule; readonly rank: Rank }[];
  readonly removed: IngressRule[];
}

/**
 * The security groups with their rules: those that stand in the group itself and those that resources of their own
 * make. Of a group that is kept elsewhere the rules that are made here are known, and that there may be others.
 */
export function securityGroupsOf(
  resources: readonly SeenResource[],
  unknowns: Unknowns,
): WorldSecurityGroup[] {
  const groups = new Map<string, Gathered>();
  const groupOf = (id: string): Gathered => {
    const group = groups.get(id) ?? {
      id,
      complete: undefined,
      inline: [],
      refreshed: false,
      own: [],
      removed: [],
    };
    groups.set(id, group);
    return group;
  };
  for (const resource of resources) {
    const { type, mode, values, id } = resource;
    if (type === "aws_security_group" || type === "aws_default_security_group") {
      const group = groupOf(id);
      group.name ??= nameOf(resource);
      group.vpcId ??= text(values["vpc_id"]);
      if (mode === "data") continue;
      if (resource.removed || (group.complete !== undefined && group.complete <= resource.rank)) continue;
      group.complete = resource.rank;
      group.refreshed = resource.refreshed ?? false;
      group.inline = inlineRules(values["ingress"], id);
    }
  }
  const lost: SeenResource[] = [];
  for (const resource of resources) {
    const isClassic = resource.type === "aws_security_group_rule";
    if (!isClassic && resource.type !== "aws_vpc_security_group_ingress_rule") continue;
    const groupId = text(resource.values["security_group_id"]);
    if (resource.mode === "data") continue;
    if (groupId === undefined || (unknowns.isExpression(groupId) && !groups.has(groupId))) {
      lost.push(resource);
      continue;
    }
    const rules = isClassic ? classicRules(resource, groupId) : [ruleOf(resource)];
    const group = groupOf(groupId);
    if (resource.removed) group.removed.push(...rules);
    else group.own.push(...rules.map((rule) => ({ rule, rank: resource.rank })));
  }
  // a rule of which it is not known whose it is may be any group's of the same input
  const suspects = new Set(lost.map(({ label }) => label));
  for (const { label, id, rank } of resources)
    if (suspects.has(label)) groups.get(id)?.own.push({ rule: { protocol: "-1" }, rank });
  return [...groups.values()].map(worldGroup);
}

function worldGroup(group: Gathered): WorldSecurityGroup {
  const { id, name, vpcId, complete } = group;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(vpcId === undefined ? {} : { vpcId }),
    rules: complete !== undefined || group.own.length > 0 ? rulesIn(group) : undefined,
  };
}

function rulesIn({ inline, own, removed, complete, refreshed }: Gathered): IngressRule[] {
  const gone = new Set(removed.map(ruleKey));
  // what AWS has now says nothing of a group whose future is known
  const counting = own.filter(({ rank }) => rank < 2 || complete === undefined || complete === 2);
  const rules = new Map<string, IngressRule>(
    counting
      .map(({ rule, rank }) => ({ rule, rank, key: ruleKey(rule) }))
      .filter(({ rank, key }) => rank === 0 || !gone.has(key))
      .map(({ rule, key }) => [key, rule] as const),
  );
  for (const rule of inline) {
    const key = ruleKey(rule);
    if (rules.has(key) || gone.has(key)) continue;
    // beside resources for rules, what a refresh saw in the group may be gone with its resource since
    const isOld = refreshed && counting.length > 0;
    rules.set(key, isOld ? withoutPorts(rule) : rule);
  }
  return [...rules.values(), ...(complete === undefined ? [{ protocol: "-1" }] : [])];
}

/** The rule with ports that are not known: it may let in TCP 443. */
function withoutPorts({ protocol: _, fromPort: __, toPort: ___, ...source }: IngressRule): IngressRule {
  return { protocol: "tcp", ...source };
}

function nameOf({ values }: SeenResource): string | undefined {
  return text(members(values["tags"])["Name"]) ?? text(values["name"]);
}
