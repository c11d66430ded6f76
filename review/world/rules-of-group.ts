import { classicRules, inlineRules, ruleKey, ruleOf } from "./ingress-rules";
import { type SeenResource, text } from "./seen";

/** What lets something into a group: the rules that the group lists, or the ones that resources make. */
export interface RulesOfGroup {
  /** A text for each rule, the same whichever resource makes it. */
  readonly listed: ReadonlySet<string>;
  readonly made: ReadonlySet<string>;
}

/** The ingress rules of all security groups, by the group's id. */
export function rulesOfGroups(resources: readonly SeenResource[]): (groupId: string) => RulesOfGroup {
  const groups = new Map<string, { listed: Set<string>; made: Set<string> }>();
  const groupOf = (id: string) => {
    const group = groups.get(id) ?? { listed: new Set(), made: new Set() };
    groups.set(id, group);
    return group;
  };
  for (const resource of resources) {
    const { type, mode, removed, id, values } = resource;
    if (mode !== "managed" || removed) continue;
    if (type === "aws_security_group" || type === "aws_default_security_group") {
      for (const rule of inlineRules(values["ingress"], id)) groupOf(id).listed.add(ruleKey(rule));
    }
    const groupId = text(values["security_group_id"]);
    if (groupId === undefined) continue;
    if (type === "aws_vpc_security_group_ingress_rule") groupOf(groupId).made.add(ruleKey(ruleOf(resource)));
    if (type === "aws_security_group_rule") {
      for (const rule of classicRules(resource, groupId)) groupOf(groupId).made.add(ruleKey(rule));
    }
  }
  return groupOf;
}
